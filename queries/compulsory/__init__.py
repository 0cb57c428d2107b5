"""What the page of compulsory schools shows beside its indicators: schools against the standard, schools with large classes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from math import ceil
from pathlib import Path

from data.store import Store, end_of_day
from queries.asked import Row, asked
from queries.standards import Measure, standards
from queries.suppression import is_small

FOLDER = Path(__file__).parent
MEASURES, LARGE_CLASSES = FOLDER / "measures.sql", FOLDER / "large_classes.sql"


@dataclass(frozen=True)
class Measured:
    """A school stage in one measure. value: per the measure's `per` pupils; level: value over the standard; short: whole
    units missing to the standard, 0 where it is met; met, near: at the standard, at the share of it that one may fall to.

    All are None where a component is missing or there are no pupils; value, level and short also where pupils are few.
    """

    code: str
    value: Fraction | None
    level: Fraction | None
    short: int | None
    met: bool | None
    near: bool | None


@dataclass(frozen=True)
class School:
    """A stage of a school against the standard. passes: None where it is not judged; pupils: None where they are few."""

    year: int
    institution_id: str
    name: str
    district: str
    stage: str
    pupils: int | None
    measures: tuple[Measured, ...]
    passes: bool | None

    @property
    def reached(self) -> int:
        return sum(one.met is True for one in self.measures)

    @property
    def below(self) -> tuple[Measured, ...]:
        """The measures in which it falls short of the standard, the furthest first."""
        found = [one for one in self.measures if one.met is False]
        return tuple(sorted(found, key=lambda one: one.level if one.level is not None else Fraction(1)))

    @property
    def unknown(self) -> tuple[Measured, ...]:
        """The measures that cannot be judged, as a component is missing or there are no pupils."""
        return tuple(one for one in self.measures if one.met is None)


@dataclass(frozen=True)
class Crowded:
    """A school with large classes; very large ones are among them. Single classes are not told."""

    year: int
    name: str
    district: str
    classes: int
    large: int
    very_large: int


def schools(store: Store, area: str, stage: str, as_of: date | None = None) -> tuple[School, ...]:
    """The school stages of an area in its newest year, in the order of their codes."""

    def judged() -> tuple[School, ...]:
        rows = asked(store, MEASURES, as_of, area=area, stage=stage)
        by_school = groupby(rows, key=lambda row: str(row["institution_id"]))
        return tuple(_school(list(own), stage) for _id, own in by_school)

    version = store.version_at(end_of_day(as_of) if as_of else None)
    return store.remembered(("compulsory schools", area, stage, version, as_of or date.today()), judged)


def falling_short(found: Iterable[School]) -> tuple[School, ...]:
    """The schools that do not pass, those that reach the fewest measures first."""
    return tuple(sorted((one for one in found if one.passes is False), key=lambda one: (one.reached, one.name)))


def not_judged(found: Iterable[School]) -> tuple[School, ...]:
    """The schools for which a component is missing, or that have no pupils, so that nobody knows whether they pass."""
    return tuple(one for one in found if one.passes is None)


def crowded(store: Store, area: str, stage: str, as_of: date | None = None) -> tuple[Crowded, ...]:
    """The schools of an area with large classes in its newest year, those with very large ones first."""
    return tuple(
        Crowded(row["school_year"], row["name"], row["district"], row["classes"], row["large"], row["very_large"])
        for row in asked(store, LARGE_CLASSES, as_of, area=area, stage=stage)
    )


def _school(rows: list[Row], stage: str) -> School:
    first = rows[0]
    few = is_small(first["pupils"])
    return School(
        int(first["school_year"]),
        str(first["institution_id"]),
        str(first["name"]),
        str(first["district"]),
        stage,
        None if few else int(first["pupils"]),
        tuple(_measured(row, standards().measures[row["measure"]], stage, few=few) for row in rows),
        first["passes"],
    )


def _measured(row: Row, measure: Measure, stage: str, *, few: bool) -> Measured:
    """What a pupil has tells how many there are where the teachers are known, so it is withheld with their number."""
    code, met, near = str(row["measure"]), row["met"], row["near"]
    if met is None or few:
        return Measured(code, None, None, None, met, near)
    value = Fraction(row["numerator"]) * measure.per / Fraction(row["denominator"])
    standard = Fraction(measure.standards[stage])
    short = (standard - value) * int(row["pupils"]) / measure.per
    return Measured(code, value, value / standard, max(0, ceil(short)), met, near)
