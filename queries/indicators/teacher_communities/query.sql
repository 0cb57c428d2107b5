-- What runs on the day, not what was ever set up: a community that ended is no longer one of the plan's.
select year as period, area, communities as numerator from community_count where kind = '名师共同体'
