-- Item scores by what pupils have in the whole paper: how well an item tells good pupils from weak ones, and what the
-- paper's reliability would be without it, is a matter of pairs. For every paper, item, choice (null: none) and total over
-- the items that a pupil has a score in: how many pupils, and the sums of their scores in the item and of the squares.
-- complete: a score in every item of the paper. Rows without an item count the pupils themselves and sum their totals;
-- rows without an institution are those of the whole exam, so that nobody need add up schools. A pupil counts once.
with scored as (
    select exam_id, subject, student_id, institution_id, item, upper(choice) as choice, score
    from counted_row where score_state = 'recorded'
),
paper as (select subject, count(distinct item) as items from scored group by subject),
pupil as (
    select min(exam_id) as exam_id, subject, student_id, min(institution_id) as institution_id,
        cast(sum(score) as decimal(18, 4)) as total, count(*) as items
    from scored group by subject, student_id
),
judged as (
    select p.*, p.items = a.items as complete from pupil p join paper a on a.subject = p.subject
),
paired as (
    select j.exam_id, s.subject, j.institution_id, s.item, s.choice, j.complete, j.total, s.score
    from scored s join judged j on j.subject = s.subject and j.student_id = s.student_id
    union all
    select exam_id, subject, institution_id, null, null, complete, total, total from judged
)
select exam_id, subject, institution_id, item, choice, complete, total, count(*) as pupils, sum(score) as score_sum,
    sum(cast(score * score as decimal(38, 8))) as square_sum
from paired
group by grouping sets (
    (exam_id, subject, item, choice, complete, total),
    (exam_id, subject, institution_id, item, choice, complete, total))
