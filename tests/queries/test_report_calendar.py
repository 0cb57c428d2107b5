"""The calendar of reports: states at their borders, exams that nobody planned a report of, and what follows from an entry."""

from datetime import date
from fractions import Fraction

import pytest

from data.store import Store
from queries import answers
from queries.report_calendar import Report, State, reports, unplanned
from tests.conftest import Publish

HEADER = "year,area,report,kind,stage,exam_id,due_on,made_on,published_on\n"
DUE = date(2022, 7, 20)


def report(made: date | None, published: date | None, day: date) -> Report:
    return Report(2022, "邢台市", "报告", "质量监测报告", "小学", None, DUE, made, published, day)


@pytest.mark.parametrize(
    ("made", "published", "day", "state", "days"),
    [
        (None, None, date(2022, 7, 5), State.COMING, 0),
        (None, None, date(2022, 7, 6), State.SOON, 0),
        (None, None, DUE, State.SOON, 0),
        (None, None, date(2022, 7, 21), State.LATE, 1),
        (date(2022, 7, 1), None, date(2022, 7, 5), State.MADE, 0),
        (date(2022, 7, 6), None, date(2022, 7, 5), State.COMING, 0),
        (date(2022, 7, 1), None, date(2022, 7, 22), State.MADE, 2),
        (None, DUE, date(2023, 1, 1), State.IN_TIME, 0),
        (None, date(2022, 7, 21), date(2023, 1, 1), State.PUBLISHED_LATE, 1),
        (None, date(2022, 7, 22), date(2022, 7, 21), State.LATE, 1),
    ],
)
def test_the_states_at_their_borders(
    made: date | None, published: date | None, day: date, state: State, days: int
) -> None:
    found = report(made, published, day)
    assert (found.state, found.days_late) == (state, days)


def test_what_is_published_moves_the_indicator(store: Store, publish: Publish) -> None:
    def share() -> Fraction | None:
        found = answers.answer(store, "monitoring_reports_on_time", today=date(2023, 1, 1)).whole.latest
        return found.value if found else None

    row = f"2022,邢台市,报告,质量监测报告,小学,,{DUE},2022-07-18,"
    publish("monitoring_report", f"{HEADER}{row}\n")
    assert (share(), [one.state for one in reports(store, today=DUE)]) == (0, [State.MADE])
    publish("monitoring_report", f"{HEADER}{row}2022-07-19\n")
    assert (share(), [one.state for one in reports(store, today=DUE)]) == (1, [State.IN_TIME])


def test_a_joint_exam_without_a_planned_analysis_is_named(store: Store, publish: Publish) -> None:
    exams = "exam_id,subject,exam_name,held_on,stage,grade,full_marks\n"
    publish("exam", exams + "E1,语文,考试,2021-11-12,高中,高三,150\nE2,语文,考试,2022-03-12,高中,高三,150\n")
    assert [one.exam_id for one in unplanned(store)] == ["E2", "E1"]
    publish("monitoring_report", f"{HEADER}2021,邢台市,分析,联考分析报告,高中,E1,2021-12-03,,\n")
    assert [one.exam_id for one in unplanned(store)] == ["E2"]


def test_the_sample_data_show_what_is_late_made_and_in_time(samples: Store) -> None:
    found = reports(samples, today=date(2026, 1, 1))
    assert {one.state for one in found} == {State.LATE, State.MADE, State.PUBLISHED_LATE, State.IN_TIME}
    assert [one.due_on for one in found] == sorted(one.due_on for one in found)
    assert unplanned(samples) == ()
