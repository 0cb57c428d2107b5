-- Every project under each area that it counts in: its district and, where it is flagged, the main urban area.
select area, * exclude (area) from project
union all
select plan_area(), * exclude (area) from project where main_urban and area <> plan_area()
