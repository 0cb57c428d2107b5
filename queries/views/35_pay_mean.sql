-- The mean annual pay of both sides: all four components. An empty component is unknown, and its side then has no mean.
select year, area, teachers, civil_servants, certified_by, certified_on,
    teacher_basic + teacher_performance + teacher_allowances + teacher_bonus as teacher_mean,
    civil_basic + civil_allowances + civil_performance + civil_bonus as civil_mean
from pay
