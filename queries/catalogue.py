"""Every indicator: one folder each under `indicators/`, loaded and validated once. The folder's name is the id."""

import re
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from data.configuration import ROOT, Bilingual, Strict, Unit, read
from data.contract import contracts
from data.plan import ClauseNumber, Group, plan
from data.problem import BrokenConfiguration
from queries.periods import Kind

ROOM = Path(__file__).parent
FOLDER = ROOM / "indicators"
VIEWS = ROOM / "views"
PUBLISHED_DATASET = "preschool_published"


class Baseline(Strict):
    """What a target starts from where no figure says it: a count over a period starts from 0 on its first day."""

    value: Decimal
    day: date


class Target(Strict):
    """A value to reach by a day; `due: null` means at every period. `areas: whole` judges the plan's whole area only.

    comparison: at least, at most, or above (`rising`) or below (`falling`) the figure of the period before, which
    takes no value. upper: the top of a range whose lower end is the minimum; more than that is no fault.
    in_force: the day from which the target holds (none: always); what was judged before keeps the target of its time.
    """

    value: Decimal | None = None
    comparison: Literal[">=", "<=", "rising", "falling"]
    upper: Decimal | None = None
    due: date | None
    in_force: date | None = None
    baseline: Baseline | None = None
    areas: Literal["each", "whole"]
    source: Bilingual

    @property
    def is_trend(self) -> bool:
        return self.comparison in ("rising", "falling")

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Target":
        if self.is_trend != (self.value is None):
            raise ValueError("value: at least and at most need one, rising and falling take none")
        if self.is_trend and (self.due or self.upper or self.baseline):
            raise ValueError("comparison: rising and falling hold at every period, without due, upper and baseline")
        if self.upper is not None and (self.comparison != ">=" or self.value is None or self.upper < self.value):
            raise ValueError("upper: goes with >= and is not below value")
        if self.baseline and self.due and self.baseline.day >= self.due:
            raise ValueError("baseline: begins before the target is due")
        if self.in_force and self.due and self.in_force > self.due:
            raise ValueError("in_force: a target cannot begin to hold after it was due")
        return self

    @property
    def wants_more(self) -> bool:
        """Whether the figure should be large or grow, not small or shrink."""
        return self.comparison in (">=", "rising")


class Definition(Strict):
    """What an indicator means and how it is judged.

    unit: share (0 to 1, shown in per cent), count, mean (numerator over denominator, in `unit_label`) or ratio (the
    same without a unit, compared with 1).
    shown_per: the value is shown divided by this (10000 for 万元, which `unit_label` then names).
    counts: what the numerator counts; small numbers of persons (pupils and children) are suppressed.
    per: `persons` where the numerator counts something else over pupils or children, who are then suppressed as well.
    period: what a period's number means (`queries/periods.py`). accumulates: a figure counts the periods before it too.
    flow: the figure counts what happens over a period (awards, donations, lessons of a term), so that it says something
    only once the period is over; until then it is shown as running and not judged. What describes a state, or comes once
    within its period (an admission, an appraisal), is no flow.
    whole: false where by its nature only districts have figures, so that none of the plan's whole area is owed.
    gross: the numerator may hold persons who are not in the denominator, so that their difference is nobody's number.
    rows: which rows of a dataset the SQL reads (column → values), so that sources name no others.
    published: the column of the published figures that holds the same measure in per cent.
    gap_step: the step of the value in which a gap is said, where it is not said in units of the numerator.
    beside: files of this room (`compulsory/standards.yaml`) that say what the indicator means beside its own folder.
    parts: the titles of the parts that the SQL splits the figure into; parts_add_up: whether they add up to it.
    """

    id: str
    clause: ClauseNumber
    title: Bilingual
    meaning: Bilingual
    calculation: Bilingual
    unit: Literal["share", "count", "mean", "ratio"]
    unit_label: Unit | None = None
    shown_per: int = 1
    counts: Literal["persons", "staff", "institutions", "classes", "projects", "events", "money", "days"]
    per: Literal["persons"] | None = None
    gross: bool = False
    direction: Literal["up", "down", "none"]
    period: Kind
    accumulates: bool = False
    flow: bool = False
    whole: bool = True
    gap_unit: Unit | None = None
    gap_step: Annotated[Decimal, Field(gt=0)] | None = None
    targets: tuple[Target, ...]
    visibility: Literal["public", "internal"]
    datasets: tuple[str, ...]
    rows: dict[str, dict[str, tuple[str, ...]]] = Field(default_factory=dict)
    beside: tuple[str, ...] = ()
    published: str | None = None
    parts: dict[str, Bilingual] = Field(default_factory=dict)
    parts_add_up: bool = True
    sql: str

    @model_validator(mode="after")
    def _is_whole(self) -> "Definition":
        if self.unit in ("count", "mean") and self.unit_label is None:
            raise ValueError(f"unit_label: a {self.unit} needs the name of its unit")
        if any(not target.is_trend for target in self.targets) and self.gap_unit is None and self.gap_step is None:
            raise ValueError(
                "gap_unit: a target needs the unit, or the step of the value (gap_step), in which a gap is said"
            )
        held = [(target.due, target.in_force) for target in self.targets]
        if len(set(held)) != len(held):
            raise ValueError("targets: two targets for the same date")
        self._targets_agree()
        if self.flow and (self.accumulates or self.period == "day"):
            raise ValueError("flow: a figure of a day, or one that counts earlier periods too, is none")
        if not self.whole and any(target.areas == "whole" for target in self.targets):
            raise ValueError("whole: a target for the whole area needs its figure")
        if self.clause not in plan().clauses:
            raise ValueError(f"clause: the plan has no clause {self.clause}")
        unknown = sorted(set(self.datasets) - set(contracts()))
        if unknown:
            raise ValueError(f"datasets: there is no contract {unknown[0]}")
        for dataset, columns in self.rows.items():
            if dataset not in self.datasets or not set(columns) <= set(contracts()[dataset].columns):
                raise ValueError(f"rows: {dataset} has no such columns, or is no dataset of this indicator")
        lost = [file for file in self.beside if not (ROOM / file).is_file()]
        if lost:
            raise ValueError(f"beside: there is no file {lost[0]}")
        if self.published and self.published not in contracts()[PUBLISHED_DATASET].columns:
            raise ValueError(f"published: {PUBLISHED_DATASET} has no column {self.published}")
        return self

    def _targets_agree(self) -> None:
        """Targets for one date may follow each other, but not want the opposite; nor what `direction` calls worse."""
        wanted: dict[date | None, bool] = {}
        for target in self.targets:
            if wanted.setdefault(target.due, target.wants_more) != target.wants_more:
                raise ValueError("targets: one wants more and one wants less for the same date")
            if self.direction == ("down" if target.wants_more else "up"):
                raise ValueError("targets: want the opposite of direction")

    @property
    def highest(self) -> Decimal | None:
        """What the figure cannot exceed: the whole of a share whose numerator is among its denominator."""
        return Decimal(1) if self.unit == "share" and not self.gross else None

    @property
    def group(self) -> Group:
        return plan().group_of(self.clause)

    @property
    def owed(self) -> tuple[str, ...]:
        """The datasets that an office owes by a day, period after period; where there is none of these, all that are read."""
        return tuple(name for name in self.datasets if contracts()[name].expected) or self.datasets

    def target_at(self, day: date) -> Target | None:
        """The target in force on a day: the one that is next due, else the one that was due last."""
        newest: dict[date | None, Target] = {}
        for target in sorted(self.targets, key=lambda one: one.in_force or date.min):
            if (target.in_force or date.min) <= day:
                newest[target.due] = target
        open_ones = [target for target in newest.values() if target.due is None or target.due >= day]
        if open_ones:
            return min(open_ones, key=lambda target: target.due or date.max)
        return max(newest.values(), key=lambda target: target.due or date.max, default=None)


