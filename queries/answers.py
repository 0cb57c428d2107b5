"""The answers that pages, reports and the command line show.

Here, and only here, figures are divided, small cells suppressed, progress judged and visibility applied. Answers are
immutable and kept per (indicator, data version, day), so an unchanged store is never asked twice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb

from data.arrival_rows import areas as plan_areas
from data.plan import plan
from data.prepare import sample_datasets
from data.problem import Refused
from data.store import Store, end_of_day
from data.words import _
from queries.catalogue import PUBLISHED_DATASET, Definition, Target, catalogue
from queries.gap import Kindergarten, Plan, gap_plan
from queries.progress import Goal, Status, judge, shortfall
from queries.suppression import is_small, suppressed_parts

CONVERTIBLE = Path(__file__).parent / "preschool" / "convertible.sql"

Number = int | Decimal


@dataclass(frozen=True)
class Viewer:
    """Who is looking, as far as answers depend on it."""

    internal: bool = False


PUBLIC = Viewer()


@dataclass(frozen=True)
class Point:
    """One figure. value: numerator over denominator (or the numerator of a count), exact; None where there is none.

    suppressed: the figure exists but is not given, as it is about few persons (`small`) or would give such a one away.
    """

    period: int
    area: str
    part: str | None
    numerator: Number | None
    denominator: Number | None
    value: Fraction | None
    suppressed: bool = False
    small: bool = field(default=True, compare=False)


@dataclass(frozen=True)
class Trajectory:
    """One area's series and how it stands. gap: units still missing, 0 if none, None if it cannot be said."""

    area: str
    points: tuple[Point, ...]
    status: Status
    target: Target | None
    gap: int | None
    since: date | None
    pace: Fraction | None

    @property
    def latest(self) -> Point | None:
        return next((point for point in reversed(self.points) if point.value is not None), None)


@dataclass(frozen=True)
class Published:
    """A figure published by the province or the nation, as a share."""

    area: str
    period: int
    value: Fraction
    source: str


@dataclass(frozen=True)
class Answer:
    """Everything about one indicator at one moment.

    areas: the plan's whole area first, then the districts; english: English name of every area that has one.
    """

    definition: Definition
    areas: tuple[Trajectory, ...]
    parts: tuple[Point, ...]
    published: tuple[Published, ...]
    english: Mapping[str, str]
    sample: bool
    data_version: int
    updated_at: datetime | None

    @property
    def whole(self) -> Trajectory:
        return self.areas[0]

    def area(self, name: str) -> Trajectory:
        """One area's trajectory; `Refused` with the areas there are where the name is none of them."""
        for trajectory in self.areas:
            if trajectory.area == name:
                return trajectory
        known = ", ".join(trajectory.area for trajectory in self.areas)
        raise Refused(_("There is no area “{area}”. Choose one of: {known}", area=name, known=known))


def relative_gap(trajectory: Trajectory) -> Fraction:
    """How far a figure is from its target as a share of the target, so that unlike indicators can be ordered; 0 if met."""
    latest, target = trajectory.latest, trajectory.target
    if not trajectory.gap or latest is None or latest.value is None or target is None or not target.value:
        return Fraction(0)
    return abs(latest.value / Fraction(target.value) - 1)


def visible(viewer: Viewer = PUBLIC) -> dict[str, Definition]:
    """The indicators that a viewer may see, in the plan's order."""
    return {name: one for name, one in catalogue().items() if one.visibility == "public" or viewer.internal}


def answer(
    store: Store, name: str, as_of: date | None = None, viewer: Viewer = PUBLIC, today: date | None = None
) -> Answer:
    """The answer of one indicator as of the end of a day (None: now); `Refused` where there is none such to see."""
    if name not in visible(viewer):
        raise Refused(
            _("There is no indicator “{name}”. Choose one of: {known}", name=name, known=", ".join(visible(viewer)))
        )
    moment = end_of_day(as_of) if as_of else None
    version, day = store.version_at(moment), as_of or today or date.today()
    return store.remembered(("answer", name, version, day), lambda: _answer(store, name, moment, version, day))


def overview(store: Store, as_of: date | None = None, viewer: Viewer = PUBLIC) -> tuple[Answer, ...]:
    """The answers of every indicator that the viewer may see, in the plan's order."""
    return tuple(answer(store, name, as_of, viewer) for name in visible(viewer))


