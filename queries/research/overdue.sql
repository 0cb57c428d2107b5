-- Reports whose date has come and that came late or not at all, the longest wait first.
select m.year, m.area as office, m.report, m.kind, m.due_on, m.published_on,
    coalesce(m.published_on, reporting_day()) - m.due_on as days_late
from monitoring_report m join office_area o on o.office = m.area and o.area = plan_area()
where m.due_on <= reporting_day() and coalesce(m.published_on > m.due_on, true)
order by m.published_on is null desc, days_late desc, m.report
