"""The answers that pages, reports and the command line show.

Here, and only here, figures are divided, small cells suppressed, progress judged and visibility applied. Answers are
immutable and kept per (indicator, data version, day), so an unchanged store is never asked twice.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from data import readers
from data.contract import contracts
from data.plan import plan
from data.prepare import sample_datasets
from data.problem import Refused
from data.store import Store, end_of_day
from data.uploads import Upload, history
from data.words import _
from queries.catalogue import PUBLISHED_DATASET, Definition, Target, catalogue
from queries.ground import Keep, anew, known_areas, origin
from queries.opened import set_reporting_day
from queries.periods import decisive_period, period_before, period_of, reporting_date
from queries.points import Number as Number
from queries.points import Point as Point
from queries.points import suppressed
from queries.preschool.gap import Kindergarten, Plan, gap_plan
from queries.progress import Goal, Judgement, Status, Why, judge, judge_trend, shortfall

CONVERTIBLE = Path(__file__).parent / "preschool" / "convertible.sql"


@dataclass(frozen=True)
class Viewer:
    """Who is looking, as far as answers depend on it.

    internal: staff who may see internal records; below_school: may look at single classes.
    """

    internal: bool = False
    below_school: bool = False


PUBLIC = Viewer()


def viewer_from_environment() -> Viewer:
    """Who looks at this installation: `QUALITY_INTERNAL=1` says that all its readers are staff who may see internal records."""
    return Viewer(internal=readers.are_staff())


@dataclass(frozen=True)
class Trajectory:
    """One area's series and how it stands. gap: units still missing, 0 if none, None if it cannot be said;
    of what has a `gap_step`, how much of the value is missing, rounded up to it.

    why: why it is not judged, where the figures do not say it themselves; running: the points of a flow's periods that
    are not over, which verdict, gap and trend leave out.
    """

    area: str
    points: tuple[Point, ...]
    status: Status
    target: Target | None
    gap: int | Fraction | None
    since: date | None
    pace: Fraction | None
    why: Why | None = None
    running: tuple[Point, ...] = ()

    @property
    def complete(self) -> tuple[Point, ...]:
        """The points that can be judged: all but the running ones."""
        return tuple(point for point in self.points if point not in self.running) if self.running else self.points

    @property
    def latest(self) -> Point | None:
        """The figure that the verdict is about, also where it is not given; a running one only where there is no other."""
        return newest_of(self.complete) or self.so_far

    @property
    def so_far(self) -> Point | None:
        """The figure of the period that is running, the first of those that are not over."""
        return next((point for point in self.running if point.exists), None)


def newest_of(points: Sequence[Point]) -> Point | None:
    """The newest of some points that has a figure, also where it is not given."""
    return next((point for point in reversed(points) if point.exists), None)


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

    areas: the plan's whole area first, then the districts; english: English name of every area that has one;
    lacking: the datasets that hold no row at all.
    """

    definition: Definition
    areas: tuple[Trajectory, ...]
    parts: tuple[Point, ...]
    published: tuple[Published, ...]
    english: Mapping[str, str]
    sample: bool
    data_version: int
    updated_at: datetime | None
    lacking: tuple[str, ...] = ()

    @property
    def whole(self) -> Trajectory:
        return self.areas[0]

    @property
    def leading(self) -> Trajectory:
        """What is shown first: the whole, or where only districts have figures the first of those."""
        return self.whole if self.whole.latest else next((one for one in self.areas if one.latest), self.whole)

    @property
    def by_district(self) -> bool:
        """Whether by the indicator's nature only districts have figures, as of pay that is compared within each of them."""
        return self.whole.why == Why.BY_DISTRICT

    @property
    def running(self) -> frozenset[int]:
        """The periods that are not over, of an indicator that counts over a period."""
        return frozenset(point.period for one in self.areas for point in one.running)

    def area(self, name: str) -> Trajectory:
        """One area's trajectory; `Refused` with the areas there are where the name is none of them."""
        for trajectory in self.areas:
            if trajectory.area == name:
                return trajectory
        known = ", ".join(trajectory.area for trajectory in self.areas)
        raise Refused(_("There is no area “{area}”. Choose one of: {known}", area=name, known=known))


