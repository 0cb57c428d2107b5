-- Of the pupils who have all papers: how many have a subject, the sum of their marks and of the squares, by school and track,
-- or of one school ($school) by class; '' is their total over the papers that every pupil of the track has.
select case when $school is null then institution_id else coalesce(class, '未分班') end as unit, track, subject,
    sum(pupils)::bigint as pupils, sum(marks) as marks, sum(squares) as squares
from exam_spread where exam_id = $exam and ($school is null or institution_id = $school)
group by all
