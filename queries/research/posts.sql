-- Posts that clause 13 asks for, and how many of them are filled, by subject and office.
select year, office, subject, count(person_id) as filled, count(*) as posts
from research_post where area = plan_area() and required
group by year, office, subject
order by year, office, subject
