-- How many pupils have which total. A pupil without any mark has none, but is counted.
select exam_id, institution_id, class, track, whole, total, count(*) as pupils
from counted_pupil group by exam_id, institution_id, class, track, whole, total
