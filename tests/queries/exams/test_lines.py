"""Lines: the worked examples of domain section 2, and a pupil-by-pupil oracle."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from queries.exams.lines import (
    Above,
    Borderline,
    FourCells,
    HoldingBack,
    Moved,
    borderline,
    effective_m1,
    effective_m2,
    holding_back,
    line_rate,
    moved,
)
from queries.exams.statistics import Distribution, Share, distribution
from tests.queries.oracle import exams as oracle

LINE = 318
PUPILS = [
    {"语文": chinese, "数学": maths, "英语": english}
    for chinese, maths, english in [
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
]
EMPTY = Distribution((), ())

settings = hypothesis_settings(max_examples=60, derandomize=True, deadline=None, database=None)
sat_all = st.fixed_dictionaries({subject: st.integers(0, 9) for subject in "语数英"})
chosen = st.dictionaries(st.sampled_from("政地化生"), st.integers(0, 9), min_size=2, max_size=2)
totals = st.lists(st.integers(0, 30), max_size=40)


def of(scores: list[int]) -> Distribution:
    return distribution((score, 1) for score in scores)


def above(pupils: list[dict[str, int]], line: int) -> tuple[dict[str, Above], int]:
    counted = [scores for scores in pupils if sum(scores.values()) >= line]
    subjects = {subject: [one[subject] for one in counted if subject in one] for pupil in pupils for subject in pupil}
    return {subject: Above(len(found), sum(found)) for subject, found in subjects.items()}, len(counted)


def cells(subject: str, mark: Fraction | Decimal) -> FourCells:
    single = [sum(one.values()) >= LINE for one in PUPILS if one[subject] >= mark]
    return FourCells(len(single), sum(single), sum(sum(one.values()) >= LINE for one in PUPILS), len(PUPILS))


def test_worked_effective_scores() -> None:
    found = effective_m1(*above(PUPILS, LINE), LINE)
    assert list(map(float, found.values())) == pytest.approx([102.0985, 106.6002, 109.3012], abs=5e-5)
    assert sum(found.values()) == LINE


def test_worked_nth_highest_scores() -> None:
    assert [effective_m2(of([one[subject] for one in PUPILS]), 5) for subject in PUPILS[0]] == [104, 107, 109]


@pytest.mark.parametrize(
    ("subject", "single", "double", "hit", "contribution"),
    [("语文", 5, 5, 1, 1), ("数学", 5, 4, "4/5", "4/5"), ("英语", 4, 4, 1, "4/5")],
)
def test_worked_cells(subject: str, single: int, double: int, hit: Fraction, contribution: Fraction) -> None:
    found = cells(subject, effective_m1(*above(PUPILS, LINE), LINE)[subject])
    assert found == FourCells(single, double, 5, 10)
    assert (found.hit_rate.value, found.contribution.value) == (Fraction(hit), Fraction(contribution))
    assert found.double + found.subject_only + found.line_only + found.neither == found.sat


def test_worked_cells_of_english_by_its_nth_highest_score() -> None:
    found = cells("英语", Decimal(109))
    assert (found.hit_rate, found.contribution) == (Share(5, 5), Share(5, 5))


def test_cells_of_schools_add_up() -> None:
    assert FourCells(3, 2, 4, 9) + FourCells(1, 1, 1, 3) == FourCells(4, 3, 5, 12)


@pytest.mark.parametrize("parts", [(1, 2, 3, 9), (3, 2, 1, 9), (5, 0, 5, 9), (1, -1, 1, 9)])
def test_cells_that_cannot_be_are_refused(parts: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="do not add up"):
        FourCells(*parts)


def test_nobody_above_the_line_gives_no_effective_score() -> None:
    assert effective_m1({}, 0, LINE) == effective_m1({"语文": Above(0, 0)}, 0, LINE) == {}
    assert effective_m2(of([90]), 0) is None
    assert effective_m2(of([90]), 2) is None
    assert FourCells(0, 0, 0, 0).hit_rate.value is None


def test_a_subject_that_nobody_above_the_line_sat_has_none() -> None:
    assert effective_m1({"化学": Above(2, 150), "生物": Above(0, 0)}, 2, 70) == {"化学": 70}


def test_the_line_itself_is_above() -> None:
    assert line_rate(of([317, 318, 319]), LINE) == Share(2, 3)
    assert line_rate(EMPTY, LINE).value is None


def test_near_the_line_is_from_ten_marks_below_to_less_than_ten_above() -> None:
    assert borderline(of([89, 90, 99, 100, 109, 110]), 100) == Borderline(2, 2)
    assert borderline(of([97, 98, 100, 101, 102]), 100, Decimal("1.5")) == Borderline(0, 2)


def test_a_line_that_moves() -> None:
    assert moved(of([99, 100, 100, 101]), 100, 1) == (
        Moved(Fraction(-1), Fraction(99), 4, 1),
        Moved(Fraction(0), Fraction(100), 3, 0),
        Moved(Fraction(1), Fraction(101), 1, -2),
    )


def test_a_line_moves_upwards_only() -> None:
    with pytest.raises(ValueError, match="steps of 0"):
        moved(EMPTY, 100, 1, 0)


def test_the_subject_that_holds_most_pupils_back_comes_first() -> None:
    found = holding_back({"语文": 1, "数学": 4, "英语": 4, "化学": 0})
    assert found == (HoldingBack("数学", 4), HoldingBack("英语", 4), HoldingBack("语文", 1), HoldingBack("化学", 0))


@settings
@given(st.lists(sat_all, max_size=12), st.integers(1, 27))
def test_effective_scores_sum_to_the_line(pupils: list[dict[str, int]], line: int) -> None:
    found = effective_m1(*above(pupils, line), line)
    if any(sum(one.values()) >= line for one in pupils):
        assert found == oracle.effective_m1(pupils, line)
        assert sum(found.values()) == line
    else:
        assert found == {}


@settings
@given(st.lists(st.builds(dict.__or__, sat_all, chosen), min_size=1, max_size=12), st.integers(1, 45))
def test_with_chosen_subjects_they_sum_to_the_line_by_their_shares(pupils: list[dict[str, int]], line: int) -> None:
    by_subject, reached = above(pupils, line)
    found = effective_m1(by_subject, reached, line)
    if reached:
        assert found == oracle.effective_m1(pupils, line)
        assert sum(score * Fraction(by_subject[subject].pupils, reached) for subject, score in found.items()) == line


@settings
@given(totals.filter(bool), st.data())
def test_so_many_have_the_nth_highest_score_or_more(scores: list[int], data: st.DataObject) -> None:
    pupils = data.draw(st.integers(1, len(scores)))
    assert effective_m2(of(scores), pupils) == sorted(scores, reverse=True)[pupils - 1]


@settings
@given(totals, st.integers(0, 30), st.integers(0, 8), st.sampled_from([1, Decimal("0.5"), Fraction(3)]))
def test_every_position_of_the_line_is_what_counting_gives(
    scores: list[int], line: int, reach: int, step: Decimal | Fraction | int
) -> None:
    found = moved(of(scores), line, reach, step)
    assert [one.by for one in found] == [Fraction(step) * place for place in range(-reach, reach + 1)]
    for one in found:
        assert one.above == len([score for score in scores if score >= line + one.by])
        assert one.change == one.above - len([score for score in scores if score >= line])


@settings
@given(totals, st.integers(0, 30), st.integers(0, 12))
def test_the_borderline_is_what_counting_gives(scores: list[int], line: int, distance: int) -> None:
    lower = [score for score in scores if line - distance <= score < line]
    upper = [score for score in scores if line <= score < line + distance]
    assert borderline(of(scores), line, distance) == Borderline(len(lower), len(upper))
