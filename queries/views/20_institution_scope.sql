-- The areas whose figures an institution counts in: its district and, where it is flagged, the main urban area.
-- 主城区 is never added up from districts: both took in rural townships in 2020.
select institution_id, valid_from, holds_from, holds_before, area from institution_validity
union all
select institution_id, valid_from, holds_from, holds_before, plan_area()
from institution_validity where main_urban
