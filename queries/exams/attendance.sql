-- Who sat a paper and who did not and why, by school and track. The subject '' is the total: who has all papers.
select subject, institution_id, track, sat, absent, exempt, missing from exam_sum where exam_id = $exam
