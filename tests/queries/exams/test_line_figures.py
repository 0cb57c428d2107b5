"""Lines of an exam through published files: against pupils one by one, and an audit of all that is told."""

import os
from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from itertools import product
from typing import Any, cast

import pytest

from data.problem import Refused
from data.store import Store
from queries.answers import Viewer
from queries.exams.figures import Level, table
from queries.exams.line_figures import Cells, LineFigures, Reached, SubjectAtLine, line_figures
from queries.exams.line_rates import line_rates
from queries.exams.overview import scores
from queries.exams.setup import TOTAL, exam
from tests.data.test_tally import TEN
from tests.queries.exams.joint_exam import (
    AREAS,
    EXAM,
    Publish,
    Pupil,
    Told,
    draw,
    invented,
    m1,
    m2,
    phantoms,
    sat,
    set_up,
)

STAFF = Viewer(internal=True, below_school=True)
LINES = [("本科线", "物理类", 250, 10), ("特控线", "物理类", 290, 10), ("本科线", "历史类", 225, 10), ("特控线", "历史类", 270, 10)]  # fmt: skip
SEEDS = range(int(os.environ.get("SEEDS", "5")))
SCHOOLS = [f"390500100{one}" for one in range(4)]


def told(store: Store, name: str, track: str, school: str | None = None) -> LineFigures:
    return line_figures(store, EXAM, name, track, school=school, viewer=STAFF)


def members(pupils: Sequence[Pupil], one: Reached, school: str | None = None) -> list[int]:
    """The positions of a unit's pupils."""
    return [
        place
        for place, pupil in enumerate(pupils)
        if one.level == Level.CITY
        or (one.level == Level.AREA and (one.id == "主城区" or AREAS[int(pupil.school[-1]) % 2] == one.id))
        or (one.level == Level.SCHOOL and pupil.school == one.id)
        or (one.level == Level.CLASS and pupil.school == school and pupil.form == one.id)
    ]


def real(pupils: Sequence[Pupil], track: str) -> list[Pupil]:
    return [one for one in pupils if one.supposed is None and one.track == track]


def take_all(store: Store, pupils: Sequence[Pupil], into: Told) -> None:
    """All that the page, its files and the command line give of every line, track, school and method."""
    for name, track, mark, near in LINES:
        own = {place for place, one in enumerate(pupils) if one.track == track}
        for school in (None, *SCHOOLS):
            try:
                found = told(store, name, track, school)
            except Refused:
                continue
            for unit in (found.whole, *found.units):
                take_unit(
                    unit, [place for place in members(pupils, unit, school) if place in own], pupils, mark, near, into
                )
        take_whole(told(store, name, track), sorted(own), pupils, mark, into)


def take_numbers(store: Store, pupils: Sequence[Pupil], into: Told) -> None:
    """How many have a total, as the overview of the exam gives it of areas, schools and classes."""
    for track, school in product((None, "物理类", "历史类"), (None, *SCHOOLS)):
        if school and school not in {one.school for one in pupils[: into.pupils]}:
            continue
        found = table(store, EXAM, TOTAL, track, school=school, viewer=STAFF)
        for unit in (found.whole, *found.units) if school is None else found.units:
            at = Reached(unit.level, unit.id, unit.name, None, None)
            group = [place for place in members(pupils, at, school) if track in (None, pupils[place].track)]
            number = 0 if unit.number is None and not unit.withheld else unit.number
            into.take(f"number {unit.level} {unit.name} {track}", frozenset(group), number)


def take_others(store: Store, pupils: Sequence[Pupil], into: Told) -> None:
    """What other pages tell of totals: the score table, and the rates of schools at lines over time."""
    for track in (None, "物理类", "历史类"):
        for band in scores(store, EXAM, TOTAL, track).bands:
            reached = [p for p, one in enumerate(pupils) if track in (None, one.track) and one.total >= (band.low or 0)]
            into.take(f"score table {band}", frozenset(reached), band.at_or_above)
    rates = line_rates(store, exam(store, EXAM))
    for line, name in product(exam(store, EXAM).lines, ("", "主城区", *AREAS, *SCHOOLS)):
        level = {"": Level.CITY}.get(name) or (Level.SCHOOL if name in SCHOOLS else Level.AREA)
        group = members(pupils, Reached(level, name, name, None, None))
        above = [p for p in group if pupils[p].track == line.track and pupils[p].total >= line.mark]
        rate = rates.rate(line, name)
        into.take(f"rate {line.name} {name}", frozenset(above), rate.numerator if rate else None)


