-- The schools of an exam with the areas that they count in on its last day.
select s.institution_id, min(i.name), list(distinct s.area order by s.area)
from institution_scope s
join institution i on i.institution_id = s.institution_id and i.valid_from = s.valid_from
where s.institution_id in (select institution_id from exam_sum where exam_id = $exam)
    and $day >= s.holds_from and $day < s.holds_before
group by s.institution_id
order by s.institution_id
