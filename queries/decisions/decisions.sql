-- Every decision as it is known; whether rows are invented is said, as a page must mark those.
select decision_id, indicator, area, task, owner, due_on, decided_on, meeting, closed_on, closed_by, outcome,
    reporting_day() as day, upload_id in (select upload_id from upload where sample) as sample
from decision
