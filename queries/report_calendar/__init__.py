"""Clause 24's calendar: which report is due when, made, published or late, and what nobody has planned."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from data.store import Store
from queries.asked import asked
from queries.research import Analysis, analyses

QUERY = Path(__file__).parent / "reports.sql"
# A report is due soon from so many days before its date.
SOON = 14


class State(StrEnum):
    """How a report stands on a day."""

    LATE = "late"
    MADE = "made"
    SOON = "soon"
    COMING = "coming"
    PUBLISHED_LATE = "published_late"
    IN_TIME = "in_time"


@dataclass(frozen=True)
class Report:
    """A planned report of an office as it stands on a day; exam_id: the joint exam that it analyses."""

    year: int
    office: str
    report: str
    kind: str
    stage: str | None
    exam_id: str | None
    due_on: date
    made_on: date | None
    published_on: date | None
    day: date

    @property
    def state(self) -> State:
        """What was made and waits to be published is that, be it late or not; `days_late` says by how much."""
        if self.is_published:
            return State.PUBLISHED_LATE if self.days_late else State.IN_TIME
        if self.made_on and self.made_on <= self.day:
            return State.MADE
        if self.days_late:
            return State.LATE
        return State.SOON if (self.due_on - self.day).days <= SOON else State.COMING

    @property
    def is_published(self) -> bool:
        return self.published_on is not None and self.published_on <= self.day

    @property
    def is_due(self) -> bool:
        return self.due_on <= self.day

    @property
    def days_late(self) -> int:
        """By how many days it was published too late, or is late; 0 on the due day itself."""
        end = self.published_on if self.is_published and self.published_on else self.day
        return max((end - self.due_on).days, 0)


def reports(store: Store, as_of: date | None = None, today: date | None = None) -> tuple[Report, ...]:
    """Every planned report as known at the end of a day (None: now), in the order of the days on which they are due."""
    return tuple(Report(**row) for row in asked(store, QUERY, as_of, today))


def unplanned(store: Store, as_of: date | None = None) -> tuple[Analysis, ...]:
    """The joint exams that are over and that the city has planned no analysis of, the newest first."""
    return tuple(one for one in analyses(store, as_of) if one.due_on is None)
