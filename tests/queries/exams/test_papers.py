"""Discrimination and reliability: the worked examples of domain section 2, and a pupil-by-pupil oracle."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from queries.exams.papers import Quality, alpha, discrimination, kr20, kr20_of, quality
from tests.queries.oracle import exams as oracle

# Chinese, mathematics, English of the ten pupils.
ROWS = [
    (121, 135, 128),
    (115, 128, 131),
    (118, 112, 109),
    (104, 119, 117),
    (109, 98, 122),
    (98, 107, 93),
    (101, 84, 88),
    (92, 76, 97),
    (87, 61, 72),
    (80, 45, 58),
]
ANSWERS = ["1111", "1110", "1101", "1100", "1010", "1000", "0100", "0000"]

settings = hypothesis_settings(max_examples=60, derandomize=True, deadline=None, database=None)
pupils_with = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 10)), max_size=30)


def by_pupil(column: int) -> list[tuple[int, int, int]]:
    return [(sum(row), 1, row[column]) for row in ROWS]


@pytest.mark.parametrize(("column", "expected"), [(0, 0.18), (1, 0.4444), (2, 0.3311)])
def test_worked_discrimination(column: int, expected: float) -> None:
    found = discrimination(by_pupil(column), 150)
    assert found is not None
    assert float(found) == pytest.approx(expected, abs=5e-5)


def test_ties_at_the_cut_count_with_their_mean_whatever_the_order() -> None:
    """k is 1 of 3; the two with the highest total have 8 and 4 in the subject."""
    rows = [(100, 1, 8), (100, 1, 4), (50, 1, 1)]
    assert {discrimination(order, 10) for order in permutations(rows)} == {Fraction(6 - 1, 10)}
    assert discrimination([(100, 2, 12), (50, 1, 1)], 10) == Fraction(5, 10)


@pytest.mark.parametrize("rows", [[], [(100, 1, 8)], [(100, 0, 0)]])
def test_too_few_pupils_have_no_top_group(rows: list[tuple[int, int, int]]) -> None:
    assert discrimination(rows, 10) is None
    assert quality(None) is None


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("0.40", Quality.VERY_GOOD),
        ("0.399999", Quality.GOOD),
        ("0.30", Quality.GOOD),
        ("0.299999", Quality.ACCEPTABLE),
        ("0.20", Quality.ACCEPTABLE),
        ("0.199999", Quality.POOR),
        ("-0.5", Quality.POOR),
    ],
)
def test_the_word_for_a_discrimination(value: str, word: Quality) -> None:
    assert quality(Fraction(value)) is word


def test_worked_reliability() -> None:
    variances = [oracle.variance(column) for column in zip(*ROWS, strict=True)]
    found = alpha(variances, oracle.variance([sum(row) for row in ROWS]))
    assert found is not None
    assert float(found) == pytest.approx(0.923505, abs=5e-7)


def test_worked_reliability_of_right_and_wrong() -> None:
    rows = [[int(answer) for answer in pupil] for pupil in ANSWERS]
    found = kr20_of(rows)
    assert found is not None
    assert float(found) == pytest.approx(0.583333, abs=5e-7)
    shares = [Fraction(sum(column), 8) for column in zip(*rows, strict=True)]
    assert kr20(shares, oracle.variance([sum(row) for row in rows])) == found


def test_reliability_is_undefined_for_one_item_and_for_equal_totals() -> None:
    assert alpha([Fraction(3)], Fraction(3)) is None
    assert alpha([], None) is None
    assert alpha([1, 1], 0) is None
    assert alpha([1, 1], None) is None
    assert kr20_of([]) is None
    assert kr20_of([[1, 0], [0, 1]]) is None


def test_answers_that_are_neither_right_nor_wrong_are_refused() -> None:
    with pytest.raises(ValueError, match="right, 1, or wrong, 0"):
        kr20_of([[1, 2]])


@settings
@given(pupils_with)
def test_discrimination_is_what_the_pupils_give(pupils: list[tuple[int, int]]) -> None:
    assert discrimination([(total, 1, score) for total, score in pupils], 10) == oracle.discrimination(pupils, 10)


@settings
@given(st.lists(st.tuples(*[st.integers(0, 5)] * 3), min_size=1, max_size=15))
def test_reliability_is_what_the_pupils_give(rows: list[tuple[int, int, int]]) -> None:
    variances = [oracle.variance(column) for column in zip(*rows, strict=True)]
    assert alpha(variances, oracle.variance([sum(row) for row in rows])) == oracle.alpha(rows)
