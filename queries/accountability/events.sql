-- What happened to uploads of targets, in order: each may have changed a verdict.
select e.occurred_at, e.action, e.actor, u.upload_id, u.file_name
from store.upload_event e join store.upload u on u.upload_id = e.upload_id
where u.dataset = 'school_target'
    and e.occurred_at <= coalesce(getvariable('as_of')::timestamp, timestamp 'infinity')
order by e.event_id
