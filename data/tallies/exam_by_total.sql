-- For each total the pupils who have it and the sum of their marks in each subject: what effective scores and the
-- discrimination of a paper follow from.
select s.exam_id, b.track, s.subject, b.total, b.pupils, b.marks
from counted_by_total b join counted_paper s on s.paper = b.paper
