-- Every school of the register with a primary stage is counted among, also one that reported nothing.
select period, area, count(*) filter (has_primary and offered) as numerator,
    count(*) filter (has_primary) as denominator
from after_school_school group by all
