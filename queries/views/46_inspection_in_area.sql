-- Every row of the inspections under each area that its kindergarten counts in: as the register places it on 31 December of
-- the term's school year, one that has closed by then too. period: 20201 is the first term of 2020/2021.
select i.school_year, i.school_year * 10 + case i.term when '第一学期' then 1 else 2 end as period, s.area,
    i.institution_id, i.inspected, i.inspected_on, i.cases_found, i.cases_rectified
from inspection i
join institution_scope s on s.institution_id = i.institution_id
    and make_date(i.school_year::int, 12, 31) >= s.holds_from and make_date(i.school_year::int, 12, 31) < s.holds_before
