-- Projects built by the end of 2019, which clause 1 wants open in autumn 2020 where they were fit to open.
-- The year is the plan's own: another plan names another autumn.
with days as (select least(date '2020-08-31', reporting_day()) as fit_by, least(date '2020-09-30', reporting_day()) as open_by)
select p.area, p.project_id, p.project_name, p.ready_on, p.opened_on,
    coalesce(p.ready_on <= d.fit_by, false) as fit, coalesce(p.opened_on <= d.open_by, false) as opened_in_time
from project_scope p cross join days d
where p.completed_on <= date '2019-12-31' and coalesce(p.cancelled_on > d.open_by, true)
    and reporting_day() >= date '2020-01-01'
