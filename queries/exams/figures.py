"""What is told of an exam: of the city, its districts and schools, or of the classes of a school, paper by paper.

Here statistics are computed and small numbers withheld, so that no page, report or export can forget it. Figures are
exact (Fraction) until they are shown; only what has a root in it is a float.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import partial

from data.problem import Refused
from data.store import Store, end_of_day
from data.words import _
from queries.answers import PUBLIC, Viewer
from queries.exams import statistics
from queries.exams.access import may_see_classes, may_see_schools
from queries.exams.counts import Counts, counts
from queries.exams.disclosure import Withheld, withheld
from queries.exams.hypercube import WHOLE
from queries.exams.setup import TOTAL, Exam, exam
from queries.exams.statistics import Distribution, Moments, Rate, Share
from queries.exams.units import Comparison, Interval, comparison, mean_interval
from queries.suppression import SMALL

QUARTILES = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4))
# Beyond each of these lie as many pupils as a shown number has at least, where so many sat.
TAILS, MANY = (Fraction(1, 10), Fraction(9, 10)), 10 * SMALL
# Tables of what is withheld need a word for pupils without a track, as "" is all tracks there.
NO_TRACK = "-"


class Level(StrEnum):
    CITY = "city"
    AREA = "area"
    SCHOOL = "school"
    CLASS = "class"


@dataclass(frozen=True)
class Unit:
    """The figures of one unit on one paper or of its totals.

    id: institution of a school, name of a class or area, "" of all who sat (whose name is empty too). number: who sat.
    full: full marks, None for totals. quartiles: 25 %, 50 %, 75 %; tails: 10 %, 90 %, where 100 pupils or more sat, so that
    10 lie beyond; each to the nearest whole mark (`_quantiles`). A rate of None is withheld.
    comparison: of the mean with the whole's, by its interval (±1.96 SD/√n). Everything is None where fewer than 10 sat,
    where all have the same mark, or where this unit's figures would give another's away (`withheld`).
    """

    level: Level
    id: str
    name: str
    full: Fraction | None
    withheld: bool
    number: int | None = None
    moments: Moments | None = None
    quartiles: tuple[Fraction, ...] | None = None
    rates: Mapping[Rate, Share | None] | None = None
    interval: Interval | None = None
    comparison: Comparison | None = None
    tails: tuple[Fraction, ...] | None = None

    @property
    def mean(self) -> Fraction | None:
        return self.moments.mean if self.moments else None

    @property
    def sd(self) -> float | None:
        return self.moments.sd if self.moments else None

    @property
    def difficulty(self) -> Fraction | None:
        """The mean as a share of full marks: higher is easier (得分率)."""
        return statistics.difficulty(self.mean, self.full) if self.full else None


@dataclass(frozen=True)
class Table:
    """Units side by side on one paper (subject) or by totals (`TOTAL`). track: None is all. whole: what they are part of."""

    exam: Exam
    subject: str
    track: str | None
    whole: Unit
    units: tuple[Unit, ...]

    def at(self, level: Level) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if unit.level == level)


@dataclass(frozen=True)
class _Part:
    """A unit before its figures are known: its place in the counts and in what is withheld."""

    level: Level
    id: str
    name: str
    units: Collection[str] | None


def table(
    store: Store,
    exam_id: str,
    subject: str,
    track: str | None = None,
    *,
    school: str | None = None,
    viewer: Viewer = PUBLIC,
    as_of: date | None = None,
) -> Table:
    """The figures of the city, its districts and, for who may see them, schools; or of a school and its classes.

    school: its institution. `Refused` where there is no such exam, paper, track or school, or where the viewer may not look at classes.
    """
    found = checked(store, exam_id, subject, track, as_of)
    if school is not None and not may_see_classes(viewer):
        raise Refused(_("Classes are shown on the machine of the installation only. Choose a school or an area."))
    version = store.version_at(end_of_day(as_of) if as_of else None)
    compute = partial(_units, store, found, subject, track, school, as_of)
    first, *others = store.remembered(("exam table", exam_id, subject, track, school, version), compute)
    units = others if may_see_schools(viewer) else [unit for unit in others if unit.level == Level.AREA]
    return Table(found, subject, track, first, tuple(units))


def whole(store: Store, exam_id: str, subject: str, track: str | None = None, as_of: date | None = None) -> Unit:
    """The figures of all who sat a paper, or of their totals; `Refused` where there is no such exam, paper or track."""
    found = checked(store, exam_id, subject, track, as_of)
    version = store.version_at(end_of_day(as_of) if as_of else None)
    compute = partial(_units, store, found, subject, track, None, as_of, only_whole=True)
    return store.remembered(("exam whole", exam_id, subject, track, version), compute)[0]


def checked(store: Store, exam_id: str, subject: str, track: str | None, as_of: date | None) -> Exam:
    """The exam; `Refused` where there is no such exam, paper or track."""
    found = exam(store, exam_id, as_of)
    if subject != TOTAL:
        found.paper(subject)
    if track is not None and track not in found.tracks:
        known = ", ".join(found.tracks)
        raise Refused(_("The exam has no track “{track}”. Choose one of: {known}", track=track, known=known))
    return found


def _units(
    store: Store,
    found: Exam,
    subject: str,
    track: str | None,
    school: str | None,
    as_of: date | None,
    *,
    only_whole: bool = False,
) -> tuple[Unit, ...]:
    """The whole first, then what it consists of."""
    counted = counts(store, found.id, subject, school, as_of)
    if not counted.units and not school:
        return (Unit(Level.CITY, "", "", None, False),)
    parts = _classes(found, counted, school) if school else _areas_and_schools(found, counted)
    paper = None if subject == TOTAL else found.paper(subject)
    of_paper = _OfPaper(
        Fraction(paper.full_marks) if paper else None,
        paper.cut_offs if paper else {},
        thresholds_of(found, subject),
        protection(store, found, subject, school, as_of),
        named_track(track),
        counts(store, found.id, subject, None, as_of).step,
    )
    made: list[Unit] = []
    for part in parts[:1] if only_whole else parts:
        reference = made[0].mean if made else None
        made.append(_unit(part, counted.of(part.units, track), of_paper, reference))
    return tuple(made)


@dataclass(frozen=True)
class _OfPaper:
    """What the figures of every unit on a paper are made with. step: what quantiles are multiples of, as scores are."""

    full: Fraction | None
    cut_offs: Mapping[Rate, Fraction]
    thresholds: Sequence[Fraction]
    hidden: Withheld
    track: str
    step: Fraction

    def hides(self, unit: str) -> bool:
        """Whether the number of a unit is withheld; where nobody of the track sat, that is known."""
        return self.track in self.hidden.tracks and self.hidden.hides_number(unit, self.track)

    def shows(self, unit: str, rate: Rate) -> bool:
        threshold = self.thresholds.index(self.cut_offs[rate] * (self.full or 0))
        return not self.hidden.hides_at_or_above(unit, self.track, threshold)


def _areas_and_schools(found: Exam, counted: Counts) -> list[_Part]:
    there = set(counted.units)
    areas = {area: there.intersection(units) for area, units in found.areas().items()}
    return [
        _Part(Level.CITY, "", "", None),
        *(_Part(Level.AREA, area, area, units) for area, units in areas.items() if units),
        *(
            _Part(Level.SCHOOL, one.institution_id, one.name, {one.institution_id})
            for one in found.schools
            if one.institution_id in there
        ),
    ]


def _classes(found: Exam, counted: Counts, school: str) -> list[_Part]:
    named = {one.institution_id: one.name for one in found.schools}
    if school not in named or not counted.units:
        known = ", ".join(named)
        raise Refused(_("No pupil of school “{school}” sat it. Schools: {known}", school=school, known=known))
    return [
        _Part(Level.SCHOOL, "", named[school], None),
        *(_Part(Level.CLASS, name, name, {name}) for name in counted.units),
    ]


def named_track(track: str | None) -> str:
    """A track as the tables of what is withheld call it; None is all of them."""
    return WHOLE if track is None else track or NO_TRACK


def thresholds_of(found: Exam, subject: str) -> tuple[Fraction, ...]:
    """The marks that rates are counted from, ascending; none for totals, which have lines instead."""
    if subject == TOTAL:
        return ()
    paper = found.paper(subject)
    return tuple(sorted({share * Fraction(paper.full_marks) for share in paper.cut_offs.values()}))


def protection(
    store: Store, found: Exam, subject: str, school: str | None = None, as_of: date | None = None
) -> Withheld:
    """What is withheld of the table of a paper, or of totals, by school or, of one school, by class.

    Tracks are those of `named_track`. ValueError where nobody sat.
    """
    moment = end_of_day(as_of) if as_of else None

    def compute() -> Withheld:
        counted = counts(store, found.id, subject, school, as_of)
        bins = {
            (unit, named_track(track)): numbers
            for (unit, track), numbers in counted.bins(thresholds_of(found, subject)).items()
        }
        sums = {} if school else found.areas()
        uniform = _uniform(counted, sums)
        if school:
            within = protection(store, found, subject, None, as_of), school
            return withheld(bins, sums, within=within, uniform=uniform)
        # The same pupils sit nearly all papers: whose number is withheld in one is not told in another.
        has_totals = subject != TOTAL and counts(store, found.id, TOTAL, None, as_of).units
        like = protection(store, found, TOTAL, None, as_of) if has_totals else None
        return withheld(bins, sums, like, uniform=uniform)

    return store.remembered(("exam protection", found.id, subject, school, store.version_at(moment)), compute)


def untold(store: Store, found: Exam, subject: str, as_of: date | None = None) -> set[str]:
    """The areas and schools of which it is withheld how many sat a paper, or have all of them; none where nobody did."""
    if not counts(store, found.id, subject, None, as_of).units:
        return set()
    hidden = protection(store, found, subject, None, as_of)
    return {name for name in hidden.names if hidden.hides_number(name, WHOLE)}


def _uniform(counted: Counts, areas: Mapping[str, Collection[str]]) -> list[tuple[str, str]]:
    """Names and tracks of ten pupils or more who all have one mark."""
    parts: dict[str, Collection[str]] = {unit: {unit} for unit in counted.units}
    parts |= {area: own for area, units in areas.items() if (own := set(units).intersection(counted.units))}
    parts[WHOLE] = counted.units
    return [(name, named_track(track)) for name, units in parts.items() for track in counted.uniform(units)]


def _unit(part: _Part, scores: Distribution, of: _OfPaper, reference: Fraction | None) -> Unit:
    number = statistics.number(scores)
    if number < SMALL or of.hidden.hides_number(part.id, of.track):
        return Unit(part.level, part.id, part.name, of.full, of.hides(part.id))
    found = statistics.moments(scores)
    rates = statistics.rates(scores, of.full, of.cut_offs) if of.full else {}
    return Unit(
        part.level,
        part.id,
        part.name,
        of.full,
        False,
        number,
        found,
        _quantiles(scores, QUARTILES, of.step),
        {rate: share if of.shows(part.id, rate) else None for rate, share in rates.items()},
        mean_interval(found),
        comparison(found, reference),
        _quantiles(scores, TAILS, of.step) if number >= MANY else None,
    )


def _quantiles(scores: Distribution, shares: Sequence[Fraction], step: Fraction) -> tuple[Fraction, ...]:
    """Quantiles, rounded to marks that pupils may have.

    One between two marks, such as 67.25, would tell exactly how many pupils lie below it, and with the numbers at cut-offs,
    lines and edges of the score table, or with those of another unit or track, how few lie between. A mark that pupils may
    have tells only at most how many lie below it, and at least how many do not lie above it.
    """
    exact = (statistics.quantile(scores, share) for share in shares)
    return tuple(statistics.rounded(mark, step) for mark in exact if mark is not None)
