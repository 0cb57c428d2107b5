-- Pupils who sat an exam and the one that it is measured from, class by class, with the sums for value added.
select institution_id, class, track, pupils, sx, sy, sxx, sxy, syy
from exam_growth where exam_id = $exam and entry_exam_id = $entry and subject = $subject
order by institution_id, class, track
