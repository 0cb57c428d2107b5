-- Attached kindergartens in use in the newest year that the indicator has, what is not inclusive first.
select coalesce(k.name, p.project_name) as name, p.area, p.opened_on, k.run_as, k.day
from attached_kindergarten k join project p using (project_id)
where k.area = $area and k.year = (select max(year) from project_in_year)
order by k.run_as = 'private' desc nulls first, k.run_as, p.opened_on, name
