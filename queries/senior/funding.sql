-- Funding of the key senior schools year by year beside their pupils, as the indicator counts them.
with funded as (select year, institution_id, sum(amount) as amount from funding group by all)
select f.institution_id, f.year, f.amount, e.pupils
from funded f
join (select distinct year, institution_id from school_area_in_year where key_senior) s
    on s.year = f.year and s.institution_id = f.institution_id
left join enrolment e on e.school_year = f.year and e.institution_id = f.institution_id and e.stage = '高中'
order by f.institution_id, f.year
