-- The targets of key senior schools with the file and line that brought each row, year by year. A school is named as the
-- register names it in that year.
select t.year, t.institution_id, s.name, s.area, t.item, t.comparison, t.target, t.result, t.talked_on, t.replaced_on,
    t.line, u.upload_id, u.file_name, u.uploader, u.published_at, u.sample
from school_target t
join school_area_in_year s on s.year = t.year and s.institution_id = t.institution_id
    and s.key_senior and s.area <> plan_area()
join upload u on u.upload_id = t.upload_id
order by t.institution_id, t.year, t.item
