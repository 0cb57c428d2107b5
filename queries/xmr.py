"""Signal and noise in a series: the XmR chart (individual values and moving ranges) of domain section 1.4.

limits = mean ± 2.66 × mean moving range, where moving ranges of 3.267 × their mean or more are dropped first. Exact
on fractions, so that a point on a limit is on it and not a rounding beside it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import groupby, pairwise

WIDTH, LARGEST_RANGE = Fraction(266, 100), Fraction(3267, 1000)
ENOUGH_POINTS = 12
RUN = 7
NEAR, NEAR_POINTS, NEAR_WINDOW = Fraction(2, 3), 2, 3


class Rule(StrEnum):
    """Why a point is no noise; a point that several rules flag bears the first of them."""

    OUTSIDE = "outside"
    TREND = "trend"
    NEAR_LIMIT = "near_limit"
    ONE_SIDE = "one_side"


class Assurance(StrEnum):
    """Whether a target lies within what the process gives by itself."""

    WILL_NOT = "will_not"
    MAY = "may"
    WILL_ALWAYS = "will_always"


@dataclass(frozen=True)
class Limits:
    """mean: of all values; moving_range: the mean of those that were kept."""

    mean: Fraction
    moving_range: Fraction

    @property
    def lower(self) -> Fraction:
        return self.mean - WIDTH * self.moving_range

    @property
    def upper(self) -> Fraction:
        return self.mean + WIDTH * self.moving_range


@dataclass(frozen=True)
class Flag:
    """rule and side: +1 above the mean or rising, -1 below it or falling."""

    rule: Rule
    side: int


@dataclass(frozen=True)
class Signal:
    """Neighbouring points with the same flag: the positions of the first and the last of them."""

    flag: Flag
    first: int
    last: int


@dataclass(frozen=True)
class Chart:
    """A series with its limits; flags has one entry a value. trial: too few points for limits that can be relied on."""

    values: tuple[Fraction, ...]
    limits: Limits
    flags: tuple[Flag | None, ...]

    @property
    def trial(self) -> bool:
        return len(self.values) < ENOUGH_POINTS

    @property
    def signals(self) -> tuple[Signal, ...]:
        """What stands out, oldest first."""
        found = []
        for flag, group in groupby(range(len(self.flags)), key=lambda position: self.flags[position]):
            if flag is not None:
                positions = list(group)
                found.append(Signal(flag, positions[0], positions[-1]))
        return tuple(found)


def chart(values: Sequence[Fraction]) -> Chart | None:
    """Limits and flags of values in the order of time; None where there are none."""
    if not values:
        return None
    limits = limits_of(values)
    rules = (
        (Rule.OUTSIDE, _outside(values, limits)),
        (Rule.TREND, _trend(values)),
        (Rule.NEAR_LIMIT, _near_limit(values, limits)),
        (Rule.ONE_SIDE, _one_side(values, limits)),
    )
    flags = [
        next((Flag(rule, sides[position]) for rule, sides in rules if sides[position]), None)
        for position in range(len(values))
    ]
    return Chart(tuple(values), limits, tuple(flags))


def limits_of(values: Sequence[Fraction]) -> Limits:
    """The limits of at least one value; of a single one, and of a constant series, they lie on the mean."""
    ranges = [abs(later - earlier) for earlier, later in pairwise(values)]
    first = _mean(ranges)
    # Ranges that are all 0 are all as large as their mean, and none of them is exceptional.
    kept = [one for one in ranges if not first or one < LARGEST_RANGE * first]
    return Limits(_mean(values), _mean(kept))


def assurance(limits: Limits, goal: Fraction, *, higher_is_better: bool = True) -> Assurance:
    """Whether the process as it is will meet a goal. domain section 1.4, mirrored where lower is better."""
    below, above = goal < limits.lower, goal > limits.upper
    if not below and not above:
        return Assurance.MAY
    return Assurance.WILL_ALWAYS if below == higher_is_better else Assurance.WILL_NOT


def _outside(values: Sequence[Fraction], limits: Limits) -> list[int]:
    return [(one > limits.upper) - (one < limits.lower) for one in values]


def _trend(values: Sequence[Fraction]) -> list[int]:
    """Seven values each above, or each below, the one before."""
    steps = [(later > earlier) - (later < earlier) for earlier, later in pairwise(values)]
    return _in_windows(len(values), RUN, lambda first: _same(steps[first : first + RUN - 1]))


def _one_side(values: Sequence[Fraction], limits: Limits) -> list[int]:
    sides = [(one > limits.mean) - (one < limits.mean) for one in values]
    return _in_windows(len(values), RUN, lambda first: _same(sides[first : first + RUN]))


def _near_limit(values: Sequence[Fraction], limits: Limits) -> list[int]:
    """The points themselves, where two of three in a row lie beyond two thirds of the way to the same limit."""
    reach = NEAR * WIDTH * limits.moving_range
    sides = [(one > limits.mean + reach) - (one < limits.mean - reach) for one in values]
    found = [0] * len(values)
    for first in range(len(values) - NEAR_WINDOW + 1):
        window = range(first, first + NEAR_WINDOW)
        for side in (1, -1):
            near = [position for position in window if sides[position] == side]
            if len(near) >= NEAR_POINTS:
                found = [side if position in near else old for position, old in enumerate(found)]
    return found


def _in_windows(count: int, length: int, side_of: Callable[[int], int]) -> list[int]:
    """The side of every position that lies in a window of `length` with one; of two windows, the earlier one's."""
    found = [0] * count
    for first in range(count - length + 1):
        for position in range(first, first + length):
            found[position] = found[position] or side_of(first)
    return found


def _same(sides: Sequence[int]) -> int:
    """The side that all share; 0 where they do not."""
    return sides[0] if len(set(sides)) == 1 else 0


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values) if values else Fraction(0)
