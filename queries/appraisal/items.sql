-- Every item of a body's appraisals in the plan's districts, in the order of the areas and of the file.
select p.year, p.area, p.item, p.weight, p.full_score, p.score
from appraisal p
join area a on a.area = p.area
where p.body = $body and a.level in ('district', 'zone') and a.effective_to is null
    and a.parent in (select parent from area where area = plan_area())
order by p.year, a.line, p.line
