-- All pupils and children, whole and by stage.
select school_year as period, area, stage as part, sum(pupils) as numerator
from stage_enrolment group by grouping sets ((school_year, area), (school_year, area, stage))
