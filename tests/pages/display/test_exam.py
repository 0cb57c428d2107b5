"""Sentences, rows and figures of an exam and of a school in it: nothing that is withheld stands in any of them."""

from fractions import Fraction

import pytest

from data.handed_out import csv_bytes
from data.problem import Refused
from data.store import Store
from pages.display import exam as said
from pages.display import exam_rows, exam_unit, exam_unit_rows, figures
from queries.answers import Viewer
from queries.exams import consistency, gained, overview, peers, peers_more
from queries.exams import figures as told
from queries.exams.figures import Level
from queries.exams.line_figures import line_figures
from queries.exams.peers import Peers
from queries.exams.setup import TOTAL
from queries.exams.statistics import Rate
from tests.queries.exams import small_exam as plain
from tests.queries.exams.conftest import exam_store

__all__ = ["exam_store"]

SMALL = "3905000003"  # 7 pupils
LOCAL, STAFF = Viewer(below_school=True), Viewer(internal=True)
ORDER = ["主城区", "襄都区", "信都区", "开发区"]


@pytest.mark.parametrize("track", [None, *plain.OWN])
@pytest.mark.parametrize("subject", [TOTAL, *plain.PAPERS])
def test_exported_rows_hold_what_the_table_tells_and_nothing_else(
    subject: str, track: str | None, exam_store: Store
) -> None:
    found = told.table(exam_store, plain.EXAM, subject, track, viewer=LOCAL)
    measures = consistency.of_units(exam_store, found)
    rows = exam_rows.table_rows(found, measures)
    assert all(len(row) == len(exam_rows.COLUMNS) for row in rows)
    for unit, row in zip((found.whole, *found.units), rows, strict=True):
        cells = dict(zip(exam_rows.COLUMNS, row, strict=True))
        if unit.number is None:
            assert cells["n"] == (said.withheld() if unit.withheld else 0)
            assert {cells[name] for name in exam_rows.COLUMNS[6:]} == {None}
            continue
        assert (cells["n"], cells["mean"]) == (unit.number, exam_rows.plain(unit.mean))
        measured = measures.get(unit.id, consistency.NOTHING)
        assert cells["discrimination"] == exam_rows.plain(measured.discrimination)
        assert cells["alpha"] == exam_rows.plain(measured.alpha)
        for rate in Rate:
            share = (unit.rates or {}).get(rate)
            withheld = rate in (unit.rates or {}) and share is None
            assert cells[rate.value] == (
                said.withheld() if withheld else exam_rows.plain(share.value) if share else None
            )
    scores = overview.scores(exam_store, plain.EXAM, subject, track)
    for row, band in zip(exam_rows.score_rows(scores), scores.bands, strict=True):
        assert row[3:] == [band.low, band.below, band.number, band.at_or_above]


def test_a_name_that_a_spreadsheet_would_run_is_only_text() -> None:
    assert b"'=1+1" in csv_bytes(exam_rows.COLUMNS, [["=1+1"] * len(exam_rows.COLUMNS)])


def test_schools_stand_by_district_and_code(exam_store: Store) -> None:
    found = told.table(exam_store, plain.EXAM, "数学", viewer=LOCAL)
    lines = said.lines(found, ORDER, {"襄都区": "Xiangdu District"})
    names = [name for name, _unit in lines]
    assert names == [
        "主城区", "Xiangdu District", "信都区", "开发区",
        "Xiangdu District", "示例1中", "示例2中", "示例3中", "信都区", "示例4中", "示例5中", "开发区", "示例6中", "示例7中",
    ]  # fmt: skip


