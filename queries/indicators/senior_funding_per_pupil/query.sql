-- Clause 4 speaks of key senior schools. A school whose pupils were not reported is left out of both sides: its funding
-- alone would pass for a higher figure.
with funded as (select year, institution_id, sum(amount) as amount from funding group by all),
pupils_of as (select school_year as year, institution_id, pupils from enrolment where stage = '高中')
select s.year as period, s.area, sum(f.amount) filter (p.pupils is not null) as numerator, sum(p.pupils) as denominator
from funded f
join school_area_in_year s on s.year = f.year and s.institution_id = f.institution_id and s.key_senior
left join pupils_of p on p.year = f.year and p.institution_id = f.institution_id
group by s.year, s.area
