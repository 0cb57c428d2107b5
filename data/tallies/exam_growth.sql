-- Pupils who have a mark in the exam and in the one that it is measured from: the sums that a regression of the later
-- mark (y) on the earlier one (x) follows from, paper by paper; '' is the total of those who have all papers in both.
with matched as (
    select l.pupil, e.pupil as earlier, l.institution_id, l.class, l.track, e.total as x, l.total as y, l.whole and e.whole as whole
    from counted_pupil l join earlier_pupil e on e.student_id = l.student_id
),
paper as (
    select l.paper, e.paper as earlier from counted_paper l join earlier_paper e on e.subject = l.subject
),
pair as (
    select l.paper, l.place, e.mark as x, l.mark as y
    from counted_mark l
    join matched m on m.pupil = l.pupil
    join paper p on p.paper = l.paper
    join earlier_mark e on e.pupil = m.earlier and e.paper = p.earlier
    union all
    select null, c.place, m.x, m.y
    from matched m
    join counted_place c on c.institution_id = m.institution_id and c.track = m.track and c.class is not distinct from m.class
    where m.whole
),
summed as (
    select paper, place, count(*) as pupils,
        sum(x) as sx, sum(y) as sy, sum(x * x) as sxx, sum(x * y) as sxy, sum(y * y) as syy
    from pair group by paper, place
)
select (select min(exam_id) from counted_paper) as exam_id, (select min(exam_id) from earlier_paper) as entry_exam_id,
    coalesce(s.subject, '') as subject, c.institution_id, c.class, c.track, g.pupils, g.sx, g.sy, g.sxx, g.sxy, g.syy
from summed g join counted_place c on c.place = g.place left join counted_paper s on s.paper = g.paper
