-- The cells of a line by subject and school; mark_m2 is the same in all of them.
select subject, institution_id,
    sum(sat)::bigint, sum(above)::bigint, sum(single_m1)::bigint, sum(double_m1)::bigint,
    sum(single_m2)::bigint, sum(double_m2)::bigint, sum(near_below)::bigint, sum(held_back)::bigint, max(mark_m2)
from exam_line_cell
where exam_id = $exam and line_name = $line and track = $track
group by subject, institution_id
