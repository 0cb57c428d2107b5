-- One figure, of 2020: what opened later is not in time, however soon afterwards it came.
select 2020 as period, area, count(*) filter (fit and opened_in_time) as numerator, count(*) filter (fit) as denominator
from autumn_2020_project group by area
