-- What researchers did term by term; who they are stays here.
select period, office, stage, subject, on_duty, lessons_observed as lessons, activities, mentees,
    lessons_wanted, activities_wanted, mentees_wanted
from researcher_duty where area = plan_area()
order by period, office, subject, lessons_observed
