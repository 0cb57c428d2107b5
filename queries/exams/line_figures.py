"""What is told of a line of an exam: who reaches it, effective scores, the four cells, who is near it, and if it moved.

Small numbers are withheld here (queries.exams.told, queries.exams.line_protection), and who may see how many pupils of a
school reach a line is asked here, so that no page, export or command can forget it. Figures are exact.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from data.problem import Refused
from data.store import Store, end_of_day
from data.words import _
from queries.answers import PUBLIC, Viewer
from queries.exams import lines
from queries.exams.access import may_see_classes, may_see_schools
from queries.exams.counts import counts
from queries.exams.effective import CELLS, edge, effective_m1
from queries.exams.figures import Level
from queries.exams.line_protection import CellTable, LineTable, cell_table, class_table, line_table, track_of
from queries.exams.lines import FourCells
from queries.exams.overview import scores
from queries.exams.segments import Segment
from queries.exams.setup import EVERY_TRACK, TOTAL, Exam, Line, exam, subject_order
from queries.exams.statistics import Share
from queries.exams.told import STEPS, Told, told
from queries.suppression import SMALL, is_small

# How many marks a line can be moved for a try.
REACH = 30


@dataclass(frozen=True)
class Cells:
    """双上线, 单上线 and 总分上线 of a subject; None: withheld, or not told of units."""

    single: int | None = None
    double: int | None = None
    above: int | None = None

    @property
    def hit_rate(self) -> Share | None:
        """命中率 = 双上线/单上线."""
        return None if self.double is None or self.single is None else Share(self.double, self.single)

    @property
    def contribution(self) -> Share | None:
        """贡献率 = 双上线/总分上线."""
        return None if self.double is None or self.above is None else Share(self.double, self.above)


@dataclass(frozen=True)
class Reached:
    """A unit at a line. sat: who have a total; near: by multiple of the line's surroundings, who reach the moved line;
    cells: by subject, of M1. None: withheld."""

    level: Level
    id: str
    name: str
    sat: int | None
    above: int | None
    near: Mapping[int, int | None] = field(default_factory=dict)
    near_below: int | None = None
    near_above: int | None = None
    cells: Mapping[str, Cells] = field(default_factory=dict)

    @property
    def rate(self) -> Share | None:
        """上线率, of those who have a total."""
        return None if self.above is None or self.sat is None else Share(self.above, self.sat)


@dataclass(frozen=True)
class SubjectAtLine:
    """A subject in the whole exam. above: those above the line who sat it; common: whether all who have a total sat it.

    near_below: those just below the line who sat it; held_back: of them, who are below M1; held_back_between: the least and
    the most there can be, where they or the others are few. None: withheld or undefined.
    """

    subject: str
    common: bool
    above: int | None
    effective_m1: Fraction | None
    effective_m2: Decimal | None
    m1: Cells
    m2: Cells
    near_below: int | None
    held_back: int | None
    held_back_between: tuple[int, int] | None = None


@dataclass(frozen=True)
class Position:
    """The line moved by some marks: at least and at most so many pupils reach it, the same number where it is certain."""

    by: int
    mark: Decimal
    at_least: int
    at_most: int


@dataclass(frozen=True)
class Band:
    """The pupils with low <= total < high near a line; distances from it in marks."""

    low: Decimal
    high: Decimal
    pupils: int


@dataclass(frozen=True)
class LineFigures:
    """A line of an exam. whole: all its pupils; units: districts and schools, or the classes of `school`, as told.

    subjects: of the whole exam; steps: by which multiples of its surroundings the line is moved for units.
    """

    exam: Exam
    line: Line
    school: str | None
    whole: Reached
    units: tuple[Reached, ...]
    subjects: tuple[SubjectAtLine, ...]
    positions: tuple[Position, ...]
    bands: tuple[Band, ...]
    steps: tuple[int, ...]
    schools_told: bool
    data_version: int

    def at(self, level: Level) -> tuple[Reached, ...]:
        return tuple(one for one in self.units if one.level == level)

    @property
    def same_papers(self) -> bool:
        """Whether all who have a total sat the same papers: then M1 sums to the line exactly."""
        return all(one.common for one in self.subjects)

    @property
    def holding_back(self) -> tuple[lines.HoldingBack, ...]:
        """The subjects by how many of the pupils just below the line they hold back, as far as that is told."""
        exact = {one.subject: one.held_back for one in self.subjects if one.held_back is not None}
        least = [
            lines.HoldingBack(one.subject, *one.held_back_between)
            for one in self.subjects
            if one.held_back_between and one.held_back_between[0] >= SMALL
        ]
        return tuple(sorted([*lines.holding_back(exact), *least], key=lambda one: -one.pupils))

    @property
    def may_hold_back_more(self) -> tuple[str, ...]:
        """The subjects that may hold back more than the first of `holding_back`: their number is not told, or not exactly."""
        found = self.holding_back
        if not found:
            return ()
        others = [one for one in self.subjects if one.common and one.near_below and one.subject != found[0].subject]
        return tuple(one.subject for one in others if _most_held_back(one) > found[0].pupils)


def _most_held_back(one: SubjectAtLine) -> int:
    """How many pupils just below the line a subject can hold back, as far as that is told."""
    if one.held_back is not None:
        return one.held_back
    return one.held_back_between[1] if one.held_back_between else one.near_below or 0


class _Row(NamedTuple):
    """The cells of a subject in a school, as the store has them."""

    subject: str
    unit: str
    sat: int
    above: int
    single_m1: int
    double_m1: int
    single_m2: int
    double_m2: int
    near_below: int
    held_back: int
    mark_m2: Decimal | None

    @property
    def m1(self) -> FourCells:
        return FourCells(self.single_m1, self.double_m1, self.above, self.sat)

    @property
    def m2(self) -> FourCells:
        return FourCells(self.single_m2, self.double_m2, self.above, self.sat)


def chosen_line(found: Exam, name: str, track: str | None = None) -> Line:
    """The line of a name that is drawn for a track (None: the first one); `Refused` with those there are."""
    named = [one for one in found.lines if one.name == name]
    for line in named:
        if track in (None, line.track):
            return line
    for line in named:
        if line.track == EVERY_TRACK and track in found.tracks:
            return line
    known = ", ".join(f"{one.name} ({one.track})" for one in found.lines) or _("none yet")
    raise Refused(_("The exam has no such line “{line}”. Lines: {known}", line=name, known=known))


def line_figures(
    store: Store,
    exam_id: str,
    name: str,
    track: str | None = None,
    *,
    school: str | None = None,
    viewer: Viewer = PUBLIC,
    as_of: date | None = None,
) -> LineFigures:
    """A line of an exam; `Refused` where there is no such exam, line or school, or where the viewer may not look at classes."""
    found = exam(store, exam_id, as_of)
    line = chosen_line(found, name, track)
    if school is not None and not may_see_classes(viewer):
        raise Refused(_("Classes are shown on the machine of the installation only. Choose a school or an area."))
    schools = may_see_schools(viewer)
    version = store.version_at(end_of_day(as_of) if as_of else None)
    key = ("exam line", exam_id, line.name, line.track, school, schools, version)
    return store.remembered(key, lambda: _figures(store, found, line, school, schools, as_of, version))


def _figures(
    store: Store, found: Exam, line: Line, school: str | None, schools: bool, as_of: date | None, version: int
) -> LineFigures:
    table, parts = line_table(store, found, line, as_of), told(store, found, as_of)
    rows = _rows(store, found, line, as_of)
    subjects, of_units = _subjects(store, found, line, parts, rows, as_of), _cell_tables(found, line, table, rows)
    shown = class_table(store, found, line, school, as_of) if school else table
    places = _classes(found, school, shown) if school else _places(found, table, schools)
    return LineFigures(
        found,
        line,
        school,
        _whole(line, parts, subjects),
        tuple(_unit(line, shown, place, of_units) for place in places) if shown else (),
        subjects,
        _positions(line, parts),
        _bands(line, parts),
        tuple(step for step in sorted(STEPS) if table and line.mark + step * line.borderline in table.marks),
        schools,
        version,
    )


@dataclass(frozen=True)
class _Place:
    """A unit before its figures are known. shown: its name in the table; units: the rows of the table that it sums;
    schools: the schools that it sums, none for a class."""

    level: Level
    id: str
    name: str
    shown: str
    units: Collection[str]
    schools: Collection[str] = ()


def _places(found: Exam, table: LineTable | None, schools: bool) -> list[_Place]:
    there = set(table.bins) if table else set()
    areas = [(area, there.intersection(units)) for area, units in found.areas().items()]
    made = [_Place(Level.AREA, area, area, area, units, units) for area, units in areas if units]
    own = [one for one in found.schools if one.institution_id in there] if schools else []
    return made + [
        _Place(Level.SCHOOL, one.institution_id, one.name, one.institution_id, *2 * ({one.institution_id},))
        for one in own
    ]


def _classes(found: Exam, school: str, table: LineTable | None) -> list[_Place]:
    named = {one.institution_id: one.name for one in found.schools}
    if school not in named:
        known = ", ".join(named)
        raise Refused(_("No pupil of school “{school}” sat it. Schools: {known}", school=school, known=known))
    classes = sorted(table.bins) if table else []
    return [
        _Place(Level.SCHOOL, school, named[school], "", set(classes), {school}),
        *(_Place(Level.CLASS, one, one, one, {one}) for one in classes),
    ]


def _unit(line: Line, table: LineTable, place: _Place, cells: Mapping[str, CellTable]) -> Reached:
    at = {step: line.mark + step * line.borderline for step in sorted(STEPS)}
    sat = table.sat(place.shown, place.units)
    if sat is None or sat < SMALL:
        return Reached(place.level, place.id, place.name, None, None)
    return Reached(
        place.level,
        place.id,
        place.name,
        sat,
        table.above(place.shown, place.units, line.mark),
        {step: table.above(place.shown, place.units, mark) for step, mark in at.items() if mark in table.marks},
        table.between(place.shown, place.units, at[-1], at[0]),
        table.between(place.shown, place.units, at[0], at[1]),
        {subject: _cells(one, place.id, place.schools) for subject, one in cells.items() if place.schools},
    )


def _cells(table: CellTable, name: str, units: Collection[str]) -> Cells:
    return Cells(table.single(name, units), table.double(name, units), table.above(name, units))


def _whole(line: Line, parts: Told, subjects: Sequence[SubjectAtLine]) -> Reached:
    track = track_of(line)
    at = {step: line.mark + step * line.borderline for step in sorted(STEPS)}
    near = {step: _certain(parts.reached(track, mark)) if mark in parts.cuts else None for step, mark in at.items()}
    below, own, above = (near[step] for step in (-1, 0, 1))
    return Reached(
        Level.CITY,
        "",
        "",
        parts.number(track),
        own,
        near,
        None if below is None or own is None else below - own,
        None if above is None or own is None else own - above,
        {one.subject: one.m1 for one in subjects},
    )


def _certain(reached: tuple[int, int] | None) -> int | None:
    return reached[0] if reached and reached[0] == reached[1] else None


def _positions(line: Line, parts: Told) -> tuple[Position, ...]:
    marks = [(by, line.mark + by) for by in range(-REACH, REACH + 1)]
    found = [(by, mark, parts.reached(track_of(line), mark)) for by, mark in marks]
    return tuple(Position(by, mark, *reached) for by, mark, reached in found if reached)


def _bands(line: Line, parts: Told) -> tuple[Band, ...]:
    """Between the marks near the line that are told, from the lowest up."""
    marks = [line.mark + step * line.borderline for step in sorted(STEPS)]
    at = [(mark, _certain(parts.reached(track_of(line), mark))) for mark in marks if mark in parts.cuts]
    return tuple(
        Band(low - line.mark, high - line.mark, below - above)
        for (low, below), (high, above) in pairwise(at)
        if below is not None and above is not None
    )


def _rows(store: Store, found: Exam, line: Line, as_of: date | None) -> tuple[_Row, ...]:
    named = {"exam": found.id, "line": line.name, "track": line.track}
    with store.reading(end_of_day(as_of) if as_of else None) as cursor:
        rows = cursor.execute(CELLS.read_text(encoding="utf-8"), named).fetchall()
    return tuple(_Row(*row) for row in rows)


def _cell_tables(found: Exam, line: Line, table: LineTable | None, rows: Sequence[_Row]) -> dict[str, CellTable]:
    """Subject → its cells by unit, of the subjects of which units are told."""
    made = {}
    for subject in _ordered(rows):
        cells = {row.unit: row.m1 for row in rows if row.subject == subject}
        one = cell_table(found, line, table, cells) if table else None
        if one:
            made[subject] = one
    return made


def _ordered(rows: Sequence[_Row]) -> list[str]:
    return sorted({row.subject for row in rows}, key=subject_order)


def _subjects(
    store: Store, found: Exam, line: Line, parts: Told, rows: Sequence[_Row], as_of: date | None
) -> tuple[SubjectAtLine, ...]:
    track = track_of(line)
    totals = counts(store, found.id, TOTAL, None, as_of).of(None, track)
    sat = sum(totals.counts)
    if line.mark not in parts.cuts or parts.number(track) is None:
        return ()
    m1 = effective_m1(store, found, line, as_of)
    sums = {subject: _sum([row for row in rows if row.subject == subject]) for subject in _ordered(rows)}
    gone = _few([one for one in sums.values() if one.sat < sat])
    before = _cells_before(store, found, line, as_of)
    return tuple(
        _subject(
            one,
            m1.get(subject),
            one.sat == sat,
            subject in gone,
            _Beside(scores(store, found.id, subject, track, as_of).segments, before.get(subject, ())),
        )
        for subject, one in sums.items()
    )


@dataclass(frozen=True)
class _Beside:
    """What is told of a subject elsewhere: its score table (empty: none), and its cells at other lines of the track."""

    table: tuple[Segment, ...]
    cells: tuple[Cells, ...]

    def allows(self, cells: FourCells, mark: Fraction | Decimal | None) -> bool:
        """Whether the cells part the pupils where the score table does, and differ from no other cells by few."""
        others = [(one.single, one.double) for one in self.cells]
        if any(
            is_small(abs(cells.single - (one or 0))) or is_small(abs(cells.double - (two or 0))) for one, two in others
        ):
            return False
        if not self.table or mark is None:
            return True
        reached = [one for one in self.table if one.lowest >= edge(mark)]
        parted = all(one.highest < edge(mark) for one in self.table if one not in reached)
        at_or_above = reached[-1].at_or_above[0] if reached else 0
        return parted and not is_small(abs(at_or_above - cells.single))


def _cells_before(store: Store, found: Exam, line: Line, as_of: date | None) -> dict[str, tuple[Cells, ...]]:
    """Subject → its cells as told of the lines of the same track that stand before this one."""
    told: dict[str, tuple[Cells, ...]] = {}
    before = found.lines[: found.lines.index(line)]
    for other in (one for one in before if one.track == line.track):
        for one in line_figures(store, found.id, other.name, other.track, as_of=as_of).subjects:
            cells = tuple(each for each in (one.m1, one.m2) if each.single is not None)
            told[one.subject] = (*told.get(one.subject, ()), *cells)
    return told


def _sum(rows: Sequence[_Row]) -> _Row:
    sat, above, single_m1, double_m1, single_m2, double_m2, near_below, held_back = (
        sum(column) for column in zip(*(row[2:10] for row in rows), strict=True)
    )
    return _Row(
        rows[0].subject,
        "",
        sat,
        above,
        single_m1,
        double_m1,
        single_m2,
        double_m2,
        near_below,
        held_back,
        rows[0].mark_m2,
    )


def _few(chosen: Sequence[_Row]) -> frozenset[str]:
    """Of the subjects that pupils choose, those of which nothing is told.

    As every pupil has so many of them, the numbers above (and below, and near) of one follow from those of the others:
    where one is small, the one with the fewest pupils goes too.
    """
    small = {one.subject for one in chosen if any(map(is_small, (one.sat, one.above, one.sat - one.above)))}
    if len(small) == 1:
        others = [(one.sat, one.subject) for one in chosen if one.subject not in small]
        small |= {min(others)[1]} if others else set()
    return frozenset(small)


def _subject(one: _Row, m1: Fraction | None, common: bool, gone: bool, beside: _Beside) -> SubjectAtLine:
    if gone:
        return SubjectAtLine(one.subject, common, None, None, None, Cells(), Cells(), None, None)
    of_m1, of_m2 = _of_whole(one, m1, beside)
    # As many pupils as are shown lie below the mark, too, so that it is not the lowest score of all.
    marked = one.mark_m2 if one.sat - one.single_m2 >= SMALL else None
    told_near = common and not is_small(one.near_below)
    told_back = told_near and _tells_held_back(one)
    return SubjectAtLine(
        one.subject,
        common,
        one.above,
        m1,
        marked,
        of_m1,
        of_m2,
        one.near_below if told_near else None,
        one.held_back if told_back else None,
        _between(one) if told_near and not told_back else None,
    )


def _of_whole(one: _Row, effective: Fraction | None, beside: _Beside) -> tuple[Cells, Cells]:
    """The cells of both methods in the whole exam; of M1 alone where the two lie too close to each other."""
    m1, m2 = one.m1, one.m2
    first = Cells(m1.single, m1.double, m1.above)
    told = _all_told(m1.subject_only, m1.double, m1.line_only, m1.neither)
    if not told or not beside.allows(m1, effective):
        return Cells(above=m1.above), Cells(above=m1.above)
    apart = (abs(m1.double - m2.double), abs(m1.subject_only - m2.subject_only), abs(m1.single - m2.single))
    told = _all_told(m2.subject_only, m2.double, m2.line_only, m2.neither, *apart)
    if not told or not beside.allows(m2, one.mark_m2):
        return first, Cells(above=m1.above)
    return first, Cells(m2.single, m2.double, m2.above)


def _tells_held_back(one: _Row) -> bool:
    """Whether the pupils below the line, near it or not and at M1 or not, are nowhere few."""
    near_at = one.near_below - one.held_back
    return _all_told(one.held_back, near_at, one.m1.neither - one.held_back, one.m1.subject_only - near_at)


def _between(one: _Row) -> tuple[int, int] | None:
    """The least and the most that can be held back, where it is no more than that few are, or few are not."""
    near_at = one.near_below - one.held_back
    if not _all_told(one.m1.neither - one.held_back, one.m1.subject_only - near_at):
        return None
    if is_small(near_at) and not is_small(one.held_back):
        return one.near_below - SMALL + 1, one.near_below - 1
    return (1, SMALL - 1) if is_small(one.held_back) and not is_small(near_at) else None


def _all_told(*numbers: int) -> bool:
    return not any(map(is_small, numbers))
