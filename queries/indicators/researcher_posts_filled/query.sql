-- A vacant post has no person, but it stays in the denominator.
select year as period, area, part, count(person_id) filter (required) as numerator, count(*) filter (required) as denominator
from research_post group by grouping sets ((year, area), (year, area, part))
