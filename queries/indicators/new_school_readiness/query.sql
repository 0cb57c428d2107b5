-- Judged once the half year is over and somebody has looked: a project whose outcome is not known is on neither side.
select year as period, area, count(*) filter (known and in_time) as numerator, count(*) filter (known) as denominator
from project_readiness where due and area in (select area from project_readiness where reported)
group by year, area
