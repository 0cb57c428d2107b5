-- The years for which registers say what holds: from the plan's first to its last, and on as long as they are kept up.
with newest(register, day) as (
    select 'leader_assignment', max(assigned_on) from leader_assignment
    union all select 'partnership', max(signed_on) from partnership
    union all select 'speciality', max(recognised_on) from speciality
)
select register, year::integer as year
from newest, range(year(plan_begins()), year(least(greatest(plan_ends(), day), reporting_day())) + 1) years(year)
