-- What each senior school is due for a year and what was paid, with the register's name at the year's end. Where a school
-- left the payment empty it is unknown, not 0.
select a.year, v.institution_id, v.name, v.area, a.tsinghua_peking * 500000 as due, a.reward_paid as paid
from admission a
join institution_validity v on v.institution_id = a.institution_id
    and make_date(a.year::int, 12, 31) >= v.holds_from and make_date(a.year::int, 12, 31) < v.holds_before
order by a.year desc, v.institution_id
