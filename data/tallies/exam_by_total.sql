-- For each total the pupils who have it and the sums of their marks in each subject: what effective scores, the
-- discrimination of a paper and the reliability of the exam follow from.
with paired as (
    select track, paper, total, count(*) as pupils, sum(mark) as marks, sum(mark * mark) as squares
    from counted_mark where whole group by track, paper, total
)
select s.exam_id, p.track, s.subject, p.total, p.pupils, p.marks, p.squares
from paired p join counted_paper s on s.paper = p.paper
