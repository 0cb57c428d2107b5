-- What the pupils at or above a line have in each subject: how many of them sat it, and their marks.
select subject, sum(pupils)::bigint, sum(marks)
from exam_by_total
where exam_id = $exam and ($track is null or track = $track) and total >= $mark
group by subject
