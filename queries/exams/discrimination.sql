-- Of each unit's pupils who have all papers: how many belong to the group of the highest totals, and to that of the lowest,
-- and what these groups have in a subject. $units and $places name for each unit the schools, or of one school ($school)
-- the classes, that it consists of. A group holds $numerator/$denominator of the unit's pupils, rounded half up. Of the
-- pupils with the total at which it is full nobody can say which belong to it: they are told apart, for the mean of them
-- to be counted as often as there is place left.
with member as (select unnest($units) as unit, unnest($places) as place),
pupil as (
    select case when $school is null then institution_id else coalesce(class, '未分班') end as place,
        unnest(totals) as total, unnest(marks) as mark
    from exam_mark_list
    where exam_id = $exam and subject = $subject and ($track is null or track = $track)
        and ($school is null or institution_id = $school)
),
by_total as (
    select m.unit, p.total, count(*) as pupils, sum(p.mark) as marks
    from pupil p join member m on m.place = p.place group by m.unit, p.total
),
beside as (
    select unit, pupils, marks,
        (2 * sum(pupils) over (partition by unit) * $numerator + $denominator) // (2 * $denominator) as size,
        sum(pupils) over (partition by unit order by total desc) - pupils as above,
        sum(pupils) over (partition by unit order by total) - pupils as below
    from by_total
)
select unit, any_value(size)::bigint,
    coalesce(sum(marks) filter (above + pupils <= size), 0),
    coalesce(sum(marks) filter (above < size and above + pupils > size), 0),
    coalesce(sum(size - above) filter (above < size and above + pupils > size), 0)::bigint,
    coalesce(sum(pupils) filter (above < size and above + pupils > size), 1)::bigint,
    coalesce(sum(marks) filter (below + pupils <= size), 0),
    coalesce(sum(marks) filter (below < size and below + pupils > size), 0),
    coalesce(sum(size - below) filter (below < size and below + pupils > size), 0)::bigint,
    coalesce(sum(pupils) filter (below < size and below + pupils > size), 1)::bigint
from beside group by unit
