-- Clause 27 counts children, not kindergartens; the parts show which kind of kindergarten they are in.
with ownerships(ownership) as (values ('public'), ('inclusive_private'), ('private')),
by_ownership as (
    select school_year, area, ownership, sum(children) as children from kindergarten_enrolment group by all
),
whole as (select school_year, area, sum(children) as children from by_ownership group by all)
select school_year as period, area, null as part,
    coalesce(sum(children) filter (ownership <> 'private'), 0) as numerator, sum(children) as denominator
from by_ownership group by school_year, area
union all
select w.school_year, w.area, o.ownership, coalesce(b.children, 0), w.children
from whole w cross join ownerships o
left join by_ownership b on b.school_year = w.school_year and b.area = w.area and b.ownership = o.ownership
