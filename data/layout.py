"""A grid of cells as it stands in a file → a header and the rows below it.

People put titles above a header, spread a header over two rows, and add totals and remarks below the data. What is
recognised as such is passed over and noted; nothing is passed over in silence. Rows keep the numbers that a
spreadsheet shows.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

import pyarrow as pa

from data.contract import contracts
from data.problem import Note, Problem
from data.pseudonym import PERSONAL_HEADERS
from data.vocabulary import normalised, subject_part, unit_of, vocabulary, without_unit
from data.words import _

# A header stands near the top; further down is data.
LOOKED_AT = 20
# Of two or more words that are known headers a row is a header beyond doubt.
SURE = 2
# No dataset has nearly as many columns; each one costs a look at every dataset.
MAX_COLUMNS = 2000

_NUMBER = re.compile(r"[-+]?[0-9０-９][0-9０-９,，.．%％]*")
# Where a title says what all numbers are counted in: 单位：万元, （万人）.
_UNIT_SAID = re.compile(r"单位\s*[:为是]?\s*([^()\[\]]+)|[(\[]\s*([^()\[\]]+?)\s*[)\]]")
_SLASHES = "/／"

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
    """The table of a grid, or why it is not read.

    That is: too many columns, a unit above the table, a number that several rows share, and, where `ragged` forbids it,
    rows that have more or fewer cells than the header.
    """
    rows = _filled_down(grid)
    reach = max(map(_reach, rows), default=0)
    if reach > MAX_COLUMNS:
        return [_too_wide(reach)]
    first, last = _header_rows(rows)
    header = [titled(cell.strip()) for cell in _header(rows, first, last)]
    width = min(len(header), reach)
    least = _reach(header) if last >= 0 else len(header)
    passed = [row for row in range(first) if _filled(rows[row])]
    notes = [_note(grid, row, _("passed over: a title above the header")) for row in passed]
    notes += _filled_columns(grid, header, last)
    problems = _shared_numbers(grid, header, last)
    kept: list[int] = []
    totals: list[Total] = []
    tail = _tail(rows, last + 1, _filled(header) or width)
    for row in range(last + 1, len(rows)):
        kind = _kind(rows[row], header, last_part=row >= tail)
        if kind == "total":
            totals.append(Total(grid.lines[row], dict(zip(header, rows[row], strict=False))))
        if kind == "data" and ragged and (len(rows[row]) < least or _reach(rows[row]) > len(header)):
            problems.append(_uneven(grid.lines[row], len(rows[row]), least))
        elif kind == "data":
            kept.append(row)
        elif kind != "empty":
            notes.append(_note(grid, row, _PASSED_OVER[kind]()))
        if kind == "remark":
            passed.append(row)
    problems += _units_said(grid, passed, header)
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


def is_extra_row(cells: Sequence[str], columns: int) -> bool:
    """Whether a row adds up others, or is a remark: one that fills at most half of the table's columns.

    A row that is filled like the data is data, even if a school is called 注溪小学.
    """
    first = first_word(cells)
    sparse = _filled(cells) <= columns / 2
    return first in vocabulary().total_words or (sparse and first.startswith(vocabulary().remark_starts))


def first_word(cells: Sequence[str]) -> str:
    """The first filled cell of a row, normalised and without a colon behind it: 合计：→ 合计."""
    return next((normalised(cell) for cell in cells if cell.strip()), "").rstrip(":")


def is_header_again(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a row repeats the header, as where tables were copied one below the other."""
    words = [cell for cell in cells if cell.strip()]
    named = [cell for cell in header if cell]
    # Most rows differ from the header in their first cell already.
    if len(words) != len(named) or len(words) < SURE or normalised(words[0]) != normalised(named[0]):
        return False
    return list(map(normalised, words)) == list(map(normalised, named))


