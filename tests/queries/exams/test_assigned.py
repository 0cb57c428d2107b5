"""Assigned scores: the worked examples of domain section 3, a pupil-by-pupil oracle, rules that do not fit."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from data.configuration import read
from data.contract import contracts
from data.problem import BrokenConfiguration
from queries.exams.assigned import FILE, Rules, assign, assigned_scores, rules
from queries.exams.statistics import Distribution, distribution
from tests.queries.oracle import exams as oracle

HEBEI = rules()["hebei-2021"]
# fmt: off
COHORT = [
    98, 95, 93, 90, 88, 88, 88, 85, 83, 82, 80, 79, 78, 77, 76, 75, 74, 73, 72, 71,
    70, 69, 68, 67, 66, 64, 62, 60, 58, 56, 55, 53, 50, 48, 45, 42, 38, 33, 28, 15,
]
# fmt: on

settings = hypothesis_settings(max_examples=60, derandomize=True, deadline=None, database=None)
cohorts = st.sampled_from([5, 100]).flatmap(lambda top: st.lists(st.integers(0, top), min_size=1, max_size=60))


def of(scores: list[int]) -> Distribution:
    return distribution((score, 1) for score in scores)


def in_grade(grade: str, *raw: int) -> dict[Decimal, int]:
    """Raw score → assigned score of 1000 candidates, of whom exactly those with these raw scores are in the grade."""
    above, share = {"A": (0, 150), "B": (150, 350), "C": (500, 350), "D": (850, 130), "E": (980, 20)}[grade]
    counts = [share - len(raw) + 1, *[1] * (len(raw) - 1)]
    others = [(max(raw) + 1, above), (min(raw) - 1, 1000 - above - share)]
    return assign(distribution([*others, *zip(raw, counts, strict=True)]), HEBEI).scores


@pytest.mark.parametrize(
    ("grade", "lowest", "highest", "raw", "expected"),
    [
        ("A", 83, 98, 95, 97),
        ("B", 69, 82, 75, 77),
        ("C", 52, 68, 60, 63),
        ("D", 32, 46, 39, 48),
        ("E", 12, 31, 20, 34),
        ("C", 47, 75, 48, 57),
        ("C", 61, 75, 74, 69),
    ],
)
def test_worked_scores(grade: str, lowest: int, highest: int, raw: int, expected: int) -> None:
    assert in_grade(grade, lowest, raw, highest)[Decimal(raw)] == expected


def test_worked_cohort() -> None:
    found = assign(of(COHORT), HEBEI)
    assert [(one.grade, one.raw_low, one.raw_high, one.pupils) for one in found.bands] == [
        ("A", 88, 98, 7),
        ("B", 71, 85, 13),
        ("C", 48, 70, 14),
        ("D", 28, 45, 5),
        ("E", 15, 15, 1),
    ]
    assert [found.scores[Decimal(raw)] for raw in (88, 85, 38, 15)] == [86, 85, 49, 40]
    assert [(one.assigned_low, one.assigned_high) for one in found.bands] == [
        (86, 100),
        (71, 85),
        (56, 70),
        (41, 55),
        (30, 40),
    ]
    assert [(one.wanted, one.got) for one in found.bands][:2] == [
        (Fraction(15, 100), Fraction(7, 40)),
        (Fraction(35, 100), Fraction(13, 40)),
    ]
    assert found.rule is HEBEI


def test_the_rule_is_that_of_the_four_chosen_subjects() -> None:
    assert HEBEI.subjects == ("政治", "地理", "化学", "生物")


def test_all_equal_scores_are_one_grade_and_the_others_empty() -> None:
    """15 % is nearer to nobody, and half is as near to nobody as to all: the larger group it is, B."""
    found = assign(distribution([(77, 12)]), HEBEI)
    assert [one.pupils for one in found.bands] == [0, 12, 0, 0, 0]
    assert (found.bands[0].raw_low, found.bands[0].raw_high, found.bands[0].got) == (None, None, 0)
    assert found.scores == {77: 85}


def test_of_two_cuts_that_are_equally_near_the_larger_group_is_taken() -> None:
    """20 pupils: 3 belong in A, and the cut lies after 2 or after 4."""
    found = assign(distribution([(90, 2), (80, 2), (70, 16)]), HEBEI)
    assert found.bands[0].pupils == 4


def test_nobody_sat() -> None:
    found = assign(Distribution((), ()), HEBEI)
    assert (found.bands, found.scores) == ((), {})


def test_half_marks_are_assigned_exactly() -> None:
    """B is 60.5 to 70.5: 65.5 → 71 + 5·14/10 = 78, 60.75 → 71.35."""
    raw = [
        (90, 30),
        (Decimal("70.5"), 67),
        (Decimal("65.5"), 1),
        (Decimal("60.75"), 1),
        (Decimal("60.5"), 1),
        (10, 100),
    ]
    scores = assign(distribution(raw), HEBEI).scores
    assert [scores[Decimal(one)] for one in ("70.5", "65.5", "60.75", "60.5")] == [85, 78, 71, 71]


def test_assigned_scores_of_a_school() -> None:
    found = assign(of(COHORT), HEBEI)
    assert assigned_scores(of([98, 85, 15, 15]), found) == of([100, 85, 40, 40])
    with pytest.raises(KeyError):
        assigned_scores(of([97]), found)


@settings
@given(cohorts)
def test_assigned_scores_are_what_the_pupils_give(scores: list[int]) -> None:
    found = assign(of(scores), HEBEI)
    assert found.scores == oracle.assigned(scores)
    assert sum(band.pupils for band in found.bands) == len(scores)
    assert sum(band.got for band in found.bands) == 1


@settings
@given(cohorts)
def test_assigned_scores_rise_with_raw_scores_within_30_and_100(scores: list[int]) -> None:
    found = assign(of(scores), HEBEI)
    assert list(found.raw) == sorted(set(scores))
    assert all(lower <= higher for lower, higher in pairwise(found.assigned))
    assert all(30 <= score <= 100 for score in found.assigned)
    for band in found.bands:
        inside = [found.scores[raw] for raw in found.raw if band.pupils and band.raw_low <= raw <= band.raw_high]
        assert all(band.assigned_low <= score <= band.assigned_high for score in inside)
        assert not inside or max(inside) == band.assigned_high


@pytest.mark.parametrize(
    ("written", "instead", "complaint"),
    [
        ("share: 0.15", "share: 0.14", "shares do not sum to 1"),
        ("grade: B", "grade: A", "one is there twice"),
        ("top: 85", "top: 86", "B does not lie below A"),
        ("bottom: 86", "bottom: 101", "bottom: 101 is above the top, 100"),
        ("rounding: half_up", "rounding: half_even", "rounding"),
        ("cut: nearer_larger", "cut: nearer", "cut"),
        ("single: top", "single: top\n    base: 750", "base"),
        ("subjects: [政治, 地理, 化学, 生物]", "subjects: []", "subjects"),
    ],
)
def test_a_rule_that_does_not_fit_is_refused(tmp_path: Path, written: str, instead: str, complaint: str) -> None:
    _comment, rule = FILE.read_text(encoding="utf-8").split("rules:\n")
    assert written in rule
    (tmp_path / "rules.yaml").write_text("rules:\n" + rule.replace(written, instead, 1), encoding="utf-8")
    with pytest.raises(BrokenConfiguration, match=complaint):
        read(tmp_path / "rules.yaml", Rules)


def test_two_rules_of_one_name_are_refused(tmp_path: Path) -> None:
    _comment, rule = FILE.read_text(encoding="utf-8").split("rules:\n")
    (tmp_path / "rules.yaml").write_text("rules:\n" + rule + rule, encoding="utf-8")
    with pytest.raises(BrokenConfiguration, match="one id is there twice"):
        read(tmp_path / "rules.yaml", Rules)


def test_an_exam_can_name_every_rule_and_no_other() -> None:
    assert contracts()["exam"].field("assigned_rule").constraints.enum == tuple(rules())
