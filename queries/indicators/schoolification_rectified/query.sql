-- Cases, not kindergartens. A row that leaves out its cases says nothing of them; one that found some and says no more has
-- none put right.
select period, area, sum(coalesce(cases_rectified, 0)) filter (cases_found is not null) as numerator,
    sum(cases_found) as denominator
from inspection_in_area group by period, area
