"""Value added from sums against a pupil-by-pupil oracle."""

from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from queries.exams.statistics import Share
from queries.exams.units import Comparison, Interval
from queries.exams.value_added import (
    NOBODY,
    Fit,
    PairMoments,
    Reason,
    Scale,
    ValueAdded,
    change_of_z,
    fit,
    match_rate,
    pair_moments,
    residual,
)
from tests.queries.oracle import exams as oracle

Pairs = list[tuple[int, int]]

settings = hypothesis_settings(max_examples=60, derandomize=True, deadline=None, database=None)
pairs = st.tuples(st.integers(0, 20), st.integers(0, 20))
units = st.lists(pairs, min_size=10, max_size=20)


def of(matched: Pairs) -> PairMoments:
    return pair_moments(
        len(matched),
        sum(x for x, _y in matched),
        sum(y for _x, y in matched),
        sum(x * x for x, _y in matched),
        sum(x * y for x, y in matched),
        sum(y * y for _x, y in matched),
    )


def scales(matched: Pairs) -> tuple[Scale, Scale]:
    entries, exits = zip(*matched, strict=True)
    return tuple(Scale(oracle.mean(marks), sqrt(oracle.variance(marks))) for marks in (entries, exits))


def assert_is(found: ValueAdded, values: list[float]) -> None:
    """The mean of each pupil's value ± 1.96 s/√n."""
    mean = sum(values) / len(values)
    reach = 1.96 * oracle.spread(values) / sqrt(len(values))
    assert found.reason is None
    assert found.mean == pytest.approx(mean, abs=1e-9)
    assert found.interval is not None
    # The oracle's own rounding, under a root, is larger than that of what it tests.
    assert (found.interval.low, found.interval.high) == pytest.approx((mean - reach, mean + reach), abs=1e-6)


def test_worked_by_hand() -> None:
    """Entries 1 and 3 five times each, exits 2 and 6: y = 2x. Ten pupils one and three marks above it lie 2 ± 1.96·s/√10."""
    whole = of([(1, 2), (3, 6)] * 5)
    assert fit(whole) == Fit(Fraction(0), Fraction(2))
    found = residual(of([(1, 3), (3, 9)] * 5), fit(whole))
    reach = 1.96 * sqrt(10 / 9) / sqrt(10)
    assert found.mean == 2
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((2 - reach, 2 + reach))
    assert found.comparison is Comparison.ABOVE


def test_a_unit_on_the_line_has_added_nothing() -> None:
    whole = of([(1, 2), (3, 6)] * 5)
    assert residual(whole, fit(whole)) == ValueAdded(0.0, Interval(0.0, 0.0), Comparison.INDISTINGUISHABLE)


def test_nothing_is_given_below_ten_matched() -> None:
    nine, ten = [(1, 2), (3, 6), (5, 7)] * 3, [(1, 2), (3, 6)] * 5
    entry, exit_ = scales(ten)
    few = ValueAdded(None, None, None, Reason.FEW_MATCHED)
    assert residual(of(nine), fit(of(ten))) == change_of_z(of(nine), entry, exit_) == few
    assert residual(NOBODY, None) == few
    assert residual(of(ten), fit(of(ten))).reason is change_of_z(of(ten), entry, exit_).reason is None


def test_without_spread_there_is_no_fit_and_no_change() -> None:
    equal = of([(4, 7)] * 12)
    none = ValueAdded(None, None, None, Reason.NO_SPREAD)
    assert fit(equal) is fit(NOBODY) is None
    assert residual(equal, fit(equal)) == none
    flat, wide = Scale(Fraction(4), 0.0), Scale(Fraction(7), 2.0)
    assert change_of_z(equal, flat, wide) == change_of_z(equal, wide, flat) == none
    assert change_of_z(equal, wide, Scale(Fraction(0), None)) == none


def test_match_rate_is_of_those_who_sat_at_exit() -> None:
    assert match_rate(90, 120) == Share(90, 120)
    assert match_rate(0, 0).value is None


@settings
@given(st.lists(units, min_size=1, max_size=4))
def test_units_add_up_and_their_residuals_to_nothing(schools: list[Pairs]) -> None:
    everybody = [pair for school in schools for pair in school]
    whole = sum(map(of, schools), NOBODY)
    assert whole == of(everybody)
    line = fit(whole)
    expected = oracle.fit(everybody)
    if line is None:
        assert expected is None
        return
    assert (line.intercept, line.slope) == expected
    found = [residual(of(school), line) for school in schools]
    weighted = sum(len(school) * one.mean for school, one in zip(schools, found, strict=True) if one.mean is not None)
    assert weighted == pytest.approx(0, abs=1e-9)


@settings
@given(units, st.lists(pairs, max_size=10))
def test_a_unit_is_what_its_pupils_give(unit: Pairs, others: Pairs) -> None:
    everybody = unit + others
    line, (entry, exit_) = fit(of(everybody)), scales(everybody)
    if line is not None:
        assert_is(residual(of(unit), line), [float(y - line.intercept - line.slope * x) for x, y in unit])
    if entry.sd and exit_.sd:
        by_pupil = [float(y - exit_.mean) / exit_.sd - float(x - entry.mean) / entry.sd for x, y in unit]
        assert_is(change_of_z(of(unit), entry, exit_), by_pupil)