def test_figures_draw_only_what_is_told(exam_store: Store) -> None:
    found = told.table(exam_store, plain.EXAM, "数学", viewer=LOCAL)
    lines = said.lines(found, ORDER, {})
    shown = [one for _name, one in lines if one and one.number is not None]
    assert len(shown) < sum(one is not None for _name, one in lines)
    dots = figures.exam_schools(found, lines, sample=False)
    assert sum(len(trace.x) for trace in dots.data) == len(shown)
    boxes = figures.exam_boxes(found, lines, sample=False)
    assert list(boxes.data[2].x) == [float(one.quartiles[1]) for one in shown if one.quartiles]
    assert len(boxes.data[0].x) == 3 * sum(one.tails is not None for one in shown)
    scores = overview.scores(exam_store, plain.EXAM, "数学")
    bars = figures.exam_histogram(scores, found.whole, 10, sample=True).data[0]
    edges = [(x - width / 2, x + width / 2) for x, width in zip(bars.x, bars.width, strict=True)]
    bands = list(reversed(scores.histogram(10)))
    assert edges[1:-1] == [(float(one.low), float(one.below)) for one in bands[1:-1]]
    assert edges[0][0] >= 0 and edges[-1][1] <= 150
    areas = [height * width / 10 for height, width in zip(bars.y, bars.width, strict=True)]
    assert round(sum(areas)) == found.whole.number and min(areas) > 9.99
    assert "示例数据" not in str(figures.exam_histogram(scores, found.whole, 10, sample=False).layout)


def test_a_paper_of_which_nothing_can_be_told_says_so(exam_store: Store) -> None:
    scores = overview.scores(exam_store, plain.EXAM, "物理", "历史类")
    whole = told.whole(exam_store, plain.EXAM, "物理", "历史类")
    assert "too few" in figures.exam_histogram(scores, whole, 10, sample=False).layout.title.text
    empty = told.table(exam_store, plain.EXAM, "物理", "历史类", viewer=LOCAL)
    assert "no school" in figures.exam_schools(empty, [], sample=False).layout.title.text


@pytest.mark.parametrize("beside", [Peers.CITY, Peers.DISTRICT])
def test_a_school_beside_its_peers(beside: Peers, exam_store: Store) -> None:
    found = peers.report(exam_store, plain.EXAM, "3905000004", beside, viewer=STAFF)
    one = next(each for each in found.subjects if each.subject == "数学")
    own = [pupil for pupil in plain.pupils() if pupil.school == "3905000004"]
    others = [pupil for pupil in plain.pupils() if beside == Peers.CITY or plain.SCHOOLS[pupil.school][0] == "信都区"]
    difference = plain.mean(list(plain.marks(own, "数学"))) - plain.mean(list(plain.marks(others, "数学")))
    assert one.difference == difference
    assert one.interval and one.interval.low < float(difference) < one.interval.high
    everybody = list(plain.marks(plain.pupils(), "数学"))
    z = float(plain.mean(list(plain.marks(own, "数学"))) - plain.mean(everybody)) / plain.sd(everybody)
    assert one.z == pytest.approx(z)
    total = next(each for each in found.subjects if each.subject == TOTAL)
    assert total.z is None, "tracks have other papers"
    of_track = peers.report(exam_store, plain.EXAM, "3905000004", beside, "物理类", viewer=STAFF).subjects
    assert of_track[-1].z is not None
    assert [each.subject for each in of_track] == ["语文", "数学", "物理", TOTAL], "nobody of the track sits the other"
    further = peers_more.more(exam_store, found, STAFF)
    assert all(len(row) == len(exam_unit_rows.COLUMNS) for row in exam_unit_rows.rows(found, further))
    assert one.peers and one.peers.sd == pytest.approx(plain.sd(list(plain.marks(others, "数学"))))
    assert one.peers_difficulty == plain.mean(list(plain.marks(others, "数学"))) / 150
    assert found.school.name in exam_unit.conclusion(found)


def test_of_a_small_school_nothing_is_told(exam_store: Store) -> None:
    found = peers.report(exam_store, plain.EXAM, SMALL, Peers.CITY, viewer=STAFF)
    rows = exam_unit_rows.rows(found, peers_more.more(exam_store, found, STAFF))
    for one, row in zip(found.subjects, rows, strict=True):
        assert one.unit.withheld and one.difference is one.interval is one.comparison is one.z is None
        cells = dict(zip(exam_unit_rows.COLUMNS, row, strict=True))
        assert cells["n"] == said.withheld()
        assert {cells[name] for name in ("mean", "difference", "z", "q1", "median", "q3", "excellent", "low")} == {None}
    assert figures.exam_profile(found, sample=False).data == ()


