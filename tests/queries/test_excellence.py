"""Clauses 10 to 12: what counts, what does not and why, and that the roster says the same as the figures."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from data.store import Store
from queries import answers
from queries.answers import Answer
from queries.excellence import KINDS, Entry, roster
from queries.progress import Status

Publish = Callable[[str, str], int]
Lines = Callable[..., int]

WHOLE, XINDU, XIANGDU, ZONE = "主城区", "信都区", "襄都区", "开发区"
TODAY = date(2022, 12, 31)
COUNTED_UP = ["star_teachers", "backbone_teachers"]
COMMUNITIES = ["teacher_communities", "principal_communities", "principal_studios"]
SCHOOLS = ["star_senior_schools", "star_junior_schools", "star_primary_schools"]
EVERY = [*COUNTED_UP, *COMMUNITIES, *SCHOOLS]
LACKED = dict.fromkeys(COUNTED_UP, "honour") | dict.fromkeys(COMMUNITIES, "community")
LACKED |= dict.fromkeys(SCHOOLS, "school_recognition")

HONOUR = "year,teacher_id,institution_id,honour,level,subject,recognised_on,withdrawn_on,document\n"
COMMUNITY = "community_id,community_name,kind,institution_id,person_id,started_on,ended_on,members\n"
RECOGNITION = "institution_id,stage,recognised_on,level,recognition,recognised_by,withdrawn_on\n"


@pytest.fixture
def town(register: Lines) -> None:
    """Two schools in town, one of them closed in 2021, and one outside."""
    register(
        f"1,2015-09-01,示例一小,{XINDU},小学,教育部门办,,,是",
        f"2,2015-09-01,示例二中,{XIANGDU},初中,教育部门办,,,是",
        f"3,2015-09-01,示例乡村小学,{XINDU},小学,教育部门办,,,否",
    )


def series(found: Answer, area: str = WHOLE) -> list[Fraction | None]:
    return [point.value for point in found.area(area).points]


def counts(store: Store, name: str, area: str = WHOLE) -> list[int]:
    return [int(value or 0) for value in series(answers.answer(store, name, today=TODAY), area)]


def reasons(store: Store) -> dict[str, str | None]:
    """Code and year → why it does not count."""
    return {f"{one.code} {one.year}": one.reason for one in roster(store, today=TODAY)}


# The sample data


@pytest.mark.parametrize("name", COUNTED_UP)
def test_titles_of_three_years_never_become_fewer(name: str, samples: Store) -> None:
    for one in answers.answer(samples, name).areas:
        values = [point.value or Fraction(0) for point in one.points]
        assert values == sorted(values)
        assert [point.period for point in one.points] == [2020, 2021, 2022]


@pytest.mark.parametrize("name", EVERY)
def test_goals_are_the_wholes_only_and_start_from_nothing(name: str, samples: Store) -> None:
    found = answers.answer(samples, name)
    assert all(one.target is None for one in found.areas[1:])
    for target in found.definition.targets:
        assert (target.due, target.baseline and target.baseline.value) == (date(2022, 12, 31), 0)


def test_the_sample_data_show_reached_missed_relapsed_and_unjudged_goals(samples: Store) -> None:
    statuses = {name: answers.answer(samples, name).whole.status for name in EVERY}
    assert statuses["star_teachers"] == statuses["star_junior_schools"] == Status.MISSED
    assert statuses["backbone_teachers"] == statuses["principal_communities"] == Status.ACHIEVED
    assert statuses["teacher_communities"] is Status.RELAPSED
    assert statuses["principal_studios"] is Status.NOT_JUDGED
    assert answers.answer(samples, "star_teachers").whole.gap == 4


def test_the_two_kinds_of_studio_add_up(samples: Store) -> None:
    found = answers.answer(samples, "principal_studios")
    for point in (point for one in found.areas for point in one.points):
        parts = [part.numerator or 0 for part in found.parts if (part.period, part.area) == (point.period, point.area)]
        assert sum(parts) == point.numerator


def test_the_roster_lists_exactly_who_is_counted(samples: Store) -> None:
    entries = Counter(KINDS[one.kind] for one in roster(samples) if one.counts)
    for name in EVERY:
        latest = answers.answer(samples, name).whole.latest
        assert latest is not None and entries[name] == latest.numerator


def test_the_roster_of_the_sample_data_shows_every_reason_and_remark_that_a_list_can_have(samples: Store) -> None:
    entries = roster(samples)
    found = {one.reason for one in entries}
    assert found == {None, "again", "withdrawn", "ended", "below_level", "before_plan", "elsewhere"}
    assert {one.remark for one in entries if one.counts} == {None, "no_date", "other_year"}


# Titles


@pytest.mark.usefixtures("town")
def test_a_teacher_counts_once_per_title_with_the_earliest_recognition_that_holds(
    store: Store, publish: Publish
) -> None:
    rows = [
        "2020,T1,1,学科名师,市级,语文,2020-12-10,2021-06-30,a",  # withdrawn, so that the next one counts
        "2021,T1,1,学科名师,市级,语文,2021-12-10,,b",
        "2022,T1,1,学科名师,省级,语文,2022-12-10,,c",
        "2022,T1,1,学科骨干教师,市级,语文,2022-12-10,,d",  # another title of the same teacher
    ]
    publish("honour", HONOUR + "\n".join(rows) + "\n")
    assert counts(store, "star_teachers") == [0, 1, 1]
    assert counts(store, "backbone_teachers") == [0, 0, 1]
    titles = [(one.year, one.reason) for one in roster(store, today=TODAY) if one.kind == "star_teacher"]
    assert titles == [(2020, "withdrawn"), (2021, None), (2022, "again")]


@pytest.mark.usefixtures("town")
def test_the_date_of_the_document_decides_and_the_year_where_there_is_none(store: Store, publish: Publish) -> None:
    rows = [
        "2020,T1,1,学科名师,市级,语文,2021-01-08,,a",
        "2020,T2,1,学科名师,市级,语文,,,b",
        "2022,T3,1,学科名师,市级,语文,2023-01-05,,c",
        "2023,T4,1,学科名师,市级,语文,,,d",
        "2019,T5,1,学科名师,市级,语文,2019-12-31,,e",
        "2021,T6,1,学科名师,区级,语文,2021-12-31,,f",
    ]
    publish("honour", HONOUR + "\n".join(rows) + "\n")
    assert counts(store, "star_teachers") == [1, 2, 2]
    assert reasons(store) == {
        "T1 2020": None,
        "T2 2020": None,
        "T3 2022": "after_plan",
        "T4 2023": "after_plan",
        "T5 2019": "before_plan",
        "T6 2021": "below_level",
    }
    remarks = {one.code: one.remark for one in roster(store, today=TODAY) if one.counts}
    assert remarks == {"T1": "other_year", "T2": "no_date"}


@pytest.mark.usefixtures("town")
def test_a_teacher_of_a_school_outside_counts_in_the_district_only(store: Store, publish: Publish) -> None:
    publish("honour", HONOUR + "2020,T1,3,学科名师,市级,语文,2020-12-10,,a\n")
    assert counts(store, "star_teachers") == [0, 0, 0]
    assert counts(store, "star_teachers", XINDU) == [1, 1, 1]
    assert reasons(store) == {"T1 2020": "elsewhere"}


@pytest.mark.usefixtures("town")
def test_a_title_is_not_withdrawn_before_its_day(store: Store, publish: Publish) -> None:
    publish("honour", HONOUR + "2020,T1,1,学科名师,市级,语文,2020-12-10,2022-06-30,a\n")
    before, on_the_day = (answers.answer(store, "star_teachers", today=date(2022, 6, day)) for day in (29, 30))
    assert (series(before), series(on_the_day)) == ([1, 1, 1], [0, 0, 0])


@pytest.mark.usefixtures("town")
def test_a_year_that_has_not_begun_has_no_figure(store: Store, publish: Publish) -> None:
    publish("honour", HONOUR + "2020,T1,1,学科名师,市级,语文,2020-12-10,,a\n")
    found = answers.answer(store, "star_teachers", today=date(2021, 3, 1))
    assert [point.period for point in found.whole.points] == [2020, 2021]


# Communities and schools


@pytest.mark.usefixtures("town")
def test_a_community_runs_from_its_first_day_until_the_day_before_its_end(store: Store, publish: Publish) -> None:
    rows = [
        "A,甲,名师共同体,1,T1,2020-12-31,2022-12-31,9",
        "B,乙,名师共同体,1,T2,2021-01-01,,9",
        "C,丙,名师共同体,3,T3,2020-01-01,,9",
        "D,丁,名校长共同体,1,T4,2023-02-01,,9",
    ]
    publish("community", COMMUNITY + "\n".join(rows) + "\n")
    assert counts(store, "teacher_communities") == [1, 2, 1]
    assert counts(store, "teacher_communities", XINDU) == [2, 3, 2]
    assert reasons(store) == {"A 2020": "ended", "B 2021": None, "C 2020": "elsewhere", "D 2023": "not_yet"}


def test_a_community_of_a_closed_school_does_not_run(store: Store, publish: Publish) -> None:
    header = "institution_id,valid_from,name,area,kind,ownership,main_urban,closed_on\n"
    publish("institution", header + f"1,2015-09-01,示例一小,{XINDU},小学,教育部门办,是,2021-08-31\n")
    publish("institution", header + f"2,2015-09-01,示例二小,{XINDU},小学,教育部门办,是,\n")
    publish("community", COMMUNITY + "A,甲,名师共同体,1,T1,2020-12-01,,9\n")
    publish("school_recognition", RECOGNITION + "1,小学,2020-05-05,省级,示例,省,\n")
    assert counts(store, "teacher_communities") == [1, 0, 0]
    assert counts(store, "star_primary_schools") == [1, 0, 0]
    assert set(reasons(store).values()) == {"host_closed", "school_closed"}


@pytest.mark.usefixtures("town")
def test_what_goes_on_after_the_plan_goes_on_being_counted_so_that_a_relapse_shows(
    store: Store, publish: Publish
) -> None:
    rows = [f"{code},甲,名校长共同体,1,T1,2020-12-01,{'2023-05-01' if code == 'E' else ''},9" for code in "ABCDE"]
    publish("community", COMMUNITY + "\n".join(rows) + "\n")
    found = answers.answer(store, "principal_communities", today=date(2024, 3, 1))
    assert series(found) == [5, 5, 5, 4]
    assert found.whole.status is Status.RELAPSED


@pytest.mark.usefixtures("town")
def test_more_schools_than_the_upper_end_of_a_range_are_no_fault(store: Store, publish: Publish) -> None:
    rows = [f"{school},小学,2020-0{month}-01,省级,示例,省," for month, school in ((1, 1), (2, 1), (3, 2))]
    publish("school_recognition", RECOGNITION + "\n".join(rows) + "\n")
    found = answers.answer(store, "star_primary_schools", today=TODAY)
    assert series(found) == [2, 2, 2], "each school once"
    assert (found.whole.status, found.whole.gap) == (Status.ACHIEVED, 0)


# Bad input


@pytest.mark.parametrize("name", EVERY)
def test_without_its_dataset_an_indicator_has_no_data_and_says_what_is_missing(
    name: str, store: Store, register: Lines
) -> None:
    register(f"1,2015-09-01,示例一小,{XINDU},小学,教育部门办,,,是")
    found = answers.answer(store, name, today=TODAY)
    assert {one.status for one in found.areas} == {Status.NO_DATA}
    assert found.lacking == (LACKED[name],)
    assert roster(store) == ()


@pytest.mark.usefixtures("town")
def test_an_area_that_is_on_no_list_hides_no_other(store: Store, publish: Publish) -> None:
    publish("honour", HONOUR + "2020,T1,1,学科名师,市级,语文,2020-12-10,,a\n")
    found = answers.answer(store, "star_teachers", today=TODAY)
    assert found.area(XIANGDU).status is found.area(ZONE).status is Status.NO_DATA
    assert series(found, XINDU) == series(found) == [1, 1, 1]


def test_an_entry_counts_unless_there_is_a_reason() -> None:
    one = Entry("star_teacher", "T1", None, "示例", XINDU, None, "市级", None, 2020, None, None, None, "no_date")
    assert one.counts
