-- Every compulsory stage of a school in each measure of the standard: numerator over denominator is what one pupil has.
-- What stages of a combined school share (its row 共用) is divided by their weighted pupils. So that this stays exact,
-- both sides are multiplied by the school's weighted pupils instead of the shared part being divided by them.
-- A component that is not reported, by the stage or in the row 共用, leaves the numerator empty: missing is not 0.
with amounts as (
    select school_year, institution_id, stage, pupils, component, amount
    from (
        select school_year, institution_id, stage, pupils,
            full_time_teachers::decimal(18, 4) as full_time_teachers,
            highly_qualified_teachers::decimal(18, 4) as highly_qualified_teachers,
            backbone_teachers::decimal(18, 4) as backbone_teachers,
            sport_art_teachers::decimal(18, 4) as sport_art_teachers,
            teaching_area, sports_area, equipment_value,
            multimedia_rooms::decimal(18, 4) as multimedia_rooms
        from school_resource
    ) unpivot include nulls (
        amount for component in (
            full_time_teachers, highly_qualified_teachers, backbone_teachers, sport_art_teachers,
            teaching_area, sports_area, equipment_value, multimedia_rooms
        )
    )
),
schools as (
    select r.school_year, r.institution_id, v.name, v.kind, v.area as district, v.valid_from
    from (select distinct school_year, institution_id from school_resource) r
    join institution_validity v on v.institution_id = r.institution_id
        and return_day(r.school_year) >= v.holds_from and return_day(r.school_year) < v.holds_before
),
-- Without the pupils of one of its stages, nobody knows how a school's shared part divides.
weighted as (
    select s.school_year, s.institution_id,
        case when count(r.pupils) = count(*) then sum(w.weight * r.pupils) end as pupils
    from schools s
    join shared_weight w on w.kind = s.kind
    left join school_resource r on r.school_year = s.school_year and r.institution_id = s.institution_id
        and r.stage = w.stage
    group by all
)
select a.school_year, i.area, a.institution_id, s.name, s.district, a.stage, a.pupils, b.measure,
    case when c.stage is null then a.amount else a.amount * p.pupils + c.amount * w.weight * a.pupils end as numerator,
    case when c.stage is null then a.pupils else a.pupils * p.pupils end as denominator
from amounts a
join balance_standard b on b.stage = a.stage and b.component = a.component
join schools s on s.school_year = a.school_year and s.institution_id = a.institution_id
join institution_scope i on i.institution_id = s.institution_id and i.valid_from = s.valid_from
left join amounts c on c.school_year = a.school_year and c.institution_id = a.institution_id
    and c.component = a.component and c.stage = '共用'
left join weighted p on p.school_year = a.school_year and p.institution_id = a.institution_id
left join shared_weight w on w.kind = s.kind and w.stage = a.stage