def titled(header: str) -> str:
    """A header with the unit behind a slash in brackets, where it multiplies a known column: 人口/万 → 人口（万）."""
    place = max(map(header.rfind, _SLASHES))
    unit = normalised(header[place + 1 :])
    if place > 0 and vocabulary().unit_factors.get(unit, 1) != 1 and is_known(header[:place]):
        return f"{header[:place]}（{unit}）"
    return header


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
def _measures() -> frozenset[str]:
    """Headers that mean a number which is counted or measured; a year or an age, by which rows are told apart, is none."""
    return frozenset(
        header
        for contract in contracts().values()
        for one in contract.fields
        if one.type in ("integer", "number") and one.name not in contract.primaryKey
        for header in one.headers
    )


def _is_measure(header: str) -> bool:
    text = without_unit(normalised(header))[0]
    return text in _measures() or _names_subject(text)


@cache
def _state_words() -> frozenset[str]:
    """What stands in a cell in place of a number: 缺考."""
    fields = (one for contract in contracts().values() for one in contract.fields)
    return frozenset(normalised(text) for one in fields for text in one.state_texts if text)


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
    if above >= 0 and _is_upper_header(rows[above], rows[chosen]):
        return above, chosen
    return chosen, chosen


def _unknown_header(rows: list[list[str]]) -> tuple[int, int]:
    """A header in words that no dataset knows is still one: several words and no number in it, with data below."""
    width = max((_filled(row) for row in rows[:LOOKED_AT]), default=0)
    for position, row in enumerate(rows[:LOOKED_AT]):
        if _filled(row) > width / 2 or is_known(next((cell for cell in row if cell), "")):
            return (position, position) if _heads(row, rows[position + 1 :]) else (0, -1)
    return 0, -1


def _heads(row: list[str], rows: list[list[str]]) -> bool:
    """Whether a row of unknown words heads the rows below it: nothing in it is data, and some word heads numbers."""
    words = {place: cell.strip() for place, cell in enumerate(row) if cell.strip()}
    if any(_NUMBER.fullmatch(word) or normalised(word) in _state_words() for word in words.values()):
        return False
    below = [other for other in rows if _filled(other) and not is_header_again(other, row)]
    if any(place < len(other) and other[place].strip() == word for other in below for place, word in words.items()):
        return False
    # Below a known word, or with nothing to compare it with, it is taken for what it looks like.
    if len(below) < SURE or any(map(is_known, words.values())):
        return True
    return any(place < len(other) and _NUMBER.fullmatch(other[place].strip()) for other in below for place in words)


def is_lower_header(row: Sequence[str]) -> bool:
    """Whether a row below a header is its second half: headers and parts of subjects only."""
    words = [normalised(cell) for cell in row if cell.strip()]
    return len(words) >= SURE and all(word in _parts() or word in _known_headers() for word in words)


def _is_upper_header(row: list[str], below: list[str]) -> bool:
    """Whether a row above a header is its first half: it names a subject, or has a header that was merged downwards."""
    if any(normalised(cell) in vocabulary().subject_names for cell in row):
        return True
    return any(
        is_known(cell) and normalised(cell) == normalised(other) for cell, other in zip(row, below, strict=False)
    )


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
    wide = any(subject_part(top) for top in upper)
    return [_joined(top, bottom, wide=wide) for top, bottom in zip(upper, lower, strict=True)]


def _joined(top: str, bottom: str, *, wide: bool) -> str:
    """One header of the two above each other. wide: some of the upper ones name subjects.

    What stands below a computed column is computed, 总分/赋分; below whatever else it belongs to no subject.
    """
    above, below = normalised(top), normalised(bottom)
    if not above or not below or above == below:
        return top or bottom
    words = vocabulary()
    if above in _parts() and below in words.subject_names:
        return f"{bottom}/{top}"
    if above in words.subject_names or above in words.derived_words or (wide and below in _parts()):
        return f"{top}/{bottom}"
    handed_down = without_unit(above)[1] != 1 and not unit_of(below) and (_is_measure(bottom) or not is_known(bottom))
    return f"{bottom}（{unit_of(above)}）" if handed_down else bottom


def _named(header: tuple[str, ...], given: bool) -> tuple[str, ...]:
    return header if given else tuple(f"#{position + 1}" for position in range(len(header)))


