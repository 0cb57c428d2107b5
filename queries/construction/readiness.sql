-- What was handed over to an area and when each of the four was in place, the newest handover first.
select r.project_id, r.project_name, p.area, r.handed_over_on, r.ready_by, r.due, r.reported, r.known, r.in_time, r.checked_on,
    r.teachers_ready_on, r.special_rooms_ready_on, r.books_ready_on, r.instruments_ready_on
from project_readiness r join project p using (project_id)
where r.area = $area
order by r.handed_over_on desc, r.project_id
