-- Every kindergarten, and school with preschool classes, that sent a return of one of two years, with what it counted as on
-- the day of each: children and ownership are empty where it sent none or lay in another area.
select institution_id, arg_max(name, school_year) as name,
    max(children) filter (school_year = $earlier) as children_before,
    max(ownership) filter (school_year = $earlier) as ownership_before,
    max(children) filter (school_year = $later) as children_after,
    max(ownership) filter (school_year = $later) as ownership_after
from kindergarten_enrolment
where area = $area and school_year in ($earlier, $later)
group by institution_id order by institution_id
