-- Rounds by quarter (20203: the third of 2020). What is entered for the whole city is a round of the main urban area.
select (s.year * 10 + case s.term when '第一季度' then 1 when '第二季度' then 2 when '第三季度' then 3 else 4 end)::integer as quarter,
    case when s.area = (select parent from area where area = plan_area()) then plan_area() else s.area end as area,
    s.kind, sum(s.scheduled) as scheduled, sum(least(s.held, s.scheduled)) as held_as_scheduled, sum(s.held) as held
from supervision s group by all
