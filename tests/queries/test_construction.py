"""School projects: how late they are, who answers for them, and what their indicators hold to."""

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest

from data.samples.generate import files
from data.store import Store
from queries import answers, construction
from queries.answers import Answer
from queries.construction import Item, Milestone, Phase, Project, Step
from queries.progress import Status
from tests.conftest import Publish
from tests.queries.oracle import DISTRICTS, WHOLE, rows

INDICATORS = (
    "projects_completed", "projects_opened_autumn_2020", "attached_kindergartens_inclusive", "projects_with_leader",
    "new_school_readiness", "new_school_partnered",
)  # fmt: skip
HEADER = "project_id,project_name,area,main_urban,kind,attached_kindergarten,in_plan,responsible_level"
TODAY = date(2022, 12, 31)


# Lateness


def made(
    start: tuple[date | None, date | None] = (None, None),
    completion: tuple[date | None, date | None] = (None, None),
    handover: date | None = None,
    opening: tuple[date | None, date | None] = (None, None),
    day: date = TODAY,
    cancelled_on: date | None = None,
    **more: object,
) -> Project:
    """A project with (planned, done) days."""
    return Project(
        "P1", "示例小学新建项目", "信都区", "小学", "区级", False, day,
        Milestone(Step.START, *start), Milestone(Step.COMPLETION, *completion),
        Milestone(Step.HANDOVER, None, handover), Milestone(Step.OPENING, *opening), cancelled_on, **more,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("planned", "done", "day", "days"),
    [
        (date(2020, 9, 1), date(2020, 10, 18), TODAY, 47),
        (date(2020, 2, 28), date(2020, 3, 1), TODAY, 2),
        (date(2021, 2, 28), date(2021, 3, 1), TODAY, 1),
        (date(2020, 9, 1), date(2021, 9, 1), TODAY, 365),
        (date(2019, 9, 1), date(2020, 9, 1), TODAY, 366),
        (date(2020, 9, 1), date(2020, 9, 1), TODAY, 0),
        (date(2020, 9, 1), date(2020, 8, 20), TODAY, 0),
        (date(2022, 9, 1), None, date(2022, 9, 2), 1),
        (date(2022, 9, 1), None, date(2022, 9, 1), 0),
        (date(2022, 9, 1), None, date(2022, 3, 1), 0),
        (None, date(2020, 9, 1), TODAY, None),
        (None, None, TODAY, None),
    ],
)
def test_days_late_are_calendar_days_after_the_planned_one(
    planned: date | None, done: date | None, day: date, days: int | None
) -> None:
    assert Milestone(Step.OPENING, planned, done).days_late(day) == days


def test_the_delay_is_that_of_the_newest_step_that_is_due() -> None:
    building = made((date(2021, 3, 1), date(2021, 5, 1)), (date(2022, 6, 30), None), opening=(date(2023, 9, 1), None))
    assert building.delay is not None
    assert (building.delay.milestone.step, building.delay.days) == (Step.COMPLETION, 184)
    opened = made(completion=(date(2022, 6, 30), date(2022, 8, 30)), opening=(date(2022, 9, 1), date(2022, 9, 1)))
    assert opened.delay is not None
    assert (opened.delay.milestone.step, opened.delay.days, opened.days_late) == (Step.OPENING, 0, 0)


def test_what_is_not_due_is_not_late() -> None:
    found = made((date(2023, 3, 1), None), opening=(date(2024, 9, 1), None)).delay
    assert found is not None
    assert (found.due, found.days) == (False, 0)


def test_without_planned_days_and_after_a_cancellation_there_is_no_delay() -> None:
    assert made(completion=(None, date(2022, 6, 30))).delay is None
    cancelled = made((date(2020, 3, 1), None), opening=(date(2021, 9, 1), None), cancelled_on=date(2021, 4, 30))
    assert (cancelled.delay, cancelled.days_late, cancelled.next_step) == (None, 0, None)


@pytest.mark.parametrize(
    ("project", "phase", "step"),
    [
        (made(), Phase.NOT_STARTED, Step.START),
        (made((None, date(2021, 1, 1))), Phase.BUILDING, Step.COMPLETION),
        (made(completion=(None, date(2022, 1, 1))), Phase.BUILT, Step.HANDOVER),
        (made(completion=(None, date(2022, 1, 1)), handover=date(2022, 2, 1)), Phase.HANDED_OVER, Step.OPENING),
        (made(completion=(None, date(2022, 1, 1)), opening=(None, date(2022, 3, 1))), Phase.IN_USE, None),
        (made(opening=(None, date(2022, 3, 1))), Phase.BUILDING, None),
        (made(cancelled_on=date(2022, 3, 1)), Phase.CANCELLED, None),
    ],
)
def test_a_phase_and_the_step_after_it(project: Project, phase: Phase, step: Step | None) -> None:
    assert project.phase == phase
    assert (project.next_step.step if project.next_step else None) == step


