"""模拟赋分 of an exam: the rule, the bands that applied, raw beside assigned and standard scores, means of both by unit.

What may be told: the edges between bands of 10 pupils or more (others are joined with a neighbour), never the lowest and
the highest raw score; how many are in a band, where its edges are edges of the score table too (queries.exams.overview).
Which raw score became which assigned one follows from a band's lowest and highest raw scores. So a band's own mapping is told only where it stands alone and, of the highest and the lowest band, 10 pupils have the end score itself;
and only at the edges of segments of 10 pupils or more. Everywhere else the rule's range stands for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path

from data.problem import Refused
from data.store import Store, end_of_day
from data.words import _
from queries.answers import PUBLIC, Viewer
from queries.exams import statistics
from queries.exams.access import STAFF, may_see_schools
from queries.exams.assigned import Assignment, Band, Rule, assign, rules
from queries.exams.counts import PARTS, counts
from queries.exams.figures import Level, Table, table
from queries.exams.overview import scores
from queries.exams.segments import Segment
from queries.exams.setup import Exam, exam
from queries.exams.statistics import Distribution, Moments, number
from queries.suppression import SMALL

GIVEN = Path(__file__).parent / "assigned_given.sql"


@dataclass(frozen=True)
class BandTold:
    """Neighbouring grades told together (mostly one). raw_from: their lowest raw score, None for the lowest of all;
    raw_below: what they lie below, None for the highest; pupils and got: None where withheld."""

    grades: tuple[str, ...]
    assigned_low: int
    assigned_high: int
    raw_from: Decimal | None
    raw_below: Decimal | None
    wanted: Fraction
    pupils: int | None
    got: Fraction | None


@dataclass(frozen=True)
class ScoreTold:
    """The pupils with raw_from <= raw < raw_below (None: whatever is less, or more), at least 10.

    assigned_low, assigned_high: what these became, or the rule's range of their grades; exact: the former. z, t: of
    raw_from. given: the mean of the assigned scores that came with the results, if all of these pupils have one.
    """

    raw_from: Decimal | None
    raw_below: Decimal | None
    pupils: int
    assigned_low: int
    assigned_high: int
    exact: bool
    z: float | None
    t: float | None
    given: Fraction | None


@dataclass(frozen=True)
class UnitMeans:
    """Means of a unit, side by side; None: withheld, or no assigned scores came with the results."""

    level: Level
    id: str
    name: str
    number: int | None
    raw: Fraction | None
    assigned: Fraction | None
    given: Fraction | None


@dataclass(frozen=True)
class AssignedFigures:
    """A rule applied to a subject of an exam. mapping: raw score → assigned score where that may be told, ascending."""

    exam: Exam
    subject: str
    rule: Rule
    bands: tuple[BandTold, ...]
    scores: tuple[ScoreTold, ...]
    mapping: tuple[tuple[Decimal, int], ...]
    units: tuple[UnitMeans, ...]
    sd: float | None
    data_version: int

    @property
    def whole(self) -> UnitMeans:
        return self.units[0]

    @property
    def has_given(self) -> bool:
        """Whether the results brought assigned scores of their own."""
        return any(one.given is not None for one in self.units) or any(one.given is not None for one in self.scores)


def chosen_rule(found: Exam, name: str | None = None) -> Rule:
    """The rule of a name, else the exam's own; `Refused` with those there are."""
    wanted = name or found.assigned_rule
    if wanted is None or wanted not in rules():
        known = ", ".join(rules())
        raise Refused(
            _("There is no rule “{rule}” of assigned scores. Rules: {known}", rule=wanted or "", known=known)
            if wanted
            else _("The exam names no rule of assigned scores. Rules: {known}", known=known)
        )
    return rules()[wanted]


def subjects_of(found: Exam, rule: Rule) -> tuple[str, ...]:
    """The exam's subjects that a rule assigns scores in."""
    return tuple(subject for subject in found.subjects if subject in rule.subjects)


def assigned_figures(
    store: Store,
    exam_id: str,
    subject: str,
    rule: str | None = None,
    *,
    viewer: Viewer = PUBLIC,
    as_of: date | None = None,
) -> AssignedFigures:
    """A rule applied to a subject; schools are among the units for who may see them.

    `Refused` where there is no such exam, rule or subject that the rule is for.
    """
    found = exam(store, exam_id, as_of)
    chosen = chosen_rule(found, rule)
    if subject not in subjects_of(found, chosen):
        known = ", ".join(subjects_of(found, chosen)) or _("none yet")
        raise Refused(
            _("Scores of “{subject}” are not assigned by this rule. Subjects: {known}", subject=subject, known=known)
        )
    version = store.version_at(end_of_day(as_of) if as_of else None)
    compute = partial(_figures, store, found, subject, chosen, as_of, version)
    made = store.remembered(("exam assigned", exam_id, subject, chosen.id, version), compute)
    if may_see_schools(viewer):
        return made
    return replace(made, units=tuple(one for one in made.units if one.level != Level.SCHOOL))


def _figures(store: Store, found: Exam, subject: str, rule: Rule, as_of: date | None, version: int) -> AssignedFigures:
    counted = counts(store, found.id, subject, None, as_of)
    given = counted.of()
    made, means = assign(given, rule), table(store, found.id, subject, viewer=STAFF, as_of=as_of)
    by_school = _given(store, found, subject, as_of)
    told = scores(store, found.id, subject, as_of=as_of).segments
    if means.whole.number is None or not told:
        return AssignedFigures(found, subject, rule, (), (), (), (), None, version)
    bands = tuple(_bands(made.bands, given, [one.lowest for one in told]))
    detailed = _detailed(made, given, bands)
    return AssignedFigures(
        found,
        subject,
        rule,
        bands,
        tuple(_scores(told, bands, detailed, means.whole.moments, by_school)),
        tuple((raw, got) for raw, got in detailed.items() if raw in {one.lowest for one in told}),
        tuple(_units(means, {unit: counted.of({unit}) for unit in counted.units}, made, by_school)),
        means.whole.sd,
        version,
    )


