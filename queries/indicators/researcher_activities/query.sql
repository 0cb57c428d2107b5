-- The quota itself is enough: 15 of 15.
select period, area, count(*) filter (activities_met) as numerator, count(*) filter (on_duty) as denominator
from researcher_duty group by period, area
