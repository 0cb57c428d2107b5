"""No number that an exam's tables withhold follows from all that they tell: an audit over every filter.

The pupils of each class and track with each possible mark are the unknowns. What is told (numbers, sums and squares of
marks by the mean and SD, rates, bands of scores, quantiles that lie between two marks, by subject, track, area, school and
class) is a row of an equation each.
The rows are reduced modulo a prime: what follows from them in fractions follows modulo a prime too, unless it divides one of
their denominators, so that no leak is missed.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from data.store import Store
from queries.answers import Viewer
from queries.exams import figures, overview, setup
from queries.exams.figures import Level, Table, Unit
from queries.exams.overview import Scores
from queries.exams.sat import sat
from queries.exams.setup import TOTAL
from queries.exams.statistics import Rate
from tests.queries.exams import small_exam as plain

PRIME = 2_147_483_629
TRACKS = (None, *plain.OWN)
CLASSES = [(school, name) for school, (_district, classes) in plain.SCHOOLS.items() for name in classes]

Row = NDArray[np.int64]
Holds = Callable[[str, str], bool]


class Space:
    """What follows linearly from rows, modulo the prime."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = np.array(list(rows), dtype=np.int64) % PRIME
        self.pivots: list[int] = []
        for _row in range(len(self.rows)):
            left = self.rows[len(self.pivots) :]
            columns = np.flatnonzero(left.any(axis=0))
            if not len(columns):
                break
            self._reduce(int(columns[0]))

    def _reduce(self, column: int) -> None:
        """The next row begins with 1 in the column, where all others hold 0."""
        place = len(self.pivots)
        chosen = place + int(np.flatnonzero(self.rows[place:, column])[0])
        self.rows[[place, chosen]] = self.rows[[chosen, place]]
        self.rows[place] = self.rows[place] * pow(int(self.rows[place, column]), -1, PRIME) % PRIME
        others = np.flatnonzero(self.rows[:, column])
        others = others[others != place]
        self.rows[others] = (self.rows[others] - self.rows[others, column][:, None] * self.rows[place]) % PRIME
        self.pivots.append(column)

    def __contains__(self, row: Row) -> bool:
        rest = row % PRIME
        for place, column in enumerate(self.pivots):
            if rest[column]:
                rest = (rest - rest[column] * self.rows[place]) % PRIME
        return not rest.any()


class Cells:
    """The unknowns of a subject; a figure is a row over them."""

    def __init__(self, subject: str) -> None:
        self.marks = np.array(plain.grid(subject))
        self.shape = (len(CLASSES), len(plain.OWN), len(self.marks))

    def row(self, unit: Unit, of: str | None, track: str | None, weight: Row) -> Row:
        """of: the school whose class the unit is, or None."""
        found = np.zeros(self.shape, dtype=np.int64)
        for place, (school, name) in enumerate(CLASSES):
            if holds(unit, of, school, name):
                for position, one in enumerate(plain.OWN):
                    found[place, position] = weight if track in (None, one) else 0
        return found.ravel()

    def all_marks(self) -> Row:
        return np.ones(len(self.marks), dtype=np.int64)


def holds(unit: Unit, of: str | None, school: str, name: str) -> bool:
    if of is not None:
        return school == of and unit.id in ("", name)
    district = plain.SCHOOLS[school][0]
    return unit.id in ("", school, district) or (unit.id == "主城区" and district != "开发区")


def tables(store: Store, subject: str) -> Iterator[tuple[Table, str | None]]:
    """Every table that a filter of the pages or an option of the command line gives."""
    for track in TRACKS:
        city = figures.table(store, plain.EXAM, subject, track, viewer=Viewer(below_school=True))
        yield city, None
        for school in (one.id for one in city.at(Level.SCHOOL)):
            viewer = Viewer(below_school=True)
            yield figures.table(store, plain.EXAM, subject, track, school=school, viewer=viewer), school


def told(cells: Cells, unit: Unit, of: str | None, track: str | None, full: int | None) -> Iterator[Row]:
    """Number, sum and squares of the marks, and rates; and who is below a quantile, where that is no mark that a pupil may have."""
    if unit.number is None:
        return
    for weight in (cells.all_marks(), cells.marks, cells.marks**2):
        yield cells.row(unit, of, track, weight)
    for rate, share in (unit.rates or {}).items():
        if share is not None:
            yield cells.row(unit, of, track, reached(cells, rate, full or 0))
    for quantile in (*(unit.quartiles or ()), *(unit.tails or ())):
        if quantile not in cells.marks:
            yield cells.row(unit, of, track, np.asarray(cells.marks < float(quantile), dtype=np.int64))


