"""Deliveries in words: states, ages, what is missing, and the list that is sent."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from data import words
from data.arrival_rows import Area, Brought
from data.arrivals import Arrival, Institution, Missing, State
from pages.display import deliveries

DUE = date(2020, 10, 31)
TODAY = date(2020, 11, 10)
UPLOAD = Brought(7, "enrolment", "enrolment.csv", "王芳", datetime(2020, 11, 7, tzinfo=UTC), 99, 2)
LATE = Arrival("enrolment", "信都区", 2020, None, DUE, State.LATE)
ARRIVED = replace(
    LATE, area="襄都区", state=State.ARRIVED, uploads=(UPLOAD,), rows=3, expected_rows=2, complete=Fraction(1), age=3
)
SCHOOLS = tuple(Institution(f"00{number}", f"示例{number}") for number in range(8))
ITEM = Missing("enrolment", "信都区", 2020, None, DUE, 10, ())


def test_every_state_has_a_look_of_its_own() -> None:
    looks = [deliveries.look(state) for state in State]
    assert len({one.shape for one in looks}) == len({one.label for one in looks}) == len(State)


def test_a_line_holds_the_areas_of_one_day_and_the_worst_stands_first() -> None:
    population = replace(ARRIVED, dataset="population", due=date(2021, 3, 31))
    found = deliveries.lines([population, ARRIVED, LATE, replace(ARRIVED, period=None, due=None)])
    assert [(line.dataset, list(line.cells)) for line in found] == [
        ("enrolment", ["襄都区", "信都区"]),
        ("population", ["襄都区"]),
    ]


def test_warnings_of_an_upload_count_once() -> None:
    assert deliveries.warnings([ARRIVED, replace(ARRIVED, area="开发区"), LATE]) == 2


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        ([], "Nothing is due for 2020 yet."),
        ([LATE, ARRIVED], "1 of 2 deliveries for 2020 is late."),
        ([ARRIVED], "0 of 1 deliveries for 2020 are late."),
    ],
)
def test_the_summary_counts_what_is_late(found: list[Arrival], sentence: str) -> None:
    assert deliveries.summary(found, 2020) == sentence


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (LATE, "by 10 days"),
        (replace(LATE, state=State.DUE, due=date(2020, 11, 11)), "in 1 day"),
        (replace(LATE, state=State.DUE, due=TODAY), "today"),
        (ARRIVED, "3 days old · 2/2"),
        (replace(ARRIVED, expected_rows=None, complete=Fraction(999, 1000), age=0), "from today · 99%"),
        (replace(ARRIVED, complete=None, age=1), "1 day old"),
    ],
)
def test_the_detail_says_age_and_completeness_or_how_far_the_day_is(one: Arrival, text: str) -> None:
    assert deliveries.detail(one, TODAY) == text


def test_the_origin_names_file_and_uploader() -> None:
    assert deliveries.origin(ARRIVED).startswith("#7 · enrolment.csv · 王芳 · ")
    assert deliveries.origin(LATE) == ""


def test_a_few_institutions_are_named_and_the_others_counted() -> None:
    assert deliveries.lacking(ITEM) == "nothing arrived"
    assert deliveries.lacking(replace(ITEM, institutions=SCHOOLS[:1])) == "1 institution: 示例0"
    assert deliveries.lacking(replace(ITEM, institutions=SCHOOLS)).endswith("示例5 and 2 more")


def test_the_list_has_a_row_for_each_institution() -> None:
    rows = deliveries.rows([ITEM, replace(ITEM, institutions=SCHOOLS[:2])], {"信都区": "Xindu District"})
    known = ["Enrolment", "2020/21", "Xindu District", "2020-10-31", 10]
    assert rows == [
        [*known, "nothing arrived", "", ""],
        [*known, "no row of this institution", "000", "示例0"],
        [*known, "no row of this institution", "001", "示例1"],
    ]
    assert {len(row) for row in rows} == {len(deliveries.columns())}


def test_an_area_is_named_in_the_readers_language() -> None:
    assert [deliveries.area(one) for one in (Area("信都区", "Xindu District"), Area("某区"))] == [
        "Xindu District",
        "某区",
    ]
    words.use("zh_CN")
    assert deliveries.area(Area("信都区", "Xindu District")) == "信都区"
