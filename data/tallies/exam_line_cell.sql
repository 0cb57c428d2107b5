-- The four cells of every line: in each class how many pupils reach the effective score of a subject, and the line too.
-- Effective scores are those of the whole exam: by the first method (M1) the mean of the pupils at or above the line,
-- times the line over their mean total; by the second (M2) the mark that as many pupils reach as are above the line.
-- mark_m2 is that mark, the same in every row of a line and subject; M1 follows from exam_by_total.
-- M1 is compared without dividing: mark >= (marks / sat) * line / (totals / above) in ten-thousandths of a mark.
with line as (
    select cast(row_number() over () as integer) as line, line_name, track, cast(mark as decimal(18, 4)) as line_mark,
        coalesce(borderline, 10) as near
    from exam_line where exam_id = (select min(exam_id) from counted_paper)
),
-- A line of all tracks is one of each: joined by equal tracks, which is many times faster than by a condition.
of_track as (
    select l.line, l.line_mark, l.near, t.track
    from line l join (select distinct track from counted_place) t on l.track in ('全部', t.track)
),
above as (
    select l.line, count(*) as pupils, sum(p.total) as totals
    from counted_pupil p join of_track l on l.track = p.track
    where p.whole and p.total >= l.line_mark group by l.line
),
paper_above as (
    select l.line, l.line_mark, b.paper, sum(b.pupils) as sat, sum(b.marks) as marks
    from counted_by_total b join of_track l on l.track = b.track
    where b.total >= l.line_mark group by l.line, l.line_mark, b.paper
),
first_method as (
    select s.line, s.paper, s.sat as wanted,
        cast(cast(s.marks * 10000 as bigint) as decimal(38, 0)) * cast(s.line_mark * 10000 as bigint) * a.pupils as product,
        cast(cast(a.totals * 10000 as bigint) as decimal(38, 0)) * s.sat as weight
    from paper_above s join above a on a.line = s.line
),
by_mark as (select track, paper, mark, count(*) as pupils from counted_mark where whole group by track, paper, mark),
reached as (
    select l.line, b.paper, b.mark, sum(sum(b.pupils)) over (partition by l.line, b.paper order by b.mark desc) as pupils
    from by_mark b join of_track l on l.track = b.track
    group by l.line, b.paper, b.mark
),
-- The least marks that reach the effective scores.
least as (
    select f.line, f.paper,
        min(case when cast(r.mark * 10000 as bigint) * f.weight >= f.product then r.mark end) as first_method,
        max(case when r.pupils >= f.wanted then r.mark end) as second_method
    from first_method f join reached r on r.line = f.line and r.paper = f.paper
    group by f.line, f.paper
),
asked as (
    select l.line, l.track, s.paper, l.line_mark, l.line_mark - l.near as near_mark, t.first_method, t.second_method
    from of_track l cross join counted_paper s left join least t on t.line = l.line and t.paper = s.paper
),
met as (
    select a.line, m.paper, m.place, m.total >= a.line_mark as is_above,
        m.total < a.line_mark and m.total >= a.near_mark as is_near,
        m.mark >= a.first_method as m1, m.mark >= a.second_method as m2
    from counted_mark m join asked a on a.track = m.track and a.paper = m.paper
    where m.whole
),
cell as (
    select line, paper, place, count(*) as sat, count(*) filter (is_above) as above,
        count(*) filter (m1) as single_m1, count(*) filter (m1 and is_above) as double_m1,
        count(*) filter (m2) as single_m2, count(*) filter (m2 and is_above) as double_m2,
        count(*) filter (is_near) as near_below, count(*) filter (is_near and not m1) as held_back
    from met group by line, paper, place
)
select s.exam_id, l.line_name, l.track, s.subject, p.institution_id, p.class, sum(c.sat) as sat, sum(c.above) as above,
    sum(c.single_m1) as single_m1, sum(c.double_m1) as double_m1, sum(c.single_m2) as single_m2,
    sum(c.double_m2) as double_m2, max(t.second_method) as mark_m2, sum(c.near_below) as near_below, sum(c.held_back) as held_back
from cell c
join line l on l.line = c.line
join counted_paper s on s.paper = c.paper
join counted_place p on p.place = c.place
left join least t on t.line = c.line and t.paper = c.paper
group by s.exam_id, l.line_name, l.track, s.subject, p.institution_id, p.class
