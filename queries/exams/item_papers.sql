-- Papers of which item scores are counted, the newest first: how many pupils have any, and how many sat at all. Item
-- scores often come from some schools only, so that both numbers belong together.
with marked as (
    select exam_id, subject, sum(pupils)::bigint as pupils from item_result_by_total
    where item is null and institution_id is null group by exam_id, subject
),
sat as (select exam_id, subject, sum(sat)::bigint as sat from exam_sum group by exam_id, subject)
select e.exam_id, e.subject, e.exam_name, e.held_on, e.grade, e.full_marks, m.pupils, s.sat
from exam e
join marked m on m.exam_id = e.exam_id and m.subject = e.subject
left join sat s on s.exam_id = e.exam_id and s.subject = e.subject
order by e.held_on desc, e.exam_id desc, e.subject
