"""Figures of an exam's units, pupil by pupil; what they withhold, as of a day, and with pupils of no track."""

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

import pytest

from data.problem import Refused
from data.store import Store, withdraw
from queries.answers import Viewer
from queries.exams import figures, overview
from queries.exams.attendance import by_school
from queries.exams.figures import Level, Unit
from queries.exams.participation import participation
from queries.exams.setup import TOTAL
from queries.exams.units import Comparison
from tests.queries.exams import small_exam as plain
from tests.queries.exams.small_exam import Publish

LOCAL = Viewer(below_school=True)
PUPILS = plain.pupils()


def agrees(unit: Unit, given: list[int], subject: str) -> None:
    """Everything that is told of a unit is what its pupils' marks give."""
    full = plain.PAPERS.get(subject)
    if unit.number is None:
        assert unit.moments is unit.quartiles is unit.rates is unit.interval is unit.tails is None
        assert unit.withheld or not given
        return
    assert unit.number == len(given) >= 10
    assert unit.mean == plain.mean(given)
    assert unit.sd == pytest.approx(plain.sd(given), rel=1e-12)
    assert unit.quartiles == tuple(plain.told_quartile(given, Fraction(place, 4)) for place in (1, 2, 3))
    assert (unit.tails is None) == (len(given) < 100)
    if unit.tails:
        assert unit.tails == tuple(plain.told_quartile(given, Fraction(place, 10)) for place in (1, 9))
    counted = plain.rates(given, full) if full else {}
    for rate, share in (unit.rates or {}).items():
        assert share is None or (share.numerator, share.denominator) == (counted[rate.value], len(given))
        assert share is None or not 0 < share.numerator < 10
    if full:
        assert unit.difficulty == plain.mean(given) / full


@pytest.mark.parametrize("track", [None, *plain.OWN])
@pytest.mark.parametrize("subject", [TOTAL, *plain.PAPERS])
def test_every_unit_is_what_its_pupils_give(subject: str, track: str | None, exam_store: Store) -> None:
    found = figures.table(exam_store, plain.EXAM, subject, track, viewer=LOCAL)
    agrees(found.whole, list(plain.marks(PUPILS, subject, track)), subject)
    for one in found.units:
        own = [
            pupil for pupil in PUPILS
            if one.id in (pupil.school, plain.SCHOOLS[pupil.school][0])
            or (one.id == "主城区" and plain.SCHOOLS[pupil.school][0] != "开发区")
        ]  # fmt: skip
        agrees(one, list(plain.marks(own, subject, track)), subject)
    for school in {one.id for one in found.at(Level.SCHOOL)}:
        classes = figures.table(exam_store, plain.EXAM, subject, track, school=school, viewer=LOCAL)
        for one in classes.units:
            own = [pupil for pupil in PUPILS if (pupil.school, pupil.school_class) == (school, one.id)]
            agrees(one, list(plain.marks(own, subject, track)), subject)


def test_the_difference_to_the_city_is_called_luck_where_its_mean_lies_within_the_interval(exam_store: Store) -> None:
    found = figures.table(exam_store, plain.EXAM, "数学", viewer=LOCAL)
    for one in found.units:
        if one.interval and found.whole.mean is not None:
            within = one.interval.low <= float(found.whole.mean) <= one.interval.high
            assert (one.comparison == Comparison.INDISTINGUISHABLE) == within


@pytest.mark.parametrize("track", [None, *plain.OWN])
def test_the_overview_is_what_the_pupils_give(track: str | None, exam_store: Store) -> None:
    found = overview.overview(exam_store, plain.EXAM, track)
    own = [one for one in PUPILS if track in (None, one.track)]
    for paper in found.papers:
        if paper.unit.number is None:
            assert paper.discrimination is None
            continue
        agrees(paper.unit, list(plain.marks(own, paper.subject)), paper.subject)
        assert paper.discrimination == plain.discrimination(own, paper.subject, plain.PAPERS[paper.subject])
    assert {one.subject for one in found.papers} == {subject for one in own for subject in one.marks}
    agrees(found.totals, list(plain.marks(own, TOTAL)), TOTAL)
    for one in found.reliability:
        members = [pupil for pupil in PUPILS if pupil.track == one.track and pupil.total is not None]
        assert one.papers == 3
        if one.pupils is None:
            assert one.alpha is None
            continue
        assert one.pupils == len(members)
        spread = [plain.sd([pupil.mark(subject) or 0 for pupil in members]) ** 2 for subject in members[0].marks]
        whole = plain.sd([pupil.total or 0 for pupil in members]) ** 2
        assert float(one.alpha or 0) == pytest.approx(3 / 2 * (1 - sum(spread) / whole), rel=1e-9)


