-- Kindergartens that do not count toward the chosen line, the largest first: converting these reaches it soonest.
select name, ownership, children, institution_id
from kindergarten_enrolment
where school_year = $period and area = $area and kind = '幼儿园' and children > 0
    and (ownership = 'private' or ($line = 'public_share' and ownership = 'inclusive_private'))
order by children desc, institution_id
