-- Every exam that is measured from another one.
select exam_id, min(entry_exam_id) as entry_exam_id from exam where entry_exam_id is not null group by exam_id
