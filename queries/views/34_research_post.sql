-- The posts of clause 13 under each area that the office counts in: every post of the city's office, which serves the
-- senior schools too, and of the districts' offices those for junior subjects, which are what the clause asks of them.
select r.year, o.area, o.level as part, r.area as office, r.stage, r.subject, r.post, r.person_id,
    o.level = 'city' or r.stage = '初中' as required
from researcher r join office_area o on o.office = r.area
