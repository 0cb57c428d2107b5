"""What is withheld of lines: of the numbers above them by school, and of the four cells of a subject by school.

A chain, so that no table gives away what another withholds. The numbers who have a total (queries.exams.told) come first.
A table of all lines of a track repeats what is withheld there. A table of each subject that all of the track sat counts
its pupils above and below the line as if these were two tracks, and repeats what is withheld of either side of the line.

Of a subject that pupils choose only the whole exam's cells are told: what is withheld of one would follow from the others,
as every pupil has so many of them. Units have the cells of M1 only: M1 and M2 often lie a few marks apart.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial

import numpy as np

from data.store import Store, end_of_day
from queries.exams.counts import Counts, counts
from queries.exams.disclosure import Withheld, withheld
from queries.exams.figures import named_track, protection
from queries.exams.hypercube import Move
from queries.exams.lines import FourCells
from queries.exams.setup import EVERY_TRACK, TOTAL, Exam, Line
from queries.exams.told import STEPS, told
from queries.suppression import is_small

# The only track of the table of a track's lines; the two of the table of a subject's cells; all tracks.
PUPILS, ABOVE, BELOW, BOTH = "pupils", "above", "below", ""


@dataclass(frozen=True, eq=False)
class LineTable:
    """Pupils by unit between marks. marks: ascending, those at lines of a track and near them that units are told."""

    marks: tuple[Decimal, ...]
    bins: Mapping[str, Sequence[int]]
    hidden: Withheld

    def sat(self, name: str, units: Collection[str]) -> int | None:
        """Who of some units, shown by a name, have a total; None where that is withheld."""
        return None if self.hidden.hides_number(name, PUPILS) else self._sum(units, 0, len(self.marks) + 1)

    def above(self, name: str, units: Collection[str], mark: Decimal) -> int | None:
        """Those of them at or above a mark; None where that is withheld or not told of units at all."""
        if mark not in self.marks or self.hidden.hides_number(name, PUPILS):
            return None
        place = self.marks.index(mark)
        hides = self.hidden.hides_at_or_above(name, PUPILS, place)
        return None if hides else self._sum(units, place + 1, len(self.marks) + 1)

    def between(self, name: str, units: Collection[str], low: Decimal, high: Decimal) -> int | None:
        """Those of them with low <= total < high."""
        if not {low, high} <= set(self.marks) or self.hidden.hides_number(name, PUPILS):
            return None
        first, last = self.marks.index(low) + 1, self.marks.index(high) + 1
        return None if self.hidden.hides_between(name, PUPILS, first, last) else self._sum(units, first, last)

    def _sum(self, units: Collection[str], low: int, high: int) -> int:
        return sum(sum(self.bins[unit][low:high]) for unit in units if unit in self.bins)


def track_of(line: Line) -> str | None:
    """The track whose pupils a line is drawn for; None: all."""
    return None if line.track == EVERY_TRACK else line.track


def lines_of(found: Exam, line: Line) -> tuple[Line, ...]:
    """The lines that are drawn for the same pupils."""
    return tuple(one for one in found.lines if one.track == line.track)


def line_table(store: Store, found: Exam, line: Line, as_of: date | None = None) -> LineTable | None:
    """By school, the lines drawn for the same pupils; None where nothing of units is told.

    Marks near the lines are told as far as that withholds none of the numbers at the lines themselves. In an exam with
    lines for every track and lines for one, the former are told of the whole exam only.
    """
    moment = end_of_day(as_of) if as_of else None
    if track_of(line) is None and any(track_of(one) is not None for one in found.lines):
        return None
    compute = partial(_line_table, store, found, line, as_of)
    return store.remembered(("exam line table", found.id, line.track, store.version_at(moment)), compute)


def _line_table(store: Store, found: Exam, line: Line, as_of: date | None) -> LineTable | None:
    counted, track = counts(store, found.id, TOTAL, None, as_of), track_of(line)
    cuts = told(store, found, as_of).cuts
    if not counted.units:
        return None
    base = protection(store, found, TOTAL, None, as_of)
    like = _numbers_of(base, track)
    best: LineTable | None = None
    for reach in (0, 1, 2):
        marks = _marks(lines_of(found, line), reach, cuts)
        bins = _bins(counted, track, marks)
        if not marks or not bins:
            return best
        made = LineTable(marks, bins, withheld(_keyed(bins), found.areas(), like))
        if _tells_less(made, base, track) or (best and not _tells_as_much(made, best)):
            return best
        best = made
    return best


def class_table(store: Store, found: Exam, line: Line, school: str, as_of: date | None = None) -> LineTable | None:
    """The same by class of a school."""
    moment, parent = end_of_day(as_of) if as_of else None, line_table(store, found, line, as_of)
    if parent is None or not sum(parent.bins.get(school, ())):
        return None

    compute = partial(_class_table, store, found, line, school, parent, as_of)
    return store.remembered(("exam class line", found.id, line.track, school, store.version_at(moment)), compute)


def _class_table(
    store: Store, found: Exam, line: Line, school: str, parent: LineTable, as_of: date | None
) -> LineTable | None:
    base, track = protection(store, found, TOTAL, school, as_of), track_of(line)
    bins = _bins(counts(store, found.id, TOTAL, school, as_of), track, parent.marks)
    hidden = withheld(_keyed(bins), {}, _numbers_of(base, track), (parent.hidden, school))
    return None if _hides_more(hidden, base, track) else LineTable(parent.marks, bins, hidden)


def _keyed(bins: Mapping[str, Sequence[int]]) -> dict[tuple[str, str], Sequence[int]]:
    return {(unit, PUPILS): row for unit, row in bins.items()}


def _marks(lines: Sequence[Line], reach: int, cuts: Collection[Decimal]) -> tuple[Decimal, ...]:
    near = {one.mark + step * one.borderline for one in lines for step in STEPS if abs(step) <= reach}
    return tuple(sorted(near.intersection(cuts)))


def _bins(counted: Counts, track: str | None, marks: Sequence[Decimal]) -> dict[str, list[int]]:
    """Unit → pupils of a track, or of all, between the marks."""
    found: dict[str, list[int]] = {}
    for (unit, own), row in counted.bins([Fraction(mark) for mark in marks]).items():
        if track in (None, own):
            found[unit] = [one + other for one, other in zip(found.get(unit, [0] * len(row)), row, strict=True)]
    return found


def _tells_less(made: LineTable, base: Withheld, track: str | None) -> bool:
    """Whether a table withholds what is told elsewhere: numbers who have a total, and the whole exam at the marks."""
    hidden = made.hidden
    return bool(hidden.hidden[hidden.names[BOTH]].any()) or _hides_more(hidden, base, track)


def _hides_more(hidden: Withheld, base: Withheld, track: str | None) -> bool:
    """Whether numbers who have a total are withheld that are told elsewhere."""
    return any(
        hidden.hides_number(name, PUPILS) and not base.hides_number(name, named_track(track)) for name in hidden.names
    )


def _tells_as_much(made: LineTable, before: LineTable) -> bool:
    """Whether a table with more marks withholds nothing at the marks of the table before."""
    places = [(made.marks.index(mark), place) for place, mark in enumerate(before.marks)]
    return not any(
        made.hidden.hides_at_or_above(name, PUPILS, own) and not before.hidden.hides_at_or_above(name, PUPILS, place)
        for name in made.hidden.names
        for own, place in places
    )


def _numbers_of(base: Withheld, track: str | None) -> Withheld:
    """What is withheld of the numbers of one track, or of all together, as a table of that track alone withholds it."""
    tracks = list(base.tracks)
    moves = []
    for move in base.moves:
        own = {tracks[move.track], *([] if move.track_partner is None else [tracks[move.track_partner]])}
        if named_track(track) in own if track is not None else len(own) == 1:
            moves.append(Move(move.unit, move.unit_partner, 0, None, None, None))
    return _repeating(base.names, (PUPILS,), moves)


def _repeating(names: Mapping[str, int], tracks: Sequence[str], moves: Sequence[Move]) -> Withheld:
    """A table of numbers alone, for another one to repeat its moves."""
    places = {track: place for place, track in enumerate([*tracks, BOTH])}
    shape = (len(names), len(places), 1)
    return Withheld(names, places, {(0, 1): 0}, np.zeros(shape, dtype=np.bool_), tuple(moves))


@dataclass(frozen=True, eq=False)
class CellTable:
    """The four cells of a subject by school, and what is withheld of them; counts are of M1."""

    cells: Mapping[str, FourCells]
    hidden: Withheld

    def single(self, name: str, units: Collection[str]) -> int | None:
        return None if self.hidden.hides_between(name, BOTH, 1, 2) else self._sum(units).single

    def double(self, name: str, units: Collection[str]) -> int | None:
        return None if self.hidden.hides_between(name, ABOVE, 1, 2) else self._sum(units).double

    def above(self, name: str, units: Collection[str]) -> int | None:
        return None if self.hidden.hides_number(name, ABOVE) else self._sum(units).above

    def _sum(self, units: Collection[str]) -> FourCells:
        return sum((self.cells[unit] for unit in units if unit in self.cells), FourCells(0, 0, 0, 0))


def cell_table(found: Exam, line: Line, table: LineTable, cells: Mapping[str, FourCells]) -> CellTable | None:
    """The cells of a subject that all who have a total sat; None where they would give away what `table` withholds."""
    if line.mark not in table.marks:
        return None
    place = table.marks.index(line.mark)
    counted = {}
    for unit, row in table.bins.items():
        one = cells.get(unit, FourCells(0, 0, 0, 0))
        if (one.above, one.sat) != (sum(row[place + 1 :]), sum(row)):
            return None
        counted[unit, ABOVE] = [one.line_only, one.double]
        counted[unit, BELOW] = [one.neither, one.subject_only]
    moves = list(_sides(table.hidden, place))
    hidden = withheld(counted, found.areas(), _repeating(table.hidden.names, (ABOVE, BELOW), moves), settled=True)
    made = CellTable(cells, hidden)
    return made if _adds_nothing(hidden, table.hidden, place) and not _hides_whole(made) else None


def _sides(hidden: Withheld, place: int) -> Iterator[Move]:
    """The moves of a table of lines as they alter the numbers on the two sides of one line."""
    for move in hidden.moves:
        units = move.unit, move.unit_partner
        if move.bin is None or move.bin_partner is None:
            yield Move(*units, 0, None, None, None)
            yield Move(*units, 1, None, None, None)
        elif (move.bin > place) != (move.bin_partner > place):
            yield Move(*units, 0, 1, None, None)


def _adds_nothing(made: Withheld, table: Withheld, place: int) -> bool:
    """Whether the numbers above, below and of both that the cells withhold are withheld of the line already."""
    return not any(
        (made.hides_number(name, BOTH) and not table.hides_number(name, PUPILS))
        or (made.hides_number(name, ABOVE) and not table.hides_at_or_above(name, PUPILS, place))
        or (made.hides_number(name, BELOW) and not table.hides_at_or_above(name, PUPILS, place))
        for name in made.names
    )


def _hides_whole(made: CellTable) -> bool:
    """Whether cells of the whole exam are withheld although none is small, so that they are told."""
    whole = sum(made.cells.values(), FourCells(0, 0, 0, 0))
    small = any(map(is_small, (whole.subject_only, whole.double, whole.line_only, whole.neither)))
    return not small and bool(made.hidden.hidden[made.hidden.names[BOTH]].any())
