-- Every mark of every pupil.
select p.pupil, r.subject, coalesce(r.assigned_score, r.score) as mark
from counted_row r join counted_pupil p on p.student_id = r.student_id
where coalesce(r.assigned_score, r.score) is not null
