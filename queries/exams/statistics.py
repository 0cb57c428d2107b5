"""How the scores of those who sat are distributed, and what follows from that (domain section 2).

Everything is exact on fractions; a float appears only where a root is taken. What is undefined is None, never 0. An absent
pupil is in no distribution: the denominator is always those who sat.
"""

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, pairwise
from math import floor, lcm, sqrt
from types import MappingProxyType
from typing import TypeVar

Exact = int | Decimal | Fraction

Key = TypeVar("Key", bound=Hashable)


class Rate(StrEnum):
    """The four rates. The first three count the scores at their cut-off or above, the last those strictly below it."""

    EXCELLENT = "excellent"
    GOOD = "good"
    PASS = "pass"  # noqa: S105 - a mark and no secret
    LOW = "low"


# Shares of full marks; an exam may bring its own.
DEFAULT_CUT_OFFS: Mapping[Rate, Exact] = MappingProxyType(
    {
        Rate.EXCELLENT: Fraction(85, 100),
        Rate.GOOD: Fraction(75, 100),
        Rate.PASS: Fraction(60, 100),
        Rate.LOW: Fraction(40, 100),
    }
)


@dataclass(frozen=True)
class Distribution:
    """How many pupils have which score: `scores` ascending and distinct, `counts` all positive, same length."""

    scores: tuple[Decimal, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Share:
    """Pupils of pupils. value: None where there is no one to be counted."""

    numerator: int
    denominator: int

    @property
    def value(self) -> Fraction | None:
        return Fraction(self.numerator, self.denominator) if self.denominator else None


@dataclass(frozen=True)
class Moments:
    """Number, sum and sum of squares of scores: enough for mean and SD, and units add up to their whole."""

    n: int
    sum: Fraction
    sum_sq: Fraction

    def __add__(self, other: "Moments") -> "Moments":
        return Moments(self.n + other.n, self.sum + other.sum, self.sum_sq + other.sum_sq)

    @cached_property
    def mean(self) -> Fraction | None:
        return self.sum / self.n if self.n else None

    @cached_property
    def variance(self) -> Fraction | None:
        """The population's, Σ(x − x̄)²/n."""
        return self.sum_sq / self.n - (self.sum / self.n) ** 2 if self.n else None

    @cached_property
    def sd(self) -> float | None:
        return None if self.variance is None else sqrt(self.variance)


NOBODY = Moments(0, Fraction(0), Fraction(0))


@dataclass(frozen=True)
class ScoreRow:
    """A row of 一分一段: the pupils at a score, and those at it or above."""

    score: Decimal
    number: int
    at_or_above: int


@dataclass(frozen=True)
class Bin:
    """The pupils with low <= score < high."""

    low: Fraction
    high: Fraction
    number: int


def distribution(pairs: Iterable[tuple[Decimal | int, int]]) -> Distribution:
    """From (score, count) in any order: equal scores are counted together, counts of 0 fall away.

    `ValueError` for a negative count and for a score that is no number.
    """
    merged: dict[Decimal, int] = {}
    for score, count in pairs:
        key = Decimal(score)
        if count < 0 or not key.is_finite():
            raise ValueError(f"{count} pupils with score {score}")
        merged[key] = merged.get(key, 0) + count
    kept = sorted((score, count) for score, count in merged.items() if count)
    return Distribution(tuple(score for score, _count in kept), tuple(count for _score, count in kept))


def number(given: Distribution) -> int:
    """How many sat (参考人数)."""
    return sum(given.counts)


def total(given: Distribution) -> Fraction:
    """The sum of all scores."""
    return moments(given).sum


def moments(given: Distribution) -> Moments:
    """Summed in whole numbers of the smallest unit that all scores share: no rounding, and faster than fractions."""
    ratios = [score.as_integer_ratio() for score in given.scores]
    unit = lcm(*(denominator for _numerator, denominator in ratios))
    whole = [numerator * (unit // denominator) for numerator, denominator in ratios]
    first = sum(score * count for score, count in zip(whole, given.counts, strict=True))
    second = sum(score * score * count for score, count in zip(whole, given.counts, strict=True))
    return Moments(sum(given.counts), Fraction(first, unit), Fraction(second, unit * unit))


def mean(given: Distribution) -> Fraction | None:
    return moments(given).mean


def variance(given: Distribution) -> Fraction | None:
    """The population's, Σ(x − x̄)²/n."""
    return moments(given).variance


def sd(given: Distribution) -> float | None:
    """The population's, sqrt(Σ(x − x̄)²/n)."""
    return moments(given).sd


def quantile(given: Distribution, p: Exact) -> Fraction | None:
    """Type 7 of Hyndman and Fan, as QUARTILE.INC of Excel: linear between the pupils beside position (n − 1)·p.

    None where nobody sat; `ValueError` where p is not within 0 and 1.
    """
    if not 0 <= p <= 1:
        raise ValueError(f"a quantile lies within 0 and 1, not at {p}")
    if not given.counts:
        return None
    reached = list(accumulate(given.counts))
    numerator, denominator = p.as_integer_ratio()
    before, beyond = divmod((reached[-1] - 1) * numerator, denominator)
    lower = _at(given, reached, before)
    # The last pupil has nobody behind.
    upper = _at(given, reached, min(before + 1, reached[-1] - 1))
    if lower == upper:
        return Fraction(lower)
    return Fraction(lower) + Fraction(beyond, denominator) * (Fraction(upper) - Fraction(lower))


def rounded(mark: Exact, step: Exact) -> Fraction:
    """The nearest multiple of a step above 0, the higher of two."""
    return floor(Fraction(mark) / Fraction(step) + Fraction(1, 2)) * Fraction(step)


def at_or_above(given: Distribution, mark: Exact) -> int:
    return sum(given.counts[_place(given, mark) :])


def below(given: Distribution, mark: Exact) -> int:
    """Strictly below."""
    return sum(given.counts[: _place(given, mark)])


def _place(given: Distribution, mark: Exact) -> int:
    """Where the scores at the mark or above begin. Decimals are compared with a whole number faster than with a fraction."""
    numerator, denominator = mark.as_integer_ratio()
    return bisect_left(given.scores, numerator if denominator == 1 else mark)


def rates(
    given: Distribution, full_marks: Exact, cut_offs: Mapping[Rate, Exact] = DEFAULT_CUT_OFFS
) -> dict[Rate, Share]:
    """The rates that have a cut-off (a share of full marks), of those who sat."""
    sat = number(given)
    found = {}
    for rate, cut_off in cut_offs.items():
        mark = Fraction(cut_off) * Fraction(full_marks)
        counted = below(given, mark) if rate == Rate.LOW else at_or_above(given, mark)
        found[rate] = Share(counted, sat)
    return found


def difficulty(mean: Fraction | None, full_marks: Exact) -> Fraction | None:
    """难度 P = x̄ / full marks. Higher is easier, so a page calls it 得分率."""
    return None if mean is None or not full_marks else mean / Fraction(full_marks)


def z(value: Exact | None, mean: Fraction | None, sd: float | None) -> float | None:
    """Z = (x − x̄)/S; undefined where S is 0."""
    return None if value is None or mean is None or not sd else float(Fraction(value) - mean) / sd


def t(z: float | None) -> float | None:
    """T = 50 + 10 Z."""
    return None if z is None else 50 + 10 * z


def ranks(given: Distribution) -> dict[Decimal, int]:
    """Score → competition rank (1, 2, 2, 4): one more than the pupils above."""
    return {row.score: row.at_or_above - row.number + 1 for row in score_table(given)}


def ranks_of(values: Sequence[Exact | float | None]) -> list[int | None]:
    """The competition rank of each value, the highest first; what is missing has no rank and takes none."""
    ordered = sorted(value for value in values if value is not None)
    first = {value: len(ordered) - after for after, value in zip(range(len(ordered)), ordered, strict=True)}
    return [None if value is None else first[value] for value in values]


def score_table(given: Distribution) -> tuple[ScoreRow, ...]:
    """一分一段, from the highest score down to the one at which everybody who sat is counted."""
    downward = list(zip(reversed(given.scores), reversed(given.counts), strict=True))
    reached = accumulate(count for _score, count in downward)
    return tuple(ScoreRow(score, count, above) for (score, count), above in zip(downward, reached, strict=True))


def histogram(given: Distribution, width: Exact, origin: Exact = 0) -> tuple[Bin, ...]:
    """Bins of one width from the lowest score to the highest, empty ones between them included; one begins at origin.

    `ValueError` where the width is not above 0.
    """
    if width <= 0:
        raise ValueError(f"a bin is wider than {width}")
    if not given.scores:
        return ()
    start, step = Fraction(origin), Fraction(width)
    first, last = (floor((Fraction(score) - start) / step) for score in (given.scores[0], given.scores[-1]))
    edges = [start + place * step for place in range(first, last + 2)]
    reached = [0, *accumulate(given.counts)]
    lower = [reached[bisect_left(given.scores, edge)] for edge in edges]
    return tuple(
        Bin(low, high, after - before)
        for (low, high), (before, after) in zip(pairwise(edges), pairwise(lower), strict=True)
    )


def _at(given: Distribution, reached: Sequence[int], position: int) -> Decimal:
    """The score of the pupil at a position from 0 in ascending order."""
    return given.scores[bisect_left(reached, position + 1)]
