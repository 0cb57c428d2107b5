-- Each row of the register with the days on which it holds. The first row also covers the time before it:
-- an institution that already sent a return existed, even if the register names a later day.
select *,
    case when row_number() over history = 1 then date '0001-01-01' else valid_from end as holds_from,
    coalesce(lead(valid_from) over history, date '9999-12-31') as holds_before
from institution
window history as (partition by institution_id order by valid_from)
