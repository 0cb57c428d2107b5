-- What had to be handed over by the day and was, over what had to be: an estate that never built it still owes it.
select year as period, area,
    count(*) filter (handover_due and handed_over) as numerator, count(*) filter (handover_due) as denominator
from community_kindergarten_in_year group by year, area
