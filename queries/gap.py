"""The gap planner of clause 27: how many places, and which kindergartens, would reach a share (domain section 1.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
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

    `smallest_set` is None where even all of them would not.
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
    """Taking the largest first needs the fewest; the last one is then the smallest that still suffices."""
    ordered = sorted(candidates, key=lambda one: (-one.children, one.institution_id))
    chosen: list[Kindergarten] = []
    for position, one in enumerate(ordered):
        left = children - sum(taken.children for taken in chosen)
        if left <= 0:
            return tuple(chosen)
        enough = [other for other in ordered[position:] if other.children >= left]
        chosen.append(enough[-1] if enough else one)
        if enough:
            return tuple(chosen)
    return tuple(chosen) if sum(one.children for one in chosen) >= children else None
