"""Effective scores of an exam's lines (有效分): computed once over the whole joint exam, per track, and used for every school.

Nothing is withheld here: `line_figures` tells them, and the score tables have edges at them.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil
from pathlib import Path

from data.store import Store, end_of_day
from queries.exams import lines
from queries.exams.counts import PARTS, counts
from queries.exams.line_protection import track_of
from queries.exams.lines import Above
from queries.exams.setup import TOTAL, Exam, Line

MARKS = Path(__file__).parent / "line_marks.sql"
CELLS = Path(__file__).parent / "line_cells.sql"


def effective_m1(store: Store, found: Exam, line: Line, as_of: date | None = None) -> dict[str, Fraction]:
    """Subject → M1; none where nobody is above the line."""
    totals = counts(store, found.id, TOTAL, None, as_of).of(None, track_of(line))
    named = {"exam": found.id, "track": track_of(line), "mark": line.mark}
    with store.reading(end_of_day(as_of) if as_of else None) as cursor:
        rows = cursor.execute(MARKS.read_text(encoding="utf-8"), named).fetchall()
    above = {subject: Above(number, marks) for subject, number, marks in rows}
    return lines.effective_m1(above, lines.line_rate(totals, line.mark).numerator, line.mark)


def effective_m2(store: Store, found: Exam, line: Line, as_of: date | None = None) -> dict[str, Decimal]:
    """Subject → M2; none where nobody is above the line."""
    named = {"exam": found.id, "line": line.name, "track": line.track}
    with store.reading(end_of_day(as_of) if as_of else None) as cursor:
        rows = cursor.execute(CELLS.read_text(encoding="utf-8"), named).fetchall()
    return {row[0]: row[-1] for row in rows if row[-1] is not None}


def edge(mark: Fraction | Decimal) -> Decimal:
    """The least mark that the store can keep and that reaches an effective score: where pupils are parted by it."""
    return Decimal(ceil(Fraction(mark) * PARTS)) / PARTS


def edges(store: Store, found: Exam, as_of: date | None = None) -> Mapping[str, Sequence[Decimal]]:
    """Subject → where pupils are parted by its effective scores, line by line."""

    def compute() -> dict[str, list[Decimal]]:
        parted: dict[str, list[Decimal]] = {}
        for line in found.lines:
            for marks in (effective_m1(store, found, line, as_of), effective_m2(store, found, line, as_of)):
                for subject, mark in marks.items():
                    parted.setdefault(subject, []).append(edge(mark))
        return parted

    version = store.version_at(end_of_day(as_of) if as_of else None)
    return store.remembered(("effective edges", found.id, version), compute)
