-- How many pupils of a track have which total, and the sum of their marks in each paper.
select track, paper, total, count(*) as pupils, sum(mark) as marks
from counted_mark where whole group by track, paper, total
