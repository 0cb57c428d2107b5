-- An area's spending is that of its own rows; the parts are the kinds that it is reported by.
select year as period, area, kind as part, sum(amount) as numerator
from preschool_funding group by grouping sets ((year, area), (year, area, kind))
