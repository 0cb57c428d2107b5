-- The exams with a top line that stand in one line: those of the senior cohort that is nearest to the entrance examination,
-- the highest grade of the newest school year with such an exam. Other cohorts are other pupils, and those who entered
-- before 2018 wrote other papers (文科, 理科). Exams of one day are not added up: the one that most pupils wrote stands.
with drawn as (
    select exam_id, max(top_line) as top_line from exam group by exam_id having max(top_line) is not null
),
written as (select exam_id, sum(pupils) as pupils from exam_total group by exam_id),
candidates as (
    select c.*, d.top_line, w.pupils
    from exam_cohort c join drawn d on d.exam_id = c.exam_id join written w on w.exam_id = c.exam_id
    where c.stage = '高中' and c.last_day <= reporting_day()
)
select exam_id, exam_name, grade, last_day, top_line from candidates
where cohort = (select cohort from candidates order by school_year desc, grade_number desc nulls last, cohort limit 1)
qualify row_number() over (partition by last_day order by pupils desc, exam_id) = 1
