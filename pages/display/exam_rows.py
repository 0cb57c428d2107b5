"""What is on the page of a joint exam as plain rows, for files."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from pages.display.exam import ALL_PAPERS, ALL_TRACKS, NO_TRACK, withheld
from queries.exams.consistency import NOTHING, Consistency
from queries.exams.figures import Table, Unit
from queries.exams.overview import Scores
from queries.exams.statistics import Rate, Share

COLUMNS = (
    "exam", "subject", "track", "level", "unit", "n", "mean", "sd", "q1", "median", "q3", "p10", "p90", "difficulty",
    *(rate.value for rate in Rate), "interval_low", "interval_high", "comparison", "participation",
    "discrimination", "alpha",
)  # fmt: skip


SCORE_COLUMNS = ("exam", "subject", "track", "from", "below", "number", "at_or_above")


def rows(
    found: Table, units: Sequence[Unit], participation: Mapping[str, Fraction], measures: Mapping[str, Consistency]
) -> list[list[object]]:
    """Units as plain rows of `COLUMNS`, for a file.

    participation: 参考率 of the exam by area and school, measures: their D or α, both as far as they are told.
    """
    begin = [found.exam.id, found.subject or ALL_PAPERS, plain_track(found.track)]
    return [[*begin, *cells(one), plain(participation.get(one.id)), *_measures(measures, one)] for one in units]


def _measures(of: Mapping[str, Consistency], one: Unit) -> list[object]:
    found = of.get(one.id, NOTHING)
    return [plain(found.discrimination), plain(found.alpha)]


def cells(one: Unit) -> list[object]:
    """A unit from its level on to its comparison, as `COLUMNS` have it; what is withheld says so."""
    begin: list[object] = [one.level.value, one.name or one.level.value]
    if one.number is None:
        return [*begin, withheld() if one.withheld else 0, *[None] * (len(COLUMNS) - 9)]
    marks = [*(one.quartiles or (None,) * 3), *(one.tails or (None,) * 2)]
    return [
        *begin,
        one.number,
        plain(one.mean),
        one.sd,
        *(plain(value) for value in marks),
        plain(one.difficulty),
        *(plain_rate(one.rates or {}, which) for which in Rate),
        *((one.interval.low, one.interval.high) if one.interval else (None, None)),
        one.comparison.value if one.comparison else None,
    ]


def table_rows(
    found: Table, measures: Mapping[str, Consistency], participation: Mapping[str, Fraction] = MappingProxyType({})
) -> list[list[object]]:
    """The whole and every unit, for a file."""
    return rows(found, (found.whole, *found.units), participation, measures)


def score_rows(found: Scores) -> list[list[object]]:
    """The table of scores as plain rows of `SCORE_COLUMNS`, for a file."""
    begin = [found.exam.id, found.subject or ALL_PAPERS, plain_track(found.track)]
    return [[*begin, one.low, one.below, one.number, one.at_or_above] for one in found.bands]


def plain(value: Fraction | None) -> int | float | None:
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)


def plain_rate(of: Mapping[Rate, Share | None], which: Rate) -> object:
    if which not in of:
        return None
    found = of[which]
    return withheld() if found is None else plain(found.value)


def plain_track(name: str | None) -> str:
    return ALL_TRACKS if name is None else name or NO_TRACK
