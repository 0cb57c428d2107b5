-- The totals over the papers that every pupil of a track has: what the reliability of an exam is computed over where
-- pupils choose some of their papers. They are the whole totals less the marks of the chosen papers, which are fewer.
with sat as (select track, paper, count(*) as pupils from counted_mark where whole group by track, paper),
judged as (
    select s.track, s.paper, s.pupils = w.pupils as shared from sat s
    join (select track, count(*) as pupils from counted_pupil where whole group by track) w on w.track = s.track
),
common as (select track, count(*) as papers from judged where shared group by track),
chosen as (
    select m.pupil, sum(m.mark) as marks
    from counted_mark m join judged j on j.track = m.track and j.paper = m.paper
    where m.whole and not j.shared group by m.pupil
)
select exam_id, p.track, c.papers, p.total - coalesce(m.marks, 0) as total, count(*) as pupils
from counted_pupil p join common c on c.track = p.track left join chosen m on m.pupil = p.pupil
where p.whole
group by p.exam_id, p.track, c.papers, p.total - coalesce(m.marks, 0)
