"""A school or a class against others: how sure its mean is, how far it lies from a reference, how even its subjects are."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import fsum, sqrt

from queries.exams.statistics import Moments

# The two-sided 95 % point of the normal distribution, to two decimals as domain section 2 has it.
WIDTH = Fraction(196, 100)


class Comparison(StrEnum):
    """A unit beside a reference. Indistinguishable: the difference may be luck."""

    ABOVE = "above"
    BELOW = "below"
    INDISTINGUISHABLE = "indistinguishable"


@dataclass(frozen=True)
class Interval:
    """Where a mean may lie but for luck, both ends included."""

    low: float
    high: float


def interval(centre: Fraction | float, variance: Fraction | float, n: int) -> Interval:
    """centre ± 1.96·sqrt(variance/n)."""
    reach = float(WIDTH) * sqrt(variance / n)
    return Interval(float(centre) - reach, float(centre) + reach)


def compared(difference: Fraction, variance: Fraction, n: int) -> Comparison:
    """Whether an interval around a difference leaves 0 out; squared, so that it is decided without a root."""
    if n * difference**2 <= WIDTH**2 * variance:
        return Comparison.INDISTINGUISHABLE
    return Comparison.ABOVE if difference > 0 else Comparison.BELOW


def mean_interval(unit: Moments) -> Interval | None:
    """mean ± 1.96·S/√n; None below 2 pupils, whose spread nobody knows."""
    if unit.n < 2 or unit.mean is None or unit.variance is None:
        return None
    return interval(unit.mean, unit.variance, unit.n)


def comparison(unit: Moments, reference: Fraction | None) -> Comparison | None:
    """Whether the reference mean lies below, above or within the unit's interval; None where there is no interval."""
    if reference is None or unit.n < 2 or unit.mean is None or unit.variance is None:
        return None
    return compared(unit.mean - reference, unit.variance, unit.n)


def over_mean_rate(mean: Fraction | None, reference: Fraction | None) -> Fraction | None:
    """超均率 = (unit mean − reference mean)/reference mean."""
    return None if mean is None or not reference else (mean - reference) / reference


def balance(z_means: Iterable[float | None]) -> float | None:
    """学科均衡, by our own definition: the population SD of a unit's subject Z-means; the smaller, the more even.

    A subject without a Z-mean is left out; None for fewer than two subjects.
    """
    known = [one for one in z_means if one is not None]
    if len(known) < 2:
        return None
    centre = fsum(known) / len(known)
    return sqrt(fsum((one - centre) ** 2 for one in known) / len(known))
