-- What means and standard deviations of a school follow from, paper by paper, and who is without a mark and why.
-- The subject '' is the total of the pupils who have all papers; those who have not are its "missing".
select exam_id, subject, institution_id, coalesce(track, '') as track,
    sum(case when score_state = 'recorded' then 1 else 0 end) as sat,
    sum(case when score_state = 'absent' then 1 else 0 end) as absent,
    sum(case when score_state = 'exempt' then 1 else 0 end) as exempt,
    sum(case when score_state = 'missing' then 1 else 0 end) as missing,
    sum(score) as marks, sum(score * score) as squares, count(assigned_score) as assigned
from counted_row group by exam_id, subject, institution_id, coalesce(track, '')
union all
select exam_id, '', institution_id, track, sum(case when whole then 1 else 0 end), 0, 0,
    sum(case when whole then 0 else 1 end), sum(case when whole then total end), sum(case when whole then total * total end), 0
from counted_pupil group by exam_id, institution_id, track