def test_a_class_beside_its_school_for_who_may_see_it(exam_store: Store) -> None:
    asked = (plain.EXAM, "3905000004", Peers.SCHOOL, None, "1班")
    found = peers.report(exam_store, *asked, viewer=LOCAL)
    one = next(each for each in found.subjects if each.subject == "数学")
    school = [pupil for pupil in plain.pupils() if pupil.school == "3905000004"]
    own = [pupil for pupil in school if pupil.school_class == "1班"]
    if one.difference is not None:
        assert one.difference == plain.mean(list(plain.marks(own, "数学"))) - plain.mean(
            list(plain.marks(school, "数学"))
        )
    assert one.unit.level == Level.CLASS
    with pytest.raises(Refused, match="machine of the installation"):
        peers.report(exam_store, *asked, viewer=STAFF)
    assert peers.classes(exam_store, plain.EXAM, "3905000004") == ()
    assert peers.classes(exam_store, plain.EXAM, "3905000004", LOCAL) == ("1班", "2班")


def test_peers_that_are_not_known_are_refused(exam_store: Store) -> None:
    with pytest.raises(Refused, match="intake"):
        peers.report(exam_store, plain.EXAM, "3905000004", Peers.SIMILAR, viewer=STAFF)
    with pytest.raises(Refused, match="none"):
        peers.report(exam_store, plain.EXAM, "none", Peers.CITY, viewer=STAFF)


def test_the_schools_of_similar_intake_are_the_nearest_of_the_entry_exam(samples: Store) -> None:
    found = peers.report(samples, "2022-11-G3", "0000003171", Peers.SIMILAR, viewer=STAFF)
    entry = told.table(samples, "2021-11-G2", TOTAL, viewer=LOCAL).at(Level.SCHOOL)
    means = {one.id: one.mean for one in entry if one.mean is not None}
    away = {id: abs(mean - means["0000003171"]) for id, mean in means.items() if id != "0000003171"}
    members = {one.institution_id for one in found.members}
    assert len(members) == 5 and members <= set(away)
    assert max(away[id] for id in members) <= min(away[id] for id in set(away) - members)
    one = next(each for each in found.subjects if each.subject == "数学")
    units = [
        unit for unit in told.table(samples, "2022-11-G3", "数学", viewer=LOCAL).at(Level.SCHOOL) if unit.id in members
    ]
    together = sum((unit.moments.sum for unit in units if unit.moments), Fraction(0))
    assert one.peers and one.peers.sum == together


def test_classes_are_listed_as_people_count() -> None:
    assert exam_unit.classes(["10班", "2班", "1班"]) == ["all", "1班", "2班", "10班"]


def test_z_never_shows_a_sign_before_zero() -> None:
    assert (exam_unit.z(-0.004), exam_unit.z(0.126), exam_unit.z(-1.0)) == ("0.00", "+0.13", "−1.00")


def test_chosen_schools_stand_together_beside_a_school(exam_store: Store) -> None:
    chosen = ["3905000005", "3905000002", "3905000004"]
    found = peers.report(exam_store, plain.EXAM, "3905000004", Peers.CHOSEN, viewer=STAFF, chosen=chosen)
    assert [one.institution_id for one in found.members] == chosen[:2], "by district and code, the school left out"
    own = [pupil for pupil in plain.pupils() if pupil.school == "3905000004"]
    others = [pupil for pupil in plain.pupils() if pupil.school in chosen[:2]]
    one = next(each for each in found.subjects if each.subject == "数学")
    assert one.peers and one.peers.mean == plain.mean(list(plain.marks(others, "数学")))
    assert one.difference == plain.mean(list(plain.marks(own, "数学"))) - one.peers.mean
    assert "示例2中" in exam_unit.members(found) and "示例4中" not in exam_unit.members(found)


