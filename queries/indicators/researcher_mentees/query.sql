-- The quota itself is enough: 10 of 10.
select period, area, count(*) filter (mentees_met) as numerator, count(*) filter (on_duty) as denominator
from researcher_duty group by period, area
