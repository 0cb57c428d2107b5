-- Every foundation's year with the balance of the year before, where that was reported too.
select f.area, f.foundation, f.year, f.donations, f.grants, f.balance, f.donors, b.balance as balance_before
from foundation f
left join foundation b on b.area = f.area and b.foundation = f.foundation and b.year = f.year - 1
left join area a on a.area = f.area
order by a.line, f.foundation, f.year desc
