-- For each total the pupils who have it, and the sums of their marks in each subject.
select track, subject, total, pupils, marks, squares from exam_by_total where exam_id = $exam order by subject, total
