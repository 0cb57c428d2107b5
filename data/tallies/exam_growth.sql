-- Pupils who have a mark in the exam and in the one that it is measured from: the sums that a regression of the later
-- mark (y) on the earlier one (x) follows from, paper by paper; '' is the total of those who have all papers in both.
with later as (
    select p.exam_id, p.student_id, p.institution_id, p.class, p.track, m.subject, m.mark
    from counted_mark m join counted_pupil p on p.pupil = m.pupil
    union all
    select exam_id, student_id, institution_id, class, track, '', total from counted_pupil where whole
),
earlier as (
    select p.exam_id, p.student_id, m.subject, m.mark from earlier_mark m join earlier_pupil p on p.pupil = m.pupil
    union all
    select exam_id, student_id, '', total from earlier_pupil where whole
),
matched as (
    select l.exam_id, e.exam_id as entry_exam_id, l.subject, l.institution_id, l.class, l.track, e.mark as x, l.mark as y
    from later l join earlier e on e.student_id = l.student_id and e.subject = l.subject
)
select exam_id, entry_exam_id, subject, institution_id, class, track, count(*) as pupils,
    sum(x) as sx, sum(y) as sy, sum(x * x) as sxx, sum(x * y) as sxy, sum(y * y) as syy
from matched group by exam_id, entry_exam_id, subject, institution_id, class, track
