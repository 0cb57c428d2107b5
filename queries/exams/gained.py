"""Value added from the exam that an exam is measured from: per area and school, and per class of one school.

Computed on pupils who have a mark in both, by `queries.exams.value_added`. A paper's line of least squares is one over all
schools; that of a total is one per track, as totals of different tracks are made of different papers. ΔZ is likewise on the
scales of all matched pupils, so that it is 0 over all of them. Nothing is told of a unit whose number who sat, or whose
number matched, is withheld; how many were matched also tells how many were not, so these numbers are withheld together.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from data.problem import Refused
from data.store import Store, end_of_day
from data.words import _
from queries.answers import PUBLIC, Viewer, any_sample
from queries.asked import asked
from queries.exams.access import may_see_classes, may_see_schools
from queries.exams.disclosure import Withheld, withheld
from queries.exams.figures import protection
from queries.exams.hypercube import WHOLE
from queries.exams.sat import FOLDER, UNNAMED, Key, Sat, sat
from queries.exams.setup import TOTAL, Exam, Heading, exam, exams
from queries.exams.statistics import Share
from queries.exams.units import Comparison
from queries.exams.value_added import (
    NOBODY,
    Fit,
    PairMoments,
    Scale,
    ValueAdded,
    as_residual,
    as_z,
    change_of_z,
    fit,
    match_rate,
    pair_moments,
    residual,
    scales_of,
)
from queries.ground import known_areas

# Below this share of matched pupils value added says little about a unit.
ENOUGH_MATCHED = Fraction(4, 5)
# As the other tables of an exam call it.
UNNAMED_CLASS = "未分班"

Sums = Mapping[tuple[str, str, str], PairMoments]  # by school, class and track


@dataclass(frozen=True)
class Gain:
    """What became of the pupils of an area, a school or a class. matched: of those who sat; None where it is withheld.

    enough: whether four of five were matched; None, as are residual and change (ΔZ), where nothing is told of the unit.
    """

    code: str
    name: str
    is_area: bool
    matched: Share | None
    enough: bool | None
    residual: ValueAdded | None
    change: ValueAdded | None

    @property
    def comparison(self) -> Comparison | None:
        """How the unit lies beside what its pupils' earlier marks let expect."""
        return self.residual.comparison if self.residual else None


@dataclass(frozen=True)
class Gained:
    """Value added of an exam in a subject or ("") the total. matched: of the whole exam.

    gains: areas, then schools where the viewer may see them, or the classes of the one school, by district and code.
    """

    exam: Heading
    entry: Heading
    subject: str
    school: str | None
    matched: Share | None
    gains: tuple[Gain, ...]
    english: Mapping[str, str]
    sample: bool
    data_version: int

    @property
    def units(self) -> tuple[Gain, ...]:
        """Schools or classes, or the areas where the viewer sees these only."""
        return tuple(one for one in self.gains if not one.is_area) or self.gains

    @property
    def told(self) -> tuple[Gain, ...]:
        return tuple(one for one in self.units if one.residual is not None)


@dataclass(frozen=True)
class _Units:
    """Numbers by unit and track: who sat, and who of them was matched. hidden: of those who sat, are matched, of both."""

    sat: Mapping[Key, int]
    matched: Mapping[Key, PairMoments]
    names: Mapping[str, tuple[str, ...]]
    hidden: tuple[Withheld | None, Withheld | None, Withheld | None]

    def members(self, code: str) -> tuple[str, ...]:
        return self.names.get(code, (code,))


def measured(store: Store, as_of: date | None = None) -> tuple[Heading, ...]:
    """The exams that are measured from an earlier one which has results, the newest first."""

    def compute() -> tuple[Heading, ...]:
        listed = exams(store, as_of)
        known = {one.id for one in listed}
        entries = {row["exam_id"]: row["entry_exam_id"] for row in asked(store, FOLDER / "measured.sql", as_of)}
        return tuple(one for one in listed if entries.get(one.id) in known)

    version = store.version_at(end_of_day(as_of) if as_of else None)
    return store.remembered(("exams measured", version), compute)


