-- Who sat a paper of an exam, and the sums of their marks; '' is the total of those who have all papers.
select institution_id, track, sat, marks, squares
from exam_sum where exam_id = $exam and subject = $subject and sat > 0
order by institution_id, track
