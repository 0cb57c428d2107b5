-- Projects of an area built by the end of 2019 that were not open in autumn 2020, or of which nobody said that they were fit.
select project_name, ready_on, opened_on, fit
from autumn_2020_project
where area = $area and ((fit and not opened_in_time) or ready_on is null)
order by fit desc, opened_on, project_name
