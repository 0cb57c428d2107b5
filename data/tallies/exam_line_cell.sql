-- The four cells of every line: in each class how many pupils reach the effective score of a subject, and the line too.
-- Effective scores are those of the whole exam: by the first method (M1) the mean of the pupils at or above the line,
-- times the line over their mean total; by the second (M2) the mark that as many pupils reach as are above the line.
-- mark_m2 is that mark, the same in every row of a line and subject; M1 follows from exam_by_total.
-- M1 is compared without dividing: mark >= (marks / sat) * line / (totals / above) in ten-thousandths of a mark.
with line as (
    select line_name, track, cast(mark as decimal(18, 4)) as line_mark, coalesce(borderline, 10) as near
    from exam_line where exam_id = (select min(exam_id) from counted_pupil)
),
whole as (select * from counted_pupil where whole),
mark_of as (
    select w.track, m.subject, m.mark, w.total, count(*) as pupils
    from counted_mark m join whole w on w.pupil = m.pupil group by w.track, m.subject, m.mark, w.total
),
above as (
    select l.line_name, l.track as line_track, count(*) as pupils, sum(w.total) as totals
    from whole w join line l on l.track = '全部' or l.track = w.track
    where w.total >= l.line_mark group by l.line_name, l.track
),
subject_above as (
    select l.line_name, l.track as line_track, l.line_mark, o.subject, sum(o.pupils) as sat, sum(o.mark * o.pupils) as marks
    from mark_of o join line l on l.track = '全部' or l.track = o.track
    where o.total >= l.line_mark group by l.line_name, l.track, l.line_mark, o.subject
),
first_method as (
    select s.line_name, s.line_track, s.subject, s.sat as wanted,
        cast(cast(s.marks * 10000 as bigint) as decimal(38, 0)) * cast(s.line_mark * 10000 as bigint) * a.pupils as product,
        cast(cast(a.totals * 10000 as bigint) as decimal(38, 0)) * s.sat as weight
    from subject_above s join above a on a.line_name = s.line_name and a.line_track = s.line_track
),
reached as (
    select l.line_name, l.track as line_track, o.subject, o.mark,
        sum(sum(o.pupils)) over (partition by l.line_name, l.track, o.subject order by o.mark desc) as pupils
    from mark_of o join line l on l.track = '全部' or l.track = o.track
    group by l.line_name, l.track, o.subject, o.mark
),
-- The least marks that reach the effective scores.
least as (
    select f.line_name, f.line_track, f.subject,
        min(case when cast(r.mark * 10000 as bigint) * f.weight >= f.product then r.mark end) as first_method,
        max(case when r.pupils >= f.wanted then r.mark end) as second_method
    from first_method f
    join reached r on r.line_name = f.line_name and r.line_track = f.line_track and r.subject = f.subject
    group by f.line_name, f.line_track, f.subject
),
met as (
    select w.exam_id, l.line_name, l.track as line_track, l.line_mark, l.near, m.subject, w.institution_id, w.class, w.total,
        w.total >= l.line_mark as is_above, m.mark >= t.first_method as m1, m.mark >= t.second_method as m2,
        t.second_method as mark_m2
    from counted_mark m join whole w on w.pupil = m.pupil
    join line l on l.track = '全部' or l.track = w.track
    left join least t on t.line_name = l.line_name and t.line_track = l.track and t.subject = m.subject
)
select exam_id, line_name, line_track as track, subject, institution_id, class, count(*) as sat,
    sum(case when is_above then 1 else 0 end) as above,
    sum(case when m1 then 1 else 0 end) as single_m1, sum(case when m1 and is_above then 1 else 0 end) as double_m1,
    sum(case when m2 then 1 else 0 end) as single_m2, sum(case when m2 and is_above then 1 else 0 end) as double_m2,
    max(mark_m2) as mark_m2,
    sum(case when total < line_mark and total >= line_mark - near then 1 else 0 end) as near_below,
    sum(case when total < line_mark and total >= line_mark - near and not m1 then 1 else 0 end) as held_back
from met group by exam_id, line_name, line_track, subject, institution_id, class
