-- Who sat a paper of an exam in the classes of a school; '' is the total of those who have all papers.
select class, track, cast(sum(pupils) as bigint) as pupils from (
    select class, track, pupils from exam_total
    where $subject = '' and exam_id = $exam and institution_id = $school and whole
    union all
    select class, coalesce(track, ''), row_count from exam_result_tally
    where $subject <> '' and exam_id = $exam and subject = $subject and institution_id = $school
        and score_state = 'recorded'
)
group by class, track order by class, track
