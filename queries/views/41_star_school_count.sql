-- Star schools on the day of each year, each school once per stage. An area of which the list has no row has no figure.
with known as (
    select stage, area from school_recognition join institution_scope using (institution_id)
    union
    select stage, plan_area() from school_recognition
),
recognised as (
    select r.year, r.stage, r.institution_id, i.area
    from star_school_in_year r join institution_in_year i on i.year = r.year and i.institution_id = r.institution_id
    where r.reason is null
)
select y.year, k.area, k.stage, count(r.institution_id) as schools
from known k cross join (select distinct year from star_school_in_year) y
left join recognised r on r.year = y.year and r.area = k.area and r.stage = k.stage
group by y.year, k.area, k.stage