# The rows of the page


def test_the_phases_of_the_page_are_the_parts_of_the_indicator(samples: Store) -> None:
    found = answers.answer(samples, "projects_completed", today=TODAY)
    planned = {row["project_id"] for row in rows(files(), "project") if row["in_plan"] == "是"}
    for area in (WHOLE, *DISTRICTS):
        own = [one for one in construction.projects(samples, area, today=TODAY) if one.project_id in planned]
        phases = Counter(one.phase for one in own)
        parts = {one.part: one.numerator for one in found.parts if (one.area, one.period) == (area, 2022)}
        assert parts == {
            "in_use": phases[Phase.IN_USE],
            "built": phases[Phase.BUILT] + phases[Phase.HANDED_OVER],
            "building": phases[Phase.BUILDING],
            "not_started": phases[Phase.NOT_STARTED],
        }


def test_on_an_earlier_day_what_came_later_is_not_known(samples: Store) -> None:
    then = {one.project_id: one for one in construction.projects(samples, WHOLE, today=date(2020, 12, 31))}
    now = {one.project_id: one for one in construction.projects(samples, WHOLE, today=TODAY)}
    assert set(then) == set(now)
    later = [code for code, one in now.items() if one.opening.done and one.opening.done > date(2020, 12, 31)]
    assert later and all(then[code].opening.done is None for code in later)
    assert all(one.cancelled_on is None for one in then.values())


def test_the_latest_project_comes_first_and_leaders_are_those_of_the_day(samples: Store) -> None:
    found = construction.projects(samples, WHOLE, today=TODAY)
    days = [one.days_late for one in found]
    assert days == sorted(days, reverse=True) and days[0] > 0
    current = {
        row["project_id"]
        for row in rows(files(), "project_leader")
        if not row["ended_on"] or row["ended_on"] >= "2022-12-31"
    }
    unfinished = [one for one in found if not one.opening.done and not one.cancelled_on]
    assert {one.project_id for one in unfinished if one.posts} == {one.project_id for one in unfinished} & current


def test_the_readiness_of_the_page_is_that_of_the_indicator(samples: Store) -> None:
    found = answers.answer(samples, "new_school_readiness")
    for one in found.areas:
        listed = construction.readiness(samples, one.area)
        told = Counter((row.ready_by.year, row.in_time) for row in listed if row.due and row.known)
        for point in one.points:
            assert point.numerator == told[point.period, True]
            assert point.denominator == told[point.period, True] + told[point.period, False]


def test_autumn_2020_names_who_was_late_and_who_was_left_out(samples: Store) -> None:
    found = construction.autumn(samples, WHOLE)
    figure = answers.answer(samples, "projects_opened_autumn_2020").whole.latest
    assert figure is not None and figure.denominator is not None and figure.numerator is not None
    assert sum(one.fit for one in found) == figure.denominator - figure.numerator
    assert any(one.fit and one.opened_on and one.opened_on.month == 10 for one in found)
    assert any(not one.fit for one in found)


def test_new_schools_with_and_without_partners_are_those_of_the_indicator(samples: Store) -> None:
    for one in answers.answer(samples, "new_school_partnered").areas:
        found, latest = construction.partners(samples, one.area), one.latest
        assert latest is not None
        assert (sum(found.values()), len(found)) == (latest.numerator, latest.denominator)


# What must hold of the figures


def test_the_phases_of_planned_projects_add_up_to_all(samples: Store) -> None:
    found = answers.answer(samples, "projects_completed")
    for one in found.areas:
        for point in one.points:
            parts = [part for part in found.parts if (part.area, part.period) == (point.area, point.period)]
            assert sum(part.numerator or 0 for part in parts) == point.denominator
            assert next(part.numerator for part in parts if part.part == "in_use") == point.numerator


def test_finished_projects_never_become_fewer(samples: Store) -> None:
    for one in answers.answer(samples, "projects_completed").areas:
        finished = [point.numerator or 0 for point in one.points]
        assert finished == sorted(finished)


