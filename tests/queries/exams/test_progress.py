"""Joint exams over time, against plain Python that goes pupil by pupil; who may see what; what is withheld; as of a day."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from math import sqrt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.problem import Refused
from data.store import Store
from queries.answers import PUBLIC, Viewer
from queries.exams import evenness, figures, gained, progress
from queries.exams.access import may_see_classes, may_see_schools
from queries.exams.gained import ENOUGH_MATCHED
from queries.exams.sat import Sat
from queries.exams.setup import TOTAL, exam
from queries.exams.statistics import Moments
from queries.exams.units import Comparison
from queries.exams.value_added import (
    Fit,
    Scale,
    as_residual,
    as_z,
    change_of_z,
    fit,
    pair_moments,
    residual,
    scales_of,
)
from tests.data import exam_oracle as oracle

STAFF, LOCAL = Viewer(internal=True), Viewer(internal=True, below_school=True)
JOINT, EXIT, ENTRY = "2023届/全市联考", "2022-11-G3", "2021-11-G2"
CLOSE = 1e-9

Publish = Callable[[str, str], int]


# What the sample exams say, pupil by pupil


def rows(store: Store, exam_id: str) -> list[dict[str, Any]]:
    with store.reading() as cursor:
        result = cursor.execute("select * from exam_result where exam_id = ?", [exam_id])
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def marks(people: Sequence[oracle.Pupil], subject: str) -> dict[str, tuple[oracle.Pupil, Decimal]]:
    """The mark of every pupil who has one; of the total, of those who have all papers."""
    if subject:
        return {one.student_id: (one, one.marks[subject]) for one in people if subject in one.marks}
    return {one.student_id: (one, one.total) for one in people if one.whole and one.total is not None}


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def sd(values: Sequence[float]) -> float:
    centre = mean(values)
    return sqrt(mean([(one - centre) ** 2 for one in values]))


def compared_with(one: oracle.Pupil, subject: str) -> str:
    """Totals are compared within the track, papers over all pupils."""
    return "" if subject else one.track


def expected_z(people: Sequence[oracle.Pupil], subject: str) -> dict[str, list[float]]:
    """The standard scores of every school's pupils."""
    whole: dict[str, list[float]] = defaultdict(list)
    for one, mark in marks(people, subject).values():
        whole[compared_with(one, subject)].append(float(mark))
    found: dict[str, list[float]] = defaultdict(list)
    for one, mark in marks(people, subject).values():
        group = whole[compared_with(one, subject)]
        found[one.institution_id].append((float(mark) - mean(group)) / sd(group))
    return found


@pytest.mark.parametrize("subject", [TOTAL, "数学", "化学"])
def test_standard_scores_are_those_of_the_pupils(subject: str, samples: Store) -> None:
    found = progress.followed(samples, JOINT, subject, viewer=STAFF)
    areas = exam(samples, EXIT).areas()
    for position, heading in enumerate(found.series.exams):
        by_school = expected_z(oracle.pupils(rows(samples, heading.id)), subject)
        for course in found.courses:
            place = course.places[position]
            members = [course.code] if course.is_school else areas[course.code]
            z = [value for school in members for value in by_school[school]]
            if place.z is None:
                assert course.is_school
                continue
            assert len(z) >= 10
            assert float(place.z) == pytest.approx(mean(z), abs=CLOSE)
            assert place.interval is not None
            assert place.interval.high - float(place.z) == pytest.approx(1.96 * sd(z) / sqrt(len(z)), abs=CLOSE)


