"""How good a paper is as a measure: how well it tells pupils apart, and how far its parts agree (domain section 2)."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from fractions import Fraction
from math import floor

from queries.exams.statistics import Exact, Moments

GROUP = Fraction(27, 100)


class Quality(StrEnum):
    """What a discrimination is worth."""

    VERY_GOOD = "very_good"
    GOOD = "good"
    ACCEPTABLE = "acceptable"
    POOR = "poor"


FLOORS = (
    (Quality.VERY_GOOD, Fraction(40, 100)),
    (Quality.GOOD, Fraction(30, 100)),
    (Quality.ACCEPTABLE, Fraction(20, 100)),
)


def round_half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))


def discrimination(
    by_total: Iterable[tuple[Exact, int, Exact]], full_marks: Exact, share: Exact = GROUP
) -> Fraction | None:
    """区分度 D = (ΣH − ΣL)/(k·full): H and L the k pupils with the highest and the lowest totals, k = share of all.

    by_total: (total, pupils with it, the sum of what they have in the subject). Of the pupils with the total at which a
    group is full, nobody can say which belong to it: they count with their mean, so the order of rows does not matter.
    None where k is 0.
    """
    groups = _merged(by_total)
    pupils = sum(number for number, _scores in groups)
    k = round_half_up(Fraction(share) * pupils)
    if not k or not full_marks:
        return None
    return (_sum_of_first(k, reversed(groups)) - _sum_of_first(k, groups)) / (k * Fraction(full_marks))


def quality(discrimination: Fraction | None) -> Quality | None:
    """The word for a discrimination."""
    if discrimination is None:
        return None
    return next((word for word, floor_ in FLOORS if discrimination >= floor_), Quality.POOR)


def alpha(item_variances: Sequence[Exact], total_variance: Exact | None) -> Fraction | None:
    """信度 α = K/(K − 1)·(1 − ΣS²ᵢ/S²ₜ); None for fewer than two items and where all totals are equal."""
    items = len(item_variances)
    if items < 2 or not total_variance:
        return None
    within = sum((Fraction(one) for one in item_variances), Fraction(0))
    return Fraction(items, items - 1) * (1 - within / Fraction(total_variance))


def kr20(shares: Sequence[Exact], total_variance: Exact | None) -> Fraction | None:
    """α of items that are right or wrong, from the share of pupils who have each right: S²ᵢ = p·(1 − p)."""
    return alpha([Fraction(share) * (1 - Fraction(share)) for share in shares], total_variance)


def kr20_of(rows: Sequence[Sequence[int]]) -> Fraction | None:
    """KR-20 of pupils' answers, a row of 0 and 1 for each; `ValueError` for other values and rows of other lengths."""
    if any(answer not in (0, 1) for row in rows for answer in row):
        raise ValueError("an answer is right, 1, or wrong, 0")
    shares = [Fraction(sum(column), len(rows)) for column in zip(*rows, strict=True)]
    totals = [sum(row) for row in rows]
    spread = Moments(len(rows), Fraction(sum(totals)), Fraction(sum(one * one for one in totals)))
    return kr20(shares, spread.variance)


def _merged(by_total: Iterable[tuple[Exact, int, Exact]]) -> list[tuple[int, Fraction]]:
    """(pupils, sum of their scores) of each total that somebody has, the lowest total first."""
    found: dict[Exact, tuple[int, Fraction]] = {}
    for total, pupils, scores in by_total:
        before = found.get(total)
        own = pupils, Fraction(scores)
        found[total] = (before[0] + own[0], before[1] + own[1]) if before else own
    return [found[total] for total in sorted(found) if found[total][0]]


def _sum_of_first(k: int, groups: Iterable[tuple[int, Fraction]]) -> Fraction:
    """The scores of the first k pupils, who are there; the last of them with the mean of their group."""
    found = Fraction(0)
    for pupils, scores in groups:
        taken = min(k, pupils)
        found += scores * taken / pupils
        k -= taken
        if not k:
            break
    return found
