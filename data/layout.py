"""A grid of cells as it stands in a file → a header and the rows below it.

People put titles above a header, spread a header over two rows, and add totals and remarks below the data. What is
recognised as such is passed over and noted; nothing is passed over in silence. Rows keep the numbers that a
spreadsheet shows.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import pyarrow as pa

from data.contract import contracts
from data.problem import Note, Problem
from data.pseudonym import PERSONAL_HEADERS
from data.vocabulary import normalised, subject_part, vocabulary, without_unit
from data.words import _

# A header stands near the top; further down is data.
LOOKED_AT = 20
# Of two or more words that are known headers a row is a header beyond doubt.
SURE = 2

_NUMBER = re.compile(r"[-+]?[0-9０-９][0-9０-９,，.．%％]*")

Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Grid:
    """The text of every cell. lines: the rows' numbers in the file; merged: first and last cell of merged ranges.

    hidden: a person who looks at the workbook does not see it.
    """

    name: str
    rows: list[list[str]] = field(repr=False)
    lines: Sequence[int] = field(repr=False)
    merged: tuple[Range, ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class Total:
    """A row that adds up others: its number and its cells by header."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """A table of text: the header as it stands in the file, a column a header with each distinct text once, the rows' numbers.

    name: the sheet's name, or the file's within an archive; header_line: None where the table has no header, its columns
    are then called #1, #2, …; notes: what was passed over; totals: rows that add up others.
    """

    header: tuple[str, ...]
    columns: tuple[pa.DictionaryArray, ...] = field(repr=False)
    lines: pa.Array = field(repr=False)
    name: str = ""
    header_line: int | None = 1
    notes: tuple[Note, ...] = ()
    totals: tuple[Total, ...] = field(default=(), repr=False)

    def __len__(self) -> int:
        return len(self.lines)


def sheet(grid: Grid, *, ragged: bool = False) -> Sheet | list[Problem]:
    """The table of a grid; problems where rows have more or fewer cells than the header and `ragged` forbids it."""
    rows = _filled_down(grid)
    first, last = _header_rows(rows)
    header = [cell.strip() for cell in _header(rows, first, last)]
    width = len(header)
    notes = [_note(grid, row, _("passed over: a title above the header")) for row in range(first) if _filled(rows[row])]
    if any(top > last and bottom > top for (top, _left), (bottom, _right) in grid.merged):
        notes.append(Note(None, None, _("cells merged downwards"), _("their text is read in each of their rows")))
    kept: list[int] = []
    totals: list[Total] = []
    problems: list[Problem] = []
    tail = _tail(rows, last + 1, width)
    for row in range(last + 1, len(rows)):
        kind = _kind(rows[row], header, last_part=row >= tail)
        if kind == "total":
            totals.append(Total(grid.lines[row], dict(zip(header, rows[row], strict=False))))
        if kind == "data" and ragged and len(rows[row]) != width and not _fits(rows[row], width):
            problems.append(_uneven(grid.lines[row], len(rows[row]), width))
        elif kind == "data":
            kept.append(row)
        elif kind != "empty":
            notes.append(_note(grid, row, _PASSED_OVER[kind]()))
    if problems:
        return problems
    columns = _columns(rows, kept, width)
    used = [position for position in range(width) if header[position] or _filled(columns[position])]
    return Sheet(
        _named(tuple(header[position] for position in used), last >= 0),
        tuple(pa.array(columns[position], pa.string()).dictionary_encode() for position in used),
        pa.array([grid.lines[row] for row in kept], pa.int64()),
        grid.name,
        grid.lines[last] if last >= 0 else None,
        tuple(notes),
        tuple(totals),
    )


_PASSED_OVER = {
    "total": lambda: _("passed over: a row that adds up others"),
    "remark": lambda: _("passed over: a remark below the data"),
    "header": lambda: _("passed over: the header once more"),
}


def is_known(header: str) -> bool:
    """Whether a text is what some dataset calls a column, or what files put beside such columns."""
    text = normalised(header)
    return bool(text) and (
        text in _known_headers() or without_unit(text)[0] in _known_headers() or _names_subject(text)
    )


def is_extra_row(cells: Sequence[str]) -> bool:
    """Whether a row adds up others or is a remark, by its first filled cell."""
    first = next((normalised(cell) for cell in cells if cell.strip()), "")
    return first in vocabulary().total_words or first.startswith(vocabulary().remark_starts)


def _names_subject(text: str) -> bool:
    found = subject_part(text)
    return found is not None and (not found[1] or found[1] in _parts())


@cache
def _known_headers() -> frozenset[str]:
    named = {
        header
        for contract in contracts().values()
        for one in contract.fields
        for header in (*one.headers, *(normalised(text) for text in one.substitutes))
    }
    return frozenset(named | PERSONAL_HEADERS | vocabulary().derived_words)


@cache
def _parts() -> frozenset[str]:
    """What stands below or beside the name of a subject: 原始分, 赋分, 班名次."""
    wide = [words for one in contracts().values() if one.wide for words in one.wide.fields.values()]
    return frozenset(normalised(word) for words in (*wide, vocabulary().derived_parts) for word in words)


def _header_rows(rows: list[list[str]]) -> tuple[int, int]:
    """The first and the last row of the header; (0, -1) where the table begins with data."""
    looked = [(sum(is_known(cell) for cell in row), position) for position, row in enumerate(rows[:LOOKED_AT])]
    best = max((count for count, _row in looked), default=0)
    if best < SURE:
        return _unknown_header(rows)
    chosen = next(position for count, position in looked if count == best)
    above, below = chosen - 1, chosen + 1
    if below < len(rows) and is_lower_header(rows[below]):
        return chosen, below
    if above >= 0 and _is_upper_header(rows[above]):
        return above, chosen
    return chosen, chosen


def _unknown_header(rows: list[list[str]]) -> tuple[int, int]:
    """A header in words that no dataset knows is still one: several words and no number in it, with data below."""
    width = max((_filled(row) for row in rows[:LOOKED_AT]), default=0)
    for position, row in enumerate(rows[:LOOKED_AT]):
        if _filled(row) > width / 2 or is_known(next((cell for cell in row if cell), "")):
            numbers = any(_NUMBER.fullmatch(cell.strip()) for cell in row)
            return (0, -1) if numbers else (position, position)
    return 0, -1


def is_lower_header(row: Sequence[str]) -> bool:
    """Whether a row below a header is its second half: headers and parts of subjects only."""
    words = [normalised(cell) for cell in row if cell.strip()]
    return len(words) >= SURE and all(word in _parts() or word in _known_headers() for word in words)


def _is_upper_header(row: list[str]) -> bool:
    words = [normalised(cell) for cell in row if cell.strip()]
    return bool(words) and any(word in vocabulary().subject_names for word in words)


def _header(rows: list[list[str]], first: int, last: int) -> list[str]:
    if last < 0:
        return [""] * max((len(row) for row in rows), default=0)
    width = max(len(row) for row in rows[first : last + 1])
    lower = _padded(rows[last], width)
    if first == last:
        return lower
    upper = _padded(rows[first], width)
    for position in range(1, width):
        # A merged cell has its text in the first of its columns only.
        if not upper[position] and lower[position]:
            upper[position] = upper[position - 1]
    return [_joined(top, bottom) for top, bottom in zip(upper, lower, strict=True)]


def _joined(top: str, bottom: str) -> str:
    if not top or not bottom or normalised(top) == normalised(bottom):
        return top or bottom
    return f"{top}/{bottom}" if normalised(top) in vocabulary().subject_names else bottom


def _named(header: tuple[str, ...], given: bool) -> tuple[str, ...]:
    return header if given else tuple(f"#{position + 1}" for position in range(len(header)))


def _kind(row: list[str], header: list[str], *, last_part: bool) -> str:
    if not _filled(row):
        return "empty"
    words = [normalised(cell) for cell in row if cell.strip()]
    if words and words[0] in vocabulary().total_words:
        return "total"
    if last_part:
        return "remark"
    if len(words) >= SURE and words == [normalised(cell) for cell in header if cell]:
        return "header"
    return "data"


def _tail(rows: list[list[str]], begin: int, width: int) -> int:
    """Where the remarks begin: below the last row of data."""
    end = len(rows)
    while end > begin:
        filled = _filled(rows[end - 1])
        alone = filled == 1 and width > SURE and end - 1 > begin
        if filled and not alone and not is_extra_row(rows[end - 1]):
            break
        end -= 1
    return end


def _fits(row: list[str], width: int) -> bool:
    return len(row) > width and not _filled(row[width:])


def _columns(rows: list[list[str]], kept: list[int], width: int) -> list[list[str]]:
    columns = [list(column) for column in zip(*(_padded(rows[row], width)[:width] for row in kept), strict=True)]
    return columns or [[] for _column in range(width)]


def _padded(row: list[str], width: int) -> list[str]:
    return row + [""] * (width - len(row))


def _filled(row: list[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def _filled_down(grid: Grid) -> list[list[str]]:
    """The rows with the text of cells that were merged downwards in each of their rows."""
    rows = [list(row) for row in grid.rows]
    for (top, left), (bottom, right) in grid.merged:
        if left == right and bottom > top and top < len(rows) and left < len(rows[top]):
            for row in rows[top + 1 : bottom + 1]:
                if left < len(row):
                    row[left] = rows[top][left]
    return rows


def _note(grid: Grid, row: int, done: str) -> Note:
    shown = " ".join(cell for cell in grid.rows[row] if cell.strip())
    return Note(grid.lines[row], None, shown[:80], done)


def _uneven(line: int, cells: int, width: int) -> Problem:
    return Problem(line, None, _("{count} cells", count=cells), _("{count} cells, as in the header", count=width))
