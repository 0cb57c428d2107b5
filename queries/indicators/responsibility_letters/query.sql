-- Clause 21 holds for every head, so a school or kindergarten without a return counts as not signed.
with reported as (
    select distinct r.year, s.area
    from responsibility r join school_area_in_year s on s.year = r.year and s.institution_id = r.institution_id
)
select r.year as period, r.area, count(*) filter (l.signed) as numerator, count(i.institution_id) as denominator
from reported r
left join institution_in_year i on i.year = r.year and i.area = r.area
left join responsibility l on l.year = i.year and l.institution_id = i.institution_id
group by r.year, r.area
