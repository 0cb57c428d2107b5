-- The whole is the measure in which schools differ most; while one measure has no figure, nobody knows which that is.
with spread as (select * from balance_spread where stage = '初中'),
largest as (
    select * from spread
    qualify row_number() over (
        partition by school_year, area order by deviation / nullif(mean, 0) desc nulls first, measure
    ) = 1
)
select school_year as period, area, null as part, deviation as numerator, mean as denominator from largest
union all
select school_year, area, measure, deviation, mean from spread
