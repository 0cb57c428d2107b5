"""增值: what became of pupils from one exam to a later one, for those who are found in both (domain section 2).

Everything comes from sums over matched pupils (x entry, y exit), so no unit needs its pupils: the residual of exit on entry
by least squares over all schools, and the change of the standard score, ΔZ. A unit's mean is given with ± 1.96 s/√n, s the
SD of its own pupils with n − 1. Below 10 matched pupils nothing is given.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import sqrt

from queries.exams.statistics import Exact, Share
from queries.exams.units import Comparison, Interval, compared, interval
from queries.suppression import SMALL


class Reason(StrEnum):
    """Why there is no value added. No spread: all of the whole have the same entry (for ΔZ also the same exit) score."""

    FEW_MATCHED = "few_matched"
    NO_SPREAD = "no_spread"


@dataclass(frozen=True)
class PairMoments:
    """Sums over matched pupils: their number, Σx, Σy, Σx², Σxy, Σy². Units add up to their whole."""

    n: int
    sx: Fraction
    sy: Fraction
    sxx: Fraction
    sxy: Fraction
    syy: Fraction

    def __add__(self, other: "PairMoments") -> "PairMoments":
        return PairMoments(
            self.n + other.n,
            self.sx + other.sx,
            self.sy + other.sy,
            self.sxx + other.sxx,
            self.sxy + other.sxy,
            self.syy + other.syy,
        )

    @property
    def sums_of_products(self) -> tuple[Fraction, Fraction, Fraction]:
        """Σ(x − x̄)², Σ(x − x̄)(y − ȳ), Σ(y − ȳ)²; n is not 0."""
        return (
            self.sxx - self.sx**2 / self.n,
            self.sxy - self.sx * self.sy / self.n,
            self.syy - self.sy**2 / self.n,
        )


NOBODY = PairMoments(0, *[Fraction(0)] * 5)


@dataclass(frozen=True)
class Fit:
    """The line of least squares: exit = intercept + slope · entry."""

    intercept: Fraction
    slope: Fraction


@dataclass(frozen=True)
class Scale:
    """Mean and population SD of the whole in one exam."""

    mean: Fraction
    sd: float | None


@dataclass(frozen=True)
class ValueAdded:
    """A unit's mean (marks of the exit exam for a residual, SDs for ΔZ) with its interval and how it lies beside 0.

    All three are None where there is a reason.
    """

    mean: float | None
    interval: Interval | None
    comparison: Comparison | None
    reason: Reason | None = None


def pair_moments(n: int, sx: Exact, sy: Exact, sxx: Exact, sxy: Exact, syy: Exact) -> PairMoments:
    """From sums as SQL gives them."""
    return PairMoments(n, Fraction(sx), Fraction(sy), Fraction(sxx), Fraction(sxy), Fraction(syy))


def fit(whole: PairMoments) -> Fit | None:
    """Least squares over all matched pupils; None where they have one entry score."""
    if not whole.n:
        return None
    xx, xy, _yy = whole.sums_of_products
    if not xx:
        return None
    return Fit((whole.sy - xy / xx * whole.sx) / whole.n, xy / xx)


def match_rate(matched: int, sat_at_exit: int) -> Share:
    """Matched pupils of those who sat the exit exam."""
    return Share(matched, sat_at_exit)


def residual(unit: PairMoments, line: Fit | None) -> ValueAdded:
    """The mean of exit − (intercept + slope · entry) of a unit's matched pupils."""
    if unit.n < SMALL:
        return _none(Reason.FEW_MATCHED)
    if line is None:
        return _none(Reason.NO_SPREAD)
    mean = (unit.sy - line.slope * unit.sx) / unit.n - line.intercept
    xx, xy, yy = unit.sums_of_products
    variance = (yy - 2 * line.slope * xy + line.slope**2 * xx) / (unit.n - 1)
    return _given(mean, variance, unit.n)


def change_of_z(unit: PairMoments, entry: Scale, exit_: Scale) -> ValueAdded:
    """ΔZ: the mean of exit Z − entry Z of a unit's matched pupils, on the scales of the whole."""
    if unit.n < SMALL:
        return _none(Reason.FEW_MATCHED)
    if not entry.sd or not exit_.sd:
        return _none(Reason.NO_SPREAD)
    # The roots are rounded, what is computed with them is not: two near numbers are subtracted without losing digits.
    before, after = Fraction(entry.sd), Fraction(exit_.sd)
    mean = (unit.sy / unit.n - exit_.mean) / after - (unit.sx / unit.n - entry.mean) / before
    xx, xy, yy = unit.sums_of_products
    variance = (yy / after**2 - 2 * xy / (before * after) + xx / before**2) / (unit.n - 1)
    return _given(mean, variance, unit.n)


def as_residual(one: PairMoments, line: Fit | None) -> PairMoments:
    """With exit − (intercept + slope · entry) in place of the exit mark; nobody where there is no line."""
    return (
        NOBODY if line is None else _moved(one, (Fraction(0), Fraction(1)), (line.intercept, Fraction(1)), line.slope)
    )


def as_z(one: PairMoments, entry: Scale, exit_: Scale) -> PairMoments:
    """With both marks as standard scores; nobody where one of them has no spread."""
    if not entry.sd or not exit_.sd:
        return NOBODY
    return _moved(one, (entry.mean, Fraction(entry.sd)), (exit_.mean, Fraction(exit_.sd)), Fraction(0))


def _moved(
    one: PairMoments, entry: tuple[Fraction, Fraction], exit_: tuple[Fraction, Fraction], slope: Fraction
) -> PairMoments:
    """The moments of u = (x − a)/s and v = (y − slope·x − b)/t; (a, s) = entry, (b, t) = exit_."""
    (a, s), (b, t), n = entry, exit_, one.n
    u, uu = one.sx - n * a, one.sxx - 2 * a * one.sx + n * a**2
    v = one.sy - slope * one.sx - n * b
    xv = one.sxy - slope * one.sxx - b * one.sx
    vv = one.syy - 2 * slope * one.sxy + slope**2 * one.sxx - 2 * b * (one.sy - slope * one.sx) + n * b**2
    return PairMoments(n, u / s, v / t, uu / s**2, (xv - a * v) / (s * t), vv / t**2)


def scales_of(whole: PairMoments) -> tuple[Scale, Scale]:
    """Mean and population SD of all matched pupils in the earlier and in the later exam."""
    xx, _xy, yy = whole.sums_of_products
    return (
        Scale(whole.sx / whole.n, sqrt(xx / whole.n)),
        Scale(whole.sy / whole.n, sqrt(yy / whole.n)),
    )


def _given(mean: Fraction, variance: Fraction, n: int) -> ValueAdded:
    return ValueAdded(float(mean), interval(mean, variance, n), compared(mean, variance, n))


def _none(reason: Reason) -> ValueAdded:
    return ValueAdded(None, None, None, reason)
