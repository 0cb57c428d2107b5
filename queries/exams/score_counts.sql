-- How many pupils of each unit and track have which score on a paper, in ten-thousandths of a mark.
-- $classes: the school whose classes are the units; null where the schools are.
select case when $school is null then institution_id else coalesce(class, '未分班') end as unit, coalesce(track, '') as track,
    cast(score * 10000 as bigint) as score, cast(sum(row_count) as bigint) as pupils
from exam_result_tally
where exam_id = $exam and subject = $subject and score_state = 'recorded'
    and ($school is null or institution_id = $school)
group by all
