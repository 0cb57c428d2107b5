"""An Excel workbook's bytes → the text of its sheets' cells. XLSX and XLS are read by python-calamine, from memory.

A workbook can be small and claim to be huge. What an XLSX unpacks to, and how far its cells reach, is measured before
it is handed to the reader, which makes room for every cell between the first and the last. The same pass finds what the
reader does not tell: errors of formulas, and numbers that a person sees otherwise, 84.74% or 000123.
"""

import io
import re
import zipfile
import zlib
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache
from xml.etree import ElementTree
from xml.parsers import expat

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from data import old_workbooks
from data.layout import Grid
from data.number_formats import Formats, Shown, digits_of, formatted, number_text
from data.problem import Problem
from data.words import _

XLSX_MARK, XLS_MARK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MAX_UNPACKED = 1024 * 1024 * 1024
MAX_DESCRIPTION = 32 * 1024 * 1024
# Room for as many cells takes less than half a gigabyte, and an exam of a million rows has fewer.
MAX_CELLS = 10_000_000

_PIECE = 1 << 20
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MAIN = "xl/workbook.xml"
# Parts of the forms of workbooks whose cells cannot be measured beforehand: XLSB and ODS.
_OTHER_FORMS = ("xl/workbook.bin", "mimetype")
ODS_TYPE = b"application/vnd.oasis.opendocument"


_DAMAGED = (
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    ElementTree.ParseError,
    expat.ExpatError,
    NotImplementedError,
    RuntimeError,
    KeyError,
    ValueError,
    OSError,
    EOFError,
)


class _TooLarge(Exception):
    """The workbook unpacks to more than can be held."""


class _OtherForm(Exception):
    """A workbook in a form that is not read."""


