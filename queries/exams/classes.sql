-- The classes of each school of which anybody has a score on a paper of an exam.
select institution_id, list(distinct coalesce(class, '未分班') order by coalesce(class, '未分班'))
from exam_result_tally
where exam_id = $exam and score_state = 'recorded'
group by institution_id
