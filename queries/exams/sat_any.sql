-- Who has a mark in any paper of an exam.
select institution_id, track, cast(sum(pupils) as bigint) as pupils
from exam_total where exam_id = $exam and total is not null
group by institution_id, track order by institution_id, track
