-- What is open about the kindergartens that housing estates owe, worst first: not built, or not handed over, although the
-- day has come; run as something else than public or inclusive private; without a day by which they are due.
with owed as (
    select *,
        coalesce(due_on <= reporting_day(), false) and not coalesce(built_on <= reporting_day(), false) as unbuilt,
        coalesce(handover_due_on, due_on) <= reporting_day() as handover_due,
        coalesce(handed_over_on <= reporting_day(), false) as handed_over
    from community_kindergarten where area = $area or (main_urban and $area = plan_area())
),
judged as (
    select *, case
        when unbuilt then 'not_built'
        when handover_due and not handed_over then 'not_handed_over'
        when handed_over and use in ('其他', '未使用') then 'used_otherwise'
        when due_on is null and not handed_over then 'no_due_date'
    end as state from owed
)
select area, estate, places, due_on, built_on, handover_due_on, handed_over_on, use, state,
    case state when 'not_built' then reporting_day() - due_on
        when 'not_handed_over' then reporting_day() - coalesce(handover_due_on, due_on) end as days_overdue
from judged where state is not null
order by list_position(['not_built', 'not_handed_over', 'used_otherwise', 'no_due_date'], state),
    days_overdue desc nulls last, area, estate
