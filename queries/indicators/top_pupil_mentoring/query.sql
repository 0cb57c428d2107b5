-- Clause 5 names one form of support a grade; a school counts once it runs all three of them.
with wanted(grade, form) as (values ('高一', '班级培养'), ('高二', '小组培养'), ('高三', '一对一培养')),
complete as (
    select m.school_year, m.institution_id from mentoring m join wanted w on w.grade = m.grade and w.form = m.form
    where m.running group by all having count(*) = (select count(*) from wanted)
),
reported as (
    select distinct m.school_year, s.area
    from mentoring m join school_area_in_year s on s.year = m.school_year and s.institution_id = m.institution_id
)
select r.school_year as period, r.area, count(c.institution_id) as numerator, count(i.institution_id) as denominator
from reported r
left join institution_in_year i on i.year = r.school_year and i.area = r.area and i.key_senior
left join complete c on c.school_year = r.school_year and c.institution_id = i.institution_id
group by r.school_year, r.area
