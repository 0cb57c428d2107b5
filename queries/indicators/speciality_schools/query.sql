-- The list has no years: what was recognised by the end of a year, or by the reporting day, counts from then on.
select i.year as period, i.area,
    count(distinct i.institution_id) filter (p.named_in_plan and p.recognised_on <= i.day) as numerator,
    count(distinct i.institution_id) filter (p.named_in_plan) as denominator
from speciality p
join register_year r on r.register = 'speciality'
join institution_in_year i on i.year = r.year and i.institution_id = p.institution_id
group by i.year, i.area
