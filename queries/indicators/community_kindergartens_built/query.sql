-- What was due by the day and is built, over what was due: one that is built ahead of its day counts once it is due.
select year as period, area,
    count(*) filter (build_due and built) as numerator, count(*) filter (build_due) as denominator
from community_kindergarten_in_year group by year, area
