-- Clause 8 wants partners outside the city. An agreement that has run out no longer counts.
with agreed as (
    select distinct i.year, i.institution_id
    from partnership p join institution_in_year i on i.institution_id = p.institution_id
    where p.partner_place in ('省内市外', '省外') and p.signed_on <= i.day and coalesce(p.ends_on >= i.day, true)
),
reported as (
    select distinct i.year, i.area
    from partnership p join institution_in_year i on i.institution_id = p.institution_id and p.signed_on <= i.day
    join register_year r on r.register = 'partnership' and r.year = i.year
)
select r.year as period, r.area, count(a.institution_id) as numerator, count(i.institution_id) as denominator
from reported r
left join institution_in_year i on i.year = r.year and i.area = r.area
    and i.kind in ('完全中学', '高中', '十二年一贯制学校')
left join agreed a on a.year = i.year and a.institution_id = i.institution_id
group by r.year, r.area
