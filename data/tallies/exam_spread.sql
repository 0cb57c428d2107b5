-- What the reliability of an exam in a class, and in all that classes add up to, follows from: of the pupils who have all
-- their papers their marks and the squares of these, paper by paper; '' is the total over the papers that every pupil of
-- the track has, as pupils choose some of their papers.
with summed as (
    select paper, place, count(*) as pupils, sum(mark) as marks, sum(mark * mark) as squares
    from counted_mark where whole group by paper, place
),
judged as (
    select c.track, s.paper, sum(s.pupils) = w.pupils as shared
    from summed s join counted_place c on c.place = s.place
    join (select track, count(*) as pupils from counted_pupil where whole group by track) w on w.track = c.track
    group by c.track, s.paper, w.pupils
),
-- Those are the whole totals less the marks of the chosen papers, which are fewer. Materialized, so that these are found
-- before pupils are grouped.
chosen as materialized (
    select m.pupil, m.mark
    from counted_mark m join judged j on j.track = m.track and j.paper = m.paper
    where m.whole and not j.shared
),
pupil as (
    select c.place, p.total - coalesce(m.marks, 0) as total
    from counted_pupil p
    join counted_place c on c.institution_id = p.institution_id and c.track = p.track and c.class is not distinct from p.class
    left join (select pupil, sum(mark) as marks from chosen group by pupil) m on m.pupil = p.pupil
    where p.whole and p.track in (select track from judged where shared)
)
select (select min(exam_id) from counted_paper) as exam_id, p.subject, c.institution_id, c.class, c.track, s.pupils, s.marks, s.squares
from summed s join counted_paper p on p.paper = s.paper join counted_place c on c.place = s.place
union all
select (select min(exam_id) from counted_paper), '', c.institution_id, c.class, c.track, count(*), sum(p.total), sum(p.total * p.total)
from pupil p join counted_place c on c.place = p.place
group by c.institution_id, c.class, c.track
