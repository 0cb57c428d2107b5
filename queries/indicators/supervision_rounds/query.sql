-- Each kind counts up to what was scheduled of it: three meetings do not stand for a visit that was left out.
select quarter as period, area, sum(held_as_scheduled) as numerator, sum(scheduled) as denominator
from supervision_round where kind <> '领导小组会议' group by quarter, area
