"""The gap planner never promises too few places and never asks for one too many."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from data.store import Store
from queries import answers
from queries.preschool.gap import Kindergarten, gap_plan
from queries.progress import Goal, shortfall

TARGET = Fraction(80, 100)

settings = hypothesis_settings(max_examples=300, derandomize=True, deadline=None, database=None)
targets = st.fractions(Fraction(1, 100), Fraction(99, 100), max_denominator=100)


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int]:
    """(all children, those who count)"""
    total = draw(st.integers(1, 100_000))
    return total, draw(st.integers(0, total))


def kindergartens(*sizes: int) -> list[Kindergarten]:
    return [Kindergarten(f"{number:03d}", f"示例{number}园", "private", size) for number, size in enumerate(sizes)]


def test_the_worked_example_of_clause_27() -> None:
    plan = gap_plan(10_000, 7_800, TARGET, [])
    assert (plan.total, plan.counting, plan.target, plan.convert, plan.build) == (10_000, 7_800, TARGET, 200, 1_000)


@settings
@given(children=counts(), target=targets)
def test_converting_reaches_the_target_and_one_place_less_does_not(children: tuple[int, int], target: Fraction) -> None:
    total, counting = children
    convert = gap_plan(total, counting, target, []).convert
    assert Fraction(counting + convert, total) >= target
    assert convert == 0 or Fraction(counting + convert - 1, total) < target


@settings
@given(children=counts(), target=targets)
def test_building_reaches_the_target_and_one_place_less_does_not(children: tuple[int, int], target: Fraction) -> None:
    total, counting = children
    build = gap_plan(total, counting, target, []).build
    assert Fraction(counting + build, total + build) >= target
    assert build == 0 or Fraction(counting + build - 1, total + build - 1) < target


@settings
@given(children=counts(), target=targets)
def test_what_is_to_be_converted_is_the_gap_that_the_cards_show(children: tuple[int, int], target: Fraction) -> None:
    total, counting = children
    missing = shortfall(Fraction(counting), Fraction(total), Goal(target, ">=", None))
    assert gap_plan(total, counting, target, []).convert == missing


@settings
@given(sizes=st.lists(st.integers(1, 60), max_size=10), convert=st.integers(0, 300))
def test_no_smaller_set_of_kindergartens_is_enough(sizes: list[int], convert: int) -> None:
    """Against every set there is, and no other set of its number has fewer children too many. 1000 children of whom `800 - convert` count and 800 should."""
    all_of_them = kindergartens(*sizes)
    found = gap_plan(1000, 800 - convert, TARGET, all_of_them).smallest_set
    enough = (
        number
        for number in range(len(sizes) + 1)
        if any(sum(one.children for one in chosen) >= convert for chosen in combinations(all_of_them, number))
    )
    fewest = next(enough, None)
    assert (None if found is None else len(found)) == fewest
    if found is not None:
        assert sum(one.children for one in found) >= convert
        assert len({one.institution_id for one in found}) == len(found)
        sums = (sum(one.children for one in chosen) for chosen in combinations(all_of_them, len(found)))
        assert sum(one.children for one in found) == min(total for total in sums if total >= convert)


@pytest.mark.parametrize(
    ("sizes", "chosen"),
    [
        ((50, 150, 250), [250]),
        ((150, 210, 250), [210]),
        ((190, 5, 10, 15), [190, 10]),
        ((100, 60, 40), [100, 60, 40]),
        ((150, 110, 90, 60, 55), [110, 90]),
        ((100, 60, 39), None),
        ((), None),
    ],
)
def test_the_smallest_set_for_200_children(sizes: tuple[int, ...], chosen: list[int] | None) -> None:
    """The fewest, and of several such sets the one that takes the fewest children too many."""
    found = gap_plan(10_000, 7_800, TARGET, kindergartens(*sizes)).smallest_set
    assert (None if found is None else [one.children for one in found]) == chosen


def test_kindergartens_of_the_same_size_are_chosen_by_their_number() -> None:
    same = kindergartens(120, 120, 120)
    first, second = (gap_plan(10_000, 7_800, TARGET, order).smallest_set for order in (same, same[::-1]))
    assert first == second


def test_a_province_is_planned_as_exactly_as_a_city() -> None:
    """2,000 kindergartens that do not count, and 5,000 children short."""
    many = kindergartens(*(90 + 7 * number % 331 for number in range(2_000)))
    found = gap_plan(400_000, 315_000, TARGET, many).smallest_set
    assert found is not None
    assert (len(found), sum(one.children for one in found)) == (12, 5_000)


def test_where_the_target_is_met_nothing_is_to_be_done() -> None:
    plan = gap_plan(10_000, 8_000, TARGET, kindergartens(100))
    assert (plan.convert, plan.build, plan.smallest_set) == (0, 0, ())


@pytest.mark.parametrize("line", ["inclusive_share", "public_share"])
@pytest.mark.parametrize("area", ["主城区", "信都区", "襄都区", "开发区"])
def test_the_plan_of_the_sample_data_closes_the_gap_of_each_line_and_area(line: str, area: str, samples: Store) -> None:
    found = answers.answer(samples, line).area(area)
    plan = answers.gap_planner(samples, line, area)
    assert plan is not None
    assert found.latest is not None
    assert (plan.counting, plan.total) == (found.latest.numerator, found.latest.denominator)
    assert plan.convert == found.gap
    assert plan.smallest_set is not None
    assert sum(one.children for one in plan.smallest_set) >= plan.convert
    not_counting = {"private"} if line == "inclusive_share" else {"private", "inclusive_private"}
    assert {one.ownership for one in plan.smallest_set} <= not_counting


def test_there_is_no_plan_without_a_target_or_without_a_figure(samples: Store, store: Store) -> None:
    assert answers.gap_planner(samples, "pupils", "主城区") is None
    assert answers.gap_planner(store, "inclusive_share", "主城区") is None