def towards(found: Answer, due: date, today: date, area: str | None = None) -> Trajectory:
    """How an area (None: the whole) stands on a day against the target of one due date alone, be it past or not the next."""
    targets = tuple(target for target in found.definition.targets if target.due == due)
    definition = found.definition.model_copy(update={"targets": targets})
    own = found.area(area) if area else found.whole
    return trajectory(definition, own.area, own.points, today)


def relative_gap(trajectory: Trajectory) -> Fraction:
    """How far a figure is from its target as a share of the target, so that unlike indicators can be ordered; 0 if met.

    Of a target of 0 nothing is a share: there it is the figure itself.
    """
    latest, target = trajectory.latest, trajectory.target
    if not trajectory.gap or latest is None or latest.value is None or target is None or target.value is None:
        return Fraction(0)
    return abs(latest.value / Fraction(target.value) - 1) if target.value else abs(latest.value)


def may_read(viewer: Viewer, dataset: str) -> bool:
    """Whether a viewer may see rows of a dataset, old and new ones; those about single persons nobody may."""
    return readers.may_read(contracts()[dataset], staff=viewer.internal)


def may_take(viewer: Viewer, dataset: str) -> bool:
    """Whether a viewer may take a file of a dataset away, with every cell as it came."""
    return readers.may_take(contracts()[dataset], staff=viewer.internal)


def uploads(store: Store, viewer: Viewer, moment: datetime | None = None) -> tuple[Upload, ...]:
    """Every upload known at the moment, the newest first, with the remarks and warnings that the viewer may read."""
    return tuple(readers.told(one, staff=viewer.internal) for one in history(store, moment))


def visible(viewer: Viewer = PUBLIC) -> dict[str, Definition]:
    """The indicators that a viewer may see, in the plan's order."""
    return {name: one for name, one in catalogue().items() if one.visibility == "public" or viewer.internal}


def answer(
    store: Store, name: str, as_of: date | None = None, viewer: Viewer = PUBLIC, today: date | None = None
) -> Answer:
    """The answer of one indicator as of the end of a day (None: now); `Refused` where there is none such to see.

    today: the day that the answer describes, where that is an earlier one: of later periods it knows nothing.
    """
    if name not in visible(viewer):
        raise Refused(
            _("There is no indicator “{name}”. Choose one of: {known}", name=name, known=", ".join(visible(viewer)))
        )
    moment = end_of_day(as_of) if as_of else None
    version, day = store.version_at(moment), _day(as_of, today)

    def compute() -> Answer:
        with store.reading(moment) as cursor:
            return answer_on(cursor, name, version, day, _kept_by(store, version))

    return store.remembered(("answer", name, version, day), compute)


def overview(
    store: Store, as_of: date | None = None, viewer: Viewer = PUBLIC, today: date | None = None
) -> tuple[Answer, ...]:
    """The answers of every indicator that the viewer may see, in the plan's order."""
    moment, names = end_of_day(as_of) if as_of else None, tuple(visible(viewer))
    version, day = store.version_at(moment), _day(as_of, today)
    return store.remembered(("overview", names, version, day), lambda: _overview(store, names, moment, version, day))


def _day(as_of: date | None, today: date | None) -> date:
    return min((one for one in (as_of, today) if one), default=date.today())


def _overview(
    store: Store, names: tuple[str, ...], moment: datetime | None, version: int, day: date
) -> tuple[Answer, ...]:
    """The answers of all the indicators on one cursor; those that are kept already are not made again."""
    keep = _kept_by(store, version)
    with store.reading(moment) as cursor:
        made = {name: partial(answer_on, cursor, name, version, day, keep) for name in names}
        return tuple(store.remembered(("answer", name, version, day), one) for name, one in made.items())


def afresh(
    store: Store, names: Iterable[str], as_of: date | None = None, viewer: Viewer = PUBLIC, today: date | None = None
) -> dict[str, Answer]:
    """Answers by name, computed once more from the rows, whatever is kept: to check what was written from them.

    KeyError for what the viewer may not see.
    """
    moment, seen = end_of_day(as_of) if as_of else None, visible(viewer)
    version, day, kept = store.version_at(moment), _day(as_of, today), dict[Any, Any]()

    def keep(key: Any, compute: Callable[[], Any]) -> Any:
        return kept[key] if key in kept else kept.setdefault(key, compute())

    with store.reading(moment) as cursor:
        return {name: answer_on(cursor, seen[name].id, version, day, keep) for name in names}


