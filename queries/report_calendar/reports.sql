-- Every report that somebody has planned, for the offices whose reports the main urban area counts.
select m.year, m.area as office, m.report, m.kind, m.stage, m.exam_id, m.due_on, m.made_on, m.published_on,
    reporting_day() as day
from monitoring_report m join office_area o on o.office = m.area and o.area = plan_area()
order by m.due_on, m.area, m.report