@cache
def catalogue(folder: Path = FOLDER) -> dict[str, Definition]:
    """Every definition by id, in the order of the plan's clauses. `BrokenConfiguration` names file and key."""
    found = [_definition(path) for path in sorted(folder.iterdir()) if path.is_dir() and not path.name.startswith("_")]
    clauses = list(plan().clauses)
    # Within a clause, what has a target comes first: it is what the plan promised.
    ordered = sorted(found, key=lambda one: (clauses.index(one.clause), not one.targets, one.id))
    return {definition.id: definition for definition in ordered}


def rests_on(definition: Definition) -> tuple[str, ...]:
    """The files under this room that a change of which changes the definition too, beside its own folder.

    They are the staging views that its SQL reads, those that these read in turn, and what it names as `beside`.
    """
    return (*_views_read(definition.sql), *definition.beside)


@cache
def _views_read(sql: str) -> tuple[str, ...]:
    """The files of the staging views that a query reads by itself or by other views, in the order of their names."""
    found: set[str] = set()
    waiting = [sql]
    while waiting:
        new = _views_named(waiting.pop()) - found
        found |= new
        waiting.extend(views()[name].read_text(encoding="utf-8") for name in new)
    return tuple(sorted(views()[name].relative_to(ROOM).as_posix() for name in found))


@cache
def _views_named(sql: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", re.sub(r"--.*", "", sql))) & views().keys()


def texts() -> dict[str, str]:
    """What definitions are made of as it is written.

    By id, every indicator's `definition.yaml` and then `query.sql`; by its path, every file that one of them rests on.
    """
    own = {
        name: (FOLDER / name / "definition.yaml").read_text(encoding="utf-8") + "\n" + definition.sql
        for name, definition in catalogue().items()
    }
    files = {file for definition in catalogue().values() for file in rests_on(definition)}
    return own | {file: (ROOM / file).read_text(encoding="utf-8") for file in sorted(files)}


@cache
def views() -> dict[str, Path]:
    """The staging views by name, in the order in which they can be made: file `10_name.sql` is the view `name`."""
    return {path.stem.partition("_")[2]: path for path in sorted(VIEWS.glob("*.sql"))}


def _definition(path: Path) -> Definition:
    query = path / "query.sql"
    if not query.exists():
        shown = query.relative_to(ROOT) if query.is_relative_to(ROOT) else query
        raise BrokenConfiguration(f"{shown}: there is no such file; an indicator needs its SQL")
    return read(path / "definition.yaml", Definition, id=path.name, sql=query.read_text(encoding="utf-8"))
