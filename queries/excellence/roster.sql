-- Every recognition, community and studio with the reason why it does not count in the main urban area, if it does not;
-- communities and schools as they stand on the day of the newest figure.
with honours as (
    select case honour
            when '学科名师' then 'star_teacher' when '学科骨干教师' then 'backbone_teacher'
            when '名校长' then 'star_principal' else 'backbone_principal'
        end as kind,
        teacher_id as code, null as name, institution_id, subject, level, document, year, recognised_on as since,
        withdrawn_on as until, day, reason,
        case when recognised_on is null then 'no_date' when year(recognised_on) <> year then 'other_year' end as remark
    from honour_judged
),
communities as (
    select case kind
            when '名师共同体' then 'teacher_community' when '名校长共同体' then 'principal_community'
            when '名校长工作室' then 'star_studio' else 'backbone_studio'
        end as kind,
        community_id as code, community_name as name, institution_id, null as subject, null as level, null as document,
        year(started_on) as year, started_on as since, ended_on as until, day, reason, null as remark
    from community_in_year where year = (select max(year) from community_in_year)
),
schools as (
    select case stage when '高中' then 'senior_school' when '初中' then 'junior_school' else 'primary_school' end as kind,
        institution_id as code, recognition as name, institution_id, null as subject, level, recognised_by as document,
        year(recognised_on) as year, recognised_on as since, withdrawn_on as until, day, reason, null as remark
    from star_school_in_year where year = (select max(year) from star_school_in_year)
),
every as (from honours union all from communities union all from schools)
select e.kind, e.code, e.name, v.name as school, v.area, e.subject, e.level, e.document, e.year, e.since, e.until,
    coalesce(e.reason, case when not v.main_urban then 'elsewhere' end) as reason, e.remark
from every e
join institution_validity v on v.institution_id = e.institution_id and e.day >= v.holds_from and e.day < v.holds_before
order by e.since nulls last, e.kind, e.code
