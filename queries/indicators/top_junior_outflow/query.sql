-- Clause 6 speaks of outflow: who left the city, as the schools report it, and not everybody who did not stay. A school that
-- does not say how many left leaves its area without a figure, unless nobody is left to be said of.
with stated as (
    select s.year, s.area, r.top_leavers, r.stayed, case when r.stayed = r.top_leavers then 0 else r.left_city end as left_city
    from retention r join school_area_in_year s on s.year = r.year and s.institution_id = r.institution_id
),
sums as (
    select year, area, sum(top_leavers) as top_leavers, sum(stayed) as stayed,
        case when count(left_city) = count(*) then sum(left_city) end as left_city
    from stated group by year, area
)
select year as period, area, null as part, left_city as numerator, top_leavers as denominator from sums
union all
select year, area, 'left_city', left_city, top_leavers from sums
union all
select year, area, 'otherwise', top_leavers - stayed - left_city, top_leavers from sums
union all
select year, area, 'stayed', stayed, top_leavers from sums