@pytest.mark.parametrize("track", [None, *plain.OWN])
@pytest.mark.parametrize("subject", [TOTAL, *plain.PAPERS])
def test_bands_of_scores_hold_at_least_ten_and_end_at_who_sat(
    subject: str, track: str | None, exam_store: Store
) -> None:
    found = overview.scores(exam_store, plain.EXAM, subject, track)
    given = list(plain.marks(PUPILS, subject, track))
    for bands in (found.bands, *(found.histogram(width) for width in (5, 10, 20))):
        for one in bands:
            counted = [mark for mark in given if one.low is None or mark >= one.low]
            assert one.at_or_above == len(counted)
            assert one.number == sum(one.below is None or mark < one.below for mark in counted)
            assert one.number == 0 or one.number >= 10
        if bands:
            assert (bands[0].below, bands[-1].low, bands[-1].at_or_above) == (None, None, len(given))
    told = figures.whole(exam_store, plain.EXAM, subject, track).number
    assert bool(found.bands) == (told is not None)


def test_classes_are_for_who_may_see_them(exam_store: Store) -> None:
    with pytest.raises(Refused, match="machine of the installation"):
        figures.table(exam_store, plain.EXAM, "数学", school="3905000001", viewer=Viewer(internal=True))


def test_what_does_not_exist_is_refused(exam_store: Store) -> None:
    for asked in (("none", "数学", None), (plain.EXAM, "音乐", None), (plain.EXAM, "数学", "艺术类")):
        with pytest.raises(Refused):
            figures.table(exam_store, *asked, viewer=LOCAL)
        with pytest.raises(Refused):
            overview.scores(exam_store, *asked)


def test_an_earlier_day_shows_the_figures_of_then(store: Store, publish: Publish, clock: list[datetime]) -> None:
    clock += [datetime(2090, 1, day, 12) for day in range(1, 6)]
    first = plain.publish_all(publish, PUPILS)
    better = [
        plain.Pupil(one.code, one.school, one.school_class, one.track, {"数学": 140 + 5 * (place % 2)})
        for place, one in enumerate(PUPILS)
    ]
    again = publish("exam_result", plain.results(better))
    new = figures.whole(store, plain.EXAM, "数学").mean
    assert new == plain.mean([one.marks["数学"] for one in better])
    old = figures.whole(store, plain.EXAM, "数学", as_of=date(2090, 1, 3)).mean
    assert old == plain.mean(list(plain.marks(PUPILS, "数学")))
    withdraw(store, again, "test")
    assert figures.whole(store, plain.EXAM, "数学").mean == old
    assert first < again


def test_of_a_class_that_all_has_one_mark_nothing_is_told_and_its_school_does_not_give_it_away(
    store: Store, publish: Publish, exam_store: Store
) -> None:
    own = {"school": "3905000007", "school_class": "3班"}
    alike = [
        replace(one, marks={**one.marks, "数学": 90}) if own.items() <= vars(one).items() else one for one in PUPILS
    ]
    plain.publish_all(publish, alike)
    school = figures.table(store, plain.EXAM, "数学", school=own["school"], viewer=LOCAL)
    before = figures.table(exam_store, plain.EXAM, "数学", school=own["school"], viewer=LOCAL)
    assert before.units[2].mean is not None
    gone = {one.name: (one.mean, one.rates) for one in school.units if one.withheld}
    assert set(gone) > {"3班"} and set(gone.values()) == {(None, None)}
    assert school.whole.mean is not None
    every = [figures.table(store, plain.EXAM, "数学", track, viewer=LOCAL) for track in (None, *plain.OWN)]
    assert not any(one.sd == 0 for found in (*every, school) for one in (found.whole, *found.units))


