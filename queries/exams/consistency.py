"""How well a paper tells pupils apart (区分度 D) and how far the papers of an exam agree (信度 α): of all who sat and of
areas, schools and classes, each by its own pupils (domain section 2).

Both are of the pupils who have all their papers. They are told of units whose number is told; of a part of the exam D is
told only where each of its two groups holds at least 10 pupils, as it is a difference of their means.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path

from data.store import Store, end_of_day
from queries.exams import papers
from queries.exams.access import LOCAL
from queries.exams.counts import counts
from queries.exams.figures import Level, Table, Unit, table, whole
from queries.exams.setup import TOTAL, Exam
from queries.exams.statistics import NOBODY, Moments
from queries.suppression import SMALL

BY_TOTAL = Path(__file__).parent / "by_total.sql"
SPREAD = Path(__file__).parent / "spread.sql"
DISCRIMINATION = Path(__file__).parent / "discrimination.sql"

# By unit, track and subject; the subject "" is the total over the papers that all of the track have.
Spreads = Mapping[tuple[str, str, str], Moments]


@dataclass(frozen=True)
class Reliability:
    """α over the papers that all pupils of a track have. None where it is not defined, or the pupils are withheld."""

    track: str
    papers: int
    pupils: int | None
    alpha: Fraction | None


@dataclass(frozen=True)
class Consistency:
    """Of a unit: D of a paper, or α of its totals. None where it is not defined, or withheld, or of the other."""

    discrimination: Fraction | None = None
    alpha: Fraction | None = None


NOTHING = Consistency()


@dataclass(frozen=True)
class _Asked:
    """Whose consistency is asked for: of a track (None: all), by school or, of one school, by class."""

    exam: Exam
    track: str | None
    school: str | None
    as_of: date | None


def discrimination(store: Store, found: Exam, subject: str, track: str | None, as_of: date | None) -> Fraction | None:
    """D of a paper over all pupils who have all papers, or over those of a track; None where fewer than 10 have."""
    rows = [
        (total, pupils, marks)
        for of, paper, total, pupils, marks in _by_total(store, found, as_of)
        if paper == subject and track in (None, of)
    ]
    # Where the paper itself is withheld, nothing is told of it.
    few = sum(pupils for _total, pupils, _marks in rows) < SMALL
    if few or whole(store, found.id, subject, track, as_of).number is None:
        return None
    return papers.discrimination(rows, found.paper(subject).full_marks)


def reliability(store: Store, found: Exam, as_of: date | None) -> tuple[Reliability, ...]:
    """α of every track of an exam over all who sat."""
    spreads = _spreads(store, found, None, as_of)
    made = []
    for track in sorted({track for _unit, track, _subject in spreads}):
        common, totals = _common_papers(spreads, track), _added(spreads, None, track, TOTAL)
        if whole(store, found.id, TOTAL, track, as_of).number is None:
            made.append(Reliability(track, len(common), None, None))
        elif totals.n:
            made.append(Reliability(track, len(common), totals.n, _alpha(spreads, None, track, common)))
    return tuple(made)


def of_units(store: Store, told: Table, school: str | None = None, as_of: date | None = None) -> dict[str, Consistency]:
    """The units of a table and their whole (""), as far as they are told: D of its paper, or α of its totals in one track.

    school: the institution whose classes the units are. Totals of several tracks have no α together: they consist of
    other papers.
    """
    version = store.version_at(end_of_day(as_of) if as_of else None)
    compute = partial(_of_units, store, _Asked(told.exam, told.track, school, as_of), told.subject)
    found = store.remembered(("consistency", told.exam.id, told.subject, told.track, school, version), compute)
    shown = {unit.id for unit in (told.whole, *told.units) if unit.number is not None}
    return {unit: one for unit, one in found.items() if unit in shown}


def together(store: Store, told: Table, schools: Collection[str], as_of: date | None = None) -> Consistency:
    """Some schools of a table as one; nothing where one of those that sat the paper is withheld."""
    chosen = [one for one in told.units if one.id in schools and (one.withheld or one.number)]
    totals = table(store, told.exam.id, TOTAL, told.track, viewer=LOCAL, as_of=as_of)
    known = {one.id for one in totals.units if one.number is not None}
    if not chosen or any(one.number is None or one.id not in known for one in chosen):
        return NOTHING
    units = {"": [one.id for one in chosen]}
    return _measured(store, _Asked(told.exam, told.track, None, as_of), told.subject, units).get("", NOTHING)


def _of_units(store: Store, of: _Asked, subject: str) -> dict[str, Consistency]:
    if not counts(store, of.exam.id, TOTAL, of.school, of.as_of).units:
        return {}
    totals = table(store, of.exam.id, TOTAL, of.track, school=of.school, viewer=LOCAL, as_of=of.as_of)
    # Who have all papers is part of who sat one: where that is withheld, so is what follows from it.
    told = [unit for unit in (totals.whole, *totals.units) if unit.number is not None]
    units = {unit.id: _places(of, unit) for unit in told}
    of_all = None
    if of.school is None and subject != TOTAL:
        # All who sat are counted by their totals already.
        units.pop("", None)
        of_all = discrimination(store, of.exam, subject, of.track, of.as_of)
    made = _measured(store, of, subject, units)
    return made if of_all is None else {"": Consistency(discrimination=of_all), **made}


def _measured(
    store: Store, of: _Asked, subject: str, units: Mapping[str, Collection[str] | None]
) -> dict[str, Consistency]:
    """D or α by unit. units: the schools, or of one school the classes, that each consists of; None: all."""
    if subject == TOTAL:
        return _alphas(store, of, units)
    made = _discriminations(store, of, subject, units)
    return {unit: Consistency(discrimination=value) for unit, value in made.items() if value is not None}


def _places(of: _Asked, unit: Unit) -> Collection[str] | None:
    """The schools, or of one school the classes, that a unit consists of; None: all."""
    match unit.level:
        case Level.CITY:
            return None
        case Level.AREA:
            return of.exam.areas()[unit.id]
        case Level.SCHOOL if of.school:
            return None
        case _:
            return (unit.id,)


def _alphas(store: Store, of: _Asked, units: Mapping[str, Collection[str] | None]) -> dict[str, Consistency]:
    tracks = of.exam.tracks if of.track is None else (of.track,)
    if len(tracks) != 1:
        return {}
    # The papers that count are those of the whole exam, so that units can be compared.
    common = _common_papers(_spreads(store, of.exam, None, of.as_of), tracks[0])
    spreads = _spreads(store, of.exam, of.school, of.as_of)
    made = {unit: _alpha(spreads, places, tracks[0], common) for unit, places in units.items()}
    return {unit: Consistency(alpha=value) for unit, value in made.items() if value is not None}


def _common_papers(spreads: Spreads, track: str) -> list[str]:
    """The papers that all pupils of a track have who have all their papers."""
    totals = _added(spreads, None, track, TOTAL).n
    subjects = sorted({subject for _unit, _track, subject in spreads} - {TOTAL})
    return [one for one in subjects if totals and _added(spreads, None, track, one).n == totals]


def _alpha(spreads: Spreads, places: Collection[str] | None, track: str, common: Sequence[str]) -> Fraction | None:
    totals = _added(spreads, places, track, TOTAL)
    if totals.n < SMALL:
        return None
    variances = [_added(spreads, places, track, subject).variance for subject in common]
    return papers.alpha([one for one in variances if one is not None], totals.variance)


def _added(spreads: Spreads, places: Collection[str] | None, track: str, subject: str) -> Moments:
    own = (
        one
        for (unit, of, paper), one in spreads.items()
        if of == track and paper == subject and (places is None or unit in places)
    )
    return sum(own, NOBODY)


def _discriminations(
    store: Store, of: _Asked, subject: str, units: Mapping[str, Collection[str] | None]
) -> dict[str, Fraction | None]:
    every = {place for place, _track, _subject in _spreads(store, of.exam, of.school, of.as_of)}
    pairs = [(unit, place) for unit, places in units.items() for place in (every if places is None else places)]
    if not pairs:
        return {}
    named = {
        "exam": of.exam.id, "subject": subject, "track": of.track, "school": of.school,
        "units": [unit for unit, _place in pairs], "places": [place for _unit, place in pairs],
        "numerator": papers.GROUP.numerator, "denominator": papers.GROUP.denominator,
    }  # fmt: skip
    with store.reading(end_of_day(of.as_of) if of.as_of else None) as cursor:
        rows = cursor.execute(DISCRIMINATION.read_text(encoding="utf-8"), named).fetchall()
    full = Fraction(of.exam.paper(subject).full_marks)
    return {
        unit: None if size < SMALL else (_group(*groups[:4]) - _group(*groups[4:])) / (size * full)
        for unit, size, *groups in rows
    }


def _group(marks: Decimal, tied: Decimal, taken: int, pupils: int) -> Fraction:
    """The marks of a group: of those certainly in it, and of as many tied pupils as there is place, with their mean."""
    return Fraction(marks) + Fraction(tied) * taken / pupils


def _by_total(store: Store, found: Exam, as_of: date | None) -> list[tuple[str, str, Decimal, int, Decimal]]:
    moment = end_of_day(as_of) if as_of else None

    def read() -> list[tuple[str, str, Decimal, int, Decimal]]:
        with store.reading(moment) as cursor:
            return cursor.execute(BY_TOTAL.read_text(encoding="utf-8"), {"exam": found.id}).fetchall()

    return store.remembered(("exam by total", found.id, store.version_at(moment)), read)


def _spreads(store: Store, found: Exam, school: str | None, as_of: date | None) -> Spreads:
    """By school, or of one school by class."""
    moment = end_of_day(as_of) if as_of else None

    def read() -> Spreads:
        named = {"exam": found.id, "school": school}
        with store.reading(moment) as cursor:
            rows = cursor.execute(SPREAD.read_text(encoding="utf-8"), named).fetchall()
        return {
            (unit, track, subject): Moments(pupils, Fraction(marks), Fraction(squares))
            for unit, track, subject, pupils, marks, squares in rows
        }

    return store.remembered(("exam spread", found.id, school, store.version_at(moment)), read)
