-- A range: its lower end is the minimum, and more than its upper end is no fault.
select year as period, area, schools as numerator from star_school_count where stage = '初中'
