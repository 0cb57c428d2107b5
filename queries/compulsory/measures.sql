-- Every measure of every school stage of an area in the newest school year that the area reported resources for.
select m.school_year, m.institution_id, m.name, m.district, m.pupils, m.measure, m.numerator, m.denominator, m.met, m.near,
    v.passes
from school_measured m
join school_verdict v on v.school_year = m.school_year and v.area = m.area and v.institution_id = m.institution_id
    and v.stage = m.stage
where m.area = $area and m.stage = $stage
    and m.school_year = (select max(school_year) from school_balance where area = $area and stage = $stage)
order by m.institution_id, m.measure
