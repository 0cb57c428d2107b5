-- A calendar year's spending over the children of the return of its autumn. A year without spending has no figure;
-- one without a return keeps its spending, with the other side empty.
with spending as (select year, area, sum(amount) as amount from preschool_funding group by year, area),
children as (select school_year, area, sum(children) as children from kindergarten_enrolment group by school_year, area)
select s.year as period, s.area, s.amount as numerator, c.children as denominator
from spending s left join children c on c.school_year = s.year and c.area = s.area
