-- Clause 7 names five subjects, and science, sport and art beside them.
with sorted as (
    select s.year, s.area, a.awards,
        case a.discipline when '科技创新' then 'science' when '体育' then 'sport' when '艺术' then 'art' else 'subjects' end as part
    from award a join school_area_in_year s on s.year = a.year and s.institution_id = a.institution_id
)
select year as period, area, part, sum(awards) as numerator
from sorted group by grouping sets ((year, area), (year, area, part))
