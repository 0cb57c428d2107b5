-- Every community and studio in every year of the plan (and after it while the list goes on): does it run on the year's
-- day, 31 December or the reporting day, and if not, why? One whose host school is closed does not run.
with last as (
    select greatest(year(plan_ends()), max(year(started_on)), max(year(ended_on))) as year from community
),
years as (
    select distinct i.year, i.day from institution_in_year i, last where i.year between year(plan_begins()) and last.year
)
select y.year, y.day, c.*, case
    when c.started_on > y.day then 'not_yet'
    when c.ended_on <= y.day then 'ended'
    when not exists (from institution_in_year i where i.year = y.year and i.institution_id = c.institution_id)
        then 'host_closed'
end as reason
from community c cross join years y
