"""A unit beside its peers beyond its marks: who sat of those on roll, who reaches the lines, what was gained since entry,
and how well its papers tell its pupils apart.

Nothing is computed here but from what the pages of these tell, so that nothing is told here that is withheld there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import fsum

from data.store import Store
from queries.answers import PUBLIC, Viewer
from queries.exams import consistency
from queries.exams.attendance import by_school
from queries.exams.figures import Level, table
from queries.exams.gained import Gain, Gained, gained, measured
from queries.exams.line_figures import LineFigures, Reached, line_figures
from queries.exams.overview import overview
from queries.exams.participation import together
from queries.exams.peers import Peers, Report
from queries.exams.setup import TOTAL, Line
from queries.exams.statistics import Share


@dataclass(frozen=True)
class AtLine:
    """上线率 of a unit and of its peers at a line; None where it is withheld."""

    line: Line
    unit: Share | None
    peers: Share | None


@dataclass(frozen=True)
class GainBeside:
    """增值 of a unit in a subject or ("") the total, in marks above what entry lets expect.

    peers: of their pupils, where they are single schools the mean of these schools', each counting once; None: withheld.
    """

    subject: str
    unit: Gain
    peers: float | None


@dataclass(frozen=True)
class MeasureBeside:
    """D of a paper, or α of the totals of one track, among the unit's pupils and among the peers'; None: not told."""

    unit: Fraction | None
    peers: Fraction | None


@dataclass(frozen=True)
class More:
    """participation: 参考率 of the school and of its peers over all tracks, None where it is not known or withheld.

    measures: by subject; lines: of the report's track, or all; gains: over all tracks, none where the exam is not measured from an earlier one.
    """

    participation: Fraction | None
    peers_participation: Fraction | None
    lines: tuple[AtLine, ...]
    gains: tuple[GainBeside, ...]
    measures: Mapping[str, MeasureBeside]


def more(store: Store, found: Report, viewer: Viewer = PUBLIC, as_of: date | None = None) -> More:
    """The further figures of a report."""
    own, others = _participation(store, found, as_of)
    lines, gains = _lines(store, found, viewer, as_of), _gains(store, found, viewer, as_of)
    measures = {one.subject: _measure(store, found, one.subject, viewer, as_of) for one in found.subjects}
    return More(own, others, lines, gains, measures)


def _measure(store: Store, found: Report, subject: str, viewer: Viewer, as_of: date | None) -> MeasureBeside:
    asked, code = (store, found.exam.id, subject, found.track), found.school.institution_id
    city = table(*asked, viewer=viewer, as_of=as_of)
    schools = consistency.of_units(store, city, as_of=as_of)
    if found.class_name:
        classes = table(*asked, school=code, viewer=viewer, as_of=as_of)
        inside = consistency.of_units(store, classes, code, as_of)
        own, school = inside.get(found.class_name), inside.get("")
    else:
        own, school = schools.get(code), None
    match found.peers:
        case Peers.CITY:
            peers = schools.get("")
        case Peers.DISTRICT:
            peers = schools.get(found.school.district)
        case Peers.SCHOOL:
            peers = school
        case _:
            peers = consistency.together(store, city, [one.institution_id for one in found.members], as_of)
    sides = [one or consistency.NOTHING for one in (own, peers)]
    return MeasureBeside(*(one.alpha if subject == TOTAL else one.discrimination for one in sides))


def _participation(store: Store, found: Report, as_of: date | None) -> tuple[Fraction | None, Fraction | None]:
    """Rolls are of schools: of a class nothing is known."""
    if found.class_name:
        return None, None
    schools = by_school(store, found.exam, as_of)
    own = schools.get(found.school.institution_id)
    match found.peers:
        case Peers.CITY:
            return own, overview(store, found.exam.id, None, as_of).attendance.share
        case Peers.DISTRICT:
            return own, together(found.exam, schools, found.exam.areas().get(found.school.district, ()))
        case _:
            return own, together(found.exam, schools, [one.institution_id for one in found.members])


def _lines(store: Store, found: Report, viewer: Viewer, as_of: date | None) -> tuple[AtLine, ...]:
    lines = [one for one in found.exam.lines if found.track is None or one.holds_for(found.track)]
    return tuple(one for line in lines if (one := _at_line(store, found, line, viewer, as_of)))


def _at_line(store: Store, found: Report, line: Line, viewer: Viewer, as_of: date | None) -> AtLine | None:
    """None where nobody of the unit has a total in the line's track."""
    asked = (store, found.exam.id, line.name, line.track)
    city, code = line_figures(*asked, viewer=viewer, as_of=as_of), found.school.institution_id
    if found.class_name is None:
        unit, inside = _reached(city, Level.SCHOOL, code), None
    else:
        classes = line_figures(*asked, school=code, viewer=viewer, as_of=as_of)
        unit, inside = _reached(classes, Level.CLASS, found.class_name), _reached(classes, Level.SCHOOL, code)
    if unit is None:
        return None
    return AtLine(line, unit.rate, _rate(_peers_at(city, inside, found)))