def take_unit(unit: Reached, own: Sequence[int], pupils: Sequence[Pupil], mark: int, near: int, into: Told) -> None:
    what = f"{unit.level} {unit.name} {mark}"
    of = {place: pupils[place] for place in own}
    into.take(f"{what} sat", frozenset(own), unit.sat)
    above = {place for place, one in of.items() if one.total >= mark}
    into.take(f"{what} above", frozenset(above), unit.above)
    into.take(f"{what} below", frozenset(set(own) - above), _left(unit.sat, unit.above))
    for step, number in unit.near.items():
        into.take(f"{what} {step}", frozenset(p for p, one in of.items() if one.total >= mark + step * near), number)
    for low, high, number in ((mark - near, mark, unit.near_below), (mark, mark + near, unit.near_above)):
        into.take(f"{what} near", frozenset(p for p, one in of.items() if low <= one.total < high), number)
    effective = m1(real(pupils, pupils[own[0]].track), mark) if own else {}
    for subject, cells in unit.cells.items():
        if subject not in effective:
            continue
        single = {p for p, one in of.items() if one.marks.get(subject, -1) >= effective[subject]}
        sat_it = {p for p, one in of.items() if subject in one.marks}
        take_cells(f"{what} {subject}", single, above & sat_it, cells.single, cells.double, cells.above, into)


def _left(whole: int | None, part: int | None) -> int | None:
    return None if whole is None or part is None else whole - part


def take_cells(
    what: str, single: set[int], above: set[int], one: int | None, both: int | None, reached: int | None, into: Told
) -> None:
    into.take(f"{what} single", frozenset(single), one)
    into.take(f"{what} double", frozenset(single & above), both)
    into.take(f"{what} above", frozenset(above), reached)
    into.take(f"{what} single only", frozenset(single - above), _left(one, both))
    into.take(f"{what} line only", frozenset(above - single), _left(reached, both))


def take_whole(found: LineFigures, own: Sequence[int], pupils: Sequence[Pupil], mark: int, into: Told) -> None:
    of = {place: pupils[place] for place in own}
    above = {place for place, one in of.items() if one.total >= mark}
    for band in found.bands:
        group = frozenset(p for p, one in of.items() if mark + band.low <= one.total < mark + band.high)
        into.take(f"band {band}", group, band.pupils)
    for position in found.positions:
        group = frozenset(p for p, one in of.items() if one.total >= position.mark)
        assert position.at_least <= into.number(group) <= position.at_most
        if position.at_least == position.at_most:
            into.take(f"position {position}", group, position.at_least)
    people = real(pupils, found.line.track)
    effective = m1(people, mark)
    for one in found.subjects:
        sat_it = {p for p in own if one.subject in pupils[p].marks}
        into.take(f"{one.subject} above", frozenset(above & sat_it), one.above)
        second = m2(people, mark, one.subject) if one.subject in effective else 0
        for cells, least in ((one.m1, effective.get(one.subject, Fraction(0))), (one.m2, Fraction(second))):
            single = {p for p in sat_it if pupils[p].marks[one.subject] >= least}
            take_cells(f"{one.subject} {mark}", single, above & sat_it, cells.single, cells.double, cells.above, into)
        near = {p for p in sat_it if mark - 10 <= pupils[p].total < mark}
        held = {p for p in near if pupils[p].marks[one.subject] < effective.get(one.subject, 0)}
        into.take(f"{one.subject} near", frozenset(near), one.near_below)
        into.take(f"{one.subject} held back", frozenset(held), one.held_back)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_small_number_follows_from_all_that_is_told_of_lines(seed: int, store: Store, publish: Publish) -> None:
    pupils = invented(seed)
    set_up(publish, LINES)
    sat(publish, pupils)
    into = Told(len(pupils), {}, {})
    people = [*pupils, *phantoms(1200, seed, [mark for _name, _track, mark, _near in LINES])]
    take_all(store, people, into)
    take_numbers(store, people, into)
    take_others(store, people, into)
    assert into.shown
    into.audit()