def test_rates_at_a_line_are_of_those_of_the_track_who_have_all_papers(samples: Store) -> None:
    found = progress.followed(samples, JOINT, viewer=STAFF)
    people, areas = oracle.pupils(rows(samples, EXIT)), exam(samples, EXIT).areas()
    shown = 0
    for one in found.line_courses:
        line = exam(samples, EXIT).line(one.line, one.track)
        assert line is not None
        share = one.rates[-1]
        members = set(areas.get(one.code, [one.code])) if one.code else {pupil.institution_id for pupil in people}
        of_line = [
            pupil for pupil in people if pupil.whole and pupil.track == one.track and pupil.institution_id in members
        ]
        reached = sum(pupil.total is not None and pupil.total >= line.mark for pupil in of_line)
        if share is None:
            assert one.code not in ("", *areas), "sums of many pupils are shown"
            continue
        shown += 1
        assert (share.numerator, share.denominator) == (reached, len(of_line))
        for count in (reached, len(of_line) - reached, len(of_line)):
            assert not 0 < count < 10
    assert shown > 20


def test_a_line_course_has_one_name_and_one_track(samples: Store) -> None:
    found = progress.followed(samples, JOINT, viewer=STAFF)
    pairs = {(one.line, one.track) for one in found.line_courses}
    assert pairs == {(line, track) for line in ("特控线", "本科线") for track in ("物理类", "历史类")}


Pair = tuple[oracle.Pupil, float, float]  # exit pupil, mark at entry and at exit


def pairs(samples: Store, subject: str) -> list[Pair]:
    before, after = (marks(oracle.pupils(rows(samples, one)), subject) for one in (ENTRY, EXIT))
    return [(after[one][0], float(before[one][1]), float(after[one][1])) for one in after.keys() & before.keys()]


def line_of(x: Sequence[float], y: Sequence[float]) -> tuple[float, float]:
    slope = sum((a - mean(x)) * (b - mean(y)) for a, b in zip(x, y, strict=True)) / sum((a - mean(x)) ** 2 for a in x)
    return mean(y) - slope * mean(x), slope


@pytest.mark.parametrize("subject", [TOTAL, "数学"])
def test_value_added_is_that_of_the_matched_pupils(subject: str, samples: Store) -> None:
    found = gained.gained(samples, EXIT, subject, viewer=STAFF)
    matched = pairs(samples, subject)
    groups: dict[str, list[Pair]] = defaultdict(list)
    for pair in matched:
        groups[compared_with(pair[0], subject)].append(pair)
    residuals: dict[str, list[float]] = defaultdict(list)
    changes: dict[str, list[float]] = defaultdict(list)
    for own in groups.values():
        x, y = [one[1] for one in own], [one[2] for one in own]
        intercept, slope = line_of(x, y)
        for pupil, before, after in own:
            residuals[pupil.institution_id].append(after - intercept - slope * before)
            changes[pupil.institution_id].append((after - mean(y)) / sd(y) - (before - mean(x)) / sd(x))
    areas, sat = exam(samples, EXIT).areas(), marks(oracle.pupils(rows(samples, EXIT)), subject)
    assert found.matched is not None
    assert (found.matched.numerator, found.matched.denominator) == (len(matched), len(sat))
    for one in found.gains:
        members = areas[one.code] if one.is_area else [one.code]
        values = [value for school in members for value in residuals[school]]
        moved = [value for school in members for value in changes[school]]
        number = sum(pupil.institution_id in members for pupil, _mark in sat.values())
        assert one.residual is not None
        assert one.change is not None
        assert one.residual.interval is not None
        assert one.residual.mean == pytest.approx(mean(values), abs=1e-8)
        assert one.change.mean == pytest.approx(mean(moved), abs=CLOSE)
        reach = 1.96 * sd(values) * sqrt(len(values) / (len(values) - 1)) / sqrt(len(values))
        assert one.residual.interval.high - (one.residual.mean or 0) == pytest.approx(reach, abs=1e-8)
        assert one.enough is (Fraction(len(values), number) >= ENOUGH_MATCHED)
        if one.matched is not None:
            assert (one.matched.numerator, one.matched.denominator) == (len(values), number)
            assert not 0 < number - len(values) < 10, "how many were not matched follows from the rate"


