-- Clause 18 sets 500,000 yuan for each admission to Tsinghua or Peking University. A school counts in its district and,
-- where the register flagged it on 31 December, in the main urban area. A school that reported none is rewarded with 0.
select a.year as period, s.area, sum(a.tsinghua_peking) * 500000 as numerator
from admission a
join institution_validity v on v.institution_id = a.institution_id
    and make_date(a.year::int, 12, 31) >= v.holds_from and make_date(a.year::int, 12, 31) < v.holds_before
join institution_scope s on s.institution_id = v.institution_id and s.valid_from = v.valid_from
group by a.year, s.area