def gap_planner(
    store: Store, name: str, area: str, as_of: date | None = None, today: date | None = None
) -> Plan | None:
    """What would close the gap of a share in an area; None where it has no target or no figure."""
    found = answer(store, name, as_of, today=today)
    trajectory = found.area(area)
    latest = trajectory.latest
    if latest is None or trajectory.target is None or latest.denominator is None or latest.numerator is None:
        return None
    with store.reading(end_of_day(as_of) if as_of else None) as cursor:
        rows = cursor.execute(
            CONVERTIBLE.read_text(encoding="utf-8"), {"period": latest.period, "area": area, "line": name}
        ).fetchall()
    candidates = [
        Kindergarten(institution_id, title, ownership, int(children))
        for title, ownership, children, institution_id in rows
    ]
    return gap_plan(int(latest.denominator), int(latest.numerator), Fraction(trajectory.target.value), candidates)


def reporting_date(period: int, kind: str) -> date:
    """The day a period's figures describe: a school year's 1 September, a calendar year's end."""
    return date(period, 9, 1) if kind == "school_year" else date(period, 12, 31)


def _answer(store: Store, name: str, moment: datetime | None, version: int, today: date) -> Answer:
    with store.reading(moment) as cursor:
        return answer_on(cursor, name, version, today)


def answer_on(cursor: duckdb.DuckDBPyConnection, name: str, version: int, today: date) -> Answer:
    """The answer of one indicator on the state that a cursor sees; the caller has asked `visible`."""
    definition = catalogue()[name]
    points = _points(cursor, definition)
    areas = [area.name for area in plan_areas(cursor)]
    english = dict(cursor.execute("select area, name_en from area where name_en is not null").fetchall())
    published = _published(cursor, definition.published)
    sample, updated = _origin(cursor, definition)
    return Answer(
        definition,
        tuple(_trajectory(definition, area, points, today) for area in areas),
        tuple(point for point in points if point.part is not None),
        published,
        english,
        sample,
        version,
        updated,
    )


def _points(cursor: duckdb.DuckDBPyConnection, definition: Definition) -> list[Point]:
    """Runs the indicator's SQL, divides and suppresses."""
    result = cursor.execute(definition.sql)
    names = [column[0] for column in result.description or ()]
    missing = {"period", "area", "numerator"} - set(names)
    if missing:
        raise Refused(_("The SQL of {name} lacks the column {column}.", name=definition.id, column=sorted(missing)[0]))
    rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    points = sorted((_point(definition, row) for row in rows), key=lambda one: (one.period, one.area, one.part or ""))
    return _suppressed(definition, points)


def _point(definition: Definition, row: dict[str, object]) -> Point:
    numerator, denominator = _number(row["numerator"]), _number(row.get("denominator"))
    value: Fraction | None = None
    if numerator is not None and definition.unit == "count":
        value = Fraction(numerator)
    elif numerator is not None and denominator:
        value = Fraction(numerator) / Fraction(denominator)
    part = row.get("part")
    return Point(
        int(str(row["period"])),
        str(row["area"]),
        None if part is None else str(part),
        numerator,
        denominator,
        value,
    )


def _number(value: object) -> Number | None:
    return value if isinstance(value, int | Decimal) or value is None else Decimal(str(value))


def _suppressed(definition: Definition, points: list[Point]) -> list[Point]:
    """The points without what would tell of few persons, by itself or by subtraction from others of its group."""
    if definition.counts != "persons":
        return points
    groups: dict[tuple[int, str], list[Point]] = {}
    for point in points:
        groups.setdefault((point.period, point.area), []).append(point)
    return [point for group in groups.values() for point in _suppressed_group(definition, group)]


def _suppressed_group(definition: Definition, group: list[Point]) -> list[Point]:
    """One period and area: the figure and the parts that it splits into."""
    small = {point.part for point in group if _is_small(definition, point)}
    parts = [point for point in group if point.part is not None]
    hidden = set(small)
    if definition.unit == "share" and small & {point.part for point in parts}:
        # Other indicators give single parts of the same whole: only without any of these nothing follows from them.
        hidden = {point.part for point in group}
    elif parts:
        hidden |= {parts[position].part for position in suppressed_parts([point.numerator for point in parts])}
    return [_hidden(point, point.part in small) if point.part in hidden else point for point in group]


