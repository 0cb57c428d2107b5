-- Kindergartens that sent a return; preschool classes attached to a school are no kindergarten.
select school_year as period, area, ownership as part, count(distinct institution_id) as numerator
from kindergarten_enrolment where kind = '幼儿园'
group by grouping sets ((school_year, area), (school_year, area, ownership))
