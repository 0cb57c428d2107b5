-- The certified components of every district and of the main urban area, in the order of the areas, oldest year first.
select p.* exclude (upload_id, line), a.name_en
from pay p join area a on a.area = p.area
where a.area = plan_area() or (a.level in ('district', 'zone') and a.effective_to is null
    and a.parent in (select parent from area where area = plan_area()))
order by p.year, (a.area = plan_area()) desc, a.line
