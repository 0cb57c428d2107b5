-- Kindergartens with cases of school-like teaching that are not put right, the newest term first, the most cases first.
select i.period, i.institution_id, v.name, v.area, i.inspected_on, i.cases_found as found,
    coalesce(i.cases_rectified, 0) as rectified
from inspection_in_area i
join institution_validity v on v.institution_id = i.institution_id
    and make_date(i.school_year::int, 12, 31) >= v.holds_from and make_date(i.school_year::int, 12, 31) < v.holds_before
where i.area = $area and i.cases_found > coalesce(i.cases_rectified, 0)
order by i.period desc, i.cases_found - coalesce(i.cases_rectified, 0) desc, i.institution_id
