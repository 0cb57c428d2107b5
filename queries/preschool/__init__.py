"""Preschool (clauses 25 to 27): the rows that its page shows beside the indicators."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from data.store import Store
from queries.asked import asked

FOLDER = Path(__file__).parent


class EstateState(StrEnum):
    """What is open about a kindergarten that a housing estate owes, worst first."""

    NOT_BUILT = "not_built"
    NOT_HANDED_OVER = "not_handed_over"
    USED_OTHERWISE = "used_otherwise"
    NO_DUE_DATE = "no_due_date"


@dataclass(frozen=True)
class Estate:
    """A kindergarten that a housing estate owes. days_overdue: since it should have been built, or handed over."""

    area: str
    estate: str
    places: int | None
    due_on: date | None
    built_on: date | None
    handover_due_on: date | None
    handed_over_on: date | None
    use: str | None
    state: EstateState
    days_overdue: int | None


@dataclass(frozen=True)
class OpenCases:
    """A kindergarten's cases of school-like teaching in a term (20201: the first of 2020/2021) that are not put right."""

    period: int
    institution_id: str
    name: str
    area: str
    inspected_on: date | None
    found: int
    rectified: int

    @property
    def open(self) -> int:
        return self.found - self.rectified


def estates(store: Store, area: str, as_of: date | None = None, today: date | None = None) -> tuple[Estate, ...]:
    """The estate kindergartens of an area about which something is open on the day, worst first."""
    rows = asked(store, FOLDER / "estates.sql", as_of, today, area=area)
    return tuple(Estate(**{**row, "state": EstateState(row["state"])}) for row in rows)


def open_cases(store: Store, area: str, as_of: date | None = None) -> tuple[OpenCases, ...]:
    """The kindergartens of an area with cases that are not put right, the newest term first."""
    return tuple(OpenCases(**row) for row in asked(store, FOLDER / "open_cases.sql", as_of, area=area))
