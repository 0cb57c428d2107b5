-- The senior schools that run in the newest year of the register, each in its district.
select distinct i.institution_id, i.name, s.area as district, coalesce(i.key_senior, false) as key_senior
from institution_in_year i
join institution_in_year s on s.year = i.year and s.institution_id = i.institution_id and s.area <> plan_area()
where i.year = (select max(year) from institution_in_year) and i.area = $area
    and i.kind in ('完全中学', '高中', '十二年一贯制学校')
order by key_senior desc, i.institution_id
