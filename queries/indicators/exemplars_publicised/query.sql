-- Persons, not presentations: whoever is presented several times in a year counts once. Where the post changed within
-- the year the last presentation says it, so that the parts add up.
with presented as (
    select year(p.published_on) as year, s.area, p.teacher_id, p.post, p.published_on
    from publicity p
    join institution_validity v on v.institution_id = p.institution_id
        and p.published_on >= v.holds_from and p.published_on < v.holds_before
    join institution_scope s on s.institution_id = v.institution_id and s.valid_from = v.valid_from
),
persons as (
    select year, area, teacher_id, arg_max(post, (published_on, post)) as post
    from presented group by year, area, teacher_id
)
select year as period, area, post as part, count(*) as numerator
from persons group by grouping sets ((year, area), (year, area, post))