def test_pupils_without_a_track_are_a_track_of_their_own(store: Store, publish: Publish) -> None:
    nameless = [plain.Pupil(one.code, one.school, one.school_class, "", one.marks) for one in PUPILS]
    plain.publish_all(publish, nameless)
    found = overview.overview(store, plain.EXAM)
    assert found.exam.tracks == ("",)
    agrees(found.papers[0].unit, list(plain.marks(PUPILS, "语文")), "语文")
    assert (
        overview.scores(store, plain.EXAM, "语文", "").bands == overview.scores(store, plain.EXAM, "语文").bands != ()
    )
    assert figures.whole(store, plain.EXAM, "语文", "") == figures.whole(store, plain.EXAM, "语文")


def test_a_paper_that_nobody_has_a_mark_in_has_no_figures(store: Store, publish: Publish) -> None:
    absent = [plain.Pupil(one.code, one.school, one.school_class, one.track, {"数学": "缺考"}) for one in PUPILS]
    plain.publish_all(publish, absent)
    found = overview.overview(store, plain.EXAM)
    assert found.papers == () and found.totals.number is None and found.attendance.sat == 0
    assert figures.table(store, plain.EXAM, "数学", viewer=LOCAL).units == ()
    assert overview.scores(store, plain.EXAM, "数学").bands == ()


ROLL = "考试代码,学校代码,应考人数\n"


def rolls(extra: dict[str, int]) -> str:
    sat = {school: sum(one.school == school for one in PUPILS) for school in plain.SCHOOLS}
    return ROLL + "".join(f"{plain.EXAM},{school},{number + extra.get(school, 0)}\n" for school, number in sat.items())


def test_participation_is_told_where_it_gives_no_few_away(store: Store, publish: Publish) -> None:
    whole = [plain.Pupil(one.code, one.school, one.school_class, one.track, {**one.marks, **{
        subject: 60 for subject, mark in one.marks.items() if mark == "缺考"}}) for one in PUPILS]  # fmt: skip
    plain.publish_all(publish, whole)
    publish("exam_roll", rolls({"3905000005": 10, "3905000004": 3}))
    found = overview.overview(store, plain.EXAM)
    assert found.attendance.share == Fraction(len(PUPILS), len(PUPILS) + 13)
    shares = by_school(store, found.exam)
    assert shares["3905000005"] == Fraction(32, 42) and shares["3905000002"] == 1
    assert "3905000004" not in shares, "3 did not sit"
    assert "3905000003" not in shares, "7 pupils"
    totals = figures.table(store, plain.EXAM, TOTAL, viewer=LOCAL)
    assert {one.id for one in totals.at(Level.SCHOOL) if one.withheld} == {"3905000001", "3905000003"}
    assert "3905000001" not in shares, "its 65 would leave 7 over of those whose number is withheld"
    told = participation(store, found.exam, Viewer(internal=True))
    areas = found.exam.areas()
    assert {one: told[one] for one in shares} == shares
    for area, own in areas.items():
        assert (area in told) == (set(own) <= set(shares)), "of an area only where all its schools are told"
    assert told["开发区"] == 1 and "信都区" not in told
    assert set(participation(store, found.exam, Viewer())) == set(told) & set(areas), "schools are for staff"
    publish("exam_roll", rolls({"3905000004": 3}))
    found = overview.overview(store, plain.EXAM)
    assert (found.attendance.sat, found.attendance.roll, found.attendance.share) == (len(PUPILS), None, None)


def test_a_school_of_which_everybody_was_absent_is_on_roll_and_one_without_results_is_named(
    store: Store, publish: Publish
) -> None:
    absent = "3905000007"
    pupils = [
        plain.Pupil(one.code, one.school, one.school_class, one.track, {
            subject: "缺考" if one.school == absent else 60 if mark == "缺考" else mark
            for subject, mark in one.marks.items()
        })
        for one in PUPILS
    ]  # fmt: skip
    plain.publish_all(publish, pupils)
    publish(
        "institution",
        "学校代码,生效日期,学校名称,所在区,学校类别,办别,是否主城区\nS9,2015-09-01,示例9中,信都区,高中,教育部门办,是\n",
    )
    publish("exam_roll", rolls({}) + f"{plain.EXAM},S9,50\n")
    found = overview.overview(store, plain.EXAM)
    sat = sum(one.school != absent for one in PUPILS)
    assert (found.attendance.sat, found.attendance.roll, found.attendance.waiting) == (sat, len(PUPILS), 1)
    assert by_school(store, found.exam)[absent] == 0
