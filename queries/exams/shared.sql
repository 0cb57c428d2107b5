-- The totals over the papers that all pupils of a track have.
select track, papers, total, pupils from exam_shared_total where exam_id = $exam
