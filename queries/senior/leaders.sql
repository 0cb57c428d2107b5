-- Who answers for a school on the reporting day, by office and post.
select institution_id, post, level, assigned_on
from leader_assignment where assigned_on <= reporting_day() and coalesce(ended_on >= reporting_day(), true)
order by institution_id, level, post
