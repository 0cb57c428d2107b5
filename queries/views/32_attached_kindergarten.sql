-- Attached kindergartens in use, by year, and how they are run on that day; null where the register of institutions
-- is not linked to the project. Public and inclusive are what clause 27 means by them (view stage_enrolment).
select p.year, p.day, p.area, p.project_id, p.institution_id, v.name, v.ownership,
    case
        when v.ownership not in ('普惠性民办', '非普惠民办') then 'public'
        when v.ownership = '普惠性民办'
            and coalesce(v.recognised_from <= p.day, true) and coalesce(v.recognised_to >= p.day, true) then 'inclusive_private'
        when v.ownership is not null then 'private'
    end as run_as
from project_in_year p
left join institution_validity v on v.institution_id = p.institution_id
    and p.day >= v.holds_from and p.day < v.holds_before
where p.attached_kindergarten and p.opened and not p.cancelled and coalesce(v.closed_on > p.day, true)
