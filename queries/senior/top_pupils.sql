-- Who reached the top line in the newest exams of the line that clause 5's indicator shows, school by school, districts apart.
with newest as (select * from top_line_exam order by last_day desc limit 3)
select e.last_day as day, e.exam_name, e.top_line, s.area as district, t.institution_id, v.name, v.main_urban,
    coalesce(sum(t.pupils) filter (t.total >= e.top_line), 0)::bigint as reached
from newest e
join exam_total t on t.exam_id = e.exam_id
join institution_validity v on v.institution_id = t.institution_id
    and e.last_day >= v.holds_from and e.last_day < v.holds_before
join institution_scope s on s.institution_id = v.institution_id and s.valid_from = v.valid_from and s.area <> plan_area()
group by all
order by e.last_day, s.area, t.institution_id
