-- Whether a stage of a school passes: enough measures at the standard and none below the floor. What falls short
-- whatever the missing components say, fails; what might still pass with them is not judged (passes is empty).
select school_year, area, institution_id, name, stage, any_value(pupils) as pupils,
    count(*) filter (met) as reached, count(*) filter (met is null) as missing,
    case
        when count(*) filter (not met) > count(*) - balance_required() or bool_or(not near) then false
        when count(met) = count(*) then true
    end as passes
from school_measured
group by school_year, area, institution_id, name, stage
