-- For each total the pupils who have it, and the sum of their marks in each subject.
select track, subject, total, pupils, marks from exam_by_total where exam_id = $exam order by subject, total
