"""The statistics of items against the same computed pupil by pupil."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from math import isclose, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.exams.item_statistics import (
    Chosen,
    Counted,
    alpha_without,
    chosen,
    complete_sums,
    corrected_correlation,
    is_right_or_wrong,
    moments,
    paper_alpha,
)
from queries.exams.papers import alpha, discrimination, kr20_of, round_half_up
from queries.exams.statistics import Moments

# One row a pupil, one score an item.
Paper = list[list[int]]
EXAMPLE = [[int(mark) for mark in pupil] for pupil in ["1111", "1110", "1101", "1100", "1010", "1000", "0100", "0000"]]
PAPERS = st.integers(2, 5).flatmap(
    lambda items: st.lists(st.lists(st.integers(0, 6), min_size=items, max_size=items), min_size=1, max_size=25)
)


def counted(paper: Paper, item: int, choices: list[str | None] | None = None) -> list[Counted]:
    """What the store keeps of an item: pupils alike in option and total, counted together."""
    cells = Counter((choices[place] if choices else None, sum(pupil), pupil[item]) for place, pupil in enumerate(paper))
    return [
        Counted(choice, True, Decimal(total), pupils, Decimal(score * pupils), Decimal(score * score * pupils))
        for (choice, total, score), pupils in cells.items()
    ]


def totals(paper: Paper) -> Moments:
    sums = [sum(pupil) for pupil in paper]
    return Moments(len(sums), Fraction(sum(sums)), Fraction(sum(one * one for one in sums)))


def variance(values: list[int]) -> Fraction:
    mean = Fraction(sum(values), len(values))
    return sum(((one - mean) ** 2 for one in values), Fraction(0)) / len(values)


def test_kr20_of_the_worked_example() -> None:
    sums = [complete_sums(counted(EXAMPLE, item)) for item in range(4)]
    assert paper_alpha(sums, totals(EXAMPLE)) == kr20_of(EXAMPLE)
    assert round(float(paper_alpha(sums, totals(EXAMPLE)) or 0), 6) == 0.583333


@given(paper=PAPERS)
def test_alpha_and_alpha_without_an_item_are_those_of_the_pupils(paper: Paper) -> None:
    columns = [list(column) for column in zip(*paper, strict=True)]
    sums = [complete_sums(counted(paper, item)) for item in range(len(columns))]
    assert paper_alpha(sums, totals(paper)) == alpha(
        [variance(one) for one in columns], variance([sum(pupil) for pupil in paper])
    )
    for dropped in range(len(columns)):
        rest = [one for place, one in enumerate(columns) if place != dropped]
        expected = alpha([variance(one) for one in rest], variance([sum(pupil) for pupil in zip(*rest, strict=True)]))
        assert alpha_without(sums, totals(paper), dropped) == expected


@given(paper=PAPERS)
def test_the_correlation_is_with_the_total_of_the_others(paper: Paper) -> None:
    for item in range(len(paper[0])):
        own, rest = [pupil[item] for pupil in paper], [sum(pupil) - pupil[item] for pupil in paper]
        found = corrected_correlation(complete_sums(counted(paper, item)), totals(paper))
        if not variance(own) or not variance(rest):
            assert found is None
            continue
        product = Fraction(sum(one * other for one, other in zip(own, rest, strict=True)), len(paper))
        covariance = product - Fraction(sum(own), len(paper)) * Fraction(sum(rest), len(paper))
        assert found is not None
        assert isclose(found, float(covariance) / sqrt(variance(own) * variance(rest)), abs_tol=1e-12)


@given(paper=PAPERS)
def test_discrimination_takes_pupils_at_the_edge_with_their_mean(paper: Paper) -> None:
    rows = counted(paper, 0)
    found = discrimination([(one.total, one.pupils, one.score_sum) for one in rows], 6)
    k = round_half_up(Fraction(27, 100) * len(paper))
    mean = {
        total: Fraction(sum(one[0] for one in same), len(same))
        for total in {sum(pupil) for pupil in paper}
        if (same := [pupil for pupil in paper if sum(pupil) == total])
    }
    order = sorted(sum(pupil) for pupil in paper)
    # A group that holds all pupils of a total holds their sum, so that each may count with the mean.
    gap = sum((mean[one] for one in order[len(order) - k :]), Fraction(0)) - sum(
        (mean[one] for one in order[:k]), Fraction(0)
    )
    assert found == (gap / (k * 6) if k else None)


@given(paper=PAPERS, options=st.lists(st.sampled_from(["A", "B", None]), min_size=25, max_size=25))
def test_options_share_out_the_pupils_and_both_groups(paper: Paper, options: list[str | None]) -> None:
    found = chosen(counted(paper, 0, options))
    k = round_half_up(Fraction(27, 100) * len(paper))
    assert {one.choice: one.pupils for one in found} == Counter(options[: len(paper)])
    assert sum(one.top for one in found) == sum(one.bottom for one in found) == k
    assert all(0 <= one.top <= one.pupils and 0 <= one.bottom <= one.pupils for one in found)
    assert [one.choice for one in found] == sorted((one.choice for one in found), key=lambda one: (one is None, one))


def test_a_pupil_at_the_edge_of_a_group_belongs_to_it_in_part() -> None:
    paper = [[total] for total in (9, 8, 8, 8, 3, 3, 2, 1, 1, 0, 0)]
    found = chosen(counted(paper, 0, ["A", "A", "B", "B", *["B"] * 7]))
    assert found[0] == Chosen("A", 2, 1 + Fraction(2, 3), Fraction(0))


@pytest.mark.parametrize(("scores", "expected"), [([0, 5, 5], True), ([0, 5, 2], False), ([0, 0], True), ([], False)])
def test_right_or_wrong_is_told_from_sums(scores: list[int], expected: bool) -> None:
    rows = counted([[one] for one in scores], 0)
    assert is_right_or_wrong(moments(rows), 5) is expected


def test_one_pupil_and_equal_totals_have_no_reliability() -> None:
    for paper in ([[1, 0, 1]], [[1, 0], [0, 1], [1, 0]]):
        sums = [complete_sums(counted(paper, item)) for item in range(len(paper[0]))]
        assert paper_alpha(sums, totals(paper)) is None
    assert discrimination([(Decimal(1), 1, Decimal(1))], 1) is None
