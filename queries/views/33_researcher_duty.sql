-- What each researcher did in a term, under each area that the office counts in, beside what clause 15 asks of a term.
with asked(lessons_wanted, activities_wanted, mentees_wanted) as (values (80, 15, 10))
select t.school_year * 10 + case t.term when '第一学期' then 1 else 2 end as period, t.area as office, o.area,
    t.stage, t.subject, t.person_id, t.on_duty, t.lessons_observed, t.activities, t.mentees, a.*,
    t.on_duty and t.lessons_observed >= a.lessons_wanted as lessons_met,
    t.on_duty and t.activities >= a.activities_wanted as activities_met,
    t.on_duty and t.mentees >= a.mentees_wanted as mentees_met
from researcher_term t join office_area o on o.office = t.area cross join asked a
