"""Estate kindergartens, spending and inspections: what must always hold, and what is said where something is missing."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from data.samples.generate import files
from data.store import Store
from queries import answers
from queries.answers import Answer
from queries.preschool import EstateState, estates, open_cases
from queries.progress import Status
from tests.queries import oracle

Publish = Callable[[str, str], int]
Lines = Callable[..., int]

ESTATES = ("community_kindergartens_built", "community_kindergartens_handed_over")
ESTATE_HEADER = "area,estate,main_urban,due_on,built_on,handover_due_on,handed_over_on,use"
INSPECTION_HEADER = "school_year,term,institution_id,inspected,cases_found,cases_rectified"
DATASETS = {
    **dict.fromkeys(ESTATES, "community_kindergarten"),
    "preschool_spending": "preschool_funding",
    "preschool_spending_per_child": "preschool_funding",
    "kindergarten_inspections": "inspection",
    "schoolification_rectified": "inspection",
}
AREAS = ("主城区", *oracle.DISTRICTS)
END = date(2022, 12, 31)


def figures(found: Answer, area: str) -> dict[int, tuple[object, object]]:
    return {point.period: (point.numerator, point.denominator) for point in found.area(area).points}


def owe(publish: Publish, *rows: str) -> int:
    return publish("community_kindergarten", "\n".join([ESTATE_HEADER, *rows]) + "\n")


def inspect(publish: Publish, *rows: str) -> int:
    return publish("inspection", "\n".join([INSPECTION_HEADER, *rows]) + "\n")


# What must always hold


@pytest.mark.parametrize("name", ESTATES)
@pytest.mark.parametrize("area", AREAS)
def test_what_is_required_and_what_is_done_never_become_fewer(name: str, area: str, samples: Store) -> None:
    found = figures(answers.answer(samples, name), area)
    assert list(found) == [2020, 2021, 2022]
    assert sorted(found.values()) == list(found.values())


@pytest.mark.parametrize("name", ESTATES)
def test_the_main_urban_area_is_the_rows_that_are_flagged(name: str, samples: Store) -> None:
    found = answers.answer(samples, name)
    flagged = [row for row in oracle.rows(files(), "community_kindergarten") if row["main_urban"] == "是"]
    required = sum(bool(row["due_on"]) for row in flagged)
    districts = [figures(found, area)[2022][1] for area in oracle.DISTRICTS]
    assert figures(found, "主城区")[2022][1] == required < sum(int(str(one)) for one in districts)


@pytest.mark.parametrize("area", AREAS)
def test_the_kinds_of_spending_add_up_and_the_childrens_share_is_of_that_sum(area: str, samples: Store) -> None:
    spending = answers.answer(samples, "preschool_spending")
    per_child = answers.answer(samples, "preschool_spending_per_child").area(area)
    for point, child in zip(spending.area(area).points, per_child.points, strict=True):
        parts = [one.numerator or 0 for one in spending.parts if (one.area, one.period) == (area, point.period)]
        assert sum(parts) == point.numerator == child.numerator
        assert child.value == Fraction(child.numerator or 0) / Fraction(child.denominator or 1)


def test_inspected_kindergartens_are_kindergartens_of_the_register(samples: Store) -> None:
    found = answers.answer(samples, "kindergarten_inspections")
    for period, (_inspected, all_of_them) in figures(found, "信都区").items():
        running = oracle.base.running(files(), f"{period // 10}-12-31")
        assert all_of_them == sum(one["area"] == "信都区" and one["kind"] == "幼儿园" for one in running)


def test_the_sample_data_have_a_relapse_a_district_behind_and_one_that_keeps_up(samples: Store) -> None:
    standing = {one.area: one.status for one in answers.answer(samples, ESTATES[0], today=END).areas}
    assert [standing[area] for area in oracle.DISTRICTS] == [Status.RELAPSED, Status.MISSED, Status.ACHIEVED]
    spending = {one.area: one.status for one in answers.answer(samples, "preschool_spending").areas}
    assert [spending[area] for area in oracle.DISTRICTS] == [Status.ACHIEVED, Status.RELAPSED, Status.ACHIEVED]


# What is missing


@pytest.mark.parametrize(("name", "dataset"), DATASETS.items())
def test_without_its_dataset_there_is_no_figure_and_the_dataset_is_named(
    name: str, dataset: str, store: Store, register: Lines, returns: Lines
) -> None:
    register("1,2015-09-01,示例园,信都区,幼儿园,集体办,,,是")
    returns("2020,1,学前,200,7")
    found = answers.answer(store, name)
    assert found.lacking == (dataset,)
    assert {one.status for one in found.areas} == {Status.NO_DATA}


def test_an_area_without_estates_hides_no_other(store: Store, publish: Publish) -> None:
    owe(publish, "信都区,示例小区,是,2020-06-30,2020-06-01,,,")
    found = answers.answer(store, ESTATES[0], today=END)
    standing = {one.area: one.status for one in found.areas}
    assert (standing["信都区"], standing["主城区"], standing["襄都区"]) == (
        Status.ACHIEVED, Status.ACHIEVED, Status.NO_DATA,
    )  # fmt: skip


def test_where_nothing_is_due_yet_nothing_is_judged(store: Store, publish: Publish) -> None:
    owe(publish, "信都区,示例甲小区,是,2022-12-01,,,,", "信都区,示例乙小区,是,,2020-01-01,,,")
    found = answers.answer(store, ESTATES[0], today=date(2022, 6, 30)).area("信都区")
    assert found.status == Status.NOT_JUDGED
    assert {(point.numerator, point.denominator) for point in found.points} == {(0, 0)}


def test_a_year_that_is_not_over_stands_as_on_the_day(store: Store, publish: Publish) -> None:
    owe(publish, "信都区,示例小区,是,2021-06-30,2021-09-30,,,")
    on = {day: answers.answer(store, ESTATES[0], today=day) for day in (date(2021, 8, 1), date(2021, 12, 1), END)}
    assert [figures(found, "信都区").get(2021) for found in on.values()] == [(0, 1), (1, 1), (1, 1)]
    assert [max(figures(found, "信都区")) for found in on.values()] == [2021, 2021, 2022]


def test_after_the_plan_there_are_figures_only_as_long_as_the_register_has_dates(
    store: Store, publish: Publish
) -> None:
    owe(publish, "信都区,示例甲小区,是,2021-06-30,,,,")
    later = date(2025, 3, 1)
    assert max(figures(answers.answer(store, ESTATES[0], today=later), "信都区")) == 2022
    owe(publish, "信都区,示例甲小区,是,2021-06-30,2023-05-01,,,")
    assert figures(answers.answer(store, ESTATES[0], today=later), "信都区") == {
        2020: (0, 0), 2021: (0, 1), 2022: (0, 1), 2023: (1, 1)
    }  # fmt: skip


def test_a_year_without_spending_has_no_figure_and_one_without_a_return_or_an_owed_whole_has_none_either(
    store: Store, publish: Publish, register: Lines, returns: Lines
) -> None:
    publish("preschool_funding", "year,area,kind,amount\n2020,信都区,公办园拨款,600000\n2020,襄都区,其他,1\n")
    register("1,2015-09-01,示例园,信都区,幼儿园,集体办,,,否")
    returns("2020,1,学前,200,7", "2021,1,学前,220,7")
    found = answers.answer(store, "preschool_spending_per_child")
    assert [(one.period, one.value) for one in found.area("信都区").points] == [(2020, Fraction(3000))]
    assert (found.area("襄都区").status, found.whole.status) == (Status.NO_DATA, Status.NO_DATA)
    assert not found.by_district


def test_spending_for_few_children_is_not_given_by_child(
    store: Store, publish: Publish, register: Lines, returns: Lines
) -> None:
    publish("preschool_funding", "year,area,kind,amount\n2020,信都区,公办园拨款,70000\n")
    register("1,2015-09-01,示例园,信都区,幼儿园,集体办,,,否")
    returns("2020,1,学前,7,1")
    [point] = answers.answer(store, "preschool_spending_per_child").area("信都区").points
    assert (point.suppressed, point.numerator, point.denominator, point.value) == (True, None, None, None)


def test_a_kindergarten_that_nobody_lists_counts_as_not_inspected(
    store: Store, publish: Publish, register: Lines
) -> None:
    register(*(f"{number},2015-09-01,示例{number}园,信都区,幼儿园,集体办,,,否" for number in (1, 2)))
    inspect(publish, "2020,第一学期,1,是,0,0")
    found = answers.answer(store, "kindergarten_inspections", today=END)
    assert figures(found, "信都区") == {20201: (1, 2)}
    assert found.area("襄都区").status == Status.NO_DATA


def test_a_term_without_cases_is_not_judged(store: Store, publish: Publish, register: Lines) -> None:
    register("1,2015-09-01,示例园,信都区,幼儿园,集体办,,,否")
    inspect(publish, "2020,第一学期,1,是,0,0")
    found = answers.answer(store, "schoolification_rectified", today=END).area("信都区")
    assert found.status == Status.NOT_JUDGED
    assert [(point.numerator, point.denominator, point.value) for point in found.points] == [(0, 0, None)]


# The rows that the page shows


def test_open_estates_are_listed_worst_first_with_the_days_they_are_overdue(store: Store, publish: Publish) -> None:
    owe(
        publish,
        "信都区,示例甲,是,2020-12-01,2020-11-01,2020-12-31,2020-12-31,公办园",
        "信都区,示例乙,是,2020-12-21,,,,",
        "信都区,示例丙,是,2020-06-30,2020-06-30,2020-12-30,,",
        "信都区,示例丁,否,2020-06-30,,2020-12-30,,",
        "信都区,示例戊,是,2020-06-30,2020-06-30,2020-08-31,2020-08-31,其他",
        "信都区,示例己,是,,2020-06-30,,,",
        "信都区,示例庚,是,2020-06-30,2020-06-30,,,",
        "信都区,示例辛,是,2021-12-31,,,,",
    )
    found = estates(store, "信都区", today=date(2020, 12, 31))
    assert [(one.estate, one.state, one.days_overdue) for one in found] == [
        ("示例丁", EstateState.NOT_BUILT, 184),
        ("示例乙", EstateState.NOT_BUILT, 10),
        ("示例庚", EstateState.NOT_HANDED_OVER, 184),
        ("示例丙", EstateState.NOT_HANDED_OVER, 1),
        ("示例戊", EstateState.USED_OTHERWISE, None),
        ("示例己", EstateState.NO_DUE_DATE, None),
    ]
    assert "示例丁" not in [one.estate for one in estates(store, "主城区", today=date(2020, 12, 31))]


@pytest.mark.parametrize("area", AREAS)
def test_the_list_of_estates_and_the_indicators_tell_the_same(area: str, samples: Store) -> None:
    listed = [one.state for one in estates(samples, area, today=END)]
    built, handed_over = (answers.answer(samples, name, today=END).area(area).gap for name in ESTATES)
    assert listed.count(EstateState.NOT_BUILT) == built
    assert handed_over is not None
    assert listed.count(EstateState.NOT_HANDED_OVER) <= handed_over


@pytest.mark.parametrize("area", AREAS)
def test_the_list_of_open_cases_and_the_indicator_tell_the_same(area: str, samples: Store) -> None:
    listed = open_cases(samples, area)
    assert [one.period for one in listed] == sorted((one.period for one in listed), reverse=True)
    for point in answers.answer(samples, "schoolification_rectified").area(area).points:
        open_ones = sum(one.open for one in listed if one.period == point.period)
        assert open_ones == (point.denominator or 0) - (point.numerator or 0)
