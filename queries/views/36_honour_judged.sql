-- Every recognition with the day that it counts from and, where it does not count, the first reason why.
-- The document's date decides, as papers of December are often signed in January; without one the year's first day does.
-- A title that was withdrawn by now counts in no year: it was not kept.
with dated as (
    select *, coalesce(recognised_on, make_date(year::int, 1, 1)) as day from honour
),
refused as (
    select *, case
        when level = '区级' then 'below_level'
        when withdrawn_on <= reporting_day() then 'withdrawn'
        when year(day) < year(plan_begins()) then 'before_plan'
        when year(day) > year(plan_ends()) then 'after_plan'
        when day > reporting_day() then 'not_yet'
    end as reason
    from dated
)
select * exclude (reason), coalesce(reason, case
    -- A teacher counts once per title, with the earliest recognition that holds.
    when row_number() over (partition by teacher_id, honour, reason order by day, year) > 1 then 'again'
end) as reason
from refused
