-- For each total the pupils who have it and the sums of their marks in each subject: what effective scores, the
-- discrimination of a paper and the reliability of the exam follow from.
select p.exam_id, p.track, m.subject, p.total, count(*) as pupils, sum(m.mark) as marks, sum(m.mark * m.mark) as squares
from counted_mark m join counted_pupil p on p.pupil = m.pupil
where p.whole group by p.exam_id, p.track, m.subject, p.total
