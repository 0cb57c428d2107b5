"""The plan as a whole: how many indicators stand how, what is due when, what was met and lost again."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data.changes import newest_day
from data.plan import Group, plan
from data.store import Store, end_of_day
from queries.answers import Answer, Trajectory, towards
from queries.progress import Standing, Status, Why, standing_of

LOOK_BACK = timedelta(days=90)

Judged = tuple[Answer, Trajectory]
Counts = Mapping[Standing, int]


@dataclass(frozen=True)
class Line:
    """How many indicators of a group (None: of the whole plan) stand how, area by area."""

    group: Group | None
    cells: Mapping[str, Counts]


@dataclass(frozen=True)
class Due:
    """A due date and how the whole area stands against each target of that date."""

    day: date
    targets: tuple[Judged, ...]

    @property
    def counts(self) -> Counts:
        return counted(one for _answer, one in self.targets)


def matrix(found: Sequence[Answer]) -> tuple[Line, ...]:
    """The whole plan, then every group that has an indicator, in the plan's order."""
    groups = [(group, [one for one in found if one.definition.group.id == group.id]) for group in plan().groups]
    return (Line(None, _cells(found)), *(Line(group, _cells(own)) for group, own in groups if own))


def _cells(found: Sequence[Answer]) -> dict[str, Counts]:
    areas = dict.fromkeys(one.area for answer in found for one in answer.areas)
    return {area: counted(one for answer in found for one in answer.areas if one.area == area) for area in areas}


def counted(found: Iterable[Trajectory]) -> Counts:
    """How many trajectories stand how, in the order of `Standing`; what none is in is left out."""
    counts = Counter(standing_of(one.status) for one in found)
    return {standing: counts[standing] for standing in Standing if counts[standing]}


def deadlines(found: Sequence[Answer], today: date) -> tuple[Due, ...]:
    """Every due date of a target in force on the day, in order; past ones with the verdict on their own target."""
    days = {
        target.due
        for answer in found
        for target in answer.definition.targets
        if target.due and (target.in_force or date.min) <= today
    }
    return tuple(Due(day, _due_on(found, day, today)) for day in sorted(days))


def _due_on(found: Sequence[Answer], day: date, today: date) -> tuple[Judged, ...]:
    having = [one for one in found if any(target.due == day for target in one.definition.targets)]
    judged = [(one, towards(one, day, today)) for one in having]
    return tuple((one, trajectory) for one, trajectory in judged if trajectory.target)


def overdue(found: Sequence[Answer], area: str, today: date) -> tuple[Judged, ...]:
    """Every target of an area whose day is past without its being met, or without the figure that decides; the oldest first."""
    judged = [
        (answer, towards(answer, due, today, area))
        for answer in found
        for due in {target.due for target in answer.definition.targets if target.due and target.due < today}
    ]
    late = [(answer, one) for answer, one in judged if one.target and one.target.due and _is_overdue(one)]
    return tuple(sorted(late, key=lambda pair: (pair[1].target and pair[1].target.due) or date.max))


def _is_overdue(one: Trajectory) -> bool:
    return one.status in (Status.MISSED, Status.RELAPSED, Status.NO_DATA) or one.why == Why.OWED


def relapses(found: Sequence[Answer]) -> tuple[Judged, ...]:
    """Every area whose target was met and is no longer, the latest to be lost first."""
    lost = [(answer, one) for answer in found for one in answer.areas if one.status == Status.RELAPSED]
    return tuple(sorted(lost, key=lambda pair: pair[1].since or date.min, reverse=True))


def compared_day(store: Store, shown: date) -> date | None:
    """The day to compare a day's state with: 90 days before it, or, where no data were there yet, the newest day of
    data before the newest one; None where everything came on one day."""
    return store.remembered(("compared day", store.version, end_of_day(shown)), lambda: _compared_day(store, shown))


def _compared_day(store: Store, shown: date) -> date | None:
    if newest_day(store, end_of_day(shown - LOOK_BACK)):
        return shown - LOOK_BACK
    newest = newest_day(store, end_of_day(shown))
    return newest_day(store, end_of_day(newest - timedelta(days=1))) if newest else None
