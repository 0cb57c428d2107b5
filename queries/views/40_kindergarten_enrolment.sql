-- Children in kindergartens and in preschool classes attached to schools.
select school_year, area, institution_id, name, kind, ownership_kind, ownership, pupils as children, classes
from stage_enrolment where stage = '学前'