def test_all_matched_pupils_together_gain_nothing(samples: Store) -> None:
    residuals, changes = [], []
    found = gained.gained(samples, EXIT, "数学", viewer=STAFF)
    matched = pairs(samples, "数学")
    for one in found.units:
        weight = sum(pupil.institution_id == one.code for pupil, _before, _after in matched)
        assert one.residual is not None
        assert one.change is not None
        residuals.append(weight * (one.residual.mean or 0))
        changes.append(weight * (one.change.mean or 0))
    assert sum(residuals) == pytest.approx(0, abs=1e-6)
    assert sum(changes) == pytest.approx(0, abs=1e-6)


def test_a_weak_subject_lies_clearly_below_the_own_mean(samples: Store) -> None:
    found = evenness.evenness(samples, EXIT, viewer=STAFF)
    people = oracle.pupils(rows(samples, EXIT))
    z = {subject: expected_z(people, subject) for subject in exam(samples, EXIT).subjects}
    judged = [one for one in found.units if not one.is_area]
    assert any(one.weak for one in judged)
    for one in judged:
        means = {each.subject: mean(z[each.subject][one.code]) for each in one.subjects if each.z is not None}
        assert one.spread == pytest.approx(sd(list(means.values())), abs=CLOSE)
        centre = mean(list(means.values()))
        expected = {
            subject
            for subject, value in means.items()
            if value + 1.96 * sd(z[subject][one.code]) / sqrt(len(z[subject][one.code])) < centre
        }
        assert {each.subject for each in one.weak} == expected


def test_the_whole_exam_is_weak_where_its_mean_lies_beyond_the_band(samples: Store) -> None:
    found = evenness.evenness(samples, EXIT)
    people = oracle.pupils(rows(samples, EXIT))
    for one in found.papers:
        paper = exam(samples, EXIT).paper(one.subject)
        values = [pupil.marks[one.subject] for pupil in people if one.subject in pupil.marks]
        assert one.mean == Fraction(sum(values)) / len(values)
        assert paper.reference_mean is not None
        band = Fraction(paper.weak_band or 0) * Fraction(paper.full_marks)
        assert one.weak is (one.mean < Fraction(paper.reference_mean) - band)
    assert {one.subject for one in found.papers if one.weak} == {"数学", "物理", "化学"}


def test_the_limits_find_the_paper_that_was_far_too_hard(samples: Store) -> None:
    found = progress.followed(samples, "2023届/月考", "数学").controlled("")
    assert found.chart is not None
    assert found.chart.trial, "eleven exams"
    assert [found.exams[one.first].id for one in found.chart.signals] == ["2021-05-G1"]


def test_a_total_of_the_whole_exam_has_no_series_of_its_own(samples: Store) -> None:
    assert progress.followed(samples, JOINT).controlled("").chart is None


# Who may see what


@pytest.mark.parametrize(
    ("viewer", "schools", "classes"),
    [(PUBLIC, False, False), (STAFF, True, False), (LOCAL, True, True), (Viewer(below_school=True), True, True)],
)
def test_schools_are_for_staff_and_classes_for_the_local_user(viewer: Viewer, schools: bool, classes: bool) -> None:
    assert (may_see_schools(viewer), may_see_classes(viewer)) == (schools, classes)


def test_everybody_else_sees_the_whole_exam_and_districts(samples: Store) -> None:
    found, gains = progress.followed(samples, JOINT), gained.gained(samples, EXIT)
    even = evenness.evenness(samples, EXIT)
    districts = ["信都区", "襄都区", "开发区"]
    assert sorted(one.code for one in found.courses) == sorted(districts), "the main urban area is the whole here"
    assert {one.code for one in found.line_courses} == {"", *districts}
    assert sorted(one.code for one in gains.gains) == sorted(one.code for one in even.units) == sorted(districts)
    with pytest.raises(Refused):
        found.course("0000003171")


