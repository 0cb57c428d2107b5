"""Every indicator: one folder each under `indicators/`, loaded and validated once. The folder's name is the id."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from data.configuration import ROOT, Bilingual, Strict, read
from data.contract import contracts
from data.plan import ClauseNumber, Group, plan
from data.problem import BrokenConfiguration

FOLDER = Path(__file__).parent / "indicators"
PUBLISHED_DATASET = "preschool_published"


class Target(Strict):
    """A value to reach by a day; `due: null` means at every period. `areas: whole` judges the plan's whole area only."""

    value: Decimal
    comparison: Literal[">=", "<="]
    due: date | None
    areas: Literal["each", "whole"]
    source: Bilingual


class Definition(Strict):
    """What an indicator means and how it is judged.

    unit: share (0 to 1, shown in per cent), count, or mean (numerator over denominator, in `unit_label`).
    counts: what the numerator counts; small numbers of persons are suppressed.
    gross: the numerator may hold persons who are not in the denominator, so that their difference is nobody's number.
    rows: which rows of a dataset the SQL reads (column → values), so that sources name no others.
    published: the column of the published figures that holds the same measure in per cent.
    parts: the titles of the parts that the SQL splits the figure into.
    """

    id: str
    clause: ClauseNumber
    title: Bilingual
    meaning: Bilingual
    calculation: Bilingual
    unit: Literal["share", "count", "mean"]
    unit_label: Bilingual | None = None
    counts: Literal["persons", "institutions", "classes"]
    gross: bool = False
    direction: Literal["up", "down", "none"]
    period: Literal["school_year", "year"]
    gap_unit: Bilingual | None = None
    targets: tuple[Target, ...]
    visibility: Literal["public", "internal"]
    datasets: tuple[str, ...]
    rows: dict[str, dict[str, tuple[str, ...]]] = Field(default_factory=dict)
    published: str | None = None
    parts: dict[str, Bilingual] = Field(default_factory=dict)
    sql: str

    @model_validator(mode="after")
    def _is_whole(self) -> "Definition":
        if self.unit != "share" and self.unit_label is None:
            raise ValueError(f"unit_label: a {self.unit} needs the name of its unit")
        if self.targets and self.gap_unit is None:
            raise ValueError("gap_unit: a target needs the unit in which a gap is said")
        dues = [target.due for target in self.targets]
        if len(set(dues)) != len(dues):
            raise ValueError("targets: two targets for the same date")
        if self.clause not in plan().clauses:
            raise ValueError(f"clause: the plan has no clause {self.clause}")
        unknown = sorted(set(self.datasets) - set(contracts()))
        if unknown:
            raise ValueError(f"datasets: there is no contract {unknown[0]}")
        for dataset, columns in self.rows.items():
            if dataset not in self.datasets or not set(columns) <= set(contracts()[dataset].columns):
                raise ValueError(f"rows: {dataset} has no such columns, or is no dataset of this indicator")
        if self.published and self.published not in contracts()[PUBLISHED_DATASET].columns:
            raise ValueError(f"published: {PUBLISHED_DATASET} has no column {self.published}")
        return self

    @property
    def group(self) -> Group:
        return plan().group_of(self.clause)

    def target_at(self, today: date) -> Target | None:
        """The target that is next due, else the one that was due last."""
        open_ones = [target for target in self.targets if target.due is None or target.due >= today]
        if open_ones:
            return min(open_ones, key=lambda target: target.due or date.max)
        return max(self.targets, key=lambda target: target.due or date.max, default=None)


@cache
def catalogue(folder: Path = FOLDER) -> dict[str, Definition]:
    """Every definition by id, in the order of the plan's clauses. `BrokenConfiguration` names file and key."""
    found = [_definition(path) for path in sorted(folder.iterdir()) if path.is_dir() and not path.name.startswith("_")]
    clauses = list(plan().clauses)
    # Within a clause, what has a target comes first: it is what the plan promised.
    ordered = sorted(found, key=lambda one: (clauses.index(one.clause), not one.targets, one.id))
    return {definition.id: definition for definition in ordered}


def texts() -> dict[str, str]:
    """Every indicator's definition as it is written, `definition.yaml` and then `query.sql`."""
    return {
        name: (FOLDER / name / "definition.yaml").read_text(encoding="utf-8") + "\n" + definition.sql
        for name, definition in catalogue().items()
    }


def _definition(path: Path) -> Definition:
    query = path / "query.sql"
    if not query.exists():
        shown = query.relative_to(ROOT) if query.is_relative_to(ROOT) else query
        raise BrokenConfiguration(f"{shown}: there is no such file; an indicator needs its SQL")
    return read(path / "definition.yaml", Definition, id=path.name, sql=query.read_text(encoding="utf-8"))
