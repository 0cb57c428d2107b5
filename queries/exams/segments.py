"""The score table 一分一段 in segments of at least 10 pupils, so that no line of it is a small number.

Neighbouring scores are joined from the top down until a segment holds enough pupils; what is left at the bottom joins the
last segment. Histograms are made of whole segments: a bin with edges of its own would give away parts of a segment.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, groupby, pairwise

from queries.suppression import is_small


@dataclass(frozen=True)
class Segment:
    """Scores from lowest to highest, both really reached; counts, at_or_above: pupils, of each distribution."""

    lowest: Decimal
    highest: Decimal
    counts: tuple[int, ...]
    at_or_above: tuple[int, ...]


@dataclass(frozen=True)
class _Stretch:
    lowest: Decimal
    highest: Decimal
    counts: tuple[int, ...]

    def __add__(self, below: "_Stretch") -> "_Stretch":
        counts = tuple(one + other for one, other in zip(self.counts, below.counts, strict=True))
        return _Stretch(below.lowest, self.highest, counts)

    @property
    def small(self) -> bool:
        return any(is_small(count) for count in self.counts)


def segments(
    distributions: Sequence[Iterable[tuple[Decimal, int]]],
    shown: Collection[Decimal] = (),
    hidden: Collection[Decimal] = (),
) -> tuple[Segment, ...]:
    """Segments from the top down, each with 0 or at least 10 pupils of every distribution; none if one has only 1 to 9.

    distributions: (score, pupils) of all that is shown side by side, such as each track and all tracks: their segments are
    the same, as the difference of two tables would give away what lies between their edges. shown, hidden: scores at or
    above which pages show the number of pupils, and those at which it is withheld; an edge lies at the former and not at
    the latter. Numbers at two shown scores that differ by 1 to 9 would themselves be a small number: withhold one of them.
    """
    singles = _joined_over(_singles([dict(one) for one in distributions]), hidden)
    blocks = groupby(singles, key=lambda one: sum(one.lowest >= cut for cut in shown))
    merged = _merged([one for _, block in blocks for one in _merged(list(block))])
    if any(one.small for one in merged):
        return ()
    return _with_sums(merged)


def histogram(found: Sequence[Segment], width: Decimal) -> tuple[Segment, ...]:
    """Whole segments, joined where their lowest scores lie within the same multiple of the width; from the top down."""
    bins = [list(same) for _, same in groupby(found, key=lambda one: one.lowest // width)]
    return _with_sums([_sum([_Stretch(one.lowest, one.highest, one.counts) for one in same]) for same in bins])


def _singles(distributions: Sequence[dict[Decimal, int]]) -> list[_Stretch]:
    """Each score that anybody reached, the highest first."""
    scores = sorted({score for one in distributions for score, count in one.items() if count}, reverse=True)
    return [_Stretch(score, score, tuple(one.get(score, 0) for one in distributions)) for score in scores]


def _joined_over(singles: Sequence[_Stretch], cuts: Collection[Decimal]) -> list[_Stretch]:
    """The scores on both sides of each cut in one stretch."""
    joined = list(singles[:1])
    for above, below in pairwise(singles):
        if any(below.lowest < cut <= above.lowest for cut in cuts):
            joined[-1] += below
        else:
            joined.append(below)
    return joined


def _merged(stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """Joined from the top down until none is small; the last may stay so if all are joined."""
    merged: list[_Stretch] = []
    for one in stretches:
        if merged and merged[-1].small:
            merged[-1] += one
        else:
            merged.append(one)
    while len(merged) > 1 and merged[-1].small:
        merged[-2:] = [merged[-2] + merged[-1]]
    return merged


def _sum(stretches: Sequence[_Stretch]) -> _Stretch:
    *_, total = accumulate(stretches)
    return total


def _with_sums(stretches: Sequence[_Stretch]) -> tuple[Segment, ...]:
    so_far = [one.counts for one in accumulate(stretches)]
    return tuple(
        Segment(one.lowest, one.highest, one.counts, total) for one, total in zip(stretches, so_far, strict=True)
    )
