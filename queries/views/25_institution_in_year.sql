-- Every institution that runs in a year, under each area that it counts in: the register as it stands on 31 December,
-- or on the reporting day where the year is not over. The school year that began in the year is described by it too.
with years as (
    select year::integer as year, least(make_date(year::integer, 12, 31), reporting_day()) as day
    from range(year(plan_begins()) - 3, greatest(year(plan_ends()), year(reporting_day())) + 1) years(year)
    where make_date(year::integer, 1, 1) <= reporting_day()
)
select y.year, y.day, s.area, v.institution_id, v.name, v.kind, v.ownership, v.main_urban, v.key_senior
from years y
join institution_validity v on y.day >= v.holds_from and y.day < v.holds_before
    -- The register's first row also covers the time before it, but nothing ran before it was entered.
    and y.day >= v.valid_from and coalesce(v.closed_on > y.day, true)
join institution_scope s on s.institution_id = v.institution_id and s.valid_from = v.valid_from
