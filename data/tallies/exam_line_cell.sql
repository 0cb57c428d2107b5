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
above as (
    select l.line, count(*) as pupils, sum(p.total) as totals
    from counted_pupil p join line l on l.track = '全部' or l.track = p.track
    where p.whole and p.total >= l.line_mark group by l.line
),
-- How many have which total, and the sum of their marks in each paper.
by_total as (
    select track, paper, total, count(*) as pupils, sum(mark) as marks
    from counted_mark where whole group by track, paper, total
),
paper_above as (
    select l.line, l.line_mark, b.paper, sum(b.pupils) as sat, sum(b.marks) as marks
    from by_total b join line l on l.track = '全部' or l.track = b.track
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
    from by_mark b join line l on l.track = '全部' or l.track = b.track
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
met as (
    select l.line, m.paper, m.place, m.total >= l.line_mark as is_above,
        m.total < l.line_mark and m.total >= l.line_mark - l.near as is_near,
        m.mark >= t.first_method as m1, m.mark >= t.second_method as m2
    from counted_mark m
    join line l on l.track = '全部' or l.track = m.track
    left join least t on t.line = l.line and t.paper = m.paper
    where m.whole
),
cell as (
    select line, paper, place, count(*) as sat, sum(case when is_above then 1 else 0 end) as above,
        sum(case when m1 then 1 else 0 end) as single_m1, sum(case when m1 and is_above then 1 else 0 end) as double_m1,
        sum(case when m2 then 1 else 0 end) as single_m2, sum(case when m2 and is_above then 1 else 0 end) as double_m2,
        sum(case when is_near then 1 else 0 end) as near_below,
        sum(case when is_near and not m1 then 1 else 0 end) as held_back
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
