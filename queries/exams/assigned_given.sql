-- Assigned scores that the results bring themselves, beside the raw ones, school by school.
select institution_id, cast(score * 10000 as bigint) as score, sum(row_count)::bigint as pupils,
    sum(case when assigned_score is not null then row_count else 0 end)::bigint as given,
    sum(assigned_score * row_count) as marks
from exam_result_tally
where exam_id = $exam and subject = $subject and score_state = 'recorded'
group by institution_id, score
