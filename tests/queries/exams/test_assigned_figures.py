"""Simulated assigned scores of an exam through published files: the cohort of domain.md section 3, and what is withheld."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from data.problem import Refused
from data.store import Store
from queries.answers import Viewer
from queries.exams.assigned import assign, rules
from queries.exams.assigned_figures import AssignedFigures, assigned_figures
from queries.exams.figures import Level, table
from queries.exams.statistics import Distribution, Rate, distribution
from tests.queries.exams.joint_exam import EXAM, Publish, Pupil, sat, set_up

COHORT = [
    98, 95, 93, 90, 88, 88, 88, 85, 83, 82, 80, 79, 78, 77, 76, 75, 74, 73, 72, 71,
    70, 69, 68, 67, 66, 64, 62, 60, 58, 56, 55, 53, 50, 48, 45, 42, 38, 33, 28, 15,
]  # fmt: skip


def published(publish: Publish, scores: list[int], copies: int = 1, track: str = "物理类") -> list[Pupil]:
    pupils = [
        Pupil(f"390500100{place % 2}", "1班", track, {"化学": score})
        for place, score in enumerate(score for score in scores for _copy in range(copies))
    ]
    set_up(publish, [], 2, ("化学", "物理"))
    sat(publish, pupils)
    return pupils


def asked(store: Store, subject: str = "化学", rule: str | None = None) -> AssignedFigures:
    return assigned_figures(store, EXAM, subject, rule, viewer=Viewer(internal=True))


def test_the_cohort_of_the_worked_example_is_told_in_bands_of_ten_or_more(store: Store, publish: Publish) -> None:
    """A has 7, D 5 and E 1 of 40: they are joined with their neighbours, and nothing of what scores in them became is told."""
    published(publish, COHORT)
    found = asked(store)
    assert [(one.grades, one.raw_from, one.raw_below) for one in found.bands] == [
        (("A", "B"), 71, None),
        (("C", "D", "E"), None, 71),
    ]
    assert [one.pupils for one in found.bands] == [None, None], "16 have the cut-off at 75: 4 fewer than reach 71"
    assert found.mapping == () and not any(one.exact for one in found.scores)
    assert found.whole.number == 40 and found.whole.raw == Fraction(sum(COHORT), 40)
    assert found.whole.assigned == Fraction(sum(assign(of(COHORT), rules()["hebei-2021"]).scores[Decimal(one)] for one in COHORT), 40)  # fmt: skip


def of(scores: list[int]) -> Distribution:
    return distribution(Counter(map(Decimal, scores)).items())


def test_the_same_cohort_ten_times_tells_every_band_and_score(store: Store, publish: Publish) -> None:
    """domain.md section 3: A 88-98 (7), B 71-85 (13), C 48-70 (14), D 28-45 (5), E 15 (1), times ten."""
    published(publish, COHORT, 10)
    found = asked(store)
    assert [(one.grades, one.raw_from, one.pupils) for one in found.bands] == [
        (("A",), 88, 70), (("B",), 71, 130), (("C",), 48, 140), (("D",), 28, 50), (("E",), None, 10),
    ]  # fmt: skip
    mapping = dict(found.mapping)
    assert (mapping[Decimal(98)], mapping[Decimal(88)], mapping[Decimal(85)], mapping[Decimal(38)]) == (100, 86, 85, 49)
    assert all(one.exact for one in found.scores) and found.scores[-1].assigned_high == 40
    assert found.scores[-1].raw_from is None and found.scores[0].raw_below is None
    assert found.scores[0].z == pytest.approx((98 - sum(COHORT) / 40) / found.sd)
    assert found.scores[0].t == pytest.approx(50 + 10 * (found.scores[0].z or 0))


@pytest.mark.parametrize("seed", range(5))
def test_nothing_tells_of_few_pupils(seed: int, store: Store, publish: Publish) -> None:
    """Differences of any two numbers at or above a mark (bands, scores, rates) are 0 or 10 and more; ends are not told."""
    random = Random(seed)
    scores = [max(0, min(100, round(random.gauss(60, 15)))) for _one in range(random.choice((90, 250, 600)))]
    published(publish, scores)
    found = asked(store)
    rates = table(store, EXAM, "化学").whole.rates or {}
    told_at = {Rate.EXCELLENT: 85, Rate.GOOD: 75, Rate.PASS: 60, Rate.LOW: 40}
    above = {told_at[rate]: sum(one >= told_at[rate] for one in scores) for rate, share in rates.items() if share}
    reached = 0
    for one in found.scores:
        assert one.pupils == sum((one.raw_from or 0) <= score < (one.raw_below or 101) for score in scores) >= 10
        reached += one.pupils
        above[one.raw_from or 0] = reached
    reached = 0
    for band in found.bands:
        true = sum((band.raw_from or 0) <= score < (band.raw_below or 101) for score in scores)
        assert true >= 10 and band.pupils in (None, true)
        if band.pupils is not None and reached is not None:
            reached += band.pupils
            above[band.raw_from or 0] = reached
        else:
            reached = None  # type: ignore[assignment]
    numbers = sorted({*above.values(), 0, len(scores)})
    assert all(later - earlier >= 10 for earlier, later in zip(numbers, numbers[1:], strict=False))
    made = assign(of(scores), rules()["hebei-2021"])
    assert all(made.scores[raw] == got for raw, got in found.mapping)
    ends = {Decimal(min(scores)), Decimal(max(scores))}
    told = {edge for one in (*found.bands, *found.scores) for edge in (one.raw_from, one.raw_below)}
    few = {end for end in ends if sum(score == end for score in scores) < 10}
    assert not few & (told | {raw for raw, _got in found.mapping})


def test_assigned_scores_of_the_results_stand_beside_the_simulated(store: Store, publish: Publish) -> None:
    set_up(publish, [], 2, ("化学",))
    rows = "".join(f"{EXAM},化学,p{one},390500100{one % 2},物理类,{50 + one % 4},{70 + one % 4}\n" for one in range(80))
    publish("exam_result", f"考试代码,科目,学号,学校代码,类别,分数,赋分\n{rows}")
    found = asked(store)
    assert found.has_given and found.whole.given == Fraction(143, 2)
    assert [one.given for one in found.units if one.level == Level.SCHOOL] == [71, 72]
    assert [one.given for one in found.scores] == [73, 72, 71, 70]


def test_without_a_rule_or_for_another_subject_it_is_refused(store: Store, publish: Publish) -> None:
    published(publish, COHORT)
    with pytest.raises(Refused, match=r"物理.*化学"):
        asked(store, "物理")
    with pytest.raises(Refused, match="hebei-2021"):
        asked(store, rule="moon-1999")


def test_a_few_who_sat_are_not_told(store: Store, publish: Publish) -> None:
    published(publish, COHORT[:9])
    found = asked(store)
    assert found.bands == found.scores == found.units == ()


def test_single_schools_are_for_staff(store: Store, publish: Publish) -> None:
    published(publish, COHORT)
    assert {one.level for one in asked(store).units} == {Level.CITY, Level.AREA, Level.SCHOOL}
    assert {one.level for one in assigned_figures(store, EXAM, "化学").units} == {Level.CITY, Level.AREA}
