"""What every dataset owes by when, what of it has arrived, how old and how complete it is, and what is missing.

Who owes what comes from the contracts (`expected`), what arrived from the current rows of each dataset, and which
institutions must be among them from the register as it stood at the end of the period's year.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

import duckdb

from data import arrival_rows
from data.arrival_rows import Area, Brought, Came, Institution
from data.contract import Contract, Deadline, contracts
from data.plan import plan
from data.store import Store

# A delivery is listed this many days before it is due.
AHEAD = timedelta(days=60)


class State(StrEnum):
    """How a delivery stands, worst news first."""

    LATE = "late"
    INCOMPLETE = "incomplete"
    DUE = "due"
    ARRIVED = "arrived"
    OPEN = "open"  # nothing came, and there is no day by which it must


@dataclass(frozen=True)
class Arrival:
    """One delivery: a dataset, an area, a period and, where a period has several, a term.

    period, due: None for a dataset that no day is set for; uploads: those the rows came with, the newest first;
    rows: current rows; expected_rows: institutions that must have a row, None where it is not reported school by school;
    complete: the share of them that have one, else of the cells outside the key that are filled, None where neither can
    be said; missing: the institutions without a row; age: days since the newest upload, None where nothing arrived.
    """

    dataset: str
    area: str
    period: int | None
    term: str | None
    due: date | None
    state: State = State.OPEN
    uploads: tuple[Brought, ...] = ()
    rows: int = 0
    expected_rows: int | None = None
    complete: Fraction | None = None
    missing: tuple[Institution, ...] = ()
    age: int | None = None

    @property
    def newest(self) -> Brought | None:
        return self.uploads[0] if self.uploads else None


@dataclass(frozen=True)
class Missing:
    """An item to ask for, past its day. institutions: those without a row; none: nothing arrived at all."""

    dataset: str
    area: str
    period: int
    term: str | None
    due: date
    days_late: int
    institutions: tuple[Institution, ...]

    @property
    def state(self) -> State:
        return State.INCOMPLETE if self.institutions else State.LATE


def arrivals(store: Store, as_of: datetime | None = None, today: date | None = None) -> tuple[Arrival, ...]:
    """Every delivery of the plan's years that is due by `today` or soon after, as known at the moment (UTC; None: now).

    The datasets stand in the order of the contracts; one without a day to be in by is one line for the plan's whole.
    """
    day = today or date.today()
    return store.remembered(("arrivals", store.version_at(as_of), day), lambda: _arrivals(store, as_of, day))


def missing(store: Store, as_of: datetime | None = None, today: date | None = None) -> tuple[Missing, ...]:
    """What should be there at `today` and is not, the longest overdue first."""
    day = today or date.today()
    return store.remembered(("missing", store.version_at(as_of), day), lambda: _missing(store, as_of, day))


def _missing(store: Store, as_of: datetime | None, day: date) -> tuple[Missing, ...]:
    found = [
        Missing(one.dataset, one.area, one.period, one.term, one.due, (day - one.due).days, _lacking(one))
        for one in arrivals(store, as_of, day)
        if one.period is not None and one.due is not None and one.due < day
        if one.state in (State.LATE, State.INCOMPLETE)
    ]
    return tuple(sorted(found, key=lambda item: item.due))


def areas(store: Store, as_of: datetime | None = None) -> tuple[Area, ...]:
    """The plan's whole area, then the districts of its city that exist today, as the register orders them."""
    return store.remembered(("areas", store.version_at(as_of)), lambda: _areas(store, as_of))


def _areas(store: Store, as_of: datetime | None) -> tuple[Area, ...]:
    with store.reading(as_of) as cursor:
        return arrival_rows.areas(cursor)


def _lacking(one: Arrival) -> tuple[Institution, ...]:
    return one.missing if one.state == State.INCOMPLETE else ()


