-- Every limit is counted from the same rows, one a class; senior classes have limits of their own.
select school_year as period, area, stage as part,
    count(*) filter (pupils >= very_large_class()) as numerator, count(pupils) as denominator
from school_class where stage in ('小学', '初中')
group by grouping sets ((school_year, area), (school_year, area, stage))
