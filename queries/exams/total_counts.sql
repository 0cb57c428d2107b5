-- The same of the totals of the pupils who have all their papers.
select case when $school is null then institution_id else coalesce(class, '未分班') end as unit, track,
    cast(total * 10000 as bigint) as score, cast(sum(pupils) as bigint) as pupils
from exam_total
where exam_id = $exam and whole and ($school is null or institution_id = $school)
group by all
