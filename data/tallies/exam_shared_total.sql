-- The totals over the papers that every pupil of a track has: what the reliability of an exam is computed over where
-- pupils choose some of their papers.
with whole as (select exam_id, track, pupil from counted_pupil where whole),
sat as (
    select w.track, m.subject, count(*) as pupils from counted_mark m join whole w on w.pupil = m.pupil
    group by w.track, m.subject
),
shared as (
    select s.track, s.subject from sat s
    join (select track, count(*) as pupils from whole group by track) w on w.track = s.track and w.pupils = s.pupils
),
pupil as (
    select w.exam_id, w.track, w.pupil, count(*) as papers, sum(m.mark) as total
    from counted_mark m join whole w on w.pupil = m.pupil join shared s on s.track = w.track and s.subject = m.subject
    group by w.exam_id, w.track, w.pupil
)
select exam_id, track, papers, total, count(*) as pupils from pupil group by exam_id, track, papers, total
