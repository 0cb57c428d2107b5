"""An analyst's own sheet with the cells to mend coloured, to correct where the faults are."""

from collections.abc import Iterable, Sequence

from xlsxwriter.worksheet import Worksheet

from data import reading
from data.handed_out import Book, Table, clean, width
from data.intake import Checked
from data.layout import Sheet
from data.problem import Problem
from data.words import _

MOST_ROWS = 20_000
# Spreadsheets become slow with more; cells beyond them are coloured only.
MOST_COMMENTS = 2_000
_LONGEST_COMMENT = 1_000
_RED, _AMBER = "#FF9999", "#FFE08A"
_COMMENT_SIZE = {"width": 280, "height": 90}
_MEASURED_ROWS = 200

# (row, column) → what is wrong there; the row is the file's number, the column its place in the header.
Faults = dict[tuple[int, int], list[Problem]]
# A row's number in the file, and its cells.
Row = tuple[int, Sequence[str]]


def of_file(content: bytes, checked: Checked) -> bytes:
    """The table of a file that a check looked at, marked with what the check found."""
    sheets = reading.read(content)
    found = [sheet for sheet in sheets if isinstance(sheet, Sheet) and sheet.name == checked.sheet]
    if not found:  # the file itself cannot be read: there are only the problems
        return marked((), (), (), checked.problems, checked.warnings)
    rows = list(zip(*(column.to_pylist() for column in found[0].columns), strict=True))
    return marked(found[0].header, rows, found[0].lines.to_pylist(), checked.problems, checked.warnings)


def marked(
    header: tuple[str, ...],
    rows: Sequence[Sequence[str]],
    lines: Sequence[int],
    problems: Sequence[Problem],
    warnings: Sequence[Problem],
) -> bytes:
    """A workbook: the sheet with problems in red and warnings in amber, and the list of them all.

    rows: a cell a header each; lines: the rows' numbers in the file. Of a long file only the rows with something to
    mend are in the sheet.
    """
    head = min(lines, default=2) - 1
    wrong, doubtful = (_by_cell(header, head, found) for found in (problems, warnings))
    shown = _shown(rows, lines, {row for row, _column in (*wrong, *doubtful)})
    book = Book()
    sheet = _sheet(book, [(head, header), *shown], wrong, doubtful)
    _add_comments(sheet, [head, *(line for line, _cells in shown)], wrong, doubtful)
    _add_list(book, problems, warnings, len(rows), len(shown))
    return book.finished()


def _by_cell(header: tuple[str, ...], head: int, problems: Iterable[Problem]) -> Faults:
    """The problems of every cell of the sheet that has some; those of no cell are left to the list."""
    columns: dict[str, list[int]] = {}
    cells: Faults = {}
    for one in problems:
        if one.row is None or one.column is None:
            continue
        if one.column not in columns:
            columns[one.column] = _columns(header, one.column)
        for column in columns[one.column]:
            # Whatever stands above the first row is said of the header.
            cells.setdefault((max(one.row, head), column), []).append(one)
    return cells


def _columns(header: tuple[str, ...], named: str) -> list[int]:
    """The places of a header, or of several joined by “+”; a header may itself hold that sign."""
    exact = [place for place, text in enumerate(header) if text == named]
    return exact or [place for place, text in enumerate(header) if f"+{text}+" in f"+{named}+"]


def _shown(rows: Sequence[Sequence[str]], lines: Sequence[int], faulty: set[int]) -> list[Row]:
    every = zip(lines, rows, strict=True)
    return list(every) if len(rows) <= MOST_ROWS else [row for row in every if row[0] in faulty]


def _sheet(book: Book, rows: Sequence[Row], wrong: Faults, doubtful: Faults) -> Worksheet:
    """The header, which is the first of `rows`, and the rows below it, each behind its number in the file."""
    sheet = book.sheet(_("To mend"))
    sheet.freeze_panes(1, 1)
    _set_widths(sheet, rows)
    for place, (line, cells) in enumerate(rows):
        looks: dict[str, object] = {} if place else {"bold": True}
        book.write(sheet, place, 0, line if place else _("Row"), **looks)
        for column, cell in enumerate(cells):
            fill = _fill((line, column), wrong, doubtful)
            book.write(sheet, place, column + 1, cell, **looks, **fill)
    return sheet


def _set_widths(sheet: Worksheet, rows: Sequence[Row]) -> None:
    sheet.set_column(0, 0, width([rows[-1][0]]))
    for column in range(len(rows[0][1])):
        sheet.set_column(column + 1, column + 1, width([cells[column] for _line, cells in rows[:_MEASURED_ROWS]]))


def _fill(cell: tuple[int, int], wrong: Faults, doubtful: Faults) -> dict[str, object]:
    if cell in wrong:
        return {"bg_color": _RED}
    return {"bg_color": _AMBER} if cell in doubtful else {}


def _add_comments(sheet: Worksheet, lines: Sequence[int], wrong: Faults, doubtful: Faults) -> None:
    """Says at every coloured cell what is wrong; what must be mended first, where there is too much to say."""
    places = {line: place for place, line in enumerate(lines)}
    faulty = [cell for cell in dict.fromkeys([*wrong, *doubtful]) if cell[0] in places]
    for line, column in faulty[:MOST_COMMENTS]:
        said = [*wrong.get((line, column), ()), *doubtful.get((line, column), ())]
        sheet.write_comment(places[line], column + 1, _comment(said), _COMMENT_SIZE)


def _comment(problems: Iterable[Problem]) -> str:
    said = [_("found: {found}; expected: {expected}", found=one.found, expected=one.expected) for one in problems]
    return clean("\n".join(said)[:_LONGEST_COMMENT])


def _add_list(book: Book, problems: Sequence[Problem], warnings: Sequence[Problem], count: int, shown: int) -> None:
    rows: list[tuple[object, ...]] = []
    if shown < count:
        note = _("The file has {count} rows; the first sheet has the {shown} to mend.", count=count, shown=shown)
        rows.append((None, None, note, None, None))
    for kind, found in ((_("problem"), problems), (_("warning"), warnings)):
        rows += [(one.row, one.column, one.found, one.expected, kind) for one in found]
    header = (_("Row"), _("Column"), _("Found"), _("Expected"), _("Kind"))
    book.add(Table(_("List"), header, rows))
