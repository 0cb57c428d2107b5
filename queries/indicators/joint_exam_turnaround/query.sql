-- The median of the exams that end on one day: the middle value over 1, or the two middle values over 2. Missing days
-- stand last, so that exams whose analysis is not out yet are no middle; a day of such exams alone keeps its row, with
-- both sides empty, as something is missing and not nothing there to be counted.
with analysis as (
    select e.exam_id, e.last_day, o.area, min(m.published_on) - e.last_day as days
    from joint_exam e
    join monitoring_report m on m.exam_id = e.exam_id and m.kind = '联考分析报告'
    -- The city's analysis is the whole's; a district's own one says nothing of the city's.
    join office_area o on o.office = m.area and (o.level = 'city' or o.area <> plan_area())
    group by e.exam_id, e.last_day, o.area
),
ordered as (
    select *, row_number() over (partition by last_day, area order by days nulls last) as position,
        count(days) over (partition by last_day, area) as known
    from analysis
)
select year(last_day) * 10000 + month(last_day) * 100 + day(last_day) as period, area,
    sum(days) filter (position in ((known + 1) // 2, known // 2 + 1)) as numerator,
    nullif(count(days) filter (position in ((known + 1) // 2, known // 2 + 1)), 0) as denominator
from ordered group by last_day, area
