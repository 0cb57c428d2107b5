"""参考率 of areas and schools, of the whole exam: what `attendance` tells of schools, and of an area what follows from these."""

from collections.abc import Collection, Mapping
from datetime import date
from fractions import Fraction

from data.store import Store
from queries.answers import Viewer
from queries.exams.access import may_see_schools
from queries.exams.attendance import by_school
from queries.exams.setup import Exam


def participation(store: Store, found: Exam, viewer: Viewer, as_of: date | None = None) -> dict[str, Fraction]:
    """Area or, for who may see them, institution → 参考率, of those where it can be told."""
    schools = by_school(store, found, as_of)
    areas = {area: together(found, schools, own) for area, own in found.areas().items()}
    told = {area: share for area, share in areas.items() if share is not None}
    return told | schools if may_see_schools(viewer) else told


def together(found: Exam, schools: Mapping[str, Fraction], chosen: Collection[str]) -> Fraction | None:
    """参考率 of some schools together; None where that of one of them is not told."""
    roll = sum(found.rolls.get(one, 0) for one in chosen)
    if not roll or not set(chosen) <= set(schools):
        return None
    return sum((schools[one] * found.rolls[one] for one in chosen), Fraction(0)) / roll