def test_single_classes_are_refused_to_all_but_the_local_user(samples: Store) -> None:
    with pytest.raises(Refused):
        gained.gained(samples, EXIT, viewer=STAFF, school="0000003171")
    found = gained.gained(samples, EXIT, "数学", viewer=LOCAL, school="0000003171")
    assert [one.code for one in found.gains] == ["高三(1)班", "高三(2)班", "高三(3)班"]
    whole = next(one for one in gained.gained(samples, EXIT, "数学", viewer=LOCAL).gains if one.code == "0000003171")
    sizes = [
        sum(p.school_class == one.code and p.institution_id == "0000003171" for p, _x, _y in pairs(samples, "数学"))
        for one in found.gains
    ]
    weighed = sum(n * (one.residual.mean or 0) for n, one in zip(sizes, found.gains, strict=True) if one.residual)
    assert whole.residual is not None
    assert weighed / sum(sizes) == pytest.approx(whole.residual.mean, abs=1e-8)


def test_of_classes_whose_number_their_table_withholds_no_gain_is_told(samples: Store) -> None:
    for subject, school in (("历史", "0000003186"), ("化学", "0000003174"), ("地理", "0000003177")):
        classes = figures.table(samples, EXIT, subject, school=school, viewer=LOCAL).at(figures.Level.CLASS)
        withheld = {one.id for one in classes if one.withheld}
        told = {one.code for one in gained.gained(samples, EXIT, subject, viewer=LOCAL, school=school).told}
        assert told and withheld and not withheld & told


def test_what_does_not_exist_is_refused(samples: Store) -> None:
    for asked in (
        lambda: progress.followed(samples, "moon"),
        lambda: gained.gained(samples, "moon"),
        lambda: gained.gained(samples, ENTRY),
        lambda: evenness.evenness(samples, "moon"),
    ):
        with pytest.raises(Refused):
            asked()


# Small exams


settings_ = settings(max_examples=80, derandomize=True, deadline=None, database=None)
MARK = st.integers(0, 150)


@settings_
@given(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(["物", "历"]), MARK), min_size=1, max_size=40))
def test_z_of_any_small_exam_goes_pupil_by_pupil(pupils: list[tuple[str, str, int]]) -> None:
    for subject in ("", "数学"):
        moments: dict[tuple[str, str], Moments] = {}
        for school, track, mark in pupils:
            one = Moments(1, Fraction(mark), Fraction(mark) ** 2)
            moments[school, track] = moments.get((school, track), Moments(0, Fraction(0), Fraction(0))) + one
        found = Sat(subject, moments, {}, None)
        for school in {one[0] for one in pupils}:
            values = []
            for _school, track, mark in [one for one in pupils if one[0] == school]:
                whole = [float(one[2]) for one in pupils if subject or one[1] == track]
                if sd(whole):
                    values.append((mark - mean(whole)) / sd(whole))
            assert found.z(school).n == len(values)
            if values:
                assert float(found.z(school).mean or 0) == pytest.approx(mean(values), abs=CLOSE)
                assert float(found.z(school).variance or 0) == pytest.approx(sd(values) ** 2, abs=CLOSE)


@settings_
@given(st.lists(st.tuples(st.booleans(), MARK, MARK), min_size=10, max_size=60))
def test_moments_of_residuals_and_of_z_are_those_of_the_pupils(pupils: list[tuple[bool, int, int]]) -> None:
    """A pupil of the unit or not, mark at entry and at exit."""

    def moments_of(chosen: Sequence[tuple[bool, int, int]]) -> Any:
        x, y = [one[1] for one in chosen], [one[2] for one in chosen]
        squares = (sum(a * b for a, b in zip(*two, strict=True)) for two in ((x, x), (x, y), (y, y)))
        return pair_moments(len(chosen), sum(x), sum(y), *squares)

    own = [one for one in pupils if one[0]]
    whole, unit = moments_of(pupils), moments_of(own)
    line, (entry, exit_) = fit(whole), scales_of(whole)
    direct, moved = residual(unit, line), residual(as_residual(unit, line), Fit(Fraction(0), Fraction(0)))
    if line is not None:
        assert moved == direct
    one_scale = Scale(Fraction(0), 1.0)
    before, after = change_of_z(unit, entry, exit_), change_of_z(as_z(unit, entry, exit_), one_scale, one_scale)
    if entry.sd and exit_.sd:
        assert before.comparison == after.comparison
        assert before.mean == pytest.approx(after.mean, abs=CLOSE)