def grids(content: bytes) -> list[Grid] | Problem:
    """Every sheet of a workbook that holds a cell, or why the workbook cannot be read.

    What a program hid so that no person can show it, such as the lists of a template, is no sheet.
    """
    try:
        is_old = not content.startswith(XLSX_MARK)
        in_order = _measured_old(content) if is_old else []
        shown = {} if is_old else _measured(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        shown |= zip(book.sheet_names, in_order, strict=False)
        found = [
            replace(
                _grid(book.get_sheet_by_name(one.name), shown.get(one.name, {})),
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
    except _OtherForm:
        return _other_form()
    except _DAMAGED:
        return _damaged()
    except BaseException as error:
        # The reader's own faults are no exceptions of Python's.
        if type(error).__name__ != "PanicException":
            raise
        return _damaged()
    return [grid for grid in found if any(any(row) for row in grid.rows)]


def _damaged() -> Problem:
    return Problem(None, None, _("a damaged workbook"), _("a workbook that Excel opens; save it again as XLSX"))


def _other_form() -> Problem:
    return Problem(
        None, None, _("a workbook in the form ODS or XLSB"), _("a workbook in the form XLSX; save it as such")
    )


def _measured(content: bytes) -> dict[str, Shown]:
    """What the reader does not tell of the cells, sheet by sheet; `_TooLarge` if the workbook cannot be held."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
            raise _TooLarge
        parts = archive.namelist()
        if any(_plain(part) in _OTHER_FORMS for part in parts):
            raise _OtherForm
        names = _sheet_names(archive)
        formats = _formats(archive)
        found = {}
        for part in parts:
            if _plain(part) in names or _plain(part).startswith("xl/worksheets/"):
                found[names.get(_plain(part), part)] = _Cells(formats).read(archive, part)
            else:
                _unpacked(archive, part)
        return found


def _measured_old(content: bytes) -> list[Shown]:
    """The same of a workbook in the old form, sheet by sheet."""
    sheets = old_workbooks.measured(content)
    if any(sheet.rows * sheet.columns > MAX_CELLS for sheet in sheets):
        raise _TooLarge
    return [sheet.shown for sheet in sheets]


def _plain(part: str) -> str:
    """A part's name as the reader compares it."""
    return part.lower().replace("\\", "/")


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """File of a sheet → the sheet's name."""
    relations = _tree(archive, "xl/_rels/workbook.xml.rels")
    files = {one.get("Id"): str(one.get("Target")).removeprefix("/").removeprefix("xl/") for one in relations}
    sheets = [one for one in _tree(archive, _MAIN).iter() if one.get(_RELATION)]
    return {_plain(f"xl/{files.get(one.get(_RELATION))}"): str(one.get("name")) for one in sheets}


def _formats(archive: zipfile.ZipFile) -> Formats:
    """The cell formats that show a number as a percentage, or padded with zeros."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    styles = _tree(archive, "xl/styles.xml")
    codes = {one.get("numFmtId"): str(one.get("formatCode")) for one in styles.iterfind("{*}numFmts/{*}numFmt")}
    found: Formats = {}
    for number, style in enumerate(styles.iterfind("{*}cellXfs/{*}xf")):
        name = str(style.get("numFmtId"))
        digits = digits_of(name, codes.get(name, ""))
        if digits is not None:
            found[str(number)] = digits
    return found


def _tree(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    """A part that describes the workbook; those are small, and a tree takes many times their room."""
    if archive.getinfo(part).file_size > MAX_DESCRIPTION:
        raise _TooLarge
    return ElementTree.fromstring(archive.read(part))  # noqa: S314 - expat limits entities


def _unpacked(archive: zipfile.ZipFile, part: str) -> None:
    """Unpacks a part once, so that a false size is found out."""
    with archive.open(part) as stream:
        while stream.read(_PIECE):
            pass


class _Cells:
    """One pass through a sheet: how far its filled cells reach, and what the reader does not tell of them."""

    def __init__(self, formats: Formats) -> None:
        self._formats = formats
        self._shown: Shown = {}
        # A row or a cell that does not say where it stands follows the one before.
        self._rows = self._row = self._column = self._last_row = self._last_column = -1
        self._attributes: dict[str, str] = {}
        self._text: list[str] = []
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._started
        self._steps = {"row": self._at_row, "c": self._at_cell, "v": self._at_value, "is": self._at_value}

    def read(self, archive: zipfile.ZipFile, part: str) -> Shown:
        with archive.open(part) as stream:
            while piece := stream.read(_PIECE):
                self._parser.Parse(piece)
                if (self._last_row + 1) * (self._last_column + 1) > MAX_CELLS:
                    raise _TooLarge
            self._parser.Parse(b"", True)
        return self._shown

    def _started(self, name: str, attributes: dict[str, str]) -> None:
        step = self._steps.get(_local(name))
        if step:
            step(attributes)

    def _at_row(self, attributes: dict[str, str]) -> None:
        self._rows = self._row = int(attributes["r"]) - 1 if "r" in attributes else self._rows + 1
        self._column = -1

    def _at_cell(self, attributes: dict[str, str]) -> None:
        self._attributes = attributes
        place = attributes.get("r")
        if place is None:
            self._row, self._column = self._rows, self._column + 1
            return
        letters = place.rstrip("0123456789")
        self._row, self._column = int(place[len(letters) :]) - 1, _number(letters) - 1

    def _at_value(self, _attributes: dict[str, str]) -> None:
        self._last_row = max(self._last_row, self._row)
        self._last_column = max(self._last_column, self._column)
        kind = self._attributes.get("t", "n")
        if kind == "e" or (kind == "n" and self._attributes.get("s") in self._formats):
            self._text = []
            self._parser.CharacterDataHandler = self._text.append
            self._parser.EndElementHandler = self._ended

    def _ended(self, _name: str) -> None:
        self._parser.CharacterDataHandler = self._parser.EndElementHandler = None
        text = "".join(self._text).strip()
        if self._attributes.get("t") != "e":
            text = formatted(text, self._formats[self._attributes["s"]])
        if text:
            self._shown[self._row, self._column] = text


@cache
def _local(name: str) -> str:
    return name.rpartition(":")[2]


@cache
def _number(column: str) -> int:
    """A column's letters as its number; ValueError where they are none."""
    if not re.fullmatch("[A-Za-z]{1,7}", column):
        raise ValueError(column)
    number = 0
    for letter in column.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _grid(sheet: CalamineSheet, shown: Shown) -> Grid:
    # The reader begins with the first column that is filled, but counts merged cells from the first one.
    skipped_rows, skipped_columns = sheet.start or (0, 0)
    rows = [
        [""] * skipped_columns + [cell if type(cell) is str else _text(cell) for cell in row]
        for row in sheet.iter_rows()
    ]
    rows = [[] for _row in range(skipped_rows)] + rows if len(rows) < (sheet.height + skipped_rows) else rows
    for (row, column), text in shown.items():
        if row < len(rows):
            rows[row] += [""] * (column + 1 - len(rows[row]))
            rows[row][column] = text
    merged = tuple(sheet.merged_cell_ranges or ())
    return Grid(sheet.name, rows, tuple(range(1, len(rows) + 1)), merged)


def _text(cell: object) -> str:
    """A cell as a person reads it in the sheet."""
    match cell:
        case bool():
            return "是" if cell else "否"
        case float() | int():
            return number_text(float(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime() | date() | time() | timedelta():
            return str(cell)
        case _:
            return str(cell)
