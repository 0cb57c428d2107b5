"""Decisions: states at their borders, the next meeting's list, what is known as of a day, and who may see them."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from data import store as store_module
from data.store import Store, withdraw
from queries.answers import PUBLIC, Viewer
from queries.decisions import Decision, State, about, decisions, open_before
from tests.conftest import Publish

HEADER = "decision_id,indicator,area,task,owner,due_on,decided_on,closed_on,closed_by,outcome\n"
STAFF = Viewer(internal=True)
DUE = date(2021, 8, 31)

Noted = Callable[..., int]


@pytest.fixture
def noted(publish: Publish) -> Noted:
    """Publishes decisions, due on 31 August 2021: (code, indicator, area, closed on) each."""

    def run(*rows: tuple[str, str, str, str]) -> int:
        lines = [
            f"{code},{indicator},{area},督办,教育局,{DUE},2021-03-15,{closed},{'督查室,办结' if closed else ','}\n"
            for code, indicator, area, closed in rows
        ]
        return publish("decision", HEADER + "".join(lines))

    return run


def on(store: Store, day: date, viewer: Viewer = PUBLIC) -> list[Decision]:
    return list(decisions(store, viewer, today=day))


@pytest.mark.parametrize(
    ("closed", "day", "state", "days"),
    [
        ("", date(2021, 8, 30), State.OPEN, 0),
        ("", DUE, State.OPEN, 0),
        ("", date(2021, 9, 1), State.OVERDUE, 1),
        ("", date(2022, 8, 31), State.OVERDUE, 365),
        ("2021-08-31", date(2022, 1, 1), State.CLOSED, 0),
        ("2021-09-02", date(2022, 1, 1), State.CLOSED, 2),
        ("2021-09-02", date(2021, 9, 2), State.CLOSED, 2),
        ("2021-09-02", date(2021, 9, 1), State.OVERDUE, 1),
    ],
)
def test_the_states_at_their_borders(
    closed: str, day: date, state: State, days: int, store: Store, noted: Noted
) -> None:
    noted(("D1", "inclusive_share", "", closed))
    [one] = on(store, day)
    assert (one.state, one.days_late) == (state, days)


def test_what_waits_longest_comes_first_and_what_is_closed_last(store: Store, publish: Publish) -> None:
    days = {
        "A": ("2021-08-31", ""),
        "B": ("2021-06-30", ""),
        "C": ("2022-12-31", ""),
        "D": ("2021-05-31", "2021-05-01"),
    }
    lines = [
        f"{code},pupils,,督办,教育局,{due},2021-03-15,{end},{'督查室' if end else ''},\n"
        for code, (due, end) in days.items()
    ]
    publish("decision", HEADER + "".join(lines))
    assert [one.decision_id for one in on(store, date(2022, 1, 1))] == ["B", "A", "C", "D"]


def test_a_district_sees_its_own_and_those_of_every_area_and_the_whole_sees_all(store: Store, noted: Noted) -> None:
    noted(
        ("D1", "pupils", "信都区", ""),
        ("D2", "pupils", "", ""),
        ("D3", "pupils", "襄都区", ""),
        ("D4", "kindergartens", "", ""),
    )
    found = on(store, DUE)
    assert {one.decision_id for one in about(found, "pupils", "信都区")} == {"D1", "D2"}
    assert {one.decision_id for one in about(found, "pupils", "主城区")} == {"D1", "D2", "D3"}
    assert len(about(found, "pupils")) == 3


def test_the_next_meeting_asks_for_what_was_decided_before_it_and_not_closed_before_it(
    store: Store, noted: Noted
) -> None:
    noted(("D1", "pupils", "", ""), ("D2", "pupils", "", "2021-05-20"), ("D3", "pupils", "", "2021-06-01"))
    found = on(store, date(2022, 1, 1))
    listed = {
        day: {one.decision_id for one in open_before(found, day)} for day in (date(2021, 3, 15), date(2021, 6, 1))
    }
    assert listed == {date(2021, 3, 15): set(), date(2021, 6, 1): {"D1", "D3"}}


def test_a_closing_is_a_new_version_that_an_earlier_day_does_not_know_and_a_withdrawal_undoes(
    store: Store, noted: Noted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "utc_now", lambda: datetime(2100, 1, 1, 3))
    noted(("D1", "pupils", "", ""))
    monkeypatch.setattr(store_module, "utc_now", lambda: datetime(2100, 1, 3, 3))
    closing = noted(("D1", "pupils", "", "2021-08-25"))
    assert [one.state for one in decisions(store, as_of=date(2100, 1, 2))] == [State.OVERDUE]
    [one] = decisions(store, as_of=date(2100, 1, 4))
    assert (one.state, one.closed_on, one.closed_by, one.outcome) == (State.CLOSED, date(2021, 8, 25), "督查室", "办结")
    withdraw(store, closing, "李敏")
    assert [one.closed_by for one in decisions(store)] == [None]


def test_a_decision_about_an_internal_indicator_is_for_staff(store: Store, noted: Noted) -> None:
    noted(("D1", "weak_subjects", "", ""), ("D2", "pupils", "", ""))
    assert [one.decision_id for one in on(store, DUE)] == ["D2"]
    assert [one.decision_id for one in on(store, DUE, STAFF)] == ["D1", "D2"]


def test_the_sample_data_show_every_state(samples: Store) -> None:
    found = decisions(samples, STAFF, today=date(2026, 1, 1))
    assert [one.state for one in found] == [State.OVERDUE, State.OPEN, *[State.CLOSED] * 4]
    assert [one.days_late for one in found if one.state == State.CLOSED and one.days_late] == [12]
    assert all(one.sample for one in found)


def test_an_empty_store_has_no_decisions(store: Store) -> None:
    assert decisions(store) == ()
