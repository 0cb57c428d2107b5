-- Schools handed over, the day half a year later, and whether everything was in place by it. Adding six months keeps to
-- the calendar: a handover on 31 August is due on 28 or 29 February. The plan asks for it from its first year on.
-- known: an empty day says "not in place" only for the day of the check; one before the half year was over leaves it open.
with handed_over as (
    select *, (handed_over_on + interval 6 month)::date as ready_by from project_scope where handed_over_on <= reporting_day()
)
select p.area, p.project_id, p.project_name, p.handed_over_on, p.ready_by, year(p.ready_by)::integer as year,
    p.ready_by <= reporting_day() as due, r.project_id is not null as reported, r.checked_on,
    coalesce(
        r.checked_on >= p.ready_by or (r.teachers_ready_on is not null and r.special_rooms_ready_on is not null
            and r.books_ready_on is not null and r.instruments_ready_on is not null),
        false
    ) as known,
    r.teachers_ready_on, r.special_rooms_ready_on, r.books_ready_on, r.instruments_ready_on,
    coalesce(
        r.teachers_ready_on <= p.ready_by and r.special_rooms_ready_on <= p.ready_by
            and r.books_ready_on <= p.ready_by and r.instruments_ready_on <= p.ready_by,
        false
    ) as in_time
from handed_over p left join readiness r using (project_id)
where year(p.ready_by) >= year(plan_begins()) and coalesce(p.cancelled_on > p.ready_by, true)
