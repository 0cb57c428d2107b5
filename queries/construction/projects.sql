-- Every project of an area, under its own district, with who answers for it: the leaders on the day, for a school in use
-- those on the day that it was opened. The last day of an assignment still counts.
select p.project_id, p.project_name, p.area, p.kind, p.responsible_level, p.in_plan, p.attached_kindergarten,
    p.planned_start_on, p.started_on, p.planned_completion_on, p.completed_on, p.handed_over_on,
    p.planned_opening_on, p.opened_on, p.cancelled_on, p.institution_id,
    list(l.post order by l.level, l.assigned_on, l.post) filter (l.post is not null) as posts
from project_scope s
join project p using (project_id)
left join project_leader l on l.project_id = p.project_id
    and l.assigned_on <= least(reporting_day(), coalesce(p.opened_on, reporting_day()))
    and coalesce(l.ended_on >= least(reporting_day(), coalesce(p.opened_on, reporting_day())), true)
where s.area = $area
group by all
order by p.project_id