def withheld(cells: Cells, unit: Unit, of: str | None, track: str | None, full: int | None) -> Iterator[Row]:
    """The number, or rates, that the table does not tell."""
    if unit.withheld:
        yield cells.row(unit, of, track, cells.all_marks())
        for rate in Rate if full else ():
            yield cells.row(unit, of, track, reached(cells, rate, full or 0))
    for rate, share in (unit.rates or {}).items():
        if share is None:
            yield cells.row(unit, of, track, reached(cells, rate, full or 0))


def reached(cells: Cells, rate: Rate, full: int) -> Row:
    above = cells.marks >= float(plain.CUT_OFFS[rate.value] * full)
    return np.asarray(~above if rate == Rate.LOW else above, dtype=np.int64)


def of_bands(cells: Cells, found: Scores) -> Iterator[Row]:
    whole = Unit(Level.CITY, "", "", None, False)
    for band in (*found.bands, *(one for width in (5, 10, 20) for one in found.histogram(width))):
        assert all(number == 0 or number >= 10 for number in (band.number, band.at_or_above))
        low, below = float(band.low or 0), float(band.below or 10_000)
        yield cells.row(whole, None, found.track, ((cells.marks >= low) & (cells.marks < below)).astype(np.int64))


@pytest.mark.parametrize("subject", [TOTAL, *plain.PAPERS])
def test_no_withheld_number_follows_from_all_that_is_told(subject: str, exam_store: Store) -> None:
    cells, full = Cells(subject), plain.PAPERS.get(subject)
    rows: list[Row] = []
    secret: list[Row] = []
    for found, of in tables(exam_store, subject):
        for unit in (found.whole, *found.units):
            rows += told(cells, unit, of, found.track, full)
            secret += withheld(cells, unit, of, found.track, full)
    for track in TRACKS:
        rows += of_bands(cells, overview.scores(exam_store, plain.EXAM, subject, track))
    space = Space(rows)
    assert all(row in space for row in rows)
    assert secret, "the exam has small numbers"
    assert [place for place, row in enumerate(secret) if row.any() and row in space] == []


def test_what_is_told_of_absence_gives_no_few_away(exam_store: Store) -> None:
    """Numbers who sat each paper, any paper and all of them, over the whole exam: none of their differences is small."""
    found = overview.overview(exam_store, plain.EXAM)
    sat = [one.unit.number for one in found.papers if one.unit.number is not None]
    for one in found.papers:
        numbers = (one.attendance.absent, one.attendance.exempt, one.attendance.missing, one.attendance.without)
        assert not any(number is not None and 0 < number < 10 for number in numbers)
    if found.attendance.sat is not None:
        assert not any(0 < found.attendance.sat - one < 10 for one in (*sat, found.totals.number or 0))
    by_track = [overview.overview(exam_store, plain.EXAM, track) for track in plain.OWN]
    assert all(
        paper.attendance == type(paper.attendance)(paper.unit.number) for one in by_track for paper in one.papers
    )


def test_small_units_of_the_exam_are_withheld_in_every_table(exam_store: Store) -> None:
    for subject, track in product([TOTAL, *plain.PAPERS], TRACKS):
        found = figures.table(exam_store, plain.EXAM, subject, track, viewer=Viewer(below_school=True))
        for one in found.units:
            own = [pupil for pupil in plain.pupils() if holds(one, None, pupil.school, pupil.school_class)]
            number = len(list(plain.marks(own, subject, track)))
            assert one.number is None or one.number == number >= 10
            assert one.withheld or number == 0 or one.number is not None


@pytest.mark.parametrize("subject", [TOTAL, *plain.PAPERS])
def test_pages_of_standard_scores_withhold_the_numbers_that_tables_withhold(subject: str, exam_store: Store) -> None:
    """Balance of subjects, the course of a cohort and value added: with another partner withheld, a mean could be solved for."""
    found = setup.exam(exam_store, plain.EXAM)
    table, others = figures.protection(exam_store, found, subject), sat(exam_store, found, subject)
    named = [(name, track) for name in table.names for track in table.tracks if others.of(name, track).n]
    assert [one for one in named if table.hides_number(*one)] == [one for one in named if others.hides(*one)] != []
