"""The rows behind clauses 1 to 3 and the steering of the plan: which project is late, by how many days, who answers for it.

Lateness is counted in calendar days against the plan: up to the day a step was done, or up to the day that is looked at.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from data.store import Store
from queries.asked import Row, asked

FOLDER = Path(__file__).parent


class Step(StrEnum):
    """What a project goes through, in this order. A handover has no planned day."""

    START = "start"
    COMPLETION = "completion"
    HANDOVER = "handover"
    OPENING = "opening"


class Phase(StrEnum):
    """How far a project is. In use needs a day of completion and one of opening, as the indicator counts it."""

    CANCELLED = "cancelled"
    NOT_STARTED = "not_started"
    BUILDING = "building"
    BUILT = "built"
    HANDED_OVER = "handed_over"
    IN_USE = "in_use"


@dataclass(frozen=True)
class Milestone:
    """A step with the day it was planned for and the day it was done; None: no such day."""

    step: Step
    planned: date | None
    done: date | None

    def days_late(self, day: date) -> int | None:
        """Days after the planned one, to the step or, where it was not done yet, to `day`; 0: not late; None: no plan."""
        return None if self.planned is None else max(0, ((self.done or day) - self.planned).days)

    def has_come(self, day: date) -> bool:
        """Whether the step was done, or should have been by `day`."""
        return self.done is not None or (self.planned is not None and self.planned <= day)


@dataclass(frozen=True)
class Delay:
    """days: how late a step was or is, 0 where it is not; due: whether the step was done or should have been."""

    milestone: Milestone
    days: int
    due: bool


@dataclass(frozen=True)
class Project:
    """A project as it stood on `day`: what came later is not known yet. posts: who answers for it."""

    project_id: str
    name: str
    area: str
    kind: str
    level: str
    attached: bool
    day: date
    start: Milestone
    completion: Milestone
    handover: Milestone
    opening: Milestone
    cancelled_on: date | None = None
    institution_id: str | None = None
    posts: tuple[str, ...] = ()

    @property
    def milestones(self) -> tuple[Milestone, ...]:
        return (self.start, self.completion, self.handover, self.opening)

    @property
    def phase(self) -> Phase:
        if self.cancelled_on:
            return Phase.CANCELLED
        if self.completion.done:
            if self.opening.done:
                return Phase.IN_USE
            return Phase.HANDED_OVER if self.handover.done else Phase.BUILT
        return Phase.BUILDING if self.start.done or self.opening.done else Phase.NOT_STARTED

    @property
    def delay(self) -> Delay | None:
        """The delay at the newest planned step that is due; None where no step has a planned day, or for a cancelled one."""
        planned = [one for one in self.milestones if one.planned]
        if self.cancelled_on or not planned:
            return None
        due = [one for one in planned if one.has_come(self.day)]
        one = due[-1] if due else planned[0]
        return Delay(one, one.days_late(self.day) or 0, bool(due))

    @property
    def days_late(self) -> int:
        return self.delay.days if self.delay else 0

    @property
    def next_step(self) -> Milestone | None:
        """The first step after the last one that was done; None for a school that is open, or a cancelled project."""
        if self.cancelled_on or self.opening.done:
            return None
        done = [index for index, one in enumerate(self.milestones) if one.done]
        return self.milestones[max(done, default=-1) + 1]


class Item(StrEnum):
    """What a new school must have half a year after handover."""

    TEACHERS = "teachers"
    ROOMS = "special_rooms"
    BOOKS = "books"
    INSTRUMENTS = "instruments"


@dataclass(frozen=True)
class Readiness:
    """A school handed over. ready_by: half a year later; due: whether that day has come; known: whether its report tells.

    in_place: since when each of the four was there; None: not at the check, or no report.
    """

    name: str
    area: str
    handed_over_on: date
    ready_by: date
    due: bool
    reported: bool
    known: bool
    in_time: bool
    checked_on: date | None
    in_place: tuple[tuple[Item, date | None], ...]

    def days_late(self, item: Item) -> int | None:
        """Days after `ready_by` on which an item was in place, 0 if before; None where it was not there at the check."""
        day = dict(self.in_place)[item]
        return None if day is None else max(0, (day - self.ready_by).days)


@dataclass(frozen=True)
class Kindergarten:
    """An attached kindergarten in use on `day`; run_as: public, inclusive_private, private, or None if nobody entered it."""

    name: str
    area: str
    opened_on: date
    run_as: str | None
    day: date


@dataclass(frozen=True)
class Autumn:
    """A project of autumn 2020 that was fit and not open in time, or (not `fit`) that has no day on which it was fit."""

    name: str
    opened_on: date | None
    fit: bool


@dataclass(frozen=True)
class Quarter:
    """A quarter's rounds by kind: how many were held and scheduled."""

    quarter: int
    rounds: tuple[tuple[str, int, int], ...]


