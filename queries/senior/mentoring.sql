-- Which forms of support run in which grade, in the newest school year that was reported.
select institution_id, school_year, grade, form, running
from mentoring where school_year = (select max(school_year) from mentoring)
order by institution_id, case grade when '高一' then 1 when '高二' then 2 else 3 end, form
