"""A cohort followed from exam to exam of one series, in quantities that can be compared although papers differ.

These are the standard score of an area or a school against the whole exam, the share of the other schools that have a lower
mean, the rate at a line of one name in one track, and, for the whole exam, the mean share of full marks of a paper. Raw
totals are never put side by side. Figures of single schools are for those who may see them (`queries.exams.access`).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from math import hypot, inf

from data.problem import Refused
from data.store import Store, end_of_day
from data.words import _
from queries.answers import PUBLIC, Viewer, any_sample
from queries.exams.access import may_see_schools
from queries.exams.hypercube import WHOLE
from queries.exams.line_rates import LineRates, line_rates
from queries.exams.sat import Sat, sat
from queries.exams.setup import TOTAL, Exam, Heading, by_district, exam, exams, subject_order
from queries.exams.statistics import Moments, Share, difficulty
from queries.exams.units import Comparison, Interval, comparison, mean_interval
from queries.ground import known_areas
from queries.xmr import Chart, chart


@dataclass(frozen=True)
class Series:
    """The exams of one cohort and series, the oldest first."""

    cohort: str
    name: str
    exams: tuple[Heading, ...]

    @property
    def id(self) -> str:
        """What stands for it in a link."""
        return f"{self.cohort}/{self.name}"


@dataclass(frozen=True)
class Place:
    """Where an area or a school stands in one exam; everything is None where it is withheld or nobody sat.

    z: mean standard score, with its interval and how it lies beside the mean of the exam, 0; above: the share of the other
    schools that have a lower mean (equal ones count half), of schools only.
    """

    exam_id: str
    z: Fraction | None = None
    interval: Interval | None = None
    comparison: Comparison | None = None
    above: Fraction | None = None


@dataclass(frozen=True)
class Course:
    """An area or a school from exam to exam; one place an exam."""

    code: str
    name: str
    is_school: bool
    places: tuple[Place, ...]

    @property
    def known(self) -> tuple[Place, ...]:
        return tuple(one for one in self.places if one.z is not None)

    @property
    def change(self) -> Comparison | None:
        """How the last known place lies beside the first, as though other pupils had sat; None with fewer than two.

        Most pupils are the same, so that this rather says too often than too rarely that a change may be luck.
        """
        if len(self.known) < 2:
            return None
        first, last = self.known[0], self.known[-1]
        moved, room = float((last.z or 0) - (first.z or 0)), hypot(_reach(first), _reach(last))
        if abs(moved) <= room:
            return Comparison.INDISTINGUISHABLE
        return Comparison.ABOVE if moved > 0 else Comparison.BELOW


@dataclass(frozen=True)
class LineCourse:
    """The rates at the line of a name in a track, of an area, a school or ("") all, exam by exam; None: withheld or none."""

    line: str
    track: str
    code: str
    rates: tuple[Share | None, ...]


@dataclass(frozen=True)
class Followed:
    """A cohort's way. shares: of the whole exam, mean over full marks of the paper; empty for the total.

    courses: of areas, then of schools where the viewer may see them; line_courses: of all and the areas, then of schools.
    areas, english: the plan's areas in their order, and the English names of those that have one.
    """

    series: Series
    subject: str
    shares: tuple[Fraction | None, ...]
    courses: tuple[Course, ...]
    line_courses: tuple[LineCourse, ...]
    areas: tuple[str, ...]
    english: Mapping[str, str]
    sample: bool
    data_version: int

    @property
    def schools(self) -> tuple[Course, ...]:
        return tuple(one for one in self.courses if one.is_school)

    def course(self, code: str) -> Course:
        """One area or school; `Refused` where there is no such or the viewer may not see it."""
        for one in self.courses:
            if one.code == code:
                return one
        raise Refused(_("There is no area or school “{code}” here.", code=code))

    def controlled(self, code: str) -> "Controlled":
        """The limits of a course's standard scores, or ("") of the whole exam's shares of full marks."""
        values = self.shares if code == WHOLE else tuple(place.z for place in self.course(code).places)
        known = [(one, value) for one, value in zip(self.series.exams, values, strict=False) if value is not None]
        found = tuple(value for _exam, value in known)
        return Controlled(tuple(one for one, _value in known), found, chart(found))


@dataclass(frozen=True)
class Controlled:
    """A series of exams that have a value, and its limits (queries.xmr; on trial below 12 points); None without a value."""

    exams: tuple[Heading, ...]
    values: tuple[Fraction, ...]
    chart: Chart | None


def _reach(place: Place) -> float:
    return (place.interval.high - place.interval.low) / 2 if place.interval else inf


def series(store: Store, as_of: date | None = None) -> tuple[Series, ...]:
    """Every cohort and series that there are exams of, that of the newest exam first."""
    version = store.version_at(end_of_day(as_of) if as_of else None)
    return store.remembered(("exam series", version), lambda: _series(store, as_of))


def _series(store: Store, as_of: date | None) -> tuple[Series, ...]:
    named = [one for one in exams(store, as_of) if one.cohort and one.series]
    newest = {(one.cohort, one.series): place for place, one in reversed(list(enumerate(named)))}
    ordered = sorted(named, key=lambda one: (newest[one.cohort, one.series], one.last_day, one.id))
    return tuple(
        Series(str(cohort), str(name), tuple(own))
        for (cohort, name), own in groupby(ordered, key=lambda one: (one.cohort, one.series))
    )


def subjects(store: Store, found: Series, as_of: date | None = None) -> tuple[str, ...]:
    """The total ("") and the subjects of a series' exams, in their usual order."""

    def compute() -> tuple[str, ...]:
        known = {subject for one in found.exams for subject in exam(store, one.id, as_of).subjects}
        return (TOTAL, *sorted(known, key=subject_order))

    version = store.version_at(end_of_day(as_of) if as_of else None)
    return store.remembered(("exam series subjects", found.id, version), compute)


