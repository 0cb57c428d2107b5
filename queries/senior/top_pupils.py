"""Top pupils school by school (clause 5): how many reached the line of an exam. An internal record, numbers only.

The exams are the newest of those that the indicator `top_pupil_base` compares. Few pupils of a school are withheld, and
with them another school's of the district where its total would give them away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from data.plan import plan
from data.problem import Refused
from data.store import Store
from data.words import _
from queries.answers import Viewer
from queries.asked import Row, asked
from queries.suppression import is_small, suppressed_parts

QUERY = Path(__file__).parent / "top_pupils.sql"


@dataclass(frozen=True)
class Exam:
    """A joint exam and the total from which on a pupil counts."""

    name: str
    day: date
    line: Decimal


@dataclass(frozen=True)
class Cell:
    """Pupils of a school at the line. count: None where it is withheld, being small or giving a small one away."""

    count: int | None
    small: bool


@dataclass(frozen=True)
class School:
    """cells: one per exam, None where nobody of the school sat it."""

    institution_id: str
    name: str
    district: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class TopPupils:
    """exams: at most three, the newest last; schools: those that sat one of them, by district."""

    exams: tuple[Exam, ...]
    schools: tuple[School, ...]


def top_pupils(store: Store, viewer: Viewer, area: str, as_of: date | None = None) -> TopPupils:
    """The schools of an area as of the end of a day (None: now); `Refused` for a viewer who may not see internal records."""
    if not viewer.internal:
        raise Refused(_("Top pupils school by school are an internal record. Ask the office that runs this dashboard."))
    rows = asked(store, QUERY, as_of)
    exams = tuple(dict.fromkeys(Exam(row["exam_name"], row["day"], row["top_line"]) for row in rows))
    cells = _cells(rows)
    # A school is named and placed as in the newest exam that it sat.
    newest = {row["institution_id"]: row for row in rows}
    listed = [row for row in newest.values() if row["district"] == area or (area == plan().whole and row["main_urban"])]
    return TopPupils(
        exams,
        tuple(
            School(
                row["institution_id"],
                row["name"],
                row["district"],
                tuple(cells.get((one.day, row["institution_id"])) for one in exams),
            )
            for row in sorted(listed, key=lambda row: (row["district"], row["institution_id"]))
        ),
    )


def _cells(rows: Sequence[Row]) -> dict[tuple[date, str], Cell]:
    """What may be told, exam by exam and district by district, as every district's total is given elsewhere."""
    groups: dict[tuple[date, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row["day"], row["district"]), []).append(row)
    found: dict[tuple[date, str], Cell] = {}
    for (day, _district), group in groups.items():
        hidden = suppressed_parts([row["reached"] for row in group])
        for position, row in enumerate(group):
            count = None if position in hidden else row["reached"]
            found[day, row["institution_id"]] = Cell(count, is_small(row["reached"]))
    return found
