-- Teachers and principals with a title, counted up from the plan's first year: a year without a new one keeps the count.
-- Areas of which the list has no row at all have no figure; the main urban area has one wherever there is a list.
with counted as (
    select h.honour, h.teacher_id, year(h.day) as year, s.area
    from honour_judged h
    join institution_scope s on s.institution_id = h.institution_id and h.day >= s.holds_from and h.day < s.holds_before
    where h.reason is null
),
known as (
    select honour, area from honour join institution_scope using (institution_id)
    union
    select honour, plan_area() from honour
),
years as (
    select unnest(range(year(plan_begins()), least(year(plan_ends()), year(reporting_day())) + 1))::integer as year
)
select y.year, k.area, k.honour, count(c.teacher_id) as teachers
from known k cross join years y
left join counted c on c.honour = k.honour and c.area = k.area and c.year <= y.year
group by y.year, k.area, k.honour