def _bands(bands: Sequence[Band], given: Distribution, cuts: Sequence[Decimal]) -> Iterator[BandTold]:
    """Grades from the highest down, joined until each has 10 pupils or more; how many only between edges that are told."""
    groups: list[list[Band]] = [[]]
    for band in bands:
        if _pupils(groups[-1]) >= SMALL:
            groups.append([])
        groups[-1].append(band)
    if len(groups) > 1 and _pupils(groups[-1]) < SMALL:
        groups[-2:] = [groups[-2] + groups[-1]]
    below: Decimal | None = None
    for place, group in enumerate(groups):
        low = None if place == len(groups) - 1 else _lowest(group)
        told = all(edge is None or edge in cuts for edge in (low, below))
        yield _band(group, low, below, number(given), told)
        below = low


def _pupils(group: Sequence[Band]) -> int:
    return sum(one.pupils for one in group)


def _lowest(group: Sequence[Band]) -> Decimal:
    """The lowest raw score in grades that hold somebody."""
    return min(one.raw_low for one in group if one.raw_low is not None)


def _band(group: Sequence[Band], low: Decimal | None, below: Decimal | None, sat: int, told: bool) -> BandTold:
    pupils = _pupils(group) if told else None
    return BandTold(
        tuple(one.grade for one in group),
        group[-1].assigned_low,
        group[0].assigned_high,
        low,
        below,
        sum((one.wanted for one in group), Fraction(0)),
        pupils,
        None if pupils is None else Fraction(pupils, sat),
    )


def _detailed(made: Assignment, given: Distribution, told: Sequence[BandTold]) -> dict[Decimal, int]:
    """Raw score → assigned score in the grades whose own mapping may be told; ascending."""
    pupils = dict(zip(given.scores, given.counts, strict=True))
    single = {one.grades[0]: one for one in told if len(one.grades) == 1}
    kept: set[str] = set()
    for band in made.bands:
        one = single.get(band.grade)
        if one is None or band.raw_low is None or band.raw_high is None:
            continue
        ends = [*([band.raw_high] if one.raw_below is None else []), *([band.raw_low] if one.raw_from is None else [])]
        if all(pupils[end] >= SMALL for end in ends):
            kept.add(band.grade)
    ranges = [(band.raw_low, band.raw_high) for band in made.bands if band.grade in kept]
    return {
        raw: got
        for raw, got in made.scores.items()
        if any(low is not None and high is not None and low <= raw <= high for low, high in ranges)
    }


def _scores(
    told: Sequence[Segment],
    bands: Sequence[BandTold],
    detailed: Mapping[Decimal, int],
    moments: Moments | None,
    by_school: Sequence["_Given"],
) -> Iterator[ScoreTold]:
    below: Decimal | None = None
    for one in told:
        last = one is told[-1]
        low, high = (detailed.get(end) for end in (one.lowest, one.highest))
        z = statistics.z(one.lowest, moments.mean if moments else None, moments.sd if moments else None)
        yield ScoreTold(
            None if last else one.lowest,
            below,
            one.counts[0],
            _of(bands, one.lowest).assigned_low if low is None else low,
            _of(bands, one.highest).assigned_high if high is None else high,
            low is not None and high is not None,
            None if last else z,
            None if last else statistics.t(z),
            _mean([row for row in by_school if one.lowest <= row.score <= one.highest]),
        )
        below = one.lowest


def _of(bands: Sequence[BandTold], raw: Decimal) -> BandTold:
    """The band that a raw score lies in."""
    return next(band for band in bands if band.raw_from is None or raw >= band.raw_from)


@dataclass(frozen=True)
class _Given:
    """Pupils of a school with a raw score; given: how many brought an assigned score, marks: these summed."""

    school: str
    score: Decimal
    pupils: int
    given: int
    marks: Decimal | None


def _given(store: Store, found: Exam, subject: str, as_of: date | None) -> tuple[_Given, ...]:
    named = {"exam": found.id, "subject": subject}
    with store.reading(end_of_day(as_of) if as_of else None) as cursor:
        rows = cursor.execute(GIVEN.read_text(encoding="utf-8"), named).fetchall()
    return tuple(_Given(school, Decimal(score) / PARTS, *others) for school, score, *others in rows)


def _mean(rows: Sequence[_Given]) -> Fraction | None:
    """The mean of assigned scores that came with the results; None where a pupil has none."""
    pupils = sum(row.pupils for row in rows)
    if not pupils or any(row.given < row.pupils for row in rows):
        return None
    return sum((Fraction(row.marks or 0) for row in rows), Fraction(0)) / pupils


def _units(
    means: Table, by_unit: Mapping[str, Distribution], made: Assignment, by_school: Sequence[_Given]
) -> Iterator[UnitMeans]:
    areas, scores = means.exam.areas(), made.scores
    for one in (means.whole, *means.units):
        if one.number is None:
            yield UnitMeans(one.level, one.id, one.name, None, None, None, None)
            continue
        members = {Level.CITY: set(by_unit), Level.SCHOOL: {one.id}}.get(one.level) or set(areas.get(one.id, ()))
        total = sum(
            scores[raw] * pupils
            for unit in members.intersection(by_unit)
            for raw, pupils in zip(by_unit[unit].scores, by_unit[unit].counts, strict=True)
        )
        own = _mean([row for row in by_school if row.school in members])
        yield UnitMeans(one.level, one.id, one.name, one.number, one.mean, Fraction(total, one.number), own)
