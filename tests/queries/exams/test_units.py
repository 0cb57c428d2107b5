"""A unit against others: intervals, what lies beyond luck, over-mean rates, balance."""

from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from queries.exams.statistics import NOBODY, Moments
from queries.exams.units import Comparison, balance, comparison, mean_interval, over_mean_rate

settings = hypothesis_settings(max_examples=60, derandomize=True, deadline=None, database=None)


def unit(*scores: int) -> Moments:
    return Moments(len(scores), Fraction(sum(scores)), Fraction(sum(one * one for one in scores)))


def test_worked_interval() -> None:
    """Mean 70, S = 10, four pupils: 70 ± 1.96 · 10/2."""
    found = mean_interval(unit(60, 80, 60, 80))
    assert found is not None
    assert (found.low, found.high) == pytest.approx((60.2, 79.8))


def test_a_reference_on_the_end_of_the_interval_is_within_it() -> None:
    four = unit(60, 80, 60, 80)
    assert comparison(four, Fraction("60.2")) is Comparison.INDISTINGUISHABLE
    assert comparison(four, Fraction("60.1999999")) is Comparison.ABOVE
    assert comparison(four, Fraction("79.8")) is Comparison.INDISTINGUISHABLE
    assert comparison(four, Fraction("79.8000001")) is Comparison.BELOW


@pytest.mark.parametrize("few", [NOBODY, unit(70)])
def test_one_pupil_has_no_interval(few: Moments) -> None:
    assert mean_interval(few) is None
    assert comparison(few, Fraction(50)) is None


def test_without_a_reference_nothing_is_compared() -> None:
    assert comparison(unit(1, 2), None) is None
    assert over_mean_rate(Fraction(1), None) is None
    assert over_mean_rate(None, Fraction(1)) is None
    assert over_mean_rate(Fraction(1), Fraction(0)) is None


def test_over_mean_rate() -> None:
    assert over_mean_rate(Fraction(105), Fraction(100)) == Fraction(5, 100)
    assert over_mean_rate(Fraction(90), Fraction(100)) == Fraction(-10, 100)


def test_balance_is_the_spread_of_the_subjects() -> None:
    assert balance([1.0, -1.0, None]) == pytest.approx(1)
    assert balance([0.3, 0.3, 0.3]) == pytest.approx(0)
    assert balance([0.3, None]) is None
    assert balance([]) is None


@settings
@given(st.lists(st.integers(0, 20), min_size=2, max_size=20), st.fractions(0, 20, max_denominator=3))
def test_the_comparison_is_that_of_the_interval(scores: list[int], reference: Fraction) -> None:
    found = mean_interval(unit(*scores))
    centre = sum(scores) / len(scores)
    reach = 1.96 * sqrt(sum((one - centre) ** 2 for one in scores)) / len(scores)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((centre - reach, centre + reach), abs=1e-9)
    if min(abs(found.low - reference), abs(found.high - reference)) > 1e-9:
        expected = Comparison.ABOVE if found.low > reference else Comparison.BELOW
        inside = found.low < reference < found.high
        assert comparison(unit(*scores), reference) is (Comparison.INDISTINGUISHABLE if inside else expected)
