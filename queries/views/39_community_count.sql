-- Communities and studios that run on the day of each year. An area of which the list has no row has no figure.
with known as (
    select kind, area from community join institution_scope using (institution_id)
    union
    select kind, plan_area() from community
),
running as (
    select c.year, c.kind, c.community_id, i.area
    from community_in_year c join institution_in_year i on i.year = c.year and i.institution_id = c.institution_id
    where c.reason is null
)
select y.year, k.area, k.kind, count(r.community_id) as communities
from known k cross join (select distinct year from community_in_year) y
left join running r on r.year = y.year and r.area = k.area and r.kind = k.kind
group by y.year, k.area, k.kind
