"""What moved between two days: per indicator the figures and verdicts before and after, and why.

Both figures are computed with today's definition from the data of their day; that a definition was changed in between
is said beside them, apart from what the data did.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from data.changes import DatasetChange, change, changes, told
from data.store import Store, definitions_at, definitions_noted, end_of_day, first_definitions
from data.words import N_
from queries.answers import PUBLIC, Answer, Trajectory, Viewer, answer, visible
from queries.catalogue import Definition, catalogue, rests_on
from queries.progress import Status


class Cause(StrEnum):
    """Why an indicator is listed. DAY: nothing came in or was changed, it is only judged on another day."""

    NEW_DATA = "new_data"
    REVISION = "revision"
    WITHDRAWAL = "withdrawal"
    DEFINITION = "definition"
    NEW_INDICATOR = "new_indicator"
    DAY = "day"


WORDS = {
    Cause.NEW_DATA: N_("new data"),
    Cause.REVISION: N_("revised data"),
    Cause.WITHDRAWAL: N_("withdrawal"),
    Cause.DEFINITION: N_("changed definition"),
    Cause.NEW_INDICATOR: N_("new indicator"),
    Cause.DAY: N_("judged on another day"),
}


@dataclass(frozen=True)
class AreaChange:
    """One area's trajectory as of the earlier and the later day."""

    before: Trajectory
    after: Trajectory

    @property
    def area(self) -> str:
        return self.after.area

    @property
    def moved(self) -> bool:
        """Whether the newest figure, one that is running, its verdict or its gap is another one."""
        return (_standing(self.before), self.before.so_far) != (_standing(self.after), self.after.so_far)


@dataclass(frozen=True)
class IndicatorChange:
    """One indicator's answers of both days, and the causes that hold."""

    before: Answer
    after: Answer
    causes: tuple[Cause, ...]

    @property
    def areas(self) -> tuple[AreaChange, ...]:
        """The whole area first, then every district that there is on either day."""
        before = {one.area: one for one in self.before.areas}
        after = {one.area: one for one in self.after.areas}
        return tuple(
            AreaChange(before.get(name, _nothing(name)), after.get(name, _nothing(name)))
            for name in dict.fromkeys([*after, *before])
        )

    @property
    def whole(self) -> AreaChange:
        return self.areas[0]

    @property
    def moved(self) -> tuple[AreaChange, ...]:
        """The areas whose figure, verdict or gap is another one."""
        return tuple(one for one in self.areas if one.moved)


def moved(store: Store, earlier: date, later: date, viewer: Viewer = PUBLIC) -> tuple[IndicatorChange, ...]:
    """Every indicator that has a cause or another figure, in the plan's order; `Refused` if the days are swapped."""
    moments = end_of_day(earlier), end_of_day(later)
    key = ("moved", store.version, definitions_noted(store), *moments, viewer)
    return store.remembered(key, lambda: _moved(store, earlier, later, viewer))


def _moved(store: Store, earlier: date, later: date, viewer: Viewer) -> tuple[IndicatorChange, ...]:
    moments = end_of_day(earlier), end_of_day(later)
    datasets = {one.dataset: one for one in changes(store, *moments)}
    redefined = _redefined(store, *moments)
    found = []
    for name, definition in visible(viewer).items():
        before, after = (answer(store, name, day, viewer) for day in (earlier, later))
        causes = (*_data_causes(store, definition, datasets, moments), *redefined.get(name, ()))
        one = IndicatorChange(before, after, causes)
        if one.moved and not causes:
            one = IndicatorChange(before, after, (Cause.DAY,))
        if one.causes:
            found.append(one)
    return tuple(found)


def changed_data(store: Store, earlier: date, later: date, viewer: Viewer = PUBLIC) -> tuple[DatasetChange, ...]:
    """What happened to every dataset between the ends of two days; of revised rows what the viewer may read."""
    found = changes(store, end_of_day(earlier), end_of_day(later))
    return tuple(told(one, staff=viewer.internal) for one in found)


def as_document(found: IndicatorChange) -> dict[str, Any]:
    """The change as `python -m queries diff --json` prints it."""
    definition = found.after.definition
    return {
        "id": definition.id,
        "clause": definition.clause,
        "unit": definition.unit,
        "causes": [cause.value for cause in found.causes],
        "areas": [
            {"area": one.area, "moved": one.moved, "before": as_standing(one.before), "after": as_standing(one.after)}
            for one in found.areas
        ],
    }


def as_standing(trajectory: Trajectory) -> dict[str, Any]:
    """An area's newest figure, its verdict and its gap, as the JSON answers of this room have them."""
    period, value, suppressed, status, gap = _standing(trajectory)
    return {
        "period": period,
        "value": None if value is None else float(value),
        "suppressed": suppressed,
        "status": status.value,
        "gap": gap,
    }


def _standing(trajectory: Trajectory) -> tuple[Any, ...]:
    point = trajectory.latest
    figure = (point.period, point.value, point.suppressed) if point else (None, None, False)
    return (*figure, trajectory.status, trajectory.gap)


def _nothing(area: str) -> Trajectory:
    """The trajectory of an area that was not there."""
    return Trajectory(area, (), Status.NO_DATA, None, None, None, None)


def _data_causes(
    store: Store,
    definition: Definition,
    datasets: Mapping[str, DatasetChange],
    moments: tuple[datetime, datetime],
) -> tuple[Cause, ...]:
    """Why the rows that the indicator reads are others."""
    reasons = [
        change(store, name, *moments, definition.rows[name]).reasons
        if name in definition.rows
        else datasets[name].reasons
        for name in definition.datasets
        if name in datasets
    ]
    held = {
        Cause.NEW_DATA: any(one.new_data for one in reasons),
        Cause.REVISION: any(one.revision for one in reasons),
        Cause.WITHDRAWAL: any(one.withdrawal for one in reasons),
    }
    return tuple(cause for cause, holds in held.items() if holds)


def _redefined(store: Store, earlier: datetime, later: datetime) -> dict[str, tuple[Cause, ...]]:
    """The indicators whose definition is another or a new one; where none was remembered yet, the first are the old ones.

    A definition is another one too where a file that it rests on is: a staging view, a standard, a rule.
    """
    old, new = definitions_at(store, earlier) or first_definitions(store), definitions_at(store, later)
    found: dict[str, tuple[Cause, ...]] = {}
    for name, definition in catalogue().items():
        if name in new and name not in old:
            found[name] = (Cause.NEW_INDICATOR,)
        # A file that was not remembered yet, as of a store of an older version, says nothing of a change.
        elif any(old.get(one) not in (None, new.get(one)) for one in (name, *rests_on(definition))):
            found[name] = (Cause.DEFINITION,)
    return found
