"""Joint-exam statistics a second time, pupil by pupil: lists of scores instead of distributions, no shortcut."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations
from math import sqrt

Number = int | Fraction


def mean(scores: Sequence[Number]) -> Fraction:
    return Fraction(sum(scores)) / len(scores)


def variance(scores: Sequence[Number], less: int = 0) -> Fraction:
    centre = mean(scores)
    return Fraction(sum((score - centre) ** 2 for score in scores)) / (len(scores) - less)


def quantile(scores: Sequence[Number], p: Fraction) -> Fraction:
    """Every pupil owns a point of the line from 0 to 1; between two of them it is a straight line."""
    ordered = sorted(Fraction(score) for score in scores)
    if len(ordered) == 1:
        return ordered[0]
    points = [Fraction(place, len(ordered) - 1) for place in range(len(ordered))]
    for place in range(len(ordered) - 1):
        left, right = points[place], points[place + 1]
        if left <= p <= right:
            return (ordered[place] * (right - p) + ordered[place + 1] * (p - left)) / (right - left)
    raise AssertionError(p)


def rank(score: Number, scores: Sequence[Number]) -> int:
    return 1 + len([other for other in scores if other > score])


def score_table(scores: Sequence[Number]) -> list[tuple[Number, int, int]]:
    return [
        (mark, len([one for one in scores if one == mark]), len([one for one in scores if one >= mark]))
        for mark in sorted(set(scores), reverse=True)
    ]


def discrimination(pupils: Sequence[tuple[Number, Number]], full: int) -> Fraction | None:
    """Of (total, score in the subject): every pupil counts with the mean of those with the same total."""
    k = (27 * len(pupils) + 50) // 100
    if k == 0:
        return None
    means = {total: mean([score for other, score in pupils if other == total]) for total, _score in pupils}
    counted = [means[total] for total in sorted(total for total, _score in pupils)]
    return (sum(counted[-k:], Fraction(0)) - sum(counted[:k], Fraction(0))) / (k * full)


def alpha(rows: Sequence[Sequence[Number]]) -> Fraction | None:
    """Through covariances: α = K/(K − 1) · Σ of the items' covariances with other items / the variance of the totals."""
    items = len(rows[0]) if rows else 0
    totals = [Fraction(sum(row)) for row in rows]
    if items < 2 or variance(totals) == 0:
        return None
    pairs = permutations(zip(*rows, strict=True), 2)
    between = sum((covariance(one, other) for one, other in pairs), Fraction(0))
    return Fraction(items, items - 1) * between / variance(totals)


def covariance(ones: Sequence[Number], others: Sequence[Number]) -> Fraction:
    pairs = zip(ones, others, strict=True)
    return sum((one - mean(ones)) * (other - mean(others)) for one, other in pairs) / Fraction(len(ones))


def effective_m1(pupils: Sequence[dict[str, int]], line: int) -> dict[str, Fraction]:
    """From each pupil's scores by subject; a subject's mean is over those above the line who sat it."""
    above = [scores for scores in pupils if sum(scores.values()) >= line]
    stretched = line / mean([sum(scores.values()) for scores in above])
    subjects = {subject for scores in above for subject in scores}
    return {
        subject: mean([scores[subject] for scores in above if subject in scores]) * stretched for subject in subjects
    }


def assigned(scores: Sequence[int]) -> dict[int, int]:
    """Raw score → assigned score of Hebei: each cut is tried at every score, from the highest pupil down."""
    ordered = sorted(scores, reverse=True)
    found: dict[int, int] = {}
    for percent, top, bottom in ((15, 100, 86), (50, 85, 71), (85, 70, 56), (98, 55, 41), (100, 40, 30)):
        ends = [
            place
            for place in range(len(ordered) + 1)
            if place in (0, len(ordered)) or ordered[place - 1] != ordered[place]
        ]
        wanted = Fraction(percent * len(ordered), 100)
        cut = min(ends, key=lambda end: (abs(end - wanted), -end))
        group = [score for score in ordered[:cut] if score not in found]
        for score in set(group):
            found[score] = _stretched(score, min(group), max(group), bottom, top)
    return found


def _stretched(score: int, lowest: int, highest: int, bottom: int, top: int) -> int:
    """The whole number T for which (Y₂ − Y)/(Y − Y₁) = (T₂ − T)/(T − T₁) holds most nearly, the higher of two."""
    if lowest == highest:
        return top
    misses = {
        given: abs((highest - score) * (given - bottom) - (top - given) * (score - lowest))
        for given in range(bottom, top + 1)
    }
    return max(given for given, miss in misses.items() if miss == min(misses.values()))


def fit(pairs: Sequence[tuple[int, int]]) -> tuple[Fraction, Fraction] | None:
    """Intercept and slope; None where all entries are equal."""
    entries, exits = [entry for entry, _exit in pairs], [exit_ for _entry, exit_ in pairs]
    if len(set(entries)) < 2:
        return None
    slope = covariance(entries, exits) / variance(entries)
    return mean(exits) - slope * mean(entries), slope


def spread(values: Sequence[Number | float]) -> float:
    """s, with n − 1."""
    centre = sum(values) / len(values)
    return sqrt(sum((value - centre) ** 2 for value in values) / (len(values) - 1))
