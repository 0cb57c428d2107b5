-- The totals over the papers that every pupil of a track has: what the reliability of an exam is computed over where
-- pupils choose some of their papers.
with sat as (select track, paper, count(*) as pupils from counted_mark where whole group by track, paper),
shared as (
    select s.track, s.paper from sat s
    join (select track, count(*) as pupils from counted_pupil where whole group by track) w
        on w.track = s.track and w.pupils = s.pupils
),
pupil as (
    select m.track, m.pupil, count(*) as papers, sum(m.mark) as total
    from counted_mark m join shared s on s.track = m.track and s.paper = m.paper
    where m.whole group by m.track, m.pupil
)
select (select min(exam_id) from counted_paper) as exam_id, track, papers, total, count(*) as pupils
from pupil group by track, papers, total
