-- Clause 8 counts who came in the year, whether or not they stayed.
with came as (
    select s.year, s.area, case when r.post = '教师' then 'teachers' else 'principals' end as part
    from recruitment r join school_area_in_year s on s.year = r.year and s.institution_id = r.institution_id
)
select year as period, area, part, count(*) as numerator
from came group by grouping sets ((year, area), (year, area, part))
