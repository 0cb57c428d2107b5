"""Rounds of supervision and meetings of the leading group."""

import pytest

from data.store import Store
from queries import answers, construction
from queries.progress import Status
from tests.conftest import Publish
from tests.queries.oracle import DISTRICTS, WHOLE

HEADER = "year,term,area,kind,scheduled,held\n"


def points(store: Store, name: str, area: str) -> list[tuple[int, object, object]]:
    return [(one.period, one.numerator, one.denominator) for one in answers.answer(store, name).area(area).points]


@pytest.mark.parametrize("name", ["supervision_rounds", "leading_group_meetings"])
def test_nothing_reported_is_no_data_and_says_who_owes_it(name: str, store: Store) -> None:
    found = answers.answer(store, name)
    assert {one.status for one in found.areas} == {Status.NO_DATA}
    assert found.lacking == ("supervision",)


def test_a_quarter_and_an_area_that_were_not_reported_hide_nothing_else(store: Store, publish: Publish) -> None:
    publish("supervision", f"{HEADER}2020,第三季度,信都区,督导,2,2\n2021,第一季度,信都区,督导,2,1\n")
    assert points(store, "supervision_rounds", "信都区") == [(20203, 2, 2), (20211, 1, 2)]
    found = answers.answer(store, "supervision_rounds")
    assert found.area("信都区").status == Status.RELAPSED
    assert {one.status for one in found.areas if one.area != "信都区"} == {Status.NO_DATA}
    assert answers.answer(store, "leading_group_meetings").area("信都区").status == Status.NO_DATA


def test_more_rounds_of_one_kind_do_not_stand_for_another(store: Store, publish: Publish) -> None:
    publish("supervision", f"{HEADER}2020,第三季度,信都区,督导,2,4\n2020,第三季度,信都区,观摩,2,0\n")
    assert points(store, "supervision_rounds", "信都区") == [(20203, 2, 4)]


def test_where_nothing_was_scheduled_nothing_is_judged(store: Store, publish: Publish) -> None:
    publish("supervision", f"{HEADER}2020,第三季度,信都区,督导,0,0\n")
    assert answers.answer(store, "supervision_rounds").area("信都区").status == Status.NOT_JUDGED


def test_rounds_of_the_city_are_those_of_the_main_urban_area_and_districts_are_not_added(
    store: Store, publish: Publish
) -> None:
    publish("supervision", f"{HEADER}2020,第三季度,邢台市,督导,2,1\n2020,第三季度,信都区,督导,3,3\n")
    assert points(store, "supervision_rounds", WHOLE) == [(20203, 1, 2)]
    publish("supervision", f"{HEADER}2020,第三季度,主城区,通报,1,1\n")
    assert points(store, "supervision_rounds", WHOLE) == [(20203, 2, 3)]


def test_meetings_beyond_the_schedule_count_and_a_quarter_without_one_is_0(store: Store, publish: Publish) -> None:
    publish("supervision", f"{HEADER}2020,第三季度,主城区,领导小组会议,1,2\n2020,第四季度,主城区,领导小组会议,1,0\n")
    assert points(store, "leading_group_meetings", WHOLE) == [(20203, 2, None), (20204, 0, None)]


def test_the_table_of_the_page_adds_up_to_the_figures(samples: Store) -> None:
    found = answers.answer(samples, "supervision_rounds")
    for area in (WHOLE, *DISTRICTS):
        figures = {one.period: (one.numerator, one.denominator) for one in found.area(area).points}
        listed = construction.quarters(samples, area)
        assert [one.quarter for one in listed] == sorted(figures, reverse=True)
        for one in listed:
            own = [(min(held, scheduled), scheduled) for kind, held, scheduled in one.rounds if kind != "领导小组会议"]
            assert figures[one.quarter] == (sum(held for held, _all in own), sum(scheduled for _held, scheduled in own))


def test_in_the_sample_data_one_district_falls_back_and_one_leaves_a_quarter_out(samples: Store) -> None:
    found = answers.answer(samples, "supervision_rounds")
    assert [one.status for one in found.areas] == [Status.ACHIEVED, Status.ACHIEVED, Status.RELAPSED, Status.ACHIEVED]
    assert 20214 not in [one.period for one in found.area("开发区").points]
