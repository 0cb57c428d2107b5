-- Primary and junior schools together and apart; a return that leaves out its classes counts on neither side.
select school_year as period, area, stage as part, sum(pupils) as numerator, sum(classes) as denominator
from stage_enrolment where stage in ('小学', '初中') and classes is not null
group by grouping sets ((school_year, area), (school_year, area, stage))
