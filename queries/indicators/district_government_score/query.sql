-- Clause 19: 主城区 has no government of its own, so only what is appraised has a figure.
select year as period, area, points as numerator, weights as denominator
from appraisal_score where body = '区级政府'