@settings_
@given(st.dictionaries(st.sampled_from("ABCDE"), st.integers(0, 3).map(Fraction), min_size=1))
def test_the_share_of_others_below_counts_equal_ones_half(means: dict[str, Fraction]) -> None:
    shares = progress.above_others(means)
    if len(means) == 1:
        assert not shares
        return
    for code, own in means.items():
        others = [mean for other, mean in means.items() if other != code]
        assert shares[code] * len(others) == sum(Fraction(2 * (mean < own) + (mean == own), 2) for mean in others)


# Suppression, and earlier states, on small exams that are published

HEADER = "exam_id,subject,exam_name,held_on,stage,grade,full_marks,cohort,series,entry_exam_id\n"
SCHOOLS = {"01": "甲校", "02": "乙校", "03": "丙校", "04": "丁校"}


def set_up(publish: Publish) -> None:
    """Two exams of one paper, the second measured from the first, for four schools of one district."""
    lines = "".join(f"{code},2015-09-01,{name},襄都区,高中,教育部门办,是\n" for code, name in SCHOOLS.items())
    publish("institution", "institution_id,valid_from,name,area,kind,ownership,main_urban\n" + lines)
    publish(
        "exam",
        HEADER
        + "E1,数学,一,2021-11-12,高中,高二,150,2023届,联考,\nE2,数学,二,2022-11-12,高中,高三,150,2023届,联考,E1\n",
    )


def sit(publish: Publish, exam_id: str, numbers: Mapping[str, int], first: int = 0) -> None:
    """So many pupils of each school sit an exam, from the pupil of a number on."""
    lines = [
        f"{exam_id},数学,{school}{pupil:03d},{school},1班,物理类,{60 + (pupil * 7 + int(school) * 3 + len(exam_id) * pupil) % 60}\n"
        for school, number in numbers.items()
        for pupil in range(first, first + number)
    ]
    publish("exam_result", "exam_id,subject,student_id,institution_id,class,track,score\n" + "".join(lines))


@pytest.mark.parametrize("small", [1, 5, 9])
def test_a_school_of_few_is_withheld_and_so_is_what_would_give_it_away(
    small: int, store: Store, publish: Publish
) -> None:
    set_up(publish)
    numbers = {"01": small, "02": 30, "03": 40, "04": 50}
    sit(publish, "E1", numbers)
    sit(publish, "E2", numbers)
    found = progress.followed(store, "2023届/联考", "数学", viewer=LOCAL)
    told = [course.code for course in found.courses if course.places[-1].z is not None]
    assert "01" not in told
    assert len(told) == 2, "the whole less all the others would be the small one"
    gains = {one.code: one for one in gained.gained(store, "E2", "数学", viewer=LOCAL).gains}
    assert {code for code, one in gains.items() if one.residual} == set(told)
    assert all(
        one.matched is None and one.enough is None and one.change is None for one in gains.values() if not one.residual
    )
    even = {one.code: one for one in evenness.evenness(store, "E2", viewer=LOCAL).units}
    assert {code for code, one in even.items() if any(each.z is not None for each in one.subjects)} <= set(told)


