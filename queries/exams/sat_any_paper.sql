-- The pupils of each school who have a mark in any paper.
select institution_id, cast(sum(pupils) as bigint) from exam_total
where exam_id = $exam and total is not null
group by institution_id
