"""What changed between two days, in words: figures before and after, causes, uploads and revised values."""

from collections.abc import Sequence
from datetime import date

from data.changes import LISTED, DatasetChange, Reasons, Revision
from data.contract import PERSONS, Contract, Field, contracts
from data.uploads import Upload
from data.words import _, n_, pick
from pages.display import numbers, states
from queries.answers import Trajectory
from queries.catalogue import Definition
from queries.changes import Cause, IndicatorChange
from queries.suppression import is_small

COLUMNS = (
    "indicator", "causes", "area",
    "period_before", "value_before", "status_before", "missing_before",
    "period_after", "value_after", "status_after", "missing_after",
)  # fmt: skip
REVISION_COLUMNS = ("dataset", "row", "field", "before", "after")


def summary(found: Sequence[IndicatorChange], earlier: date, later: date) -> str:
    """How many indicators moved between the days."""
    days = {"earlier": numbers.day(earlier), "later": numbers.day(later)}
    if not found:
        return _("Nothing changed between the end of {earlier} and the end of {later}", **days)
    moved = sum(bool(one.moved) for one in found)
    return n_(
        "From the end of {earlier} to the end of {later}: {count} indicator with another figure",
        "From the end of {earlier} to the end of {later}: {count} indicators with other figures",
        moved,
        **days,
    )


def figure(definition: Definition, one: Trajectory) -> str:
    """An area's newest figure; one that is not given stays so."""
    return numbers.point(definition, one.latest, one.target)


def period(definition: Definition, one: Trajectory) -> str:
    return numbers.period(one.latest.period, definition.period) if one.latest else ""


def causes(reasons: Reasons) -> list[Cause]:
    """Why a dataset's rows are others."""
    held = {
        Cause.NEW_DATA: reasons.new_data,
        Cause.REVISION: reasons.revision,
        Cause.WITHDRAWAL: reasons.withdrawal,
    }
    return [cause for cause, holds in held.items() if holds]


def uploads(change: DatasetChange) -> list[tuple[str, Upload]]:
    """What happened to which upload of a dataset."""
    happened = {_("published"): change.published, _("withdrawn"): change.withdrawn, _("restored"): change.restored}
    return [(action, upload) for action, listed in happened.items() for upload in listed]


def compared(change: DatasetChange) -> str:
    """How many rows are others."""
    if change.rows is None:
        return _("rows about single persons are not compared")
    counts = {name: numbers.whole(getattr(change.rows, name)) for name in ("new", "revised", "gone")}
    return _("{new} new · {revised} revised · {gone} gone", **counts)


def listed(change: DatasetChange) -> str:
    """That not every revised row is listed, where so."""
    if change.rows is None or change.rows.revised <= LISTED:
        return ""
    return _(
        "The first {count} of {all} revised rows are listed.", count=LISTED, all=numbers.whole(change.rows.revised)
    )


def row(dataset: str, revision: Revision) -> str:
    """The key of a row as one line."""
    return " · ".join(stored(dataset, name, value) for name, value in revision.key.items())


def field(dataset: str, name: str) -> str:
    return pick(_field(contracts()[dataset], name).title.pair())


def stored(dataset: str, name: str, value: object) -> str:
    """A stored value; few persons are not told."""
    unit = _field(contracts()[dataset], name).unit
    if unit and unit.zh in PERSONS and isinstance(value, int) and is_small(value):
        return numbers.persons(value)
    return numbers.cell(value)


def rows(found: Sequence[IndicatorChange]) -> list[list[object]]:
    """Every indicator and area as plain rows of `COLUMNS`, for a file."""
    return [
        [
            one.after.definition.id,
            _(", ").join(_(states.CAUSES[cause].word) for cause in one.causes),
            area.area,
            *_standing(area.before),
            *_standing(area.after),
        ]
        for one in found
        for area in one.areas
    ]


def revision_rows(changes: Sequence[DatasetChange]) -> list[list[object]]:
    """The revised values that the page lists as plain rows of `REVISION_COLUMNS`, for a file."""
    return [
        [
            one.dataset,
            row(one.dataset, revision),
            revision.field,
            stored(one.dataset, revision.field, revision.old),
            stored(one.dataset, revision.field, revision.new),
        ]
        for one in changes
        if one.rows
        for revision in one.rows.first
    ]


def _standing(one: Trajectory) -> list[object]:
    point = one.latest
    if point is None:
        return [None, None, one.status.value, numbers.for_file(one.gap)]
    value = numbers.withheld(point) if point.value is None else float(point.value)
    return [point.period, value, one.status.value, numbers.for_file(one.gap)]


def _field(contract: Contract, column: str) -> Field:
    return next(one for one in contract.fields if column in (one.name, one.state_column))
