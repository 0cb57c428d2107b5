-- New schools of an area in use, with whether one of the four forms of a good start is in force on the day of the newest
-- year that the indicator has. Nothing where the area has sent no partnership at all.
select distinct i.name, exists (
        select 1 from partnership a
        where a.institution_id = p.institution_id and a.signed_on <= p.day and coalesce(a.ends_on >= p.day, true)
            and a.form in ('名校带新校', '集团化办学', '联合办学', '选派校长')
    ) as partnered
from project_in_year p
join institution_validity i on i.institution_id = p.institution_id and p.day >= i.holds_from and p.day < i.holds_before
where p.area = $area and p.opened and not p.cancelled and p.kind <> '幼儿园'
    and p.year = (select max(year) from project_in_year)
    and exists (
        select 1 from partnership a join institution_scope s using (institution_id)
        where s.area = $area and a.signed_on <= p.day
    )
order by i.name
