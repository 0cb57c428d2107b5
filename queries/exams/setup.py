"""What an exam is: its papers, lines, rolls and schools, as they were set up. Every cut-off is data of the exam."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

from data.plan import plan
from data.problem import Refused
from data.store import Store, end_of_day
from data.words import _
from queries.exams.statistics import DEFAULT_CUT_OFFS, Rate
from queries.ground import known_areas

EXAMS = Path(__file__).parent / "exams.sql"
SCHOOLS = Path(__file__).parent / "schools.sql"

# A line of this track holds for every pupil; the subject of this name is the total of all papers.
EVERY_TRACK, TOTAL = "全部", ""
BORDERLINE = Decimal(10)
# The order in which subjects are listed.
SUBJECTS = ("语文", "数学", "英语", "物理", "历史", "化学", "生物", "政治", "地理")


@dataclass(frozen=True)
class Paper:
    """A subject's paper. cut_offs: shares of full marks; reference_mean: marks, None where nothing is compared."""

    subject: str
    held_on: date
    full_marks: Decimal
    cut_offs: Mapping[Rate, Fraction]
    reference_mean: Decimal | None
    weak_band: Decimal | None


@dataclass(frozen=True)
class Line:
    """A line on the total of a track (or of every track), in marks; borderline: within how many marks one is near it."""

    name: str
    track: str
    mark: Decimal
    borderline: Decimal = BORDERLINE

    def holds_for(self, track: str) -> bool:
        return self.track in (EVERY_TRACK, track)


@dataclass(frozen=True)
class School:
    """A school on the day of the exam. areas: its district, and the main urban area where it counts in it."""

    institution_id: str
    name: str
    areas: tuple[str, ...]

    @property
    def district(self) -> str:
        """The district that it lies in; "" where it is not known."""
        return next((area for area in self.areas if area != plan().whole), "")


@dataclass(frozen=True)
class Exam:
    """An exam as it is set up at a moment. tracks: those of its pupils, "" among them where some have none.

    schools: by district in the plan's order and by code, never by their figures; so they stand wherever they are listed.
    """

    id: str
    name: str
    stage: str
    grade: str
    last_day: date
    cohort: str | None
    series: str | None
    entry_exam_id: str | None
    assigned_rule: str | None
    papers: tuple[Paper, ...]
    tracks: tuple[str, ...]
    lines: tuple[Line, ...]
    schools: tuple[School, ...]
    rolls: Mapping[str, int]

    @property
    def subjects(self) -> tuple[str, ...]:
        return tuple(paper.subject for paper in self.papers)

    def paper(self, subject: str) -> Paper:
        """One paper; `Refused` with those there are."""
        for paper in self.papers:
            if paper.subject == subject:
                return paper
        known = ", ".join(self.subjects)
        raise Refused(_("The exam has no paper “{subject}”. Choose one of: {known}", subject=subject, known=known))

    def line(self, name: str, track: str) -> Line | None:
        """The line of a name that holds for a track; None where it has none."""
        return next((one for one in self.lines if one.name == name and one.holds_for(track)), None)

    def areas(self) -> dict[str, tuple[str, ...]]:
        """Area → the institutions of its schools, the plan's whole area first."""
        found: dict[str, tuple[str, ...]] = {}
        for school in self.schools:
            for area in school.areas:
                found[area] = (*found.get(area, ()), school.institution_id)
        return dict(sorted(found.items(), key=lambda one: one[0] != plan().whole))

    def in_order(self, codes: Iterable[str]) -> list[str]:
        """Institutions in the order of `schools`; those that are not among them follow by code."""
        place = {one.institution_id: position for position, one in enumerate(self.schools)}
        return sorted(codes, key=lambda code: (place.get(code, len(place)), code))


@dataclass(frozen=True)
class Heading:
    """An exam in the list of exams: what is needed to choose it."""

    id: str
    name: str
    last_day: date
    stage: str
    grade: str
    cohort: str | None
    series: str | None


def exams(store: Store, as_of: date | None = None) -> tuple[Heading, ...]:
    """Every exam that has results, the newest first; those of one day by their code."""
    moment = end_of_day(as_of) if as_of else None

    def read() -> tuple[Heading, ...]:
        with store.reading(moment) as cursor:
            rows = cursor.execute(EXAMS.read_text(encoding="utf-8")).fetchall()
        return tuple(Heading(*row) for row in rows)

    return store.remembered(("exams", store.version_at(moment)), read)


