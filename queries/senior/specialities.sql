-- Specialities that the plan asks for or that are recognised by the reporting day.
select institution_id, speciality, named_in_plan,
    case when recognised_on <= reporting_day() then recognised_on end as recognised_on
from speciality where named_in_plan or recognised_on <= reporting_day()
order by institution_id, speciality
