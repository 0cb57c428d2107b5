-- Two kinds of studio, together and apart; an area has a figure for the kinds that its list names.
with studio as (
    select year, area, case kind when '名校长工作室' then 'star' else 'backbone' end as part, communities
    from community_count where kind in ('名校长工作室', '骨干校长工作室')
)
select year as period, area, part, sum(communities) as numerator
from studio group by grouping sets ((year, area), (year, area, part))
