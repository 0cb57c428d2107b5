-- The city's marks on every paper, by the cohort that wrote it: only its exams can stand in one line. others: who sat the
-- paper elsewhere, whose marks all who sat less these would be.
with everybody as (select exam_id, subject, sum(sat)::bigint as sat from exam_sum group by exam_id, subject)
select r.subject, c.stage, c.entered, c.grade, c.exam_id, c.last_day as day, r.sat, r.marks, r.full_marks, e.sat - r.sat as others
from paper_result r
join exam_cohort c on c.exam_id = r.exam_id
join everybody e on e.exam_id = r.exam_id and e.subject = r.subject
where r.area = plan_area()
order by c.last_day, c.exam_id, r.subject
