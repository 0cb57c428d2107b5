-- Clause 20: the same sum for the districts' education departments; items and weights are data.
select year as period, area, points as numerator, weights as denominator
from appraisal_score where body = '区级教育部门'
