"""How good the items of a paper are (domain section 2), from counts by what pupils have in the whole paper. Exact.

Of the rows of one item, `total` is the paper's total of the pupils that a row counts; α and what rests on it take the
pupils who have a score in every item, everything else those who have one in the item.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from math import sqrt

from queries.exams.papers import GROUP, alpha, round_half_up
from queries.exams.statistics import Exact, Moments

# Total → the part of the pupils with it who belong to a group.
Weights = Mapping[Decimal, int | Fraction]
# The digits of the largest numbers in the store's columns, and as many again for sums of their products.
DIGITS = 80


@dataclass(frozen=True)
class Counted:
    """Pupils alike in choice, completeness and total; the sums are of their scores in one item and of the squares."""

    choice: str | None
    complete: bool
    total: Decimal
    pupils: int
    score_sum: Decimal
    square_sum: Decimal


@dataclass(frozen=True)
class Sums:
    """An item among pupils who have them all: its moments, and the sum of its scores times the paper's totals."""

    own: Moments
    product: Fraction


@dataclass(frozen=True)
class Chosen:
    """Pupils who marked an option (None: none): of all, and of the top and bottom group; those may be parts of pupils."""

    choice: str | None
    pupils: int
    top: Fraction
    bottom: Fraction


def moments(rows: Iterable[Counted]) -> Moments:
    """Number, sum and sum of squares over the pupils of the rows."""
    given = list(rows)
    number = sum(row.pupils for row in given)
    return Moments(number, _sum(row.score_sum for row in given), _sum(row.square_sum for row in given))


def complete_sums(rows: Iterable[Counted]) -> Sums:
    """The sums of an item over the pupils who have them all."""
    given = [row for row in rows if row.complete]
    with localcontext(prec=DIGITS):
        product = _sum(row.total * row.score_sum for row in given)
    return Sums(moments(given), product)


def is_right_or_wrong(own: Moments, full_marks: Exact) -> bool:
    """Whether every score is 0 or the full marks: x·(full − x) is nowhere below 0, so its sum is 0 only then."""
    return bool(own.n) and own.sum * Fraction(full_marks) == own.sum_sq


def paper_alpha(items: Sequence[Sums], totals: Moments) -> Fraction | None:
    """信度 α of all items; KR-20 where each of them is 0 or 1."""
    return alpha([_variance(one.own) for one in items], totals.variance)


def alpha_without(items: Sequence[Sums], totals: Moments, dropped: int) -> Fraction | None:
    """α of the others: the total without the item varies by S²ₜ + S²ᵢ − 2·cov(i, t)."""
    one = items[dropped]
    if not totals.n or totals.variance is None:
        return None
    covariance = _covariance(one, totals)
    rest = [_variance(other.own) for place, other in enumerate(items) if place != dropped]
    return alpha(rest, totals.variance + _variance(one.own) - 2 * covariance)


def corrected_correlation(one: Sums, totals: Moments) -> float | None:
    """Pearson's r of an item with the total of the others; None where one of the two is the same for all pupils."""
    if not totals.n or totals.variance is None:
        return None
    own, covariance = _variance(one.own), _covariance(one, totals)
    rest = totals.variance + own - 2 * covariance
    if own <= 0 or rest <= 0:
        return None
    return float(covariance - own) / sqrt(own * rest)


def chosen(rows: Iterable[Counted], share: Exact = GROUP) -> tuple[Chosen, ...]:
    """Who marked which option, the top and bottom group by the paper's total beside all; no option comes last.

    Of the pupils with the total at which a group is full, each counts with the part of them that belongs to it.
    """
    given = list(rows)
    top, bottom = _weights(given, share)
    found: dict[str | None, list[Counted]] = defaultdict(list)
    for row in given:
        found[row.choice].append(row)
    return tuple(
        Chosen(
            choice,
            sum(row.pupils for row in own),
            Fraction(sum(row.pupils * top[row.total] for row in own)),
            Fraction(sum(row.pupils * bottom[row.total] for row in own)),
        )
        for choice, own in sorted(found.items(), key=lambda pair: (pair[0] is None, pair[0] or ""))
    )


def _sum(numbers: Iterable[Decimal]) -> Fraction:
    """Exact, and many times faster than adding fractions."""
    with localcontext(prec=DIGITS):
        return Fraction(sum(numbers, Decimal(0)))


def _weights(rows: Sequence[Counted], share: Exact) -> tuple[Weights, Weights]:
    """Total → the part of its pupils that belongs to the top and to the bottom group, each of k = share of all."""
    pupils: dict[Decimal, int] = defaultdict(int)
    for row in rows:
        pupils[row.total] += row.pupils
    k = round_half_up(Fraction(share) * sum(pupils.values()))
    return _first(k, sorted(pupils, reverse=True), pupils), _first(k, sorted(pupils), pupils)


def _first(k: int, order: Sequence[Decimal], pupils: Mapping[Decimal, int]) -> Weights:
    found: dict[Decimal, int | Fraction] = {}
    for total in order:
        taken = min(k, pupils[total])
        found[total] = Fraction(taken, pupils[total]) if 0 < taken < pupils[total] else int(taken > 0)
        k -= taken
    return found


def _variance(own: Moments) -> Fraction:
    return own.variance or Fraction(0)


def _covariance(one: Sums, totals: Moments) -> Fraction:
    return one.product / totals.n - one.own.sum / totals.n * (totals.sum / totals.n)