def followed(
    store: Store, series_id: str, subject: str = TOTAL, as_of: date | None = None, viewer: Viewer = PUBLIC
) -> Followed:
    """A cohort's way through a series in a subject or ("") the total; `Refused` where there is no such series."""
    found = next((one for one in series(store, as_of) if one.id == series_id), None)
    if found is None:
        known = ", ".join(one.id for one in series(store, as_of)) or _("none yet")
        raise Refused(_("There is no series of exams “{series}”. Series: {known}", series=series_id, known=known))
    version = store.version_at(end_of_day(as_of) if as_of else None)
    schools = may_see_schools(viewer)
    key = ("followed", series_id, subject, schools, version)
    return store.remembered(key, lambda: _followed(store, found, subject, as_of, schools=schools))


def _followed(store: Store, found: Series, subject: str, as_of: date | None, *, schools: bool) -> Followed:
    set_up = [exam(store, one.id, as_of) for one in found.exams]
    papers = [sat(store, one, subject, as_of) for one in set_up]
    rates = [line_rates(store, one, as_of) for one in set_up]
    moment = end_of_day(as_of) if as_of else None
    version = store.version_at(moment)
    with store.reading(moment) as cursor:
        known = known_areas(cursor, lambda key, compute: store.remembered(("shared", key, version), compute))
    names = _names(set_up, papers, known.names, schools=schools)
    return Followed(
        found,
        subject,
        () if subject == TOTAL else tuple(_share(one, paper) for one, paper in zip(set_up, papers, strict=True)),
        tuple(_courses(set_up, papers, names)),
        tuple(_line_courses(set_up, rates, [WHOLE, *(code for code, _name, _is_school in names)])),
        known.names,
        known.english,
        any_sample(store, as_of),
        version,
    )


def _names(
    set_up: Sequence[Exam], papers: Sequence[Sat], order: Sequence[str], *, schools: bool
) -> list[tuple[str, str, bool]]:
    """(code, name, whether it is a school) of the areas that are not all schools, then of the schools."""
    areas = {area for paper in papers for area, own in paper.areas.items() if set(own) != set(paper.schools)}
    listed = [
        (area, area, False)
        for area in sorted(areas, key=lambda one: (order.index(one) if one in order else len(order), one))
    ]
    if not schools:
        return listed
    registered = {school.institution_id: school for one in set_up for school in one.schools}
    there = {code for paper in papers for code in paper.schools}
    known = [one for one in by_district(registered.values(), order) if one.institution_id in there]
    unknown = sorted(there - set(registered))
    return [*listed, *((one.institution_id, one.name, True) for one in known), *((one, one, True) for one in unknown)]


def _share(one: Exam, paper: Sat) -> Fraction | None:
    """得分率 of a paper over the whole exam."""
    if paper.subject not in one.subjects or paper.hides(WHOLE):
        return None
    return difficulty(paper.of(WHOLE).mean, one.paper(paper.subject).full_marks)


def _courses(set_up: Sequence[Exam], papers: Sequence[Sat], names: Sequence[tuple[str, str, bool]]) -> list[Course]:
    known = [{code: paper.z(code) for code, _name, _is_school in names if not paper.hides(code)} for paper in papers]
    schools = [code for code, _name, is_school in names if is_school]
    above = [above_others(_means(of, schools)) for of in known]
    return [
        Course(
            code,
            name,
            is_school,
            tuple(_place(one, of.get(code), own.get(code)) for one, of, own in zip(set_up, known, above, strict=True)),
        )
        for code, name, is_school in names
    ]


def _means(known: Mapping[str, Moments], schools: Sequence[str]) -> dict[str, Fraction]:
    """The mean standard scores of the schools of which something is told."""
    return {code: mean for code in schools if code in known and (mean := known[code].mean) is not None}


def _place(one: Exam, z: Moments | None, above: Fraction | None) -> Place:
    if z is None:
        return Place(one.id)
    return Place(one.id, z.mean, mean_interval(z), comparison(z, Fraction(0)), above)


def above_others(means: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """The share of the others that have a lower mean, equal ones half, of each school; none without others."""
    ordered, others = sorted(means.values()), len(means) - 1
    if others < 1:
        return {}
    return {
        code: Fraction(bisect_left(ordered, mean) + bisect_right(ordered, mean) - 1, 2 * others)
        for code, mean in means.items()
    }


def _line_courses(set_up: Sequence[Exam], rates: Sequence[LineRates], codes: Sequence[str]) -> list[LineCourse]:
    """Exams of one course have the line's name and its track in common; the highest line of the newest exam first."""
    lines = dict.fromkeys((line.name, line.track) for one in reversed(set_up) for line in one.lines)
    return [
        LineCourse(
            name, track, code, tuple(_rate(*pair, name, track, code) for pair in zip(set_up, rates, strict=True))
        )
        for name, track in lines
        for code in codes
    ]


def _rate(one: Exam, rates: LineRates, name: str, track: str, code: str) -> Share | None:
    line = next((line for line in one.lines if (line.name, line.track) == (name, track)), None)
    return rates.rate(line, code) if line else None
