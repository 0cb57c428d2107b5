-- Clause 18: the figure is the donations of a year; grants and balance stand beside it as parts that do not add up to it.
-- A foundation that serves the whole city is the one of the main urban area.
with served as (
    select f.year, case when a.area = c.parent then c.area else f.area end as area, f.donations, f.grants, f.balance
    from foundation f
    left join area a on a.area = f.area
    left join area c on c.area = plan_area()
),
sums as (
    select year, area, sum(donations) as donations, sum(grants) as grants, sum(balance) as balance
    from served group by year, area
)
select year as period, area, null as part, donations as numerator from sums
union all
select year, area, 'grants', grants from sums
union all
select year, area, 'balance', balance from sums
