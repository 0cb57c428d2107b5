-- Every exam that was set up, with or without results. What its papers should say alike is read as on the exam's pages.
select e.exam_id, min(e.exam_name), min(e.held_on), max(e.held_on), min(e.stage), min(e.grade), min(e.cohort),
    min(e.series), min(e.entry_exam_id), coalesce(list(distinct e.subject order by e.subject) filter (r.exam_id is not null), [])
from exam e
left join (select distinct exam_id, subject from exam_sum where sat > 0) r on r.exam_id = e.exam_id and r.subject = e.subject
group by e.exam_id
order by max(e.held_on) desc, e.exam_id