def _is_small(definition: Definition, point: Point) -> bool:
    """Whether a figure tells of few persons: those it counts, those it counts among, or those it leaves over."""
    if definition.unit != "share":
        return is_small(point.numerator)
    left = None
    if point.numerator is not None and point.denominator is not None and not definition.gross:
        left = point.denominator - point.numerator
    return is_small(point.numerator) or is_small(point.denominator) or is_small(left)


def _hidden(point: Point, small: bool) -> Point:
    return Point(point.period, point.area, point.part, None, None, None, suppressed=True, small=small)


def _trajectory(definition: Definition, area: str, points: Iterable[Point], today: date) -> Trajectory:
    own = tuple(point for point in points if point.area == area and point.part is None)
    target = definition.target_at(today)
    if target and target.areas == "whole" and area != plan().whole:
        target = None
    goal = Goal(Fraction(target.value), target.comparison, target.due) if target else None
    series = [
        (reporting_date(point.period, definition.period), point.value) for point in own if point.value is not None
    ]
    judged = judge(series, goal, today, plan().begins)
    # Figures that exist but cannot be divided (nobody counted) are not the same as no figures.
    status = Status.NOT_JUDGED if judged.status == Status.NO_DATA and own else judged.status
    return Trajectory(area, own, status, target, _gap(definition, own, goal), judged.since, judged.ratio)


def _gap(definition: Definition, points: tuple[Point, ...], goal: Goal | None) -> int | None:
    latest = next((point for point in reversed(points) if point.value is not None), None)
    if goal is None or latest is None or latest.numerator is None:
        return None
    denominator = None if definition.unit == "count" or latest.denominator is None else Fraction(latest.denominator)
    return shortfall(Fraction(latest.numerator), denominator, goal)


def _published(cursor: duckdb.DuckDBPyConnection, column: str | None) -> tuple[Published, ...]:
    if column is None:
        return ()
    rows = cursor.execute(
        f'select area, year, "{column}", source from {PUBLISHED_DATASET} where "{column}" is not null order by area, year'
    ).fetchall()
    return tuple(Published(area, int(year), Fraction(value) / 100, source) for area, year, value, source in rows)


def _origin(cursor: duckdb.DuckDBPyConnection, definition: Definition) -> tuple[bool, datetime | None]:
    """Whether invented rows are among the figures' rows, and when the newest of the rows was published."""
    sample, updated = False, None
    for dataset in definition.datasets:
        row = cursor.execute(
            f"""select bool_or(u.sample), max(u.published_at) from upload u
            where u.upload_id in (select distinct upload_id from {dataset})"""
        ).fetchone()
        if row and row[1]:
            sample = sample or bool(row[0])
            updated = max(filter(None, (updated, row[1].replace(tzinfo=UTC))))
    return sample, updated


def as_document(found: Answer, area: str | None = None) -> dict[str, Any]:
    """The answer as `python -m queries show --json` prints it: the verdict of one area (None: the whole), every figure."""
    judged = found.area(area) if area else found.whole
    target = judged.target
    return {
        "id": found.definition.id,
        "clause": found.definition.clause,
        "unit": found.definition.unit,
        "status": judged.status.value,
        "target": target
        and {
            "value": float(target.value),
            "comparison": target.comparison,
            "due": target.due.isoformat() if target.due else None,
        },
        "gap": judged.gap,
        "series": [
            {
                "period": point.period,
                "area": point.area,
                "numerator": _plain(point.numerator),
                "denominator": _plain(point.denominator),
                "value": None if point.value is None else float(point.value),
            }
            for one in ((judged,) if area else found.areas)
            for point in one.points
        ],
        "data_version": found.data_version,
    }


def _plain(number: Number | None) -> int | float | None:
    return float(number) if isinstance(number, Decimal) else number


def any_sample(store: Store, as_of: date | None = None) -> bool:
    """Whether invented rows are among what is shown at the moment."""
    moment = end_of_day(as_of) if as_of else None
    return store.remembered(("sample", store.version_at(moment)), lambda: bool(sample_datasets(store, moment)))
