-- What every school's pupils have in every item of a paper, by the option they marked; the row without an item counts the
-- pupils themselves.
select t.institution_id, coalesce(i.name, t.institution_id) as name, t.item, t.choice, sum(t.pupils)::bigint as pupils,
    sum(t.score_sum) as score_sum, sum(t.square_sum) as square_sum
from item_result_by_total t
left join (select institution_id, arg_max(name, valid_from) as name from institution group by institution_id) i
    on i.institution_id = t.institution_id
where t.exam_id = $exam and t.subject = $subject and t.institution_id is not null
group by all
order by t.institution_id, t.item nulls first, t.choice nulls last
