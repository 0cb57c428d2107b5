-- The counts of one paper by what pupils have in it: of a school, or of the whole exam where $school is null.
select item, choice, complete, total, sum(pupils)::bigint as pupils, sum(score_sum) as score_sum,
    sum(square_sum) as square_sum
from item_result_by_total
where exam_id = $exam and subject = $subject and institution_id is not distinct from $school
group by item, choice, complete, total
order by item nulls first, total, choice nulls last
