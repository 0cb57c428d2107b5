-- Every kindergarten that a housing estate owes, under each area that it counts in, as it stood on 31 December of every
-- year of the plan, or on the reporting day where the year is not over; in later years as long as the register has dates.
-- Without a day by which it is due nothing is required yet. It must be handed over by its own day for that, else by the
-- day by which it must be built.
with years as (
    select unnest(range(
        year(plan_begins()),
        greatest(year(plan_ends()), (
            select max(year(greatest(due_on, built_on, handover_due_on, handed_over_on))) from community_kindergarten
        )) + 1
    ))::integer as year
),
days as (
    select year, least(make_date(year, 12, 31), reporting_day()) as day from years
    where make_date(year, 1, 1) <= reporting_day()
),
under_each_area as (
    select area, * exclude (area) from community_kindergarten
    union all
    select plan_area(), * exclude (area) from community_kindergarten where main_urban
)
select d.year, d.day, k.area, k.estate,
    coalesce(k.due_on <= d.day, false) as build_due, coalesce(k.built_on <= d.day, false) as built,
    coalesce(coalesce(k.handover_due_on, k.due_on) <= d.day, false) as handover_due,
    coalesce(k.handed_over_on <= d.day, false) as handed_over
from days d cross join under_each_area k