def projects(store: Store, area: str, as_of: date | None = None, today: date | None = None) -> tuple[Project, ...]:
    """Every project of an area as of a day, the latest first."""
    day = as_of or today or date.today()
    rows = asked(store, FOLDER / "projects.sql", as_of, today, area=area)
    return tuple(sorted((_project(row, day) for row in rows), key=lambda one: (-one.days_late, one.project_id)))


def readiness(store: Store, area: str, as_of: date | None = None, today: date | None = None) -> tuple[Readiness, ...]:
    """What was handed over to an area: first what was late, then what is not known, not due yet, and what was in time."""
    rows = asked(store, FOLDER / "readiness.sql", as_of, today, area=area)
    return tuple(sorted((_readiness(row) for row in rows), key=lambda one: (one.in_time, not one.due, not one.known)))


def attached(store: Store, area: str, as_of: date | None = None, today: date | None = None) -> tuple[Kindergarten, ...]:
    """The attached kindergartens in use, those not known and not inclusive first."""
    rows = asked(store, FOLDER / "attached.sql", as_of, today, area=area)
    return tuple(Kindergarten(row["name"], row["area"], row["opened_on"], row["run_as"], row["day"]) for row in rows)


def autumn(store: Store, area: str, as_of: date | None = None, today: date | None = None) -> tuple[Autumn, ...]:
    """The projects that clause 1 wanted open in autumn 2020 and that were not, or that the figure had to leave out."""
    rows = asked(store, FOLDER / "autumn.sql", as_of, today, area=area)
    return tuple(Autumn(row["project_name"], row["opened_on"], row["fit"]) for row in rows)


def partners(store: Store, area: str, as_of: date | None = None, today: date | None = None) -> dict[str, bool]:
    """New school → whether it has a partner; empty where the area has sent no partnership."""
    rows = asked(store, FOLDER / "partners.sql", as_of, today, area=area)
    return {row["name"]: row["partnered"] for row in rows}


def quarters(store: Store, area: str, as_of: date | None = None, today: date | None = None) -> tuple[Quarter, ...]:
    """The rounds and meetings of an area, the newest quarter first."""
    found: dict[int, list[tuple[str, int, int]]] = {}
    for row in asked(store, FOLDER / "rounds.sql", as_of, today, area=area):
        found.setdefault(row["quarter"], []).append((row["kind"], int(row["held"]), int(row["scheduled"])))
    return tuple(Quarter(number, tuple(rounds)) for number, rounds in found.items())


def _project(row: Row, day: date) -> Project:
    def come(name: str) -> date | None:
        known: date | None = row[name]
        return known if known and known <= day else None

    return Project(
        row["project_id"],
        row["project_name"],
        row["area"],
        row["kind"],
        row["responsible_level"],
        row["attached_kindergarten"],
        day,
        Milestone(Step.START, row["planned_start_on"], come("started_on")),
        Milestone(Step.COMPLETION, row["planned_completion_on"], come("completed_on")),
        Milestone(Step.HANDOVER, None, come("handed_over_on")),
        Milestone(Step.OPENING, row["planned_opening_on"], come("opened_on")),
        come("cancelled_on"),
        row["institution_id"],
        tuple(row["posts"] or ()),
    )


def _readiness(row: Row) -> Readiness:
    return Readiness(
        row["project_name"],
        row["area"],
        row["handed_over_on"],
        row["ready_by"],
        row["due"],
        row["reported"],
        row["known"],
        row["in_time"],
        row["checked_on"],
        tuple((item, row[f"{item}_ready_on"]) for item in Item),
    )
