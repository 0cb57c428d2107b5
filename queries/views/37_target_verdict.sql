-- Whether a school met its targets of a year: every item of it. One item that fell short decides the year, whatever the
-- others will bring; else met is null while the result of an item is missing.
with items as (
    select year, institution_id,
        case when result is not null then
            case comparison when '不低于' then result >= target else result <= target end end as met
    from school_target
)
select year, institution_id,
    case when bool_or(not met) then false when count(met) = count(*) then true end as met
from items group by year, institution_id
