-- Awards by school in the newest year that was reported, schools of every stage, as a district's total counts them all.
select a.institution_id, s.area as district, a.year, sum(a.awards)::bigint as awards
from award a
join school_area_in_year s on s.year = a.year and s.institution_id = a.institution_id and s.area <> plan_area()
where a.year = (select max(year) from award)
group by all order by a.institution_id