def test_public_and_inclusive_kindergartens_add_up(samples: Store) -> None:
    found = answers.answer(samples, "attached_kindergartens_inclusive")
    for one in found.areas:
        for point in one.points:
            parts = {part.part: part.numerator or 0 for part in found.parts if (part.area, part.period) == (point.area, point.period)}  # fmt: skip
            assert parts["public"] + parts["inclusive_private"] == point.numerator
            assert sum(parts.values()) == point.denominator


@pytest.mark.parametrize("name", ["projects_completed", "attached_kindergartens_inclusive", "projects_with_leader"])
def test_the_main_urban_area_is_what_is_flagged(name: str, samples: Store) -> None:
    """In the sample data every district has its urban projects, and two districts a rural one that is not counted."""
    found = answers.answer(samples, name)
    latest = [one.points[-1].denominator or 0 for one in found.areas]
    assert latest[0] <= sum(latest[1:])
    rural = [row for row in rows(files(), "project") if row["main_urban"] == "否"]
    assert {row["area"] for row in rural} == {"信都区", "襄都区"}


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("projects_completed", (Status.MISSED, Status.ACHIEVED, Status.MISSED, Status.MISSED)),
        ("projects_opened_autumn_2020", (Status.MISSED, Status.ACHIEVED, Status.MISSED, Status.ACHIEVED)),
        ("attached_kindergartens_inclusive", (Status.RELAPSED, Status.ACHIEVED, Status.RELAPSED, Status.ACHIEVED)),
        ("projects_with_leader", (Status.RELAPSED, Status.ACHIEVED, Status.RELAPSED, Status.ACHIEVED)),
    ],
)
def test_the_sample_data_tell_the_story(name: str, status: tuple[Status, ...], samples: Store) -> None:
    assert tuple(one.status for one in answers.answer(samples, name).areas) == status


# Small files


@pytest.fixture
def two_projects(publish: Publish) -> None:
    """信都区: one in use, handed over in 2020; 襄都区: one not begun, and 开发区 none."""
    publish(
        "project",
        f"""{HEADER},started_on,completed_on,ready_on,handed_over_on,opened_on
A,示例甲,信都区,是,小学,否,是,区级,2019-03-01,2019-12-01,2020-06-01,2020-07-01,2020-09-01
B,示例乙,襄都区,否,小学,否,是,区级,,,,,
""",
    )


def figure(found: Answer, area: str) -> tuple[int, object, object]:
    latest = found.area(area).latest
    assert latest is not None
    return latest.period, latest.numerator, latest.denominator


@pytest.mark.parametrize("name", INDICATORS)
def test_an_empty_store_has_no_figure_and_names_what_is_missing(name: str, reference: Store) -> None:
    found = answers.answer(reference, name)
    assert {one.status for one in found.areas} == {Status.NO_DATA}
    assert set(found.lacking) == set(found.definition.datasets)


@pytest.mark.usefixtures("two_projects")
@pytest.mark.parametrize(
    ("name", "lacking"),
    [
        ("projects_with_leader", "project_leader"),
        ("new_school_readiness", "readiness"),
        ("new_school_partnered", "partnership"),
    ],
)
def test_a_dataset_that_never_came_is_no_figure_of_0(name: str, lacking: str, store: Store) -> None:
    found = answers.answer(store, name, today=TODAY)
    assert {one.status for one in found.areas} == {Status.NO_DATA}
    assert lacking in found.lacking


@pytest.mark.usefixtures("two_projects")
def test_an_area_without_projects_does_not_hide_the_others(store: Store) -> None:
    found = answers.answer(store, "projects_completed", today=TODAY)
    assert figure(found, "信都区") == (2022, 1, 1)
    assert figure(found, "襄都区") == (2022, 0, 1)
    assert figure(found, WHOLE) == (2022, 1, 1)
    assert found.area("开发区").status == Status.NO_DATA


@pytest.mark.usefixtures("two_projects")
def test_a_district_that_sent_no_leader_does_not_hide_the_others(store: Store, publish: Publish) -> None:
    publish("project_leader", "project_id,post,level,assigned_on,ended_on\nA,信都区区长,区级,2020-01-01,2020-08-31\n")
    found = answers.answer(store, "projects_with_leader", today=TODAY)
    assert found.area("信都区").status == Status.NOT_JUDGED, "all its projects are in use: nothing to divide by"
    assert found.area("襄都区").status == Status.NO_DATA


