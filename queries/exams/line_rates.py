"""上线率 of an exam's lines, school by school: of those who have all papers, how many have the line or more.

They are those of the page of lines, with the same withheld, so that neither page gives away what the other withholds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.store import Store, end_of_day
from queries.exams.hypercube import WHOLE
from queries.exams.line_protection import LineTable, line_table, track_of
from queries.exams.setup import Exam, Line
from queries.exams.statistics import Share
from queries.exams.told import Told, told
from queries.suppression import SMALL


@dataclass(frozen=True, eq=False)
class LineRates:
    """tables: by track of a line, what is told of areas and schools at it; parts: what is told of the whole exam."""

    areas: Mapping[str, tuple[str, ...]]
    tables: Mapping[str, LineTable | None]
    parts: Told

    def rate(self, line: Line, name: str) -> Share | None:
        """Of the pupils of an area, a school or ("") all, those at the line or above; None where it is withheld."""
        sat, above = self._whole(line) if name == WHOLE else self._unit(line, name)
        return None if sat is None or above is None or sat < SMALL else Share(above, sat)

    def _whole(self, line: Line) -> tuple[int | None, int | None]:
        track = track_of(line)
        reached = self.parts.reached(track, line.mark) if line.mark in self.parts.cuts else None
        return self.parts.number(track), reached[0] if reached else None

    def _unit(self, line: Line, name: str) -> tuple[int | None, int | None]:
        table = self.tables.get(line.track)
        if table is None or name not in table.hidden.names:
            return None, None
        units = self.areas.get(name, (name,))
        return table.sat(name, units), table.above(name, units, line.mark)


def line_rates(store: Store, exam: Exam, as_of: date | None = None) -> LineRates:
    """The rates at every line of an exam."""
    version = store.version_at(end_of_day(as_of) if as_of else None)
    return store.remembered(("line rates", exam.id, version), lambda: _line_rates(store, exam, as_of))


def _line_rates(store: Store, exam: Exam, as_of: date | None) -> LineRates:
    tables = {line.track: line_table(store, exam, line, as_of) for line in exam.lines}
    return LineRates(exam.areas(), tables, told(store, exam, as_of))