@pytest.mark.parametrize("seed", [1, 2])
def test_score_tables_and_cells_of_lines_differ_by_no_few(seed: int, store: Store, publish: Publish) -> None:
    """Those at an effective score, and those at the edges of the subject's score table, and the same of another line."""
    pupils = invented(seed, most=300)
    set_up(publish, [*LINES, ("复线", "物理类", 255, 10)])
    sat(publish, pupils)
    lines = exam(store, EXAM).lines
    compared = 0
    for track, subject in product(("物理类", "历史类"), ("语文", "数学")):
        own = [place for place, one in enumerate(pupils) if one.track == track and subject in one.marks]
        groups = {
            frozenset(place for place in own if pupils[place].marks[subject] >= (band.low or 0)): f"table {band}"
            for band in scores(store, EXAM, subject, track).bands
        }
        for line in (one for one in lines if one.track == track):
            at = next((one for one in told(store, line.name, track).subjects if one.subject == subject), None)
            people = [one for one in pupils if one.track == track]
            second = Fraction(m2(people, int(line.mark), subject))
            for cells, least in ((at.m1, at.effective_m1), (at.m2, second)) if at else ():
                if cells.single is not None and least is not None:
                    group = frozenset(place for place in own if pupils[place].marks[subject] >= least)
                    both = frozenset(place for place in group if pupils[place].total >= line.mark)
                    assert (len(group), len(both)) == (cells.single, cells.double)
                    groups |= {group: f"{line.name} {subject} single", both: f"{line.name} {subject} double"}
                    compared += 1
        for one, other in product(groups, groups):
            if one < other and ("double" in groups[one]) == ("double" in groups[other]):
                assert len(other - one) >= 10, (groups[one], groups[other], len(other - one))
    assert compared


@pytest.mark.parametrize("seed", [11, 12])
def test_effective_scores_are_those_of_the_pupils_one_by_one(seed: int, store: Store, publish: Publish) -> None:
    pupils = invented(seed, most=90)
    set_up(publish, LINES)
    sat(publish, pupils)
    for name, track, mark, _near in LINES:
        own = [one for one in pupils if one.track == track]
        found = told(store, name, track)
        expected = m1(own, mark)
        given = [one for one in found.subjects if one.effective_m1 is not None]
        assert {one.subject: one.effective_m1 for one in given} == {one.subject: expected[one.subject] for one in given}
        assert {"语文", "数学"} <= {one.subject for one in given}
        assert all(one.effective_m2 in (None, m2(own, mark, one.subject)) for one in given)
        above = sum(one.total >= mark for one in own)
        whole = [one for one in found.subjects if one.above is not None]
        if len(whole) == len(expected):
            assert sum(one.effective_m1 * one.above for one in whole) == mark * above
        assert found.whole.above == above and found.whole.sat == len(own)
        assert (0, above, above) in {(one.by, one.at_least, one.at_most) for one in found.positions}


def of_ten(copies: int) -> list[Pupil]:
    """The test set of domain.md section 2, every pupil several times: means, and the mark of the N-th, stay the same."""
    marks: dict[str, dict[str, int]] = {}
    for pupil, subject, score in TEN:
        marks.setdefault(pupil, {})[subject] = int(score)
    return [Pupil(SCHOOLS[0], "1班", "", own) for own in marks.values() for _copy in range(copies)]


def ten(publish: Publish, copies: int) -> None:
    set_up(publish, [("本科线", "全部", 318, 10)], 1, ("语文", "数学", "英语"), full=150)
    sat(publish, of_ten(copies))


def test_the_worked_example_of_effective_scores(store: Store, publish: Publish) -> None:
    ten(publish, 4)
    found = line_figures(store, EXAM, "本科线", viewer=STAFF)
    assert found.whole.above == 20 and found.whole.rate and found.whole.rate.value == Fraction(1, 2)
    m1_, m2_ = ([getattr(one, name) for one in found.subjects] for name in ("effective_m1", "effective_m2"))
    assert [round(float(one or 0), 4) for one in m1_] == [102.0985, 106.6002, 109.3012]
    assert sum(m1_) == 318 and found.same_papers
    assert m2_ == [104, 107, 109]
    maths = found.subjects[1]
    assert (maths.m1.single, maths.m1.double) == (None, None), "4 of 20 would be told by the difference"


def test_of_ten_pupils_five_above_a_line_are_not_told(store: Store, publish: Publish) -> None:
    ten(publish, 1)
    found = line_figures(store, EXAM, "本科线", viewer=STAFF)
    assert found.whole.above is None and found.whole.sat == 10
    assert found.subjects == () and found.bands == ()
    assert all(one.above is None for one in found.units)