@settings(max_examples=6, derandomize=True, deadline=None, database=None)
@given(st.lists(st.integers(0, 45), min_size=4, max_size=4), st.lists(st.integers(0, 12), min_size=4, max_size=4))
def test_no_number_of_pupils_below_ten_follows_from_matching(matched: list[int], newcomers: list[int]) -> None:
    """Where two tables would give a difference of 1 to 9, the rate is withheld; so is the only other unknown one."""
    from queries.exams import gained as module
    from queries.exams.disclosure import withheld

    counts = {(school, "-"): a + b for school, a, b in zip(SCHOOLS, matched, newcomers, strict=True) if a + b}
    if not counts:
        return
    ones = {key: pair_moments(matched[int(key[0]) - 1], 0, 0, 0, 0, 0) for key in counts}
    moments = {key: Moments(number, Fraction(0), Fraction(0)) for key, number in counts.items()}
    paper = Sat("数学", moments, {}, withheld({key: [number] for key, number in counts.items()}, {}))
    units = module._schools(paper, {(school, "1", track): one for (school, track), one in ones.items()})
    shown = {code: module._matched(units, code) for code in ("", *(school for school, _track in counts))}
    for share in shown.values():
        if share is not None:
            parts = (share.numerator, share.denominator - share.numerator, share.denominator)
            assert not any(0 < part < 10 for part in parts)
    unknown = [code for code, share in shown.items() if share is None and code]
    assert shown[""] is None or len(unknown) != 1


def test_nothing_is_told_of_fewer_than_ten_matched(store: Store, publish: Publish) -> None:
    set_up(publish)
    sit(publish, "E1", {"01": 30, "02": 30, "03": 30, "04": 30})
    sit(publish, "E2", {"02": 30, "03": 30, "04": 30})
    sit(publish, "E2", {"01": 25}, first=25)
    gains = {one.code: one for one in gained.gained(store, "E2", "数学", viewer=LOCAL).gains}
    assert gains["01"].residual is None, "five of its 25 sat both"
    assert gains["01"].matched is None
    assert sum(one.residual is not None for one in gains.values()) == 2


def test_an_earlier_state_is_followed_as_it_was(store: Store, publish: Publish, clock: list[datetime]) -> None:
    clock += [datetime(2091, 1, day) for day in (1, 2, 3)]
    set_up(publish)
    numbers = {"01": 20, "02": 30, "03": 40, "04": 50}
    sit(publish, "E1", numbers)
    before = progress.followed(store, "2023届/联考", "数学", viewer=STAFF)
    clock += [datetime(2091, 2, 1), datetime(2091, 2, 2)]
    sit(publish, "E2", numbers)
    publish(
        "exam_result", "exam_id,subject,student_id,institution_id,class,track,score\nE1,数学,01000,01,1班,物理类,150\n"
    )
    now = progress.followed(store, "2023届/联考", "数学", viewer=STAFF)
    then = progress.followed(store, "2023届/联考", "数学", date(2091, 1, 31), STAFF)
    assert [one.id for one in then.series.exams] == ["E1"]
    assert [one.id for one in now.series.exams] == ["E1", "E2"]
    assert then.courses == before.courses
    assert now.course("01").places[0].z != then.course("01").places[0].z
    assert gained.measured(store, date(2091, 1, 31)) == ()
    assert [one.id for one in gained.measured(store)] == ["E2"]
    with pytest.raises(Refused):
        gained.gained(store, "E2", "数学", date(2091, 1, 31), STAFF)


def test_exams_without_cohort_or_series_are_not_followed(school_store: Store, publish: Publish) -> None:
    publish("exam_result", "exam_id,subject,student_id,institution_id,score\n2021-11-G3,数学,01,3905000456,100\n")
    assert progress.series(school_store) == ()


def test_a_change_that_is_more_than_luck_says_so(samples: Store) -> None:
    found = progress.followed(samples, JOINT, viewer=STAFF)
    assert found.course("0000003176").change is not None
    assert {one.change for one in found.courses} <= set(Comparison)
