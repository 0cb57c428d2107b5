-- Clause 27 counts children; "public" includes bodies of a public nature.
select school_year as period, area,
    coalesce(sum(children) filter (ownership = 'public'), 0) as numerator, sum(children) as denominator
from kindergarten_enrolment group by school_year, area
