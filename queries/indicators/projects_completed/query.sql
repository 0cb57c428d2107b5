-- The goal is every project of the building plan built and in use; the parts say how far the others are.
-- A project that was taken out of the plan counts until the day of that decision.
with phases(phase) as (values ('in_use'), ('built'), ('building'), ('not_started')),
planned as (
    select year, area, count(*) filter (not cancelled) as projects, count(*) filter (not cancelled and phase = 'in_use') as in_use
    from project_in_year where in_plan group by year, area
),
by_phase as (select year, area, phase, count(*) as projects from project_in_year where in_plan and not cancelled group by all)
select year as period, area, null as part, in_use as numerator, projects as denominator from planned
union all
select n.year, n.area, p.phase, coalesce(b.projects, 0), n.projects
from planned n cross join phases p
left join by_phase b on b.year = n.year and b.area = n.area and b.phase = p.phase
