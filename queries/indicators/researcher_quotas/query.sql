-- All three together: who falls short of one does not count.
select period, area, count(*) filter (lessons_met and activities_met and mentees_met) as numerator, count(*) filter (on_duty) as denominator
from researcher_duty group by period, area
