-- In every subject that is set, and not in none because none is set.
select school_year as period, area,
    count(*) filter (compulsory and subjects_set > 0 and subjects_reformed >= subjects_set) as numerator,
    count(*) filter (compulsory) as denominator
from programme_school group by all
