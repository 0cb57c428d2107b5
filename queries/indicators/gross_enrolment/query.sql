-- All children in kindergarten, of any age, over the population aged 3 to 5, so it may exceed 100 %.
-- Where one side is missing the row stays, with that side empty: no figure is not a figure of 0.
with children as (
    select school_year, area, sum(children) as children from kindergarten_enrolment group by school_year, area
)
select coalesce(c.school_year, p.school_year) as period, coalesce(c.area, p.area) as area,
    c.children as numerator, p.persons as denominator
from children c full join preschool_population p on p.school_year = c.school_year and p.area = c.area
