-- Every recognition of a school in every year of the plan (and after it while the list goes on): does it hold on the
-- year's day, and if not, why? The plan speaks of schools with a name in the province, so a city's own title is not one.
with last as (
    select greatest(year(plan_ends()), max(year(recognised_on)), max(year(withdrawn_on))) as year from school_recognition
),
years as (
    select distinct i.year, i.day from institution_in_year i, last where i.year between year(plan_begins()) and last.year
),
refused as (
    select y.year, y.day, r.*, case
        when r.level = '市级' then 'below_level'
        when r.withdrawn_on <= y.day then 'withdrawn'
        when r.recognised_on > y.day then 'not_yet'
        when not exists (from institution_in_year i where i.year = y.year and i.institution_id = r.institution_id)
            then 'school_closed'
    end as reason
    from school_recognition r cross join years y
)
select * exclude (reason), coalesce(reason, case
    when row_number() over (partition by year, institution_id, stage, reason order by recognised_on) > 1 then 'again'
end) as reason
from refused
