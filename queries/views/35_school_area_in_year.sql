-- The areas that a school's rows of a year count in, by the register's entry of 31 December or of the reporting day. What
-- a school did in the year counts even if the school was closed since.
with years as (
    select year::integer as year, least(make_date(year::integer, 12, 31), reporting_day()) as day
    from range(2000, year(reporting_day()) + 1) years(year)
)
select y.year, s.area, v.institution_id, v.name, v.kind, coalesce(v.key_senior, false) as key_senior
from years y
join institution_validity v on y.day >= v.holds_from and y.day < v.holds_before
join institution_scope s on s.institution_id = v.institution_id and s.valid_from = v.valid_from
