-- Every paper of an exam under each area that its schools count in on the day: who has a mark, and the sum of their
-- marks, from the counts that are kept beside the results. An absent or exempt pupil has no mark, which is not 0.
with of_school as (
    select exam_id, subject, institution_id, sum(sat) as sat, sum(marks) as marks
    from exam_sum group by exam_id, subject, institution_id
)
select e.exam_id, e.subject, e.held_on, e.full_marks, e.reference_mean, e.weak_band, s.area,
    sum(o.sat)::bigint as sat, sum(o.marks) as marks
from of_school o
join exam e on e.exam_id = o.exam_id and e.subject = o.subject
join institution_scope s on s.institution_id = o.institution_id
    and e.held_on >= s.holds_from and e.held_on < s.holds_before
group by all
