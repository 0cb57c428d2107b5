-- Clause 6: who stayed; what is left over is not all outflow (`top_junior_outflow`). Schools closed since had their leavers.
select s.year as period, s.area, sum(r.stayed) as numerator, sum(r.top_leavers) as denominator
from retention r join school_area_in_year s on s.year = r.year and s.institution_id = r.institution_id
group by s.year, s.area
