"""One school, or one class of it, beside its peers: the whole exam, its district, schools of similar intake or chosen ones.

Only what tables tell is used, so that nothing is told here that is withheld there.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

from data.problem import Refused
from data.store import Store, end_of_day
from data.words import _
from queries.answers import PUBLIC, Viewer
from queries.exams.access import STAFF, may_see_classes, may_see_schools
from queries.exams.figures import Level, Table, Unit, table
from queries.exams.setup import TOTAL, Exam, School, exam, exams
from queries.exams.statistics import Moments, Rate, Share, difficulty
from queries.exams.units import Comparison, Interval, compared, interval

CLASSES = Path(__file__).parent / "classes.sql"
# How many schools of similar intake a school is compared with.
NEAREST = 5


class Peers(StrEnum):
    CITY = "city"
    DISTRICT = "district"
    SIMILAR = "similar"
    CHOSEN = "chosen"
    SCHOOL = "school"


@dataclass(frozen=True)
class Beside:
    """A unit on one paper, or by totals, beside its peers. Everything is None where either side is withheld.

    difference: of the means; interval: difference ± 1.96·SD/√n of the unit, the peers' mean taken as it is. peers: their
    pupils and marks together; rates: theirs, None where that of one of them is withheld. z: the unit's mean as a standard
    score of all who sat, with its interval; of totals only within one track, as others are made of other papers.
    """

    subject: str
    unit: Unit
    peers: Moments | None = None
    rates: Mapping[Rate, Share | None] | None = None
    difference: Fraction | None = None
    interval: Interval | None = None
    comparison: Comparison | None = None
    z: float | None = None
    z_interval: Interval | None = None

    @property
    def peers_difficulty(self) -> Fraction | None:
        """得分率 of the peers."""
        mean = self.peers.mean if self.peers else None
        return difficulty(mean, self.unit.full) if self.unit.full else None


@dataclass(frozen=True)
class Report:
    """A school's or a class's figures beside those of its peers. members: the schools that the peers are, where these are single ones."""

    exam: Exam
    school: School
    class_name: str | None
    track: str | None
    peers: Peers
    members: tuple[School, ...]
    subjects: tuple[Beside, ...]

    @property
    def name(self) -> str:
        return f"{self.school.name} {self.class_name}" if self.class_name else self.school.name


def report(
    store: Store,
    exam_id: str,
    school: str,
    peers: Peers,
    track: str | None = None,
    class_name: str | None = None,
    viewer: Viewer = PUBLIC,
    as_of: date | None = None,
    *,
    chosen: Collection[str] = (),
) -> Report:
    """A school (its institution), or a class of it; `Refused` where there is none or it may not be seen, or no such peers.

    chosen: the institutions that are the peers, where these are chosen; the school itself is none of its peers.
    """
    if not may_see_schools(viewer):
        raise Refused(_("Figures of single schools are for staff only."))
    found = exam(store, exam_id, as_of)
    own = _school(found, school)
    members = _members(store, found, school, peers, chosen, as_of)
    told = []
    for subject in (*found.subjects, TOTAL):
        city = table(store, exam_id, subject, track, viewer=viewer, as_of=as_of)
        if city.whole.number is None and not city.whole.withheld:
            continue  # nobody of the track sits it
        unit, level = _unit(city, Level.SCHOOL, school), city
        if class_name and unit is not None:
            level = table(store, exam_id, subject, track, school=school, viewer=viewer, as_of=as_of)
            unit = _unit(level, Level.CLASS, class_name)
        if unit is not None:
            told.append(_beside(city, unit, _units(city, level, peers, own, members)))
    return Report(found, own, class_name, track, peers, members, tuple(told))


def _members(
    store: Store, found: Exam, school: str, peers: Peers, chosen: Collection[str], as_of: date | None
) -> tuple[School, ...]:
    """The schools that are the peers, where these are single ones; `Refused` where there are none."""
    if peers == Peers.CHOSEN:
        named = {_school(found, one) for one in chosen}
        members = tuple(one for one in found.schools if one in named and one.institution_id != school)
        if not members:
            raise Refused(_("Choose the schools to compare with."))
        return members
    if peers != Peers.SIMILAR:
        return ()
    members = similar(store, found, school, as_of)
    if not members:
        raise Refused(
            _("It is not known which schools had a similar intake: the exam is not measured from an earlier one.")
        )
    return members


def similar(store: Store, found: Exam, school: str, as_of: date | None = None) -> tuple[School, ...]:
    """The schools whose means in the exam that this one is measured from lie nearest; none where that is not known."""
    version = store.version_at(end_of_day(as_of) if as_of else None)
    return store.remembered(
        ("schools of similar intake", found.id, school, version), lambda: _similar(store, found, school, as_of)
    )


def _similar(store: Store, found: Exam, school: str, as_of: date | None) -> tuple[School, ...]:
    entry = found.entry_exam_id
    if entry is None or entry not in {one.id for one in exams(store, as_of)}:
        return ()
    means = {
        one.id: one.mean
        for one in table(store, entry, TOTAL, viewer=STAFF, as_of=as_of).at(Level.SCHOOL)
        if one.mean is not None
    }
    if school not in means:
        return ()
    others = [one for one in found.schools if one.institution_id in means and one.institution_id != school]
    others.sort(key=lambda one: (abs(means[one.institution_id] - means[school]), one.institution_id))
    return tuple(others[:NEAREST])


def classes(
    store: Store, exam_id: str, school: str, viewer: Viewer = PUBLIC, as_of: date | None = None
) -> tuple[str, ...]:
    """The classes of a school of which anybody sat a paper; none for who may not look at classes."""
    if not may_see_classes(viewer):
        return ()
    moment = end_of_day(as_of) if as_of else None

    def read() -> Mapping[str, tuple[str, ...]]:
        with store.reading(moment) as cursor:
            found = cursor.execute(CLASSES.read_text(encoding="utf-8"), {"exam": exam_id}).fetchall()
        return {institution: tuple(names) for institution, names in found}

    # Of all schools at once: one after another is looked at, and each would cost the store nearly as much.
    return store.remembered(("classes", exam_id, store.version_at(moment)), read).get(school, ())


def _school(found: Exam, school: str) -> School:
    for one in found.schools:
        if one.institution_id == school:
            return one
    known = ", ".join(one.institution_id for one in found.schools)
    raise Refused(_("No pupil of school “{school}” sat it. Schools: {known}", school=school, known=known))


def _unit(found: Table, level: Level, id: str) -> Unit | None:
    return next((one for one in found.at(level) if one.id == id), None)


def _units(city: Table, own: Table, peers: Peers, school: School, members: Sequence[School]) -> list[Unit | None]:
    match peers:
        case Peers.CITY:
            return [city.whole]
        case Peers.DISTRICT:
            return [_unit(city, Level.AREA, school.district)]
        case Peers.SCHOOL:
            return [own.whole]
        case _:
            found = [_unit(city, Level.SCHOOL, one.institution_id) for one in members]
            # Of those that sat the paper, each must be told.
            return [one for one in found if one is not None and (one.withheld or one.number)]


def _beside(city: Table, unit: Unit, peers: Sequence[Unit | None]) -> Beside:
    z, reach = _standard(city, unit)
    moments = [one.moments if one else None for one in peers]
    known = [one for one in moments if one is not None]
    if not known or len(known) < len(moments):
        return Beside(city.subject, unit, z=z, z_interval=reach)
    together = sum(known[1:], known[0])
    rates = _rates([one.rates or {} for one in peers if one])
    own = unit.moments
    if own is None or own.mean is None or own.variance is None or together.mean is None:
        return Beside(city.subject, unit, together, rates)
    difference = own.mean - together.mean
    return Beside(
        city.subject,
        unit,
        together,
        rates,
        difference,
        interval(difference, own.variance, own.n),
        compared(difference, own.variance, own.n),
        z,
        reach,
    )


def _rates(of: Sequence[Mapping[Rate, Share | None]]) -> dict[Rate, Share | None]:
    """The rates of several units together."""
    made: dict[Rate, Share | None] = {}
    for rate in of[0]:
        shares = [one.get(rate) for one in of]
        known = [one for one in shares if one is not None]
        whole = Share(sum(one.numerator for one in known), sum(one.denominator for one in known))
        made[rate] = whole if len(known) == len(shares) else None
    return made


def _standard(city: Table, unit: Unit) -> tuple[float | None, Interval | None]:
    mixed = city.subject == TOTAL and city.track is None and len(city.exam.tracks) > 1
    whole, own = city.whole, unit.moments
    if mixed or not whole.sd or whole.mean is None or own is None or own.mean is None or own.variance is None:
        return None, None
    reach = interval(own.mean - whole.mean, own.variance, own.n)
    return float(own.mean - whole.mean) / whole.sd, Interval(reach.low / whole.sd, reach.high / whole.sd)
