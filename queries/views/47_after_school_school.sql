-- Every school of the register with a primary stage in a term with what it reported of its after-school service; without
-- a row, its columns are empty. A term in which an area reported nothing at all has no rows: no figure is not 0.
-- has_primary: false for an institution that reported although it has no primary stage; it counts on neither side.
with terms as (
    select distinct school_year, term, school_year * 10 + case term when '第一学期' then 1 else 2 end as period
    from after_school
)
select t.period, y.area, y.institution_id, y.name,
    y.kind in ('小学', '九年一贯制学校', '十二年一贯制学校') as has_primary, a.offered, a.pupils, a.participants
from institution_in_year y
join terms t on t.school_year = y.year
left join after_school a on a.school_year = t.school_year and a.term = t.term and a.institution_id = y.institution_id
where has_primary or a.institution_id is not null
qualify count(a.institution_id) over (partition by t.period, y.area) > 0
