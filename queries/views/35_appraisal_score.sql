-- The weighted score of every appraisal, in exact numbers: items are brought to one full score per body, area and year (100,
-- or the smallest multiple that every item's own full score divides), so that nothing is rounded before the one division.
-- Sums are made in ten-thousandths, which are whole numbers; what would outgrow them has no figure rather than a wrong one.
with items as (
    select year, area, body,
        list({
            'weight': (weight * 10000)::hugeint, 'score': (score * 10000)::hugeint, 'full_score': (full_score * 10000)::hugeint
        }) as listed
    from appraisal group by year, area, body
),
common as (
    select *, try(list_reduce(
        list_prepend(1000000::hugeint, list_transform(listed, lambda one: one.full_score)), lambda a, b: lcm(a, b)
    )) as full_score
    from items
)
select year, area, body, len(listed) as items,
    try(
        list_reduce(
            list_transform(listed, lambda one: one.weight * one.score * (full_score // one.full_score)), lambda a, b: a + b
        )::decimal(38, 0) * 0.00000001
    ) as points,
    try(
        list_reduce(list_transform(listed, lambda one: one.weight), lambda a, b: a + b)
            * (full_score // 1000000)::decimal(38, 0) * 0.0001
    ) as weights
from common
