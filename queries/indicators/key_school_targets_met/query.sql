-- Clause 21 speaks of the five key senior schools of the register. What one of them did is unknown while it has no verdict,
-- and not a miss: the share is told once all of them have one.
with reported as (
    select distinct v.year, s.area
    from target_verdict v join school_area_in_year s on s.year = v.year and s.institution_id = v.institution_id
)
select r.year as period, r.area,
    case when count(v.met) = count(i.institution_id) then count(*) filter (v.met) end as numerator,
    count(i.institution_id) as denominator
from reported r
left join institution_in_year i on i.year = r.year and i.area = r.area and i.key_senior
left join target_verdict v on v.year = r.year and v.institution_id = i.institution_id
group by r.year, r.area
