-- Where pupils are counted: every class with the track of those of its pupils who have it, under a number.
select cast(row_number() over () as integer) as place, institution_id, class, track
from (select distinct institution_id, class, track from counted_pupil) found
