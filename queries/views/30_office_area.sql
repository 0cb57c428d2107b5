-- Whose rows an area's figures take in, where an office reports and not a school: a district's office counts in its
-- district and in the main urban area, the city's office (its rows name the city or the whole) in the main urban area.
with whole as (select area, parent from area where level = 'plan_area' and area = plan_area()),
districts as (
    select area from area
    where level in ('district', 'zone') and effective_to is null and parent in (select parent from whole)
)
select area as office, 'district' as level, area from districts
union all
select area, 'district', plan_area() from districts
union all
select unnest([parent, area]), 'city', plan_area() from whole
