-- A stage whose component is missing, or that has no pupils, is on neither side: not judged is not failed.
select school_year as period, area, stage as part, count(*) filter (met) as numerator, count(met) as denominator
from school_measured where measure = 'l5'
group by grouping sets ((school_year, area), (school_year, area, stage))
