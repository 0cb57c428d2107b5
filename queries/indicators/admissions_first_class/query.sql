-- The dataset's first-class admissions include those to Tsinghua and Peking University.
with counted as (
    select s.year, s.area, sum(a.first_class) as first_class, sum(a.tsinghua_peking) as top
    from admission a join school_area_in_year s on s.year = a.year and s.institution_id = a.institution_id
    group by s.year, s.area
)
select year as period, area, null as part, first_class as numerator from counted
union all select year, area, 'tsinghua_peking', top from counted
union all select year, area, 'other', first_class - top from counted
