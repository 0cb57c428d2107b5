-- Every mark of every pupil, with what the pupil is counted by.
with person as (
    select p.pupil, p.student_id, p.track, p.total, p.whole, c.place
    from counted_pupil p
    join counted_place c on c.institution_id = p.institution_id and c.track = p.track and c.class is not distinct from p.class
)
select p.pupil, s.paper, coalesce(r.assigned_score, r.score) as mark, p.place, p.track, p.total, p.whole
from counted_row r
join counted_paper s on s.subject = r.subject
join person p on p.student_id = r.student_id
where coalesce(r.assigned_score, r.score) is not null
