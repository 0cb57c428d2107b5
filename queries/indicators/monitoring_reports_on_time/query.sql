-- A report that never came is due like the others; one whose date is still ahead is not due yet.
with report as (
    select m.year, o.area, case m.kind when '质量监测报告' then 'monitoring' else 'analysis' end as part,
        m.due_on <= reporting_day() as due, m.published_on <= m.due_on as on_time
    from monitoring_report m join office_area o on o.office = m.area
)
select year as period, area, part, count(*) filter (due and on_time) as numerator, count(*) filter (due) as denominator
from report group by grouping sets ((year, area), (year, area, part))
