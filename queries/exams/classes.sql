-- The classes of a school of which anybody has a score on a paper of an exam.
select distinct coalesce(class, '未分班') as class
from exam_result_tally
where exam_id = $exam and institution_id = $school and score_state = 'recorded'
order by class
