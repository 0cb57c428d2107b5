"""Small numbers of persons are not shown (domain section 6): fewer than 10 is "<10", never 0, and never derivable."""

from collections.abc import Sequence
from decimal import Decimal

SMALL = 10


def is_small(count: int | Decimal | None) -> bool:
    """Whether a number of persons is too small to show; 0 and missing are not."""
    return count is not None and 0 < count < SMALL


def suppressed_parts(counts: Sequence[int | Decimal | None]) -> frozenset[int]:
    """The positions to suppress among parts that add up to a total that is shown.

    Every small part; and the smallest other one too where the total would give the small ones away: where there is only
    one, or where they can only all be 1 or all be 9.
    """
    small = {position: count for position, count in enumerate(counts) if count is not None and is_small(count)}
    if small and (len(small) == 1 or sum(small.values()) in (len(small), (SMALL - 1) * len(small))):
        others = [(count, position) for position, count in enumerate(counts) if count and position not in small]
        return frozenset({*small, *([min(others)[1]] if others else [])})
    return frozenset(small)