@dataclass(frozen=True)
class _Known:
    """What every dataset's deliveries are judged with."""

    districts: tuple[str, ...]
    uploads: dict[int, Brought]
    today: date

    def brought(self, numbers: Iterable[int]) -> tuple[Brought, ...]:
        return tuple(self.uploads[number] for number in sorted(numbers, reverse=True))

    def age(self, brought: tuple[Brought, ...]) -> int | None:
        """Days on the reader's calendar since the newest of the uploads."""
        return max(0, (self.today - brought[0].published_at.astimezone().date()).days) if brought else None


def _arrivals(store: Store, as_of: datetime | None, today: date) -> tuple[Arrival, ...]:
    with store.reading(as_of) as cursor:
        arrival_rows.lay_register(cursor)
        districts = tuple(area.name for area in arrival_rows.areas(cursor)[1:])
        known = _Known(districts, arrival_rows.uploads(cursor), today)
        found: list[Arrival] = []
        for contract in contracts().values():
            found += _owed(cursor, contract, known) if contract.expected else [_whenever(cursor, contract, known)]
        return tuple(found)


def _owed(cursor: duckdb.DuckDBPyConnection, contract: Contract, known: _Known) -> Iterator[Arrival]:
    """The deliveries of a dataset that is owed, period by period, deadline by deadline, area by area."""
    came = arrival_rows.arrived(cursor, contract)
    by_school = arrival_rows.by_school(contract)
    lacking = arrival_rows.lacking(cursor, contract) if by_school else {}
    nobody: tuple[int | None, tuple[Institution, ...]] = (0 if by_school else None, ())
    for period, term, due in _dues(contract, known.today):
        for area in known.districts if arrival_rows.by_district(contract) else (plan().whole,):
            key = (period, term, area)
            expected, without = lacking.get(key, nobody)
            yield _arrival(Arrival(contract.dataset, area, period, term, due), came.get(key), expected, without, known)


def _arrival(
    owed: Arrival, came: Came | None, expected: int | None, without: tuple[Institution, ...], known: _Known
) -> Arrival:
    """What is owed with what came of it."""
    found = came or Came()
    brought = known.brought(found.uploads)
    return replace(
        owed,
        state=_state(found.rows, without, owed.due, known.today),
        uploads=brought,
        rows=found.rows,
        expected_rows=expected,
        complete=_share(found.filled, found.cells) if expected is None else _share(expected - len(without), expected),
        missing=without,
        age=known.age(brought),
    )


def _whenever(cursor: duckdb.DuckDBPyConnection, contract: Contract, known: _Known) -> Arrival:
    """The one line of a dataset that comes when something happens. Rows about persons are counted by their uploads."""
    line = Arrival(contract.dataset, plan().whole, None, None, None)
    if not contract.personal:
        return _arrival(line, arrival_rows.counted(cursor, contract), None, (), known)
    own = [one for one in known.uploads.values() if one.dataset == contract.dataset]
    came = Came(sum(one.rows for one in own), uploads=tuple(one.upload_id for one in own))
    return _arrival(line, came, None, (), known)


def _dues(contract: Contract, today: date) -> Iterator[tuple[int, str | None, date]]:
    """The periods of the plan with their terms and deadlines, from the plan's first day up to those that are near."""
    for period in range(plan().begins.year, plan().ends.year + 1):
        for deadline in contract.expected.by if contract.expected else ():
            due = _due(period, deadline)
            if plan().begins <= due <= today + AHEAD:
                yield period, deadline.term, due


def _due(period: int, deadline: Deadline) -> date:
    """The day; the 31st of a shorter month is its last day."""
    year = period + deadline.years_after
    return date(year, deadline.month, min(deadline.day, monthrange(year, deadline.month)[1]))


def _state(rows: int, without: tuple[Institution, ...], due: date | None, today: date) -> State:
    if rows:
        return State.INCOMPLETE if without else State.ARRIVED
    if due is None:
        return State.OPEN
    return State.LATE if due < today else State.DUE


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None
