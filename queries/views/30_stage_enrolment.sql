-- Every return under each area it counts in, with the register's entries of the day that it describes.
select e.school_year, s.area, e.institution_id, v.name, v.kind, v.ownership as ownership_kind,
    case
        when v.ownership not in ('普惠性民办', '非普惠民办') then 'public'
        -- Recognition has a from and a to date; once it has lapsed the kindergarten is no longer inclusive.
        when v.ownership = '普惠性民办'
            and coalesce(v.recognised_from, date '0001-01-01') <= return_day(e.school_year)
            and coalesce(v.recognised_to, date '9999-12-31') >= return_day(e.school_year) then 'inclusive_private'
        else 'private'
    end as ownership,
    e.stage, e.pupils, e.classes
from enrolment e
join institution_validity v on v.institution_id = e.institution_id
    and return_day(e.school_year) >= v.holds_from and return_day(e.school_year) < v.holds_before
join institution_scope s on s.institution_id = v.institution_id and s.valid_from = v.valid_from
