-- Pupils of schools that do not offer it are pupils too; a school that reported nothing is on neither side.
select period, area, sum(participants) as numerator, sum(pupils) as denominator
from after_school_school where has_primary group by all
