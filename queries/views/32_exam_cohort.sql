-- Every joint exam with the pupils who wrote it: those of a stage that entered it together, who keep together from grade to
-- grade (高一 of 2020/21 is 高二 of 2021/22). School years begin in August; a grade that is not known is a cohort by itself.
with position as (
    select *, year(last_day) - (month(last_day) < 8)::integer as school_year, coalesce(
        list_position(['高一', '高二', '高三'], grade), list_position(['初一', '初二', '初三'], grade),
        list_position(['七年级', '八年级', '九年级'], grade),
        list_position(['一年级', '二年级', '三年级', '四年级', '五年级', '六年级'], grade)
    ) as grade_number
    from joint_exam
)
select *, school_year - grade_number + 1 as entered, coalesce((school_year - grade_number + 1)::varchar, grade) as cohort
from position