def _kept_by(store: Store, version: int) -> Keep:
    """What the answers of a state of the data share is kept in the store as they are."""
    return lambda key, compute: store.remembered(("shared", key, version), compute)


def gap_planner(
    store: Store, name: str, area: str, as_of: date | None = None, today: date | None = None
) -> Plan | None:
    """What would close the gap of a share in an area; None where it has no figure, or no target below the whole."""
    found = answer(store, name, as_of, today=today)
    trajectory = found.area(area)
    latest = trajectory.latest
    target = trajectory.target.value if trajectory.target else None
    if latest is None or target is None or latest.denominator is None or latest.numerator is None or target >= 1:
        return None
    with store.reading(end_of_day(as_of) if as_of else None) as cursor:
        rows = cursor.execute(
            CONVERTIBLE.read_text(encoding="utf-8"), {"period": latest.period, "area": area, "line": name}
        ).fetchall()
    candidates = [
        Kindergarten(institution_id, title, ownership, int(children))
        for title, ownership, children, institution_id in rows
    ]
    return gap_plan(int(latest.denominator), int(latest.numerator), Fraction(target), candidates)


def answer_on(cursor: duckdb.DuckDBPyConnection, name: str, version: int, today: date, keep: Keep = anew) -> Answer:
    """The answer of one indicator on the state that a cursor sees; the caller has asked `visible`."""
    definition = catalogue()[name]
    set_reporting_day(cursor, today)
    newest = period_of(today, definition.period)
    points = [one for one in _points(cursor, definition) if one.period <= newest]
    areas = known_areas(cursor, keep)
    origins = {dataset: origin(cursor, keep, dataset) for dataset in definition.datasets}
    return Answer(
        definition,
        _by_district(definition, tuple(trajectory(definition, area, points, today) for area in areas.names)),
        tuple(point for point in points if point.part is not None),
        keep(("published", definition.published), lambda: _published(cursor, definition.published)),
        areas.english,
        any(one.sample for one in origins.values()),
        version,
        max((one.newest for one in origins.values() if one.newest), default=None),
        tuple(dataset for dataset, one in origins.items() if one.newest is None),
    )


def _by_district(definition: Definition, areas: tuple[Trajectory, ...]) -> tuple[Trajectory, ...]:
    """What by its nature only districts have figures of lacks none of the whole: there is nothing of it to judge."""
    whole = areas[0]
    if not definition.whole and whole.status == Status.NO_DATA and any(one.latest for one in areas):
        return (replace(whole, status=Status.NOT_JUDGED, why=Why.BY_DISTRICT), *areas[1:])
    return areas


def _points(cursor: duckdb.DuckDBPyConnection, definition: Definition) -> list[Point]:
    """Runs the indicator's SQL, divides and suppresses."""
    result = cursor.execute(definition.sql)
    names = [column[0] for column in result.description or ()]
    missing = {"period", "area", "numerator"} - set(names)
    if missing:
        raise Refused(_("The SQL of {name} lacks the column {column}.", name=definition.id, column=sorted(missing)[0]))
    rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    points = sorted((_point(definition, row) for row in rows), key=lambda one: (one.period, one.area, one.part or ""))
    return suppressed(definition, points)


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


def trajectory(definition: Definition, area: str, points: Iterable[Point], today: date) -> Trajectory:
    """How an area's figures among the `points` stand against the definition's targets on a day."""
    own = tuple(point for point in points if point.area == area and point.part is None)
    running = tuple(one for one in own if definition.flow and reporting_date(one.period, definition.period) > today)
    complete = tuple(one for one in own if one not in running) if running else own
    target = _target(definition, area, today)
    judged = _judged(definition, area, complete, today)
    if judged.status == Status.NO_DATA:
        judged = _without_figure(definition, complete, running)
    gap = None if judged.why else _gap(definition, newest_of(complete), _goal(target))
    return Trajectory(area, own, judged.status, target, gap, judged.since, judged.ratio, judged.why, running)


