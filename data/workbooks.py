"""An Excel workbook's bytes → the text of its sheets' cells. XLSX and XLS are read by python-calamine, from memory.

A workbook can be small and claim to be huge. What an XLSX unpacks to, and how far its cells reach, is measured before
it is handed to the reader, which makes room for every cell between the first and the last.
"""

import io
import re
import zipfile
import zlib
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from data.layout import Grid
from data.problem import Problem
from data.words import _

XLSX_MARK, XLS_MARK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MAX_UNPACKED = 1024 * 1024 * 1024
MAX_CELLS = 20_000_000
# Excel keeps fifteen digits of a number; a longer one has lost some and is shown as Excel shows it, 1.30502E+17.
EXACT_DIGITS = 15

_PIECE = 1 << 20
_KEPT = 1000  # longer than the text of any tag that is looked for
# A cell that holds something: a tag `<c r="B7" …>` that is not closed at once.
_CELL = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,7})([0-9]{1,9})"([^>]*)(?<!/)>(?!</)')
_ERROR_CELL = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]{1,3})([0-9]{1,7})"[^>]* t="e"[^>]*>(?:<f[^>]*>[^<]*</f>)?<v>([^<]{1,20})</v>'
)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Errors = dict[tuple[int, int], str]


class _TooLarge(Exception):
    """The workbook unpacks to more than can be held."""


def grids(content: bytes) -> list[Grid] | Problem:
    """Every sheet of a workbook that holds a cell, or why the workbook cannot be read.

    What a program hid so that no person can show it, such as the lists of a template, is no sheet.
    """
    try:
        errors = _measured(content) if content.startswith(XLSX_MARK) else {}
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = [
            replace(
                _grid(book.get_sheet_by_name(one.name), errors.get(one.name, {})),
                hidden=one.visible == SheetVisibleEnum.Hidden,
            )
            for one in book.sheets_metadata
            if one.visible != SheetVisibleEnum.VeryHidden
        ]
    except PasswordError:
        return Problem(None, None, _("a workbook that a password protects"), _("a workbook without a password"))
    except _TooLarge:
        return Problem(
            None,
            None,
            _("a workbook whose cells reach further than can be read"),
            _("only the rows and columns with data; copy them into a new workbook"),
        )
    except (
        CalamineError,
        zipfile.BadZipFile,
        zlib.error,
        ElementTree.ParseError,
        KeyError,
        ValueError,
        OSError,
        EOFError,
    ):
        return Problem(None, None, _("a damaged workbook"), _("a workbook that Excel opens; save it again as XLSX"))
    return [grid for grid in found if any(any(row) for row in grid.rows)]


def _measured(content: bytes) -> dict[str, Errors]:
    """The cells that hold an error of a formula, sheet by sheet; `_TooLarge` if the workbook cannot be held."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
            raise _TooLarge
        names = _sheet_names(archive)
        return {names.get(part, part): _measured_part(archive, part) for part in archive.namelist()}


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """File of a sheet → the sheet's name; empty for a workbook in Excel's binary form."""
    if "xl/workbook.xml" not in archive.namelist():
        return {}
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - expat limits entities
    files = {one.get("Id"): str(one.get("Target")).removeprefix("/xl/") for one in relations}
    sheets = [one for one in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter() if one.get(_RELATION)]  # noqa: S314
    return {f"xl/{files.get(one.get(_RELATION))}": str(one.get("name")) for one in sheets}


def _measured_part(archive: zipfile.ZipFile, part: str) -> Errors:
    """Unpacks a part once, so that a false size is found out; of a sheet, how far its filled cells reach."""
    errors: Errors = {}
    last_row = last_column = 0
    rest = b""
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            if not part.startswith("xl/worksheets/"):
                continue
            text = rest + piece
            for column, row, _attributes in _CELL.findall(text):
                last_row = max(last_row, int(row))
                last_column = max(last_column, _number(column))
            for column, row, name in _ERROR_CELL.findall(text):
                errors[int(row) - 1, _number(column) - 1] = name.decode("utf-8", "replace")
            if last_row * last_column > MAX_CELLS:
                raise _TooLarge
            rest = text[-_KEPT:]
    return errors


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


def _grid(sheet: CalamineSheet, errors: Errors) -> Grid:
    rows = [[_text(cell) for cell in row] for row in sheet.iter_rows()]
    skipped_rows, _skipped_columns = sheet.start or (0, 0)
    rows = [[] for _row in range(skipped_rows)] + rows if len(rows) < (sheet.height + skipped_rows) else rows
    for (row, column), name in errors.items():
        if row < len(rows):
            rows[row] += [""] * (column + 1 - len(rows[row]))
            rows[row][column] = name
    merged = tuple(sheet.merged_cell_ranges or ())
    return Grid(sheet.name, rows, tuple(range(1, len(rows) + 1)), merged)


def _text(cell: object) -> str:
    """A cell as a person reads it in the sheet."""
    match cell:
        case bool():
            return "是" if cell else "否"
        case float() | int():
            return _number_text(float(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime() | date() | time() | timedelta():
            return str(cell)
        case _:
            return str(cell)


def _number_text(number: float) -> str:
    if abs(number) >= 10**EXACT_DIGITS:
        return f"{number:.5E}"
    return f"{number:.{EXACT_DIGITS}g}" if number != int(number) else str(int(number))
