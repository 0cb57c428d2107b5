-- The city's marks on every paper, by the cohort that wrote it: only its exams can stand in one line.
select r.subject, c.stage, c.entered, c.grade, c.exam_id, c.last_day as day, r.sat, r.marks, r.full_marks
from paper_result r join exam_cohort c on c.exam_id = r.exam_id
where r.area = plan_area()
order by c.last_day, c.exam_id, r.subject
