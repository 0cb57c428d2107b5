-- The pupils of each school who have a mark in any paper; none of a school of which everybody was absent.
select institution_id, cast(sum(case when total is null then 0 else pupils end) as bigint) from exam_total
where exam_id = $exam
group by institution_id
