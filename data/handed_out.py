"""Tables as files that are handed out: spreadsheets read them rightly and run nothing that stands in them."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from math import isfinite

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data.problem import Refused
from data.words import _

# Spreadsheets run a cell that begins with one of these as a formula, blanks before it passed over.
_FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# The same content gives the same bytes, whenever it is made.
CREATED = datetime(2020, 1, 1)
MOST_ROWS = 1_048_575
# The number of the built-in format "@": what is typed into the cell stays text.
TEXT = 49
_EXACT_DIGITS = 15
_FIRST_YEAR = 1900
_NARROWEST, _WIDEST, _MEASURED_ROWS = 8, 48, 200
_SHEET_NAME_UNITS = 31
# Names that Excel keeps for itself.
_RESERVED = ("history", "历史记录")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Shaped:
    """A number as exact as a sheet can hold it, in one of Excel's formats: 0.00%, #,##0."""

    number: Fraction
    shape: str

    def __str__(self) -> str:
        return plain(Decimal(str(round(float(self.number), 4))))


@dataclass(frozen=True)
class Table:
    """A sheet of a workbook. Cells are None, texts, booleans, numbers (`Shaped` or not), dates or moments without a zone.

    widths: of the columns, in characters; measured where none are given.
    """

    name: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[object]]
    widths: tuple[float, ...] = ()


def harmless(cell: object) -> object:
    """The cell as it is, or with an apostrophe before a text that a spreadsheet would run."""
    runs = isinstance(cell, str) and (cell.startswith(("\t", "\r")) or cell.lstrip().startswith(_FORMULA_SIGNS))
    return f"'{cell}" if runs else cell


def unmarked(text: str) -> str:
    """The text without the apostrophe that `harmless` puts before it: what was handed out is read as it was stored."""
    bare = text.removeprefix("'")
    return bare if bare != text and harmless(bare) == text else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file in UTF-8 with the mark by which spreadsheets know it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in (header, *rows))
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(sheets: Iterable[Table], created: datetime = CREATED) -> bytes:
    """A workbook of the tables, each with a bold header that stays in sight."""
    book = Book(created)
    for table in sheets:
        book.add(table)
    return book.finished()


def plain(number: float | Decimal) -> str:
    """A number in digits, without an exponent and without zeros at its end."""
    return format(Decimal(str(number)).normalize(), "f")


class Book:
    """A workbook that is made in memory. Texts are written as texts: never as formulas, links or numbers."""

    def __init__(self, created: datetime = CREATED) -> None:
        self._content = io.BytesIO()
        self._workbook = Workbook(self._content, _OPTIONS)
        self._workbook.set_properties({"created": created})
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def format(self, **properties: object) -> Format:
        """The cell format with XlsxWriter's properties; a workbook keeps each once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(properties)
        return self._formats[key]

    def sheet(self, name: str) -> Worksheet:
        """A new empty sheet, called `name` as far as spreadsheets allow."""
        taken = [sheet.get_name() for sheet in self._workbook.worksheets()]
        return self._workbook.add_worksheet(legal_name(name, taken))

    def add(self, table: Table) -> Worksheet:
        """A new sheet with the table; `Refused` where it has more rows than a sheet can hold."""
        if len(table.rows) > MOST_ROWS:
            raise Refused(
                _(
                    "A sheet holds {most} rows, this table has {rows}. Save it as CSV.",
                    most=MOST_ROWS,
                    rows=len(table.rows),
                )
            )
        sheet = self.sheet(table.name)
        sheet.freeze_panes(1, 0)
        for column, (title, width) in enumerate(zip(table.header, table.widths or _measured(table), strict=True)):
            sheet.set_column(column, column, width)
            self.write(sheet, 0, column, title, bold=True)
        for line, row in enumerate(table.rows, start=1):
            for column, cell in enumerate(row):
                self.write(sheet, line, column, cell)
        return sheet

    def write(self, sheet: Worksheet, row: int, column: int, cell: object, **looks: object) -> None:
        """Writes one cell as what it is; a number that a spreadsheet would round, and an early date, as text."""
        if cell is None or cell == "":
            sheet.write_blank(row, column, None, self.format(**looks) if looks else None)
        elif isinstance(cell, Shaped):
            sheet.write_number(row, column, float(cell.number), self.format(num_format=cell.shape, **looks))
        elif isinstance(cell, bool):
            sheet.write_boolean(row, column, cell, self.format(**looks))
        elif isinstance(cell, (int, float, Decimal)) and _is_exact(cell):
            shape = "0" if isinstance(cell, int) else "General"
            sheet.write_number(row, column, float(cell), self.format(num_format=shape, **looks))
        elif isinstance(cell, date) and cell.year >= _FIRST_YEAR:
            shape = "yyyy-mm-dd hh:mm" if isinstance(cell, datetime) else "yyyy-mm-dd"
            sheet.write_datetime(row, column, cell, self.format(num_format=shape, **looks))
        else:
            sheet.write_string(row, column, clean(str(cell)), self.format(num_format=TEXT, **looks))

    def finished(self) -> bytes:
        """The file; nothing can be added after it."""
        self._workbook.close()
        return self._content.getvalue()


def clean(text: str) -> str:
    """A text that XML can hold; XlsxWriter would take one between <r> and </r> for markup of its own."""
    kept = _NOT_IN_XML.sub("\ufffd", text)
    return f"{kept} " if kept.startswith("<r>") and kept.endswith("</r>") else kept


def legal_name(name: str, taken: Iterable[str] = ()) -> str:
    """A sheet's name: without the signs that spreadsheets refuse, short enough, and unlike the others."""
    wanted = re.sub(r"[\[\]:*?/\\]", " ", _NOT_IN_XML.sub("", name)).strip(" '\t\r\n") or "1"
    others = {other.casefold() for other in (*taken, *_RESERVED)}
    found, number = _within(wanted, ""), 1
    while found.casefold() in others:
        number += 1
        found = _within(wanted, f" {number}")
    return found


def _within(name: str, ending: str) -> str:
    while len((name + ending).encode("utf-16-le")) > 2 * _SHEET_NAME_UNITS:
        name = name[:-1].rstrip(" '")
    return name + ending


def _is_exact(number: float | Decimal) -> bool:
    if isinstance(number, float):
        return isfinite(number)
    exact = Decimal(number)
    return exact.is_finite() and len(exact.normalize().as_tuple().digits) <= _EXACT_DIGITS


def _measured(table: Table) -> tuple[float, ...]:
    rows = [table.header, *table.rows[:_MEASURED_ROWS]]
    columns = range(len(table.header))
    return tuple(width([row[column] for row in rows if column < len(row)]) for column in columns)


def width(cells: Iterable[object]) -> float:
    """The width of a column that shows the cells, in characters; a Chinese one takes the place of two."""
    widest = max((_places(str(cell)) for cell in cells if cell is not None), default=0)
    return float(min(max(widest + 2, _NARROWEST), _WIDEST))


def _places(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text[:_WIDEST])