def _judged(definition: Definition, area: str, points: Sequence[Point], today: date) -> Judgement:
    """The verdict on points that can be judged."""
    target = _target(definition, area, today)
    if target and (target.comparison == "rising" or target.comparison == "falling"):
        highest = None if definition.highest is None else Fraction(definition.highest)
        return judge_trend(_series(definition, points, today, steps=True), target.comparison, highest)
    decides = None
    if target and target.due and definition.period != "day":  # exams have no day on which one is owed
        decides = min(reporting_date(decisive_period(target.due, definition.period), definition.period), today)
    series = _series(definition, points, today)
    return judge(
        series, _goal(target), today, plan().begins, lambda day: _goal(_target(definition, area, day)), decides
    )


def _series(
    definition: Definition, points: Sequence[Point], today: date, *, steps: bool = False
) -> list[tuple[date, Fraction | Why]]:
    """What is judged of the points: figures, and that one is not given; in `steps` also that periods between are missing."""
    series: list[tuple[date, Fraction | Why]] = []
    before: int | None = None
    empty = False
    for point in points:
        if not point.exists:
            # Exams follow each other in no fixed step: that the figure of one is missing only its empty row says.
            empty = definition.period == "day" and definition.unit == "mean"
            continue
        # A state in a period that is not over is described as it stands today.
        day = min(reporting_date(point.period, definition.period), today)
        skipped = empty or period_before(point.period, definition.period) not in (before, None)
        if steps and before is not None and skipped:
            series.append((day, Why.GAP))
        series.append((day, Why.WITHHELD if point.value is None else point.value))
        before, empty = point.period, False
    return series


def _without_figure(definition: Definition, complete: Sequence[Point], running: Sequence[Point]) -> Judgement:
    """What is said where no figure can be judged: it is running, or nobody was counted, or, mostly, a side of it is missing."""
    if newest_of(running):
        return Judgement(Status.NOT_JUDGED, why=Why.RUNNING)
    newest = next(reversed((*complete, *running)), None)
    if newest and definition.unit != "count" and newest.denominator == 0:
        return Judgement(Status.NOT_JUDGED, why=Why.NOTHING_COUNTED)
    return Judgement(Status.NO_DATA)


def _target(definition: Definition, area: str, day: date) -> Target | None:
    """The target that holds for an area on a day."""
    target = definition.target_at(day)
    return None if target and target.areas == "whole" and area != plan().whole else target


def _goal(target: Target | None) -> Goal | None:
    """A target as numbers; None for a trend, which compares a series with itself."""
    if target is None or target.value is None or target.comparison == "rising" or target.comparison == "falling":
        return None
    baseline = (target.baseline.day, Fraction(target.baseline.value)) if target.baseline else None
    return Goal(Fraction(target.value), target.comparison, target.due, baseline)


def _gap(definition: Definition, latest: Point | None, goal: Goal | None) -> int | Fraction | None:
    if goal is None or latest is None or latest.numerator is None:
        return None
    if definition.gap_step and latest.value is not None:
        step = Fraction(definition.gap_step)
        return step * shortfall(latest.value / step, None, replace(goal, value=goal.value / step))
    denominator = None if definition.unit == "count" or latest.denominator is None else Fraction(latest.denominator)
    return shortfall(Fraction(latest.numerator), denominator, goal)


def _published(cursor: duckdb.DuckDBPyConnection, column: str | None) -> tuple[Published, ...]:
    if column is None:
        return ()
    rows = cursor.execute(
        f'select area, year, "{column}", source from {PUBLISHED_DATASET} where "{column}" is not null order by area, year'
    ).fetchall()
    return tuple(Published(area, int(year), Fraction(value) / 100, source) for area, year, value, source in rows)


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
            "value": None if target.value is None else float(target.value),
            "comparison": target.comparison,
            "due": target.due.isoformat() if target.due else None,
            **({} if target.upper is None else {"upper": float(target.upper)}),
        },
        "gap": float(judged.gap) if isinstance(judged.gap, Fraction) else judged.gap,
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
