-- Clause 5 counts the pupils at or above the line that an exam draws on the total. Totals are kept per exam, so that no
-- answer has to add up single papers; an exam without a line has no figure.
select year(e.last_day) * 10000 + month(e.last_day) * 100 + day(e.last_day) as period, s.area,
    coalesce(sum(t.pupils) filter (t.total >= e.top_line), 0) as numerator
from top_line_exam e
join exam_total t on t.exam_id = e.exam_id
join institution_scope s on s.institution_id = t.institution_id
    and e.last_day >= s.holds_from and e.last_day < s.holds_before
group by all
