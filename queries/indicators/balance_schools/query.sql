-- A stage that might still pass once its missing components are known counts on neither side (see school_verdict).
select school_year as period, area, stage as part, count(*) filter (passes) as numerator, count(passes) as denominator
from school_verdict
group by grouping sets ((school_year, area), (school_year, area, stage))
