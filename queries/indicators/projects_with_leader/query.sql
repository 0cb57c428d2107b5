-- A project needs its leader until it is in use, also while it stands finished and empty. An area for whose projects no
-- leader was ever entered has sent nothing: that is no figure of 0. The last day of an assignment still counts.
with led as (
    select p.year, p.area, p.project_id, not p.cancelled and not p.opened as unfinished,
        coalesce(bool_or(l.assigned_on <= p.day), false) as entered,
        coalesce(bool_or(l.assigned_on <= p.day and coalesce(l.ended_on >= p.day, true)), false) as named
    from project_in_year p left join project_leader l using (project_id)
    where p.year >= year(plan_begins())
    group by all
)
select year as period, area, count(*) filter (unfinished and named) as numerator, count(*) filter (unfinished) as denominator
from led group by year, area having bool_or(entered)