def test_a_line_moved_later_is_not_seen_before(store: Store, publish: Publish, clock: list[datetime]) -> None:
    clock[:] = [datetime(2091, 12, 1)] * 20
    set_up(publish, LINES)
    pupils = invented(3)
    sat(publish, pupils)
    clock[:] = [datetime(2091, 12, 9)] * 20
    draw(publish, [("本科线", "物理类", 240, 10)])
    before = line_figures(store, EXAM, "本科线", "物理类", viewer=STAFF, as_of=date(2091, 12, 5))
    now = told(store, "本科线", "物理类")
    assert (before.line.mark, now.line.mark) == (250, 240)
    for found in (before, now):
        assert found.whole.above == sum(one.total >= found.line.mark for one in pupils if one.track == "物理类")


def test_schools_are_told_to_staff_only_and_classes_on_the_machine_itself(store: Store, publish: Publish) -> None:
    set_up(publish, LINES)
    sat(publish, invented(1))
    public = line_figures(store, EXAM, "本科线", "物理类")
    assert {one.level for one in public.units} == {Level.AREA} and not public.schools_told
    assert {one.level for one in told(store, "本科线", "物理类").units} == {Level.AREA, Level.SCHOOL}
    with pytest.raises(Refused, match="machine of the installation"):
        line_figures(store, EXAM, "本科线", "物理类", school=SCHOOLS[0], viewer=Viewer(internal=True))
    classes = told(store, "本科线", "物理类", SCHOOLS[0])
    assert [one.level for one in classes.units] == [Level.SCHOOL, Level.CLASS, Level.CLASS]


@pytest.mark.parametrize(("line", "track"), [("专科线", None), ("本科线", "艺术类")])
def test_a_line_that_is_not_drawn_is_refused_with_those_there_are(
    line: str, track: str | None, store: Store, publish: Publish
) -> None:
    set_up(publish, LINES)
    sat(publish, invented(1))
    with pytest.raises(Refused, match="本科线 \\(物理类\\)"):
        line_figures(store, EXAM, line, track)


def test_large_schools_are_told_where_the_line_is_moved(store: Store, publish: Publish) -> None:
    """Enough pupils lie between all marks: the cells and the moved line are told of every school, and add up."""
    random_marks = [Pupil(school, "1班", "物理类", {"语文": 40 + one % 60, "数学": 40 + (7 * one) % 60}) for school, one in product(SCHOOLS, range(300))]  # fmt: skip
    set_up(publish, [("本科线", "物理类", 140, 10)], subjects=("语文", "数学"))
    sat(publish, random_marks)
    found = told(store, "本科线", "物理类")
    assert found.steps == (-2, -1, 0, 1, 2)
    schools = found.at(Level.SCHOOL)
    assert sum(one.above or 0 for one in schools) == found.whole.above
    assert all(one.near[1] == sum(p.total >= 150 for p in random_marks if p.school == one.id) for one in schools)
    for one, subject in product(schools, ("语文", "数学")):
        cells = one.cells[subject]
        assert cells.hit_rate and cells.contribution and cells.hit_rate.numerator == cells.contribution.numerator
    assert sum(one.cells["语文"].single or 0 for one in schools) == found.subjects[0].m1.single


def held(subject: str, near: int, back: int | None, between: tuple[int, int] | None = None) -> SubjectAtLine:
    return SubjectAtLine(subject, True, 200, None, None, Cells(), Cells(), near, back, between)


@pytest.mark.parametrize(
    ("subjects", "first", "more"),
    [
        ([held("物理", 44, 32), held("英语", 44, 28), held("数学", 44, None, (35, 43))], ("数学", 35), ()),
        ([held("物理", 44, 36), held("数学", 44, None, (35, 43))], ("物理", 36), ("数学",)),
        ([held("物理", 44, 32), held("语文", 44, None, (1, 9))], ("物理", 32), ()),
        ([held("物理", 44, 32), held("数学", 44, None)], ("物理", 32), ("数学",)),
        ([held("物理", 44, 32), held("数学", 44, 30)], ("物理", 32), ()),
    ],
)
def test_no_subject_is_said_to_hold_back_most_while_another_may(
    subjects: list[SubjectAtLine], first: tuple[str, int], more: tuple[str, ...]
) -> None:
    nowhere, reached = cast(Any, None), Reached(Level.CITY, "", "", None, None)
    found = LineFigures(nowhere, nowhere, None, reached, (), tuple(subjects), (), (), (), False, 0)
    assert ((found.holding_back[0].subject, found.holding_back[0].pupils), found.may_hold_back_more) == (first, more)
