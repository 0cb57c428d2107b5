-- Every compulsory school of the register in a year with what it reported of its programme; without a row, it has not
-- shown that it does anything. A year in which an area reported nothing at all has no rows: no figure is not 0.
-- compulsory: false for an institution that reported although it is none; it counts on neither side.
select y.year as school_year, y.area, y.institution_id, y.name,
    y.kind in ('小学', '初中', '九年一贯制学校', '完全中学', '十二年一贯制学校') as compulsory,
    p.quality_plan, p.subjects_set, p.subjects_reformed
from institution_in_year y
left join school_programme p on p.school_year = y.year and p.institution_id = y.institution_id
where compulsory or p.institution_id is not null
qualify count(p.institution_id) over (partition by y.year, y.area) > 0
