-- Partnerships of schools that are signed by the reporting day; one that has run out says so instead of vanishing.
select institution_id, partner, partner_place, form, signed_on, ends_on,
    coalesce(ends_on >= reporting_day(), true) as in_force
from partnership where signed_on <= reporting_day()
order by institution_id, in_force desc, signed_on