@pytest.mark.usefixtures("two_projects")
@pytest.mark.parametrize(
    ("report", "expected"),
    [
        ("2020-08-20,2020-08-20,2020-08-20,2021-01-01,2021-02-01", (1, 1)),
        ("2020-08-20,2020-08-20,2020-08-20,2021-01-02,2021-02-01", (0, 1)),
        ("2020-08-20,2020-08-20,2020-08-20,,2021-01-01", (0, 1)),
        ("2020-08-20,2020-08-20,2020-08-20,,2020-12-31", (0, 0)),
        ("2020-08-20,2020-08-20,2020-08-20,2020-09-20,2020-09-30", (1, 1)),
    ],
    ids=["on the last day", "a day late", "missing at the check", "checked too early to tell", "all there early"],
)
def test_half_a_year_after_handover(report: str, expected: tuple[int, int], store: Store, publish: Publish) -> None:
    header = "project_id,teachers_ready_on,special_rooms_ready_on,books_ready_on,instruments_ready_on,checked_on"
    publish("readiness", f"{header}\nA,{report}\n")
    [point] = answers.answer(store, "new_school_readiness", today=TODAY).area("信都区").points
    assert (point.period, point.numerator, point.denominator) == (2021, *expected)
    [row] = construction.readiness(store, "信都区", today=TODAY)
    assert row.ready_by == date(2021, 1, 1)
    assert row.days_late(Item.TEACHERS) == 0


@pytest.mark.parametrize(
    ("handed_over", "ready_by"),
    [
        ("2019-08-31", date(2020, 2, 29)),
        ("2020-08-31", date(2021, 2, 28)),
        ("2020-08-28", date(2021, 2, 28)),
        ("2020-02-29", date(2020, 8, 29)),
    ],
)
def test_half_a_year_keeps_to_the_calendar(handed_over: str, ready_by: date, store: Store, publish: Publish) -> None:
    publish("project", f"{HEADER},handed_over_on\nA,示例甲,信都区,是,小学,否,是,区级,{handed_over}\n")
    [found] = construction.readiness(store, "信都区", today=TODAY)
    assert (found.ready_by, found.due, found.known) == (ready_by, True, False)


@pytest.mark.usefixtures("two_projects")
def test_half_a_year_that_is_not_over_is_not_judged(store: Store) -> None:
    day = date(2020, 12, 31)
    assert answers.answer(store, "new_school_readiness", today=day).area("信都区").points == ()
    [found] = construction.readiness(store, "信都区", today=day)
    assert not found.due


@pytest.mark.usefixtures("two_projects")
def test_autumn_2020_is_judged_after_30_september(store: Store) -> None:
    before = answers.answer(store, "projects_opened_autumn_2020", today=date(2020, 8, 31)).area("信都区")
    after = answers.answer(store, "projects_opened_autumn_2020", today=date(2020, 10, 1)).area("信都区")
    assert before.latest is not None and after.latest is not None
    assert (before.latest.value, before.status) == (Fraction(0), Status.NOT_JUDGED)
    assert (after.latest.value, after.status) == (Fraction(1), Status.ACHIEVED)


@pytest.mark.usefixtures("two_projects")
def test_after_the_plan_a_year_counts_only_if_the_register_goes_on(store: Store, publish: Publish) -> None:
    later = date(2024, 6, 30)
    assert figure(answers.answer(store, "projects_completed", today=later), "襄都区") == (2022, 0, 1)
    publish(
        "project",
        f"{HEADER},started_on,completed_on,opened_on\nB,示例乙,襄都区,否,小学,否,是,区级,2022-03-01,2023-05-01,2023-09-01\n",
    )
    assert figure(answers.answer(store, "projects_completed", today=later), "襄都区") == (2023, 1, 1)


def test_a_cancelled_project_leaves_the_denominator_and_an_area_of_such_is_not_judged(
    store: Store, publish: Publish
) -> None:
    publish("project", f"{HEADER},cancelled_on\nA,示例甲,信都区,是,小学,否,是,区级,2020-08-01\n")
    found = answers.answer(store, "projects_completed", today=date(2020, 12, 31)).area("信都区")
    assert [(one.period, one.denominator) for one in found.points] == [(2019, 1), (2020, 0)]
    publish("project", f"{HEADER},cancelled_on\nA,示例甲,信都区,是,小学,否,是,区级,2019-08-01\n")
    assert answers.answer(store, "projects_completed", today=TODAY).area("信都区").status == Status.NOT_JUDGED
