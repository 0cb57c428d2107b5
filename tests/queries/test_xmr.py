"""The XmR chart: a series worked by hand, each rule by itself, and a second implementation that goes point by point."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from queries import xmr
from queries.xmr import Assurance, Flag, Limits, Rule, Signal, assurance, chart, limits_of

settings = hypothesis_settings(max_examples=300, derandomize=True, deadline=None, database=None)
# Few different values, so that equal neighbours, trends and points on the mean are common.
series = st.lists(st.integers(-6, 6).map(Fraction), min_size=1, max_size=24)

UP, DOWN = 1, -1


def values(*numbers: int) -> list[Fraction]:
    return [Fraction(one) for one in numbers]


def flags(*numbers: int) -> list[Flag | None]:
    found = chart(values(*numbers))
    assert found is not None
    return list(found.flags)


def rules(*numbers: int) -> list[str]:
    return ["" if one is None else one.rule.value for one in flags(*numbers)]


# Limits


def test_a_series_worked_by_hand() -> None:
    """10 12 11 13 9 11: mean 11; moving ranges 2 1 2 4 2, mean 2.2 (none of 7.1874 or more); 2.66 × 2.2 = 5.852."""
    found = chart(values(10, 12, 11, 13, 9, 11))
    assert found is not None
    assert (found.limits.mean, found.limits.moving_range) == (11, Fraction(22, 10))
    assert (found.limits.lower, found.limits.upper) == (Fraction("5.148"), Fraction("16.852"))
    assert found.signals == ()
    assert found.trial


def test_an_exceptional_moving_range_is_dropped_before_the_mean_is_taken() -> None:
    """5 6 5 6 5 6 30 31 30 31: ranges 1 1 1 1 1 24 1 1 1, mean 32/9 ≈ 3.56; 24 ≥ 3.267 × 3.56 ≈ 11.6 goes, mean 1."""
    found = limits_of(values(5, 6, 5, 6, 5, 6, 30, 31, 30, 31))
    assert (found.mean, found.moving_range) == (Fraction("15.5"), 1)
    assert (found.lower, found.upper) == (Fraction("12.84"), Fraction("18.16"))


def test_a_moving_range_on_the_line_is_dropped_too() -> None:
    """One range of 3267 and nine of 6733/9 have a mean of 1000, of which 3267 is 3.267 times."""
    places = [Fraction(0), Fraction(3267)]
    for _step in range(9):
        places.append(places[-1] + Fraction(6733, 9))
    assert limits_of(places).moving_range == Fraction(6733, 9)


@pytest.mark.parametrize("count", [1, 2, 7, 20])
def test_a_constant_series_has_limits_on_its_mean_and_no_signal(count: int) -> None:
    found = chart(values(*[5] * count))
    assert found is not None
    assert (found.limits.lower, found.limits.mean, found.limits.upper) == (5, 5, 5)
    assert found.signals == ()


def test_no_points_have_no_chart_one_has_itself_and_two_have_limits() -> None:
    assert chart([]) is None
    one, two = chart(values(7)), chart(values(7, 9))
    assert one is not None and two is not None
    assert (one.limits.mean, one.limits.lower, one.limits.upper, one.flags) == (7, 7, 7, (None,))
    assert (two.limits.mean, two.limits.lower, two.limits.upper) == (8, Fraction("2.68"), Fraction("13.32"))
    assert two.flags == (None, None)


@pytest.mark.parametrize(("count", "trial"), [(11, True), (12, False)])
def test_below_twelve_points_the_limits_are_on_trial(count: int, trial: bool) -> None:
    found = chart(values(*[position % 2 for position in range(count)]))
    assert found is not None
    assert found.trial is trial


# Each rule alone


def test_a_point_outside_the_limits() -> None:
    assert flags(10, 11, 10, 11, 10, 11, 10, 20, 10, 11, 10, 11)[7] == Flag(Rule.OUTSIDE, UP)
    assert flags(10, 11, 10, 11, 10, 11, 10, 0, 10, 11, 10, 11)[7] == Flag(Rule.OUTSIDE, DOWN)
    assert rules(10, 11, 10, 11, 10, 11, 10, 20, 10, 11, 10, 11).count("outside") == 1


def test_a_point_on_a_limit_is_within() -> None:
    """Two points 100 apart move 100 about a mean that is 50 from each: 2.66 × 100 is far, 2.66 × 0 is on both."""
    for numbers in (values(0, 100), values(3, 3, 3)):
        found = chart(numbers)
        assert found is not None and found.flags == (None,) * len(numbers)
    limits = Limits(Fraction(0), Fraction(100))
    on, beyond = xmr._outside([limits.upper], limits), xmr._outside([limits.upper + Fraction(1, 10**9)], limits)
    assert (on, beyond) == ([0], [1])


def test_seven_points_that_rise_or_fall_are_a_trend_and_six_are_none() -> None:
    jumps = (0, 50, 0, 50, 0, 50)  # wide limits, so that nothing else stands out
    rising = flags(*jumps, 20, 21, 22, 23, 24, 25, 26)
    assert rising[6:] == [Flag(Rule.TREND, UP)] * 7
    assert flags(*jumps, 26, 25, 24, 23, 22, 21, 20)[-1] == Flag(Rule.TREND, DOWN)
    assert "trend" not in rules(*jumps, 20, 21, 22, 23, 24, 25)
    assert "trend" not in rules(*jumps, 20, 21, 22, 22, 23, 24, 25), "equal neighbours are no step of a trend"


STEADY = (20, 22, 20, 18) * 4


def test_two_of_three_near_the_same_limit() -> None:
    """The limits of the first lie at 14.6 and 26.7 around 20.7: 25 is beyond two thirds of the way, 23 is not."""
    assert rules(*STEADY, 25, 23, 25) == [*[""] * 16, "near_limit", "", "near_limit"]
    assert flags(*STEADY, 15, 17, 15)[-1] == Flag(Rule.NEAR_LIMIT, DOWN)
    assert rules(*STEADY, 25, 23, 21, 25) == [""] * 20, "not within three"
    assert rules(*STEADY, 25, 20, 15) == [""] * 19, "one on each side is no sign"


def test_seven_in_a_row_on_one_side_of_the_mean() -> None:
    found = flags(0, 9, 0, 9, 0, 9, 0, 6, 7, 6, 7, 6, 7, 6)
    assert found[7:] == [Flag(Rule.ONE_SIDE, UP)] * 7
    assert "one_side" not in rules(0, 9, 0, 9, 0, 9, 0, 6, 7, 6, 7, 6, 7, 0)


def test_a_point_bears_the_first_rule_that_flags_it() -> None:
    """A trend of seven that ends outside the limits: the last point is outside, the six before it are the trend."""
    assert rules(*(0, 20) * 5, 1, 2, 3, 4, 5, 6, 60) == [*[""] * 10, *["trend"] * 6, "outside"]


def test_a_point_between_a_rise_and_a_fall_bears_the_earlier_one() -> None:
    found = flags(0, 50, 0, 50, 0, 50, 20, 21, 22, 23, 24, 25, 26, 25, 24, 23, 22, 21, 20)
    assert found[12:14] == [Flag(Rule.TREND, UP), Flag(Rule.TREND, DOWN)]


def test_neighbours_with_the_same_flag_are_one_signal() -> None:
    found = chart(values(0, 9, 0, 9, 0, 9, 0, 6, 7, 6, 7, 6, 7, 6))
    assert found is not None
    assert found.signals == (Signal(Flag(Rule.ONE_SIDE, UP), 7, 13),)


# Assurance

LIMITS = Limits(Fraction(80), Fraction(1))  # 77.34 to 82.66


@pytest.mark.parametrize(
    ("goal", "higher", "lower"),
    [
        ("82.67", Assurance.WILL_NOT, Assurance.WILL_ALWAYS),
        ("82.66", Assurance.MAY, Assurance.MAY),
        ("80", Assurance.MAY, Assurance.MAY),
        ("77.34", Assurance.MAY, Assurance.MAY),
        ("77.33", Assurance.WILL_ALWAYS, Assurance.WILL_NOT),
    ],
)
def test_a_target_beyond_the_limits_is_never_or_always_met(goal: str, higher: Assurance, lower: Assurance) -> None:
    assert assurance(LIMITS, Fraction(goal)) is higher
    assert assurance(LIMITS, Fraction(goal), higher_is_better=False) is lower


# A second implementation


def naive(numbers: Sequence[Fraction]) -> tuple[Fraction, Fraction, list[tuple[str, int] | None]]:
    """(lower, upper, flags), each point judged by asking every window that it lies in."""
    count, mean = len(numbers), sum(numbers) / len(numbers)
    ranges = [abs(numbers[index + 1] - numbers[index]) for index in range(count - 1)]
    average = sum(ranges) / len(ranges) if ranges else Fraction(0)
    kept = [one for one in ranges if average == 0 or one * 1000 < 3267 * average]
    width = Fraction(266, 100) * (sum(kept) / len(kept) if kept else 0)

    def windows(index: int, length: int) -> list[list[Fraction]]:
        return [
            list(numbers[first : first + length])
            for first in range(count - length + 1)
            if first <= index < first + length
        ]

    found: list[tuple[str, int] | None] = []
    for index, one in enumerate(numbers):
        flag: tuple[str, int] | None = None
        sevens, threes = windows(index, 7), windows(index, 3)
        for window in sevens:
            for side in (1, -1):
                if all((later - earlier) * side > 0 for earlier, later in pairwise(window)):
                    flag = flag or ("trend", side)
        for side in (1, -1):
            far = [sum((x - mean) * side * 3 > 2 * width for x in w) >= 2 for w in threes]
            if (one - mean) * side * 3 > 2 * width and any(far):
                flag = flag or ("near_limit", side)
        for side in (1, -1):
            if any(all((x - mean) * side > 0 for x in w) for w in sevens):
                flag = flag or ("one_side", side)
        if abs(one - mean) > width:
            flag = ("outside", 1 if one > mean else -1)
        found.append(flag)
    return mean - width, mean + width, found


def as_naive(numbers: Sequence[Fraction]) -> tuple[Fraction, Fraction, list[tuple[str, int] | None]]:
    found = chart(numbers)
    assert found is not None
    flagged = [None if one is None else (one.rule.value, one.side) for one in found.flags]
    return found.limits.lower, found.limits.upper, flagged


@settings
@given(numbers=series)
def test_any_series_has_the_limits_and_flags_of_the_second_implementation(numbers: list[Fraction]) -> None:
    assert as_naive(numbers) == naive(numbers)


@settings
@given(numbers=series, first=st.integers(0, 4))
def test_any_series_with_a_trend_in_it_agrees_too(numbers: list[Fraction], first: int) -> None:
    longer = [*numbers[:first], *(numbers[0] + step for step in range(8)), *numbers[first:]]
    assert as_naive(longer) == naive(longer)
    assert {flag[0] for flag in as_naive(longer)[2] if flag} & {Rule.TREND.value, Rule.OUTSIDE.value}


@settings
@given(numbers=series, factor=st.integers(1, 9), shift=st.integers(-9, 9))
def test_the_flags_do_not_depend_on_the_unit(numbers: list[Fraction], factor: int, shift: int) -> None:
    moved = chart([one * factor + shift for one in numbers])
    found = chart(numbers)
    assert moved is not None and found is not None
    assert moved.flags == found.flags
