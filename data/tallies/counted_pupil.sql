-- Every pupil once, under a number for the tables that follow, even where the rows disagree on the school or the track;
-- with the total of the papers that have a mark: the assigned score where there is one, else the one on the paper. An
-- absent pupil has no mark, which is not 0. A pupil is whole who has as many papers as most pupils of the track have:
-- a total of fewer, or of more, cannot be compared.
with pupil as (
    select any_value(exam_id) as exam_id, student_id, min(institution_id) as institution_id, min(class) as class,
        coalesce(min(track), '') as track, count(coalesce(assigned_score, score)) as papers,
        cast(sum(coalesce(assigned_score, score)) as decimal(18, 4)) as total
    from counted_row group by student_id
),
usual as (
    select track, papers, row_number() over (partition by track order by count(*) desc, papers desc) as place
    from pupil where papers > 0 group by track, papers
)
select cast(row_number() over () as integer) as pupil, pupil.*, coalesce(pupil.papers = usual.papers, false) as whole
from pupil left join usual on usual.track = pupil.track and usual.place = 1
