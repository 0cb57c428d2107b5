"""What is told of the totals of a whole exam: at which marks the number of pupils at or above may be shown.

The score table (一分一段), the lines and a line that is moved mark by mark tell parts of the same pupils: numbers at two of
these marks that differ by 1 to 9 would be a small number. So there is one set of segments for all of them, of at least 10
pupils of each track, with edges at the lines and near them as far as there are enough pupils between.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from data.store import Store, end_of_day
from queries.exams.counts import counts
from queries.exams.figures import named_track, protection
from queries.exams.segments import Segment, segments
from queries.exams.setup import TOTAL, Exam
from queries.exams.statistics import Distribution, at_or_above, distribution, number
from queries.suppression import is_small

# The line itself goes first, then one and two times its surroundings on either side.
STEPS = (0, 1, -1, 2, -2)


@dataclass(frozen=True)
class Told:
    """Segments by track (None: all tracks), from the top down. cuts: marks near lines that are edges of segments."""

    segments: Mapping[str | None, tuple[Segment, ...]]
    cuts: frozenset[Decimal]

    def number(self, track: str | None) -> int | None:
        """Who have a total; None where that is withheld."""
        found = self.segments.get(track)
        return found[-1].at_or_above[0] if found else None

    def reached(self, track: str | None, mark: Decimal) -> tuple[int, int] | None:
        """At least and at most so many pupils are at or above a mark: the same number where it is no part of a segment."""
        found = self.segments.get(track)
        if not found:
            return None
        certain = possible = 0
        for one in found:
            if one.lowest >= mark:
                certain = possible = one.at_or_above[0]
            elif one.highest >= mark:
                possible = one.at_or_above[0]
        return certain, possible


def told(store: Store, found: Exam, as_of: date | None = None) -> Told:
    """What is told of the totals of an exam."""
    moment = end_of_day(as_of) if as_of else None
    return store.remembered(("exam told", found.id, store.version_at(moment)), lambda: _told(store, found, as_of))


def _told(store: Store, found: Exam, as_of: date | None) -> Told:
    counted = counts(store, found.id, TOTAL, None, as_of)
    if not counted.units:
        return Told({}, frozenset())
    hidden = protection(store, found, TOTAL, None, as_of)
    kept = [track for track in (None, *counted.tracks) if not hidden.hides_number("", named_track(track))]
    rest = [track for track in counted.tracks if track not in kept]
    if None not in kept:
        return Told({}, frozenset())
    shown = [counted.of(None, track) for track in kept]
    # What the shown tracks leave over of all of them can be told by subtraction, so it has the same segments.
    every = [*shown, *([_together(counted.of(None, track) for track in rest)] if rest else [])]
    cuts = tellable(every, wanted(found))
    made = segments([tuple(zip(one.scores, one.counts, strict=True)) for one in every], cuts)
    return Told(
        {track: tuple(_one(segment, place) for segment in made) for place, track in enumerate(kept)},
        frozenset(cuts) if made else frozenset(),
    )


def _together(parts: Iterable[Distribution]) -> Distribution:
    return distribution(pair for one in parts for pair in zip(one.scores, one.counts, strict=True))


def _one(segment: Segment, place: int) -> Segment:
    return Segment(segment.lowest, segment.highest, (segment.counts[place],), (segment.at_or_above[place],))


def wanted(found: Exam) -> tuple[Decimal, ...]:
    """The marks at which pages want the number at or above, the more important ones first."""
    return tuple(line.mark + step * line.borderline for step in STEPS for line in found.lines)


def tellable(distributions: Sequence[Distribution], marks: Sequence[Decimal]) -> list[Decimal]:
    """The marks, taken one after another, between which and beyond which no distribution has 1 to 9 pupils; ascending."""
    if any(is_small(number(one)) for one in distributions):
        return []
    taken: list[Decimal] = []
    for mark in dict.fromkeys(marks):
        tried = sorted([*taken, mark])
        if not any(_parts_small(one, tried) for one in distributions):
            taken = tried
    return taken


def _parts_small(one: Distribution, cuts: Sequence[Decimal]) -> bool:
    reached = [number(one), *(at_or_above(one, cut) for cut in cuts), 0]
    return any(is_small(lower - upper) for lower, upper in pairwise(reached))