def usual(store: Store, as_of: date | None = None) -> str | None:
    """The exam that a page begins with: the newest that lines are drawn for, else the newest; None where there is none."""
    moment = end_of_day(as_of) if as_of else None

    def read() -> frozenset[str]:
        with store.reading(moment) as cursor:
            return frozenset(code for (code,) in cursor.execute("select distinct exam_id from exam_line").fetchall())

    with_lines = store.remembered(("exams with lines", store.version_at(moment)), read)
    known = [one.id for one in exams(store, as_of)]
    return next((code for code in known if code in with_lines), known[0] if known else None)


def exam(store: Store, exam_id: str, as_of: date | None = None) -> Exam:
    """One exam as it is set up; `Refused` with those there are where no results of it are known."""
    found = next((one for one in exams(store, as_of) if one.id == exam_id), None)
    if found is None:
        known = ", ".join(one.id for one in exams(store, as_of)) or _("none yet")
        raise Refused(_("There are no results of an exam “{exam}”. Exams: {known}", exam=exam_id, known=known))
    moment = end_of_day(as_of) if as_of else None
    return store.remembered(("exam", exam_id, store.version_at(moment)), lambda: _read(store, found, moment))


def _read(store: Store, heading: Heading, moment: datetime | None) -> Exam:
    with store.reading(moment) as cursor:
        named = {"exam": heading.id}
        papers = cursor.execute(
            """select subject, held_on, full_marks, excellent_share, good_share, pass_share, low_share, reference_mean,
            weak_band, entry_exam_id, assigned_rule from exam where exam_id = $exam order by held_on, subject""",
            named,
        ).fetchall()
        lines = cursor.execute(
            "select line_name, track, mark, borderline from exam_line where exam_id = $exam order by mark desc, line_name, track",
            named,
        ).fetchall()
        tracks = cursor.execute(
            "select distinct track from exam_sum where exam_id = $exam order by track", named
        ).fetchall()
        schools = cursor.execute(SCHOOLS.read_text(encoding="utf-8"), {**named, "day": heading.last_day}).fetchall()
        rolls = cursor.execute("select institution_id, roll from exam_roll where exam_id = $exam", named).fetchall()
        version = store.version_at(moment)
        order = known_areas(cursor, lambda key, make: store.remembered(("shared", key, version), make)).names
    return Exam(
        heading.id,
        heading.name,
        heading.stage,
        heading.grade,
        heading.last_day,
        heading.cohort,
        heading.series,
        _first(row[9] for row in papers),
        _first(row[10] for row in papers),
        tuple(sorted((_paper(row) for row in papers), key=lambda one: subject_order(one.subject))),
        tuple(track for (track,) in tracks),
        tuple(Line(name, track, mark, near or BORDERLINE) for name, track, mark, near in lines),
        by_district([School(institution_id, name, tuple(areas)) for institution_id, name, areas in schools], order),
        dict(rolls),
    )


def _paper(row: tuple[Any, ...]) -> Paper:
    subject, held_on, full_marks, *shares, reference_mean, weak_band, _entry, _rule = row
    given = zip((Rate.EXCELLENT, Rate.GOOD, Rate.PASS, Rate.LOW), shares, strict=True)
    cut_offs = {rate: Fraction(DEFAULT_CUT_OFFS[rate] if share is None else share) for rate, share in given}
    return Paper(subject, held_on, full_marks, MappingProxyType(cut_offs), reference_mean, weak_band)


def by_district(schools: Iterable[School], order: Sequence[str]) -> tuple[School, ...]:
    """Schools by district in an order of areas, then by code; those whose district is not in it come last."""
    place = {area: position for position, area in enumerate(order)}
    return tuple(
        sorted(schools, key=lambda one: (place.get(one.district, len(place)), one.district, one.institution_id))
    )


def _first(values: Iterable[str | None]) -> str | None:
    return min((value for value in values if value), default=None)


def subject_order(subject: str) -> tuple[int, str]:
    """The order in which subjects are listed everywhere; others follow by their names."""
    return (SUBJECTS.index(subject) if subject in SUBJECTS else len(SUBJECTS), subject)
