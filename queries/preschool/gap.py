"""The gap planner of clause 27: how many places, and which kindergartens, would reach a share (domain section 1.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import ceil


@dataclass(frozen=True)
class Kindergarten:
    """A kindergarten whose children do not count toward the share yet."""

    institution_id: str
    name: str
    ownership: str
    children: int


@dataclass(frozen=True)
class Plan:
    """convert: existing places to turn; build: new counting places; smallest_set: the fewest kindergartens that suffice.

    Of several sets of that number it is one with the fewest children beyond those needed. None where even all of the
    kindergartens would not suffice.
    """

    total: int
    counting: int
    target: Fraction
    convert: int
    build: int
    smallest_set: tuple[Kindergarten, ...] | None


def gap_plan(total: int, counting: int, target: Fraction, candidates: Sequence[Kindergarten]) -> Plan:
    """`counting` of `total` children count toward a share that should reach `target` (0 < target < 1)."""
    missing = target * total - counting
    convert = max(0, ceil(missing))
    build = max(0, ceil(missing / (1 - target)))
    return Plan(total, counting, target, convert, build, _fewest(candidates, convert))


def _fewest(candidates: Sequence[Kindergarten], children: int) -> tuple[Kindergarten, ...] | None:
    """The fewest that have so many children, and of such sets one with the fewest too many.

    The largest ones need the fewest; how many that is bounds the search for the sum that fits best.
    """
    ordered = sorted(candidates, key=lambda one: (-one.children, one.institution_id))
    sums = list(accumulate((one.children for one in ordered), initial=0))
    number = next((count for count, reached in enumerate(sums) if reached >= children), None)
    return None if number is None else _best_fit(ordered, number, children, sums[number])


def _best_fit(ordered: Sequence[Kindergarten], number: int, least: int, most: int) -> tuple[Kindergarten, ...]:
    """So many kindergartens whose children are at least `least` and as few as can be; `most` is known to be reached.

    The subset-sum table by number and sum, a bit a sum; `last` keeps the position of the kindergarten that first reached
    one, before which the rest of its set stands.
    """
    reached = [1] + [0] * number
    last: dict[tuple[int, int], int] = {}
    for position, one in enumerate(ordered):
        for count in range(min(number, position + 1), 0, -1):
            new = (reached[count - 1] << one.children) & ~reached[count] & ((2 << most) - 1)
            reached[count] |= new
            last.update(((count, total), position) for total in _bits(new))
        if reached[number] >> least & 1:
            break
    total = next(total for total in range(least, most + 1) if reached[number] >> total & 1)
    chosen: list[Kindergarten] = []
    for count in range(number, 0, -1):
        chosen.append(ordered[last[count, total]])
        total -= chosen[-1].children
    return tuple(reversed(chosen))


def _bits(number: int) -> list[int]:
    """The positions of the ones in a number's binary form."""
    return [position for position, digit in enumerate(reversed(f"{number:b}")) if digit == "1"]