def gained(
    store: Store,
    exam_id: str,
    subject: str = TOTAL,
    as_of: date | None = None,
    viewer: Viewer = PUBLIC,
    school: str | None = None,
) -> Gained:
    """Value added of an exam; `Refused` where it is not measured from an earlier one, or the classes may not be seen."""
    found = exam(store, exam_id, as_of)
    headings = {one.id: one for one in exams(store, as_of)}
    if found.entry_exam_id not in headings:
        raise Refused(_("The exam “{exam}” is not measured from an earlier one.", exam=exam_id))
    if school is not None and not may_see_classes(viewer):
        raise Refused(_("Figures of single classes are not given here."))
    moment = end_of_day(as_of) if as_of else None
    version, schools = store.version_at(moment), may_see_schools(viewer)

    def compute() -> Gained:
        gains, matched = _gains(store, found, subject, as_of, school, schools=schools)
        with store.reading(moment) as cursor:
            known = known_areas(cursor, lambda key, make: store.remembered(("shared", key, version), make))
        entry = headings[str(found.entry_exam_id)]
        return Gained(
            headings[exam_id], entry, subject, school, matched, gains, known.english, any_sample(store, as_of), version
        )

    return store.remembered(("gained", exam_id, subject, school, schools, version), compute)


def _gains(
    store: Store, found: Exam, subject: str, as_of: date | None, school: str | None, *, schools: bool
) -> tuple[tuple[Gain, ...], Share | None]:
    paper, version = sat(store, found, subject, as_of), store.version_at(end_of_day(as_of) if as_of else None)

    def compute() -> tuple[Sums, _Units]:
        sums = _sums(store, found, subject, as_of)
        return sums, _schools(paper, sums)

    # The same for every school whose classes are asked for.
    sums, units = store.remembered(("growth", found.id, subject, version), compute)
    whole, wholes = _matched(units, WHOLE), _wholes(units, subject)
    named = {one.institution_id: one.name for one in found.schools}
    if school is not None:
        units = _classes(store, found, subject, as_of, school, sums, units)
        named = {code: code for code, _track in units.sat}
    tell = _teller(units, wholes)
    there = {code for code, _track in units.sat} if schools or school is not None else set()
    areas = [] if school else [one for one, own in paper.areas.items() if set(own) != set(paper.schools)]
    return (
        *(tell(area, area, True) for area in areas),
        *(tell(code, named.get(code, code), False) for code in found.in_order(there)),
    ), whole


def _sums(store: Store, found: Exam, subject: str, as_of: date | None) -> Sums:
    rows = asked(store, FOLDER / "growth.sql", as_of, exam=found.id, entry=found.entry_exam_id, subject=subject)
    return {
        (row["institution_id"], row["class"] or UNNAMED_CLASS, row["track"] or UNNAMED): pair_moments(
            row["pupils"], row["sx"], row["sy"], row["sxx"], row["sxy"], row["syy"]
        )
        for row in rows
    }


def _schools(paper: Sat, sums: Sums) -> _Units:
    counts = {key: one.n for key, one in paper.moments.items()}
    matched = _added((school, track, one) for (school, _class, track), one in sums.items())
    if not counts:
        return _Units({}, {}, {}, (None, None, None))
    inside = withheld(_numbers(counts, matched), paper.areas, like=paper.hidden)
    both = withheld(_both(counts, matched), paper.areas, like=inside)
    return _Units(counts, matched, {**paper.areas, WHOLE: paper.schools}, (paper.hidden, inside, both))


