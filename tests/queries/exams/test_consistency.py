"""Discrimination and reliability of parts of the pupils: what a plain computation pupil by pupil gives, and nothing of few."""

from collections.abc import Collection
from fractions import Fraction

import pytest

from data.store import Store
from queries.answers import Viewer
from queries.exams import consistency, figures
from queries.exams.figures import Level
from queries.exams.setup import TOTAL
from tests.queries.exams import small_exam as plain
from tests.queries.oracle import exams as oracle

PUPILS = plain.pupils()
LOCAL = Viewer(below_school=True)
ENOUGH = 36  # 27 % of so many are 10


def pupils(track: str | None, schools: Collection[str], school_class: str | None = None) -> list[plain.Pupil]:
    """Those of a track in some schools, or in one class, who have all their papers."""
    return [
        one
        for one in PUPILS
        if one.total is not None
        and track in (None, one.track)
        and one.school in schools
        and school_class in (None, one.school_class)
    ]


def schools_of(unit: figures.Unit) -> list[str]:
    if unit.level == Level.SCHOOL:
        return [unit.id]
    areas = {
        code: {district, *(["主城区"] if district != "开发区" else [])} for code, (district, _) in plain.SCHOOLS.items()
    }
    return [code for code, own in areas.items() if not unit.id or unit.id in areas[code]]


def agrees(found: consistency.Consistency | None, own: list[plain.Pupil], subject: str, track: str | None) -> bool:
    """Whether there is a figure; it must be that of the pupils."""
    if subject == TOTAL:
        if track is None:
            assert found is None, "tracks have other papers"
            return False
        expected = oracle.alpha([[one.mark(paper) or 0 for paper in one.marks] for one in own])
        assert found is None or (found.alpha == expected and found.discrimination is None)
    else:
        of_paper = [one for one in own if one.mark(subject) is not None]
        expected = oracle.discrimination(
            [(one.total or 0, one.mark(subject) or 0) for one in of_paper], plain.PAPERS[subject]
        )
        assert found is None or (found.discrimination == expected and found.alpha is None)
        assert (found is None) or len(of_paper) >= ENOUGH
    return found is not None


@pytest.mark.parametrize("track", [None, *plain.OWN])
@pytest.mark.parametrize("subject", [TOTAL, *plain.PAPERS])
def test_areas_schools_and_classes_have_what_their_own_pupils_give(
    subject: str, track: str | None, exam_store: Store
) -> None:
    told = figures.table(exam_store, plain.EXAM, subject, track, viewer=LOCAL)
    found = consistency.of_units(exam_store, told)
    there = 0
    for unit in (told.whole, *told.units):
        there += agrees(found.get(unit.id), pupils(track, schools_of(unit)), subject, track)
        assert unit.number is not None or unit.id not in found, "what is withheld has no measure"
    if (subject, track) != (TOTAL, None) and told.whole.number:
        assert there >= 2
    for school in {one.school for one in PUPILS if one.mark(subject) is not None}:
        classes = figures.table(exam_store, plain.EXAM, subject, track, school=school, viewer=LOCAL)
        measures = consistency.of_units(exam_store, classes, school)
        for unit in (classes.whole, *classes.units):
            agrees(measures.get(unit.id), pupils(track, [school], unit.id or None), subject, track)


def test_schools_together_are_measured_as_one_and_only_if_each_is_told(exam_store: Store) -> None:
    told = figures.table(exam_store, plain.EXAM, "数学", viewer=LOCAL)
    known = [one.id for one in told.at(Level.SCHOOL) if one.number is not None]
    withheld = [one.id for one in told.at(Level.SCHOOL) if one.withheld]
    found = consistency.together(exam_store, told, known[:2])
    assert found.discrimination is not None
    assert agrees(found, pupils(None, known[:2]), "数学", None)
    assert withheld
    assert consistency.together(exam_store, told, [known[0], withheld[0]]) == consistency.NOTHING


def test_who_sees_areas_only_gets_theirs_only(exam_store: Store) -> None:
    told = figures.table(exam_store, plain.EXAM, "数学", viewer=Viewer())
    areas = {one.id for one in told.at(Level.AREA)}
    assert set(consistency.of_units(exam_store, told)) <= areas | {""}


def test_d_is_exact(exam_store: Store) -> None:
    told = figures.table(exam_store, plain.EXAM, "语文", viewer=LOCAL)
    assert all(isinstance(one.discrimination, Fraction) for one in consistency.of_units(exam_store, told).values())
