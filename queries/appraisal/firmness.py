"""How firm the order of an appraisal is when weights and scores are not quite what was printed.

Every item's weight may be off by a fifth to either side, for all districts alike (the weights are then brought back to
their sum, which changes no order), and every score by half a unit of its last printed digit. Two districts that have
the same items and weights are compared exactly: their difference is a sum over the items, so its least and greatest
value have every item at an end of its range. Districts with other items or weights are compared by the ranges of their
own scores: then "certain" is still certain, but an order may be called uncertain that is not. A district's range of
places holds every place that it can have: nobody who is certainly ahead is behind it, and the other way round.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import combinations
from math import floor

from queries.appraisal import HUNDRED, Appraised, Item, Year

SWAY = Fraction(1, 5)


class Firmness(StrEnum):
    """Whether a district stays ahead of another, and if not, what is enough to turn the order."""

    TIED = "tied"
    CERTAIN = "certain"
    WEIGHTS = "weights"
    ROUNDING = "rounding"
    EITHER = "either"
    TOGETHER = "together"


@dataclass(frozen=True)
class Pair:
    """Two districts, the one ahead first; lead in points of 100."""

    ahead: Appraised
    behind: Appraised
    lead: Fraction
    firmness: Firmness


@dataclass(frozen=True)
class Step:
    """One item whose score, raised by whole units of its last digit, takes a district past the next one ahead."""

    item: Item
    raised_to: Fraction
    passes: str

    @property
    def increase(self) -> Fraction:
        return self.raised_to - self.item.score


@dataclass(frozen=True)
class Range:
    """The places that a district can have: best to worst, its own among them."""

    area: str
    place: int
    best: int
    worst: int


def lead(one: Appraised, other: Appraised, sway: Fraction = SWAY, *, rounded: bool = True) -> tuple[Fraction, Fraction]:
    """The least and the greatest that `one` can be ahead of `other`: only the signs say something (see `_by_items`)."""
    if _weights(one) == _weights(other):
        return _by_items(one, other, sway, rounded=rounded)
    low, high = _bounds(one, sway, rounded=rounded)
    other_low, other_high = _bounds(other, sway, rounded=rounded)
    return low - other_high, high - other_low


def pairs(year: Year) -> tuple[Pair, ...]:
    """Every two districts of a year, the higher score first."""
    return tuple(
        Pair(one, other, one.score - other.score, firmness(one, other))
        for one, other in combinations(year.districts, 2)
    )


def firmness(ahead: Appraised, behind: Appraised) -> Firmness:
    """How firm it is that `ahead`, whose score is at least as high, is ahead. Falling level counts as turned."""
    if ahead.score == behind.score:
        return Firmness.TIED
    if lead(ahead, behind)[0] > 0:
        return Firmness.CERTAIN
    by_weights = lead(ahead, behind, rounded=False)[0] <= 0
    by_rounding = lead(ahead, behind, Fraction(0))[0] <= 0
    if by_weights and by_rounding:
        return Firmness.EITHER
    if by_weights or by_rounding:
        return Firmness.WEIGHTS if by_weights else Firmness.ROUNDING
    return Firmness.TOGETHER


def ranges(year: Year) -> tuple[Range, ...]:
    """The possible places of every district of a year, in its order."""
    return tuple(_range(one.appraised, one.place, year.districts) for one in year.standings)


def steps(year: Year, area: str) -> tuple[Step, ...]:
    """The single items that would take a district past the next higher score, the smallest increase first.

    Empty for a first place, and where even full marks in any one item do not suffice.
    """
    own = next(one for one in year.districts if one.area == area)
    above = [one for one in year.districts if one.score > own.score]
    if not above:
        return ()
    next_up = min(above, key=lambda one: one.score)
    found = [step for item in own.items if (step := _step(own, item, next_up))]
    return tuple(sorted(found, key=lambda one: one.increase))


def _step(own: Appraised, item: Item, next_up: Appraised) -> Step | None:
    if not item.weight:
        return None
    missing = (next_up.score - own.score) * item.full / own.weighed(item)
    raised = item.score + item.unit * (floor(missing / item.unit) + 1)
    return Step(item, raised, next_up.area) if raised <= item.full else None


def _range(own: Appraised, place: int, districts: Sequence[Appraised]) -> Range:
    leads = [lead(own, other) for other in districts if other is not own]
    best = 1 + sum(greatest < 0 for _least, greatest in leads)
    worst = 1 + sum(least < 0 for least, _greatest in leads)
    return Range(own.area, place, best, worst)


def _weights(one: Appraised) -> dict[str, Fraction]:
    return {item.name: item.weight for item in one.items}


def _by_items(one: Appraised, other: Appraised, sway: Fraction, *, rounded: bool) -> tuple[Fraction, Fraction]:
    """Σ weight × (share of one − share of other) at its ends: points of 100 times the sum of the weights, over 100.

    Dividing by that sum would not change the sign.
    """
    least = greatest = Fraction(0)
    for item in one.items:
        low, high = _reach(item, rounded=rounded)
        same = other.item(item.name)
        other_low, other_high = _reach(same, rounded=rounded) if same else (Fraction(0), Fraction(0))
        least += _swayed(item.weight * (low - other_high), -sway)
        greatest += _swayed(item.weight * (high - other_low), sway)
    return least, greatest


def _swayed(part: Fraction, sway: Fraction) -> Fraction:
    """A weighted difference where its weight has moved so that it becomes as great (sway above 0) or small as it can."""
    return part * (1 + sway) if part > 0 else part * (1 - sway)


def _bounds(one: Appraised, sway: Fraction, *, rounded: bool) -> tuple[Fraction, Fraction]:
    """The least and the greatest score that weights and rounding allow."""
    shares = [(item.weight, *_reach(item, rounded=rounded)) for item in one.items]
    greatest = _greatest_mean([(weight, high) for weight, _low, high in shares], sway)
    least = HUNDRED - _greatest_mean([(weight, 1 - low) for weight, low, _high in shares], sway)
    return least, greatest


def _greatest_mean(shares: Sequence[tuple[Fraction, Fraction]], sway: Fraction) -> Fraction:
    """The greatest weighted mean, in points: the weights of the largest shares at their upper end, the others at the lower."""
    ordered = sorted(shares, key=lambda one: -one[1])
    means = []
    for raised in range(len(ordered) + 1):
        moved = [
            (weight * (1 + sway if at < raised else 1 - sway), share) for at, (weight, share) in enumerate(ordered)
        ]
        total = sum((weight for weight, _share in moved), Fraction(0))
        means.append(sum((weight * share for weight, share in moved), Fraction(0)) / total)
    return HUNDRED * max(means)


def _reach(item: Item, *, rounded: bool) -> tuple[Fraction, Fraction]:
    return item.reach if rounded else (item.share, item.share)