def _classes(
    store: Store, found: Exam, subject: str, as_of: date | None, school: str, sums: Sums, schools: _Units
) -> _Units:
    """The classes of one school: what is withheld of the school stays so, as do the numbers that its table withholds."""
    rows = asked(store, FOLDER / "class_sat.sql", as_of, exam=found.id, subject=subject, school=school)
    counts = {(row["class"] or UNNAMED_CLASS, row["track"] or UNNAMED): int(row["pupils"]) for row in rows}
    own, inside, both = schools.hidden
    if not counts or own is None or inside is None or both is None or school not in own.names:
        return _Units({}, {}, {}, (None, None, None))
    matched = _added((named, track, one) for (code, named, track), one in sums.items() if code == school)
    hidden = (
        withheld(
            {key: [number] for key, number in counts.items()},
            {},
            like=protection(store, found, subject, school, as_of),
            settled=True,
        ),
        withheld(_numbers(counts, matched), {}, within=(inside, school)),
        withheld(_both(counts, matched), {}, within=(both, school)),
    )
    return _Units(counts, matched, {}, hidden)


def _added(parts: Iterable[tuple[str, str, PairMoments]]) -> dict[Key, PairMoments]:
    found: dict[Key, PairMoments] = {}
    for unit, track, one in parts:
        known = found.get((unit, track))
        found[unit, track] = one if known is None else known + one
    return found


def _numbers(counts: Mapping[Key, int], matched: Mapping[Key, PairMoments]) -> dict[Key, list[int]]:
    return {key: [matched.get(key, NOBODY).n] for key in counts}


def _both(counts: Mapping[Key, int], matched: Mapping[Key, PairMoments]) -> dict[Key, list[int]]:
    """Who was not matched, and who was."""
    numbers = {key: min(matched.get(key, NOBODY).n, number) for key, number in counts.items()}
    return {key: [number - numbers[key], numbers[key]] for key, number in counts.items()}


def _told(units: _Units, code: str) -> bool:
    """Whether the number who sat and the number matched may both be known."""
    return not any(one is None or code not in one.names or one.hides_number(code, WHOLE) for one in units.hidden[:2])


def _matched(units: _Units, code: str) -> Share | None:
    """The match rate, where neither who was matched nor who was not is withheld."""
    both = units.hidden[2]
    if both is None or not _told(units, code) or both.hides_number(code, WHOLE) or both.hides(code, WHOLE, 1):
        return None
    return _share(units, code)


def _share(units: _Units, code: str) -> Share:
    members = units.members(code)
    of_members = sum(one.n for (unit, _track), one in units.matched.items() if unit in members)
    return match_rate(of_members, sum(number for (unit, _track), number in units.sat.items() if unit in members))


def _teller(units: _Units, wholes: Mapping[str, PairMoments]) -> Callable[[str, str, bool], Gain]:
    """What makes the gain of a unit; wholes: of a track, whose lines and scales its pupils are measured with."""
    residuals = {key: as_residual(one, fit(wholes[key[1]])) for key, one in units.matched.items()}
    changes = {key: as_z(one, *scales_of(wholes[key[1]])) for key, one in units.matched.items()}

    def tell(code: str, name: str, is_area: bool) -> Gain:
        members = units.members(code)
        own, after = (
            sum((one for (unit, _track), one in found.items() if unit in members), NOBODY)
            for found in (residuals, changes)
        )
        values = residual(own, Fit(Fraction(0), Fraction(0))), change_of_z(after, *[Scale(Fraction(0), 1.0)] * 2)
        if not _told(units, code) or any(one.mean is None for one in values):
            return Gain(code, name, is_area, None, None, None, None)
        rate = _share(units, code).value
        return Gain(code, name, is_area, _matched(units, code), rate is not None and rate >= ENOUGH_MATCHED, *values)

    return tell


def _wholes(schools: _Units, subject: str) -> dict[str, PairMoments]:
    """Track → all matched pupils that its pupils are compared with."""
    by_track = _added((WHOLE, track, one) for (_school, track), one in schools.matched.items())
    every = sum(by_track.values(), NOBODY)
    return {track: one if subject == TOTAL else every for (_whole, track), one in by_track.items()}
