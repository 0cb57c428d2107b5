-- Whether a stage of a school reaches the standard of a measure (met), or at least the share of it that one measure may
-- fall short to (near); neither where a component is missing or the stage has no pupils: that is not judged.
select b.*, s.per, s.standard,
    case when b.denominator > 0 then b.numerator * s.per >= s.standard * b.denominator end as met,
    case when b.denominator > 0 then b.numerator * s.per >= balance_floor() * s.standard * b.denominator end as near
from school_balance b
join balance_standard s on s.stage = b.stage and s.measure = b.measure
