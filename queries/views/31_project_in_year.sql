-- How far every project was on 31 December of each year from the one before the plan, or on the reporting day where the
-- year is not over. After the plan's end a year counts only if the register goes on to it.
-- in_use needs both dates: a school that is said to be open but has no day of completion is not shown as finished.
with happened as (
    select unnest([started_on, completed_on, ready_on, handed_over_on, opened_on, cancelled_on]) as day from project
),
years as (
    select year::integer as year, least(make_date(year::integer, 12, 31), reporting_day()) as day
    from range(year(plan_begins()) - 1, year(reporting_day()) + 1) years(year)
    where year <= year(plan_ends()) or year <= (select max(year(day)) from happened where day <= reporting_day())
)
select y.year, y.day, p.area, p.project_id, p.kind, p.attached_kindergarten, p.in_plan, p.institution_id,
    coalesce(p.cancelled_on <= y.day, false) as cancelled,
    coalesce(p.opened_on <= y.day, false) as opened,
    case
        when p.opened_on <= y.day and p.completed_on <= y.day then 'in_use'
        when p.completed_on <= y.day then 'built'
        when p.started_on <= y.day or p.opened_on <= y.day then 'building'
        else 'not_started'
    end as phase
from years y cross join project_scope p
