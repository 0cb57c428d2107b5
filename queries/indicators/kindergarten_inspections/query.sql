-- All kindergartens of the register are owed an inspection, whether or not they stand in the term's list. An area that
-- sent no row for a term has no figure, rather than one of 0.
with kindergartens as (select year, area, institution_id from institution_in_year where kind = '幼儿园'),
reported as (select distinct school_year, period, area from inspection_in_area),
inspected as (select distinct period, area, institution_id from inspection_in_area where inspected)
select r.period, r.area, count(i.institution_id) as numerator, count(k.institution_id) as denominator
from reported r
left join kindergartens k on k.year = r.school_year and k.area = r.area
left join inspected i on i.period = r.period and i.area = r.area and i.institution_id = k.institution_id
group by r.period, r.area
