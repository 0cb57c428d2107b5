-- What the pupils of a class who have all their papers have in a subject and in total: what the discrimination of a paper
-- in any school, district or class follows from.
with listed as (
    select paper, place, list(total) as totals, list(mark) as marks
    from counted_mark where whole group by paper, place
)
select s.exam_id, s.subject, c.institution_id, c.class, c.track, l.totals, l.marks
from listed l join counted_paper s on s.paper = l.paper join counted_place c on c.place = l.place
