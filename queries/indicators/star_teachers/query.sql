-- Clause 10 counts the titles of three years; which of them hold, and in which area, the views decide.
select year as period, area, teachers as numerator from honour_count where honour = '学科名师'