def _kind(row: list[str], header: list[str], *, last_part: bool) -> str:
    if not _filled(row):
        return "empty"
    if first_word(row) in vocabulary().total_words:
        return "total"
    if last_part:
        return "remark"
    return "header" if is_header_again(row, header) else "data"


def _tail(rows: list[list[str]], begin: int, columns: int) -> int:
    """Where the remarks begin: below the last row of data."""
    end = len(rows)
    while end > begin:
        filled = _filled(rows[end - 1])
        alone = filled == 1 and columns > SURE and end - 1 > begin
        if filled and not alone and not is_extra_row(rows[end - 1], columns):
            break
        end -= 1
    return end


def _units_said(grid: Grid, passed: list[int], header: list[str]) -> list[Problem]:
    """A unit above or below the table that multiplies its numbers, unless the headers say in what they are counted.

    Which of the columns it holds for nobody can tell: 万元 does not hold for a number of pupils.
    """
    if sum(map(is_known, header)) < SURE:
        return []
    own = [unit_of(normalised(cell)) for cell in header]
    expected = _("the unit in the header of each column that it holds for, such as 金额（万元）, and not elsewhere")
    return [
        Problem(grid.lines[row], None, _("a unit for the whole table: {unit}", unit=unit), expected)
        for row in passed
        for unit in dict.fromkeys(unit for cell in grid.rows[row] for unit in _multiplying(cell))
        if not any(one and (vocabulary().unit_factors[one] != 1 or unit.endswith(one)) for one in own)
    ]


def _multiplying(cell: str) -> Iterator[str]:
    """The units with a factor that a title names: 单位：万元、人 → 万元."""
    for said in _UNIT_SAID.findall(unicodedata.normalize("NFKC", cell)):
        for part in re.split(r"[\s,;:、/。]+", "".join(said)):
            unit = re.sub("^.*单位[为是]?|^人民币", "", normalised(part))
            if vocabulary().unit_factors.get(unit, 1) != 1:
                yield unit


def _filled_columns(grid: Grid, header: list[str], last: int) -> list[Note]:
    """A note for each column in which text was merged downwards below the header."""
    merged = sorted({left for (top, left), (bottom, right) in grid.merged if left == right and bottom > top > last})
    done = _("their text is read in each of their rows")
    return [
        Note(None, header[left] if left < len(header) else None, _("cells merged downwards"), done) for left in merged
    ]


def _shared_numbers(grid: Grid, header: list[str], last: int) -> list[Problem]:
    """Numbers in cells that were merged downwards: in each of their rows they would be counted as often."""
    found = []
    for (top, left), (bottom, _right) in grid.merged:
        if bottom > max(top, last) and top > last and left < len(header) and _is_measure(header[left]):
            text = grid.rows[top][left] if top < len(grid.rows) and left < len(grid.rows[top]) else ""
            if any(sign.isdecimal() for sign in text):
                shared = _("{number}, a number that the rows to {row} share", number=text[:80], row=bottom + 1)
                found.append(
                    Problem(grid.lines[top], header[left], shared, _("the number of each row in its own cell"))
                )
    return found


def _columns(rows: list[list[str]], kept: list[int], width: int) -> list[list[str]]:
    columns = [list(column) for column in zip(*(_padded(rows[row], width)[:width] for row in kept), strict=True)]
    return columns or [[] for _column in range(width)]


def _padded(row: list[str], width: int) -> list[str]:
    return row + [""] * (width - len(row))


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def _reach(row: list[str]) -> int:
    """How many cells a row has without the empty ones at its end."""
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return end


def shortened(row: list[str]) -> list[str]:
    """A row without empty cells beyond the widest table that is read: some files have hundreds of thousands."""
    return row if len(row) <= MAX_COLUMNS or any(map(str.strip, row[MAX_COLUMNS:])) else row[:MAX_COLUMNS]


def _too_wide(columns: int) -> Problem:
    return Problem(
        None,
        None,
        _("a table of {count} columns", count=columns),
        _("at most {count} columns; keep only the ones with data", count=MAX_COLUMNS),
    )


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