def _peers_at(city: LineFigures, school: Reached | None, found: Report) -> list[Reached | None]:
    match found.peers:
        case Peers.CITY:
            return [city.whole]
        case Peers.DISTRICT:
            return [_reached(city, Level.AREA, found.school.district)]
        case Peers.SCHOOL:
            return [school]
        case _:
            return [one for own in found.members if (one := _reached(city, Level.SCHOOL, own.institution_id))]


def _reached(of: LineFigures, level: Level, id: str) -> Reached | None:
    return next((one for one in of.at(level) if one.id == id), None)


def _rate(of: Sequence[Reached | None]) -> Share | None:
    """Of several units together, each of which must be told."""
    told = [one.rate for one in of if one and one.rate]
    if not told or len(told) < len(of):
        return None
    return Share(sum(one.numerator for one in told), sum(one.denominator for one in told))


def _gains(store: Store, found: Report, viewer: Viewer, as_of: date | None) -> tuple[GainBeside, ...]:
    known = {one.id for one in measured(store, as_of)}
    if found.track is not None or found.exam.id not in known:
        return ()
    made = []
    for subject in (*found.exam.subjects, TOTAL):
        schools = gained(store, found.exam.id, subject, as_of, viewer)
        school = _gain(schools, found.school.institution_id)
        if found.class_name:
            classes = gained(store, found.exam.id, subject, as_of, viewer, found.school.institution_id)
            unit = _gain(classes, found.class_name)
        else:
            unit = school
        if unit is not None:
            made.append(GainBeside(subject, unit, _peers_gained(schools, school, found)))
    return tuple(made)


def _gain(of: Gained, code: str) -> Gain | None:
    return next((one for one in of.gains if one.code == code), None)


def _peers_gained(of: Gained, school: Gain | None, found: Report) -> float | None:
    """All matched pupils together have gained what was to be expected of them: 0, by the line of least squares."""
    areas = [one for one in of.gains if one.is_area]
    match found.peers:
        case Peers.CITY:
            return 0.0
        case Peers.DISTRICT:
            # A district that all schools lie in is the whole exam and is not listed.
            return _mean(_gain(of, found.school.district)) if areas else 0.0
        case Peers.SCHOOL:
            return _mean(school)
        case _:
            members = [_gain(of, one.institution_id) for one in found.members]
            return _together([one for one in members if one is not None])


def _mean(one: Gain | None) -> float | None:
    return one.residual.mean if one and one.residual else None


def _together(of: Sequence[Gain]) -> float | None:
    """The mean of what several schools gained, each of which must be told; how many were matched in them seldom is."""
    known = [mean for one in of if (mean := _mean(one)) is not None]
    return fsum(known) / len(known) if known and len(known) == len(of) else None
