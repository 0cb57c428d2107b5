-- Clause 9: a school has a leader while an assignment lasts; who answered for it before does not count.
with led as (
    select distinct i.year, i.institution_id
    from leader_assignment l join institution_in_year i on i.institution_id = l.institution_id
    where l.assigned_on <= i.day and coalesce(l.ended_on >= i.day, true)
),
reported as (
    select distinct i.year, i.area
    from leader_assignment l join institution_in_year i on i.institution_id = l.institution_id and l.assigned_on <= i.day
    join register_year r on r.register = 'leader_assignment' and r.year = i.year
)
select r.year as period, r.area, count(l.institution_id) as numerator, count(i.institution_id) as denominator
from reported r
left join institution_in_year i on i.year = r.year and i.area = r.area
    and i.kind in ('初中', '九年一贯制学校', '完全中学', '高中', '十二年一贯制学校')
left join led l on l.year = i.year and l.institution_id = i.institution_id
group by r.year, r.area
