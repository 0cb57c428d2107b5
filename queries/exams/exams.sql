-- Every exam of which there are results, with what every one of its papers says alike.
select e.exam_id, min(e.exam_name), max(e.held_on), min(e.stage), min(e.grade), min(e.cohort), min(e.series)
from exam e
where e.exam_id in (select exam_id from exam_sum)
group by e.exam_id
order by max(e.held_on) desc, e.exam_id
