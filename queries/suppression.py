"""Small numbers of persons are not shown (domain section 6): fewer than 10 is "<10", never 0, and never derivable."""

from collections.abc import Collection, Mapping, Sequence
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
    if len(small) == 1 or _can_only_be_alike([[count] for count in small.values()]):
        others = [(count, position) for position, count in enumerate(counts) if count and position not in small]
        return frozenset({*small, *([min(others)[1]] if others else [])})
    return frozenset(small)


def suppressed_beside(hidden: Collection[str], counts: Mapping[str, Sequence[int | Decimal | None]]) -> frozenset[str]:
    """The district to hide beside the hidden ones, lest the whole less the others that are shown gives these away.

    counts: what each district's figures count, the same for all in the same order. None where nothing follows anyhow, or
    where there is no other district with anybody in it.
    """
    if not hidden or (len(hidden) > 1 and not _can_only_be_alike([counts[name] for name in hidden])):
        return frozenset()
    sizes = {name: max((count for count in own if count), default=0) for name, own in counts.items()}
    others = [(size, name) for name, size in sizes.items() if size and name not in hidden]
    return frozenset([min(others)[1]] if others else [])


def _can_only_be_alike(counts: Sequence[Sequence[int | Decimal | None]]) -> bool:
    """Whether numbers of which only the sum is known must all be 1 or all be 9."""
    return any(
        all(is_small(count) for count in numbers)
        and sum(count for count in numbers if count) in (len(numbers), (SMALL - 1) * len(numbers))
        for numbers in zip(*counts, strict=True)
    )
