-- Clause 17 compares means, so areas are never added up: 主城区 has a figure only where its own row was certified.
-- A side with an empty component has no mean; the row stays, without a verdict.
select year as period, area, teacher_mean as numerator, civil_mean as denominator from pay_mean
