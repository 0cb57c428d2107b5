-- Clause 3 means schools, not kindergartens, and the four forms in which a new one gets a good start; the other forms are
-- those of senior schools. An area has sent its partnerships once it has sent any.
with entered as (
    select distinct p.year, s.area
    from project_in_year p
    join partnership a on a.signed_on <= p.day
    join institution_scope s on s.institution_id = a.institution_id
),
new_school as (
    select p.year, p.area, case when p.opened and not p.cancelled then p.institution_id end as institution_id,
        coalesce(bool_or(a.form is not null), false) as partnered
    from project_in_year p
    left join partnership a on a.institution_id = p.institution_id
        and a.signed_on <= p.day and coalesce(a.ends_on >= p.day, true)
        and a.form in ('名校带新校', '集团化办学', '联合办学', '选派校长')
    where p.kind <> '幼儿园' and p.year >= year(plan_begins())
    group by all
)
select n.year as period, n.area, count(distinct n.institution_id) filter (n.partnered) as numerator,
    count(distinct n.institution_id) as denominator
from new_school n join entered e on e.year = n.year and e.area = n.area
group by n.year, n.area
