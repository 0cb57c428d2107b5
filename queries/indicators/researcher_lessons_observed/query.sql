-- The quota itself is enough: 80 of 80.
select period, area, count(*) filter (lessons_met) as numerator, count(*) filter (on_duty) as denominator
from researcher_duty group by period, area
