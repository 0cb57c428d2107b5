"""What meetings have decided about indicators: what is overdue, what is open, and who closed what when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from data.plan import plan
from data.store import Store
from queries.answers import PUBLIC, Viewer, visible
from queries.asked import asked

QUERY = Path(__file__).parent / "decisions.sql"


class State(StrEnum):
    """How a decision stands on a day."""

    OVERDUE = "overdue"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Decision:
    """One decision as it stands on a day. area: None where it concerns every area; sample: it is invented."""

    decision_id: str
    indicator: str
    area: str | None
    task: str
    owner: str
    due_on: date
    decided_on: date
    meeting: str | None
    closed_on: date | None
    closed_by: str | None
    outcome: str | None
    day: date
    sample: bool

    @property
    def state(self) -> State:
        if not self.is_open_on(self.day):
            return State.CLOSED
        return State.OVERDUE if self.days_late else State.OPEN

    @property
    def days_late(self) -> int:
        """By how many days it was closed too late, or is overdue; 0 on the due day itself."""
        end = self.day if self.is_open_on(self.day) or self.closed_on is None else self.closed_on
        return max((end - self.due_on).days, 0)

    def is_open_on(self, day: date) -> bool:
        """Whether it is not closed at the end of a day."""
        return self.closed_on is None or self.closed_on > day


def decisions(
    store: Store, viewer: Viewer = PUBLIC, as_of: date | None = None, today: date | None = None
) -> tuple[Decision, ...]:
    """The decisions about indicators that the viewer may see, as known at the end of a day (None: now).

    What is overdue comes first, the longest wait at its head, then what is due next, then what was closed, the newest first.
    """
    known = visible(viewer)
    found = (Decision(**row) for row in asked(store, QUERY, as_of, today))
    return tuple(sorted((one for one in found if one.indicator in known), key=_order))


def _order(one: Decision) -> tuple[int, int, str]:
    place = list(State).index(one.state)
    day = -(one.closed_on or one.due_on).toordinal() if one.state == State.CLOSED else one.due_on.toordinal()
    return place, day, one.decision_id


def about(found: Iterable[Decision], indicator: str, area: str | None = None) -> tuple[Decision, ...]:
    """Those about an indicator; of a district its own and those of every area, of the plan's whole area (None, too) all."""
    everywhere = area in (None, plan().whole)
    return tuple(one for one in found if one.indicator == indicator and (everywhere or one.area in (None, area)))


def open_before(found: Iterable[Decision], day: date) -> tuple[Decision, ...]:
    """What a meeting on a day has to ask about: decided before it, and not closed before it."""
    return tuple(one for one in found if one.decided_on < day and (one.closed_on is None or one.closed_on >= day))
