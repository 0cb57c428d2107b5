-- A school is called as it is called now. The kinds that teach a stage bear its name; the others hold several.
with named as (
    select institution_id, arg_max(name, valid_from) as name, arg_max(kind, valid_from) as kind
    from institution group by institution_id
)
select institution_id, name from named
where kind = $stage
    or (kind = '完全中学' and $stage in ('初中', '高中'))
    or (kind = '九年一贯制学校' and $stage in ('小学', '初中'))
    or kind in ('十二年一贯制学校', '特殊教育学校')
    or institution_id in (select institution_id from exam_sum where exam_id = $exam)
    or institution_id in (select institution_id from exam_roll where exam_id = $exam)
order by name, institution_id
