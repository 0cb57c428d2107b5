-- The four ways of schooling do not overlap; those in school are their sum. Areas are as they were reported.
select school_year as period, area,
    special_schools + ordinary_classes + special_classes + home_taught as numerator, children as denominator
from special_education
