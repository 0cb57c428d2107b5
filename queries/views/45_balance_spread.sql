-- How unequal the schools of an area are in a measure, weighted by pupils: mean X = sum of the amounts / sum of pupils,
-- deviation S = root of the pupil-weighted mean square of (what a school's pupil has - X). S / X is the coefficient of
-- variation. A school with a missing component or without pupils is not in it; no school at all leaves both sides empty.
with measured as (
    select school_year, area, stage, measure,
        case when numerator is not null and denominator > 0 then pupils end as pupils,
        case when denominator > 0 then numerator::double / denominator::double end as a_pupil_has
    from school_balance
),
means as (
    select school_year, area, stage, measure, fsum(pupils * a_pupil_has) / nullif(sum(pupils), 0) as mean
    from measured group by all
)
select m.school_year, m.area, m.stage, m.measure, count(m.pupils) as schools,
    -- Beyond twelve places a square root of doubles is noise.
    round(any_value(n.mean), 12)::decimal(28, 12) as mean,
    round(sqrt(fsum(m.pupils * (m.a_pupil_has - n.mean) ** 2) / nullif(sum(m.pupils), 0)), 12)::decimal(28, 12) as deviation
from measured m
join means n on n.school_year = m.school_year and n.area = m.area and n.stage = m.stage and n.measure = m.measure
group by m.school_year, m.area, m.stage, m.measure
