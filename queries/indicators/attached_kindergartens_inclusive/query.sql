-- Both shares are wanted, as public goes before inclusive private. What nobody has linked to the register of institutions
-- is left out: it is not known to be inclusive, nor not to be.
with kinds(run_as) as (values ('public'), ('inclusive_private'), ('private')),
known as (
    select year, area, run_as, count(distinct institution_id) as kindergartens
    from attached_kindergarten where year >= year(plan_begins()) group by all
),
whole as (
    select year, area, coalesce(sum(kindergartens) filter (run_as is not null), 0) as kindergartens,
        coalesce(sum(kindergartens) filter (run_as <> 'private'), 0) as inclusive
    from known group by year, area
)
select year as period, area, null as part, inclusive as numerator, kindergartens as denominator from whole
union all
select w.year, w.area, k.run_as, coalesce(o.kindergartens, 0), w.kindergartens
from whole w cross join kinds k
left join known o on o.year = w.year and o.area = w.area and o.run_as = k.run_as
