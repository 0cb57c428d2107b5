-- Every school of the register is counted among, also one that reported nothing (see programme_school).
select school_year as period, area,
    count(*) filter (compulsory and quality_plan) as numerator, count(*) filter (compulsory) as denominator
from programme_school group by all
