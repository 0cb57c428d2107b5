-- The teachers who receive their benefits among those entitled, both groups together and apart. Rows are taken as the
-- offices report them: 主城区 is never added up from districts, whose rural teachers are not in it.
select year as period, area, teacher_group as part, sum(receiving) as numerator, sum(entitled) as denominator
from benefit group by grouping sets ((year, area), (year, area, teacher_group))
