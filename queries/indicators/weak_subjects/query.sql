-- Clause 14 speaks of weak subjects of the entrance examination, so of the senior stage, and of the cohort that is nearest to
-- it: the highest grade of the newest school year whose papers have a reference, with all its exams. Exams of one day are
-- not thrown together: the one with a reference that most pupils wrote stands.
-- Both sides are multiplied by the number of pupils, so that nothing is divided. A paper that cannot be judged is no
-- subject that is not weak: an exam of such papers alone has no figure.
with judged as (
    select c.exam_id, c.cohort, c.school_year, c.grade_number, c.last_day, r.area, r.subject, r.sat,
        r.reference_mean is not null and r.weak_band is not null as referenced,
        r.sat >= 10 and referenced as known,
        r.marks < r.sat * (r.reference_mean - r.weak_band * r.full_marks) as weak
    from paper_result r join exam_cohort c on c.exam_id = r.exam_id
    where c.stage = '高中' and c.last_day <= reporting_day()
),
exams as (
    select exam_id, cohort, school_year, grade_number, last_day, bool_or(referenced) as referenced, sum(sat) as written
    from judged group by all
),
compared as (
    select exam_id from exams
    where cohort = (
        select cohort from exams
        order by referenced desc, school_year desc, grade_number desc nulls last, cohort limit 1
    )
    qualify row_number() over (partition by last_day order by referenced desc, written desc, exam_id) = 1
)
select year(last_day) * 10000 + month(last_day) * 100 + day(last_day) as period, area,
    case when bool_or(known) then count(distinct subject) filter (known and weak) end as numerator
from judged join compared using (exam_id) group by exam_id, last_day, area