@pytest.mark.parametrize("subject", [TOTAL, *plain.PAPERS])
def test_of_chosen_schools_nothing_is_told_where_one_is_withheld(subject: str, exam_store: Store) -> None:
    """Else the chosen ones less those that are told would give it away."""
    chosen = ["3905000002", SMALL]
    found = peers.report(exam_store, plain.EXAM, "3905000004", Peers.CHOSEN, viewer=STAFF, chosen=chosen)
    units = {one.id: one for one in told.table(exam_store, plain.EXAM, subject, viewer=STAFF).at(Level.SCHOOL)}
    one = next(each for each in found.subjects if each.subject == subject)
    if SMALL in units and units[SMALL].withheld:
        assert one.peers is one.rates is one.difference is None


def test_no_schools_or_unknown_ones_are_no_peers(exam_store: Store) -> None:
    for chosen in ([], ["3905000004"], ["none"]):
        with pytest.raises(Refused):
            peers.report(exam_store, plain.EXAM, "3905000004", Peers.CHOSEN, viewer=STAFF, chosen=chosen)


@pytest.mark.parametrize("beside", [Peers.CITY, Peers.DISTRICT, Peers.CHOSEN])
def test_lines_and_value_added_are_those_of_their_pages(beside: Peers, samples: Store) -> None:
    school, chosen = "0000003172", ["0000003171", "0000003180"]
    found = peers.report(samples, "2022-11-G3", school, beside, viewer=STAFF, chosen=chosen)
    further = peers_more.more(samples, found, STAFF)
    assert len(further.lines) == 4 and [one.subject for one in further.gains] == [*found.exam.subjects, TOTAL]
    for one in further.lines:
        at = line_figures(samples, "2022-11-G3", one.line.name, one.line.track, viewer=STAFF)
        rates = {each.id: each.rate for each in (at.whole, *at.units)}
        assert one.unit == rates[school]
        if beside != Peers.CHOSEN:
            assert one.peers == rates[{Peers.CITY: "", Peers.DISTRICT: "信都区"}[beside]]
        else:
            own = [rates[code] for code in chosen]
            known = [rate for rate in own if rate]
            assert one.peers is None or (len(known) == 2 and one.peers.numerator == sum(r.numerator for r in known))
            assert (one.peers is None) == (len(known) < 2)
    for gain in further.gains:
        page = {one.code: one for one in gained.gained(samples, "2022-11-G3", gain.subject, viewer=STAFF).gains}
        assert gain.unit == page[school]
        means = [one.residual.mean if one.residual else None for one in (page[code] for code in chosen)]
        if beside == Peers.CITY:
            assert gain.peers == 0
        elif beside == Peers.CHOSEN and None not in means:
            assert gain.peers == pytest.approx(sum(mean or 0 for mean in means) / 2)
    rows = exam_unit_rows.rows(found, further)
    assert {len(row) for row in rows} == {len(exam_unit_rows.COLUMNS)} and len(rows) == len(found.subjects) + 4


def test_a_class_is_put_beside_its_school_at_the_lines_too(samples: Store) -> None:
    asked = ("2022-11-G3", "0000003171", Peers.SCHOOL, None, "高三(1)班")
    found = peers.report(samples, *asked, viewer=LOCAL)
    further = peers_more.more(samples, found, LOCAL)
    assert further.participation is further.peers_participation is None, "rolls are of schools"
    for one in further.lines:
        at = line_figures(samples, "2022-11-G3", one.line.name, one.line.track, school="0000003171", viewer=LOCAL)
        rates = {(each.level, each.id): each.rate for each in at.units}
        assert one.unit == rates[Level.CLASS, "高三(1)班"] and one.peers == rates[Level.SCHOOL, "0000003171"]
    classes = gained.gained(samples, "2022-11-G3", "数学", None, LOCAL, "0000003171")
    own = next(one for one in further.gains if one.subject == "数学")
    assert own.unit in classes.gains
    with pytest.raises(Refused):
        peers_more.more(samples, found, STAFF)


def test_a_total_that_nobody_has_is_none_and_not_withheld() -> None:
    nobody, few = (told.Unit(Level.CITY, "", "", None, withheld) for withheld in (False, True))
    assert (said.sat(nobody), said.sat(few)) == ("0", said.withheld())
