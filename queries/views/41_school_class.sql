-- Every class of the autumn register under each area that its school counts in, as the register of institutions stood
-- on the day of the annual return.
select c.school_year, s.area, c.institution_id, v.name, v.area as district, c.stage, c.pupils
from class_size c
join institution_validity v on v.institution_id = c.institution_id
    and return_day(c.school_year) >= v.holds_from and return_day(c.school_year) < v.holds_before
join institution_scope s on s.institution_id = v.institution_id and s.valid_from = v.valid_from
