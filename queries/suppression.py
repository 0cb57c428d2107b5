"""Small numbers of persons are not shown (domain section 6): fewer than 10 is "<10", never 0, and never derivable."""

from collections.abc import Sequence

SMALL = 10


def is_small(count: object) -> bool:
    """Whether a number of persons is too small to show; 0 and missing are not."""
    return isinstance(count, int) and 0 < count < SMALL


def suppressed_parts(counts: Sequence[int | None]) -> frozenset[int]:
    """The positions to suppress among parts that add up to a total that is shown.

    Every small part, and where it is only one also the smallest other, which would otherwise give it away.
    """
    small = {position for position, count in enumerate(counts) if is_small(count)}
    if len(small) == 1:
        others = [(count, position) for position, count in enumerate(counts) if count and position not in small]
        small |= {min(others)[1]} if others else set()
    return frozenset(small)
