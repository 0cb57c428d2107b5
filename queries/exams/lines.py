"""Pupils above a line: effective scores of the subjects, the four cells, who is near the line (domain section 2, 上线 to 临界生).

A pupil is above a line, or above a subject's effective score, with exactly its mark too. Everything is per track and over
the whole joint exam; the marks found there are then used for every school.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from queries.exams.statistics import Distribution, Exact, Share, at_or_above, below, number

# Marks on either side of a line within which a pupil is near it.
NEAR = 10


@dataclass(frozen=True)
class Above:
    """What the pupils above a line have in one subject: how many of them sat it, and the sum of their scores."""

    pupils: int
    scores: Exact


@dataclass(frozen=True)
class FourCells:
    """Pupils who sat a subject: at its effective score or above (single), the line as well (double), the line (above), all."""

    single: int
    double: int
    above: int
    sat: int

    def __post_init__(self) -> None:
        if min(self.double, self.subject_only, self.line_only, self.neither) < 0:
            raise ValueError(f"{self}: these parts do not add up")

    def __add__(self, other: "FourCells") -> "FourCells":
        return FourCells(
            self.single + other.single, self.double + other.double, self.above + other.above, self.sat + other.sat
        )

    @property
    def subject_only(self) -> int:
        return self.single - self.double

    @property
    def line_only(self) -> int:
        """Those above the line whom this subject does not carry."""
        return self.above - self.double

    @property
    def neither(self) -> int:
        return self.sat - self.single - self.above + self.double

    @property
    def hit_rate(self) -> Share:
        """命中率 = 双上线/单上线."""
        return Share(self.double, self.single)

    @property
    def contribution(self) -> Share:
        """贡献率 = 双上线/总分上线."""
        return Share(self.double, self.above)


@dataclass(frozen=True)
class Borderline:
    """临界生: the pupils with line − d <= total < line, and with line <= total < line + d."""

    below: int
    above: int


@dataclass(frozen=True)
class Moved:
    """The pupils at or above a line that is moved `by` marks; change: against the line where it is."""

    by: Fraction
    line: Fraction
    above: int
    change: int


@dataclass(frozen=True)
class HoldingBack:
    """A subject, and how many of the pupils just below the line are below its effective score.

    at_most: so many at most, where only the least number is told; None where it is that number.
    """

    subject: str
    pupils: int
    at_most: int | None = None


def effective_m1(above: Mapping[str, Above], pupils: int, line: Exact) -> dict[str, Fraction]:
    """有效分 M1: a subject's mean over the pupils above the line × line/their mean total.

    pupils: how many are above the line. Their totals are the sums over `above`, so subjects that all of them sat get
    scores that sum to the line exactly; where each sat some of the subjects (3+1+2) the sum to the line is weighted with
    the share of them who sat each. A subject that none of them sat gets no score; none does where nobody is above.
    """
    totals = sum((Fraction(one.scores) for one in above.values()), Fraction(0))
    if not totals:
        return {}
    stretched = Fraction(line) * pupils / totals
    return {subject: Fraction(one.scores) / one.pupils * stretched for subject, one in above.items() if one.pupils}


def effective_m2(given: Distribution, pupils: int) -> Decimal | None:
    """有效分 M2: the N-th highest score of a subject, N = pupils above the line; None where nobody or too few have one."""
    if not 1 <= pupils <= number(given):
        return None
    reached = accumulate(reversed(given.counts))
    return next(score for score, above in zip(reversed(given.scores), reached, strict=True) if above >= pupils)


def line_rate(totals: Distribution, line: Exact) -> Share:
    """上线率: total >= line, of those who sat."""
    return Share(at_or_above(totals, line), number(totals))


def borderline(totals: Distribution, line: Exact, distance: Exact = NEAR) -> Borderline:
    """The pupils within a distance of the line; one who is exactly the distance above it is outside."""
    mark, reach = Fraction(line), Fraction(distance)
    return Borderline(
        below(totals, mark) - below(totals, mark - reach), below(totals, mark + reach) - below(totals, mark)
    )


def moved(totals: Distribution, line: Exact, reach: int, step: Exact = 1) -> tuple[Moved, ...]:
    """The line at every position from −reach to +reach steps; the totals are gone through once, from the lowest up.

    `ValueError` where the step is not above 0.
    """
    if step <= 0:
        raise ValueError(f"a line does not move by steps of {step}")
    at, places = at_or_above(totals, line), range(-reach, reach + 1)
    left, passed, found = number(totals), 0, []
    for by in (Fraction(step) * place for place in places):
        mark = Fraction(line) + by
        while passed < len(totals.scores) and totals.scores[passed] < mark:
            left -= totals.counts[passed]
            passed += 1
        found.append(Moved(by, mark, left, left - at))
    return tuple(found)


def holding_back(below: Mapping[str, int]) -> tuple[HoldingBack, ...]:
    """The subjects that hold pupils just below a line back, the one that holds most first, equal ones as they are given.

    below: subject → those of these pupils whose score in it is below its effective score. One may be so in several.
    """
    ordered = sorted(below.items(), key=lambda item: -item[1])
    return tuple(HoldingBack(subject, pupils) for subject, pupils in ordered)
