-- Schools of an area with large classes in the newest school year that its classes were reported for.
select school_year, institution_id, name, district, count(*) as classes,
    count(*) filter (pupils >= large_class()) as large, count(*) filter (pupils >= very_large_class()) as very_large
from school_class
where area = $area and stage = $stage
    and school_year = (select max(school_year) from school_class where area = $area and stage = $stage)
group by all having large > 0
order by very_large desc, large desc, institution_id
