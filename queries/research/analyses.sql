-- Every joint exam with the analysis that the city owes for it; an exam without an entry for one stays in the list.
with analysis as (
    select m.exam_id, min(m.due_on) as due_on, min(m.published_on) as published_on
    from monitoring_report m join office_area o on o.office = m.area and o.level = 'city'
    where m.kind = '联考分析报告' group by m.exam_id
)
select e.exam_id, e.stage, e.grade, e.last_day, a.due_on, a.published_on, a.published_on - e.last_day as days
from joint_exam e left join analysis a on a.exam_id = e.exam_id
where e.last_day <= reporting_day()
order by e.last_day desc, e.exam_id
