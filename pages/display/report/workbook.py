"""The tables of a document as XLSX: exact numbers in Excel's formats, tables about many things together in one sheet."""

import io
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import zip_longest
from math import isclose

from python_calamine import CalamineWorkbook

from data import handed_out
from data.handed_out import Book, Shaped
from data.words import _
from pages.display import bound, numbers
from pages.display.bound import Source
from pages.display.report.asked_again import AskedAgain
from pages.display.report.content import Cell, Content, Table
from pages.display.report.read_back import Mismatch, refusal

# A workbook holds numbers with 16 digits.
PRECISION = 1e-15

Row = tuple[Cell, ...]


def xlsx_bytes(content: Content, again: AskedAgain) -> bytes:
    """The file, read back and checked; `Refused` where a number does not agree with the data."""
    sheets = list(_sheets(content))
    book = Book()
    for name, header, rows in sheets:
        book.add(handed_out.Table(name, header, [[_cell(one) for one in row] for row in rows]))
    made = book.finished()
    found = mismatches(made, [rows for _name, _header, rows in sheets], again)
    if found:
        raise refusal(found)
    return made


def _sheets(content: Content) -> Iterator[tuple[str, tuple[str, ...], list[Row]]]:
    """Name, header and rows of each sheet; the last one says where the numbers are from."""
    by: dict[tuple[str, tuple[str, ...], bool], list[Table]] = {}
    for one in content.tables:
        by.setdefault((one.sheet, one.header, bool(one.of)), []).append(one)
    for (name, header, mixed), tables in by.items():
        rows = [((Cell(one.of), *row) if mixed else row) for one in tables for row in one.rows]
        yield _marked(name, (_("Indicator"), *header) if mixed else header, rows, sample=content.sample)
    notes: list[Row] = [(Cell(content.title),), *((Cell(one),) for one in content.notes)]
    yield _("Notes"), (_("Notes"),), notes


def _marked(
    name: str, header: tuple[str, ...], rows: list[Row], *, sample: bool
) -> tuple[str, tuple[str, ...], list[Row]]:
    """With a column that says of every row that it is invented, where it is."""
    if not sample:
        return name, header, rows
    return name, (*header, _("note")), [(*row, Cell(_("sample data"))) for row in rows]


def _cell(one: Cell) -> object:
    if one.text == numbers.NOTHING:
        return None
    return bound.plain(one.text) if one.number is None else Shaped(one.number, one.shape)


def mismatches(made: bytes, sheets: Sequence[list[Row]], again: AskedAgain) -> list[Mismatch]:
    """The cells of a finished workbook that do not hold what the store answers."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    found: list[Mismatch] = []
    for name, rows in zip(book.sheet_names, sheets, strict=True):
        written = book.get_sheet_by_name(name).to_python()[1:]
        for line, (cells, row) in enumerate(zip_longest(written, rows, fillvalue=())):
            for column, (held, cell) in enumerate(zip_longest(cells, row)):
                place = f"{name}!{chr(ord('A') + column)}{line + 2}"
                found += _wrong(held, cell, place, again)
    return found


def _wrong(held: object, cell: Cell | None, place: str, again: AskedAgain) -> Iterator[Mismatch]:
    """What a cell holds is compared with the exact answer to each question that its text carries."""
    sources = [piece for piece in bound.pieces(cell.text) if piece.source] if cell else []
    if isinstance(held, int | float):
        right = _exact(sources[0].source, again) if sources and sources[0].source else None
        if right is None or not isclose(held, right, rel_tol=PRECISION):
            yield Mismatch(str(held), place, "" if right is None else str(float(right)))
        return
    for piece in sources:
        told = again.wrong(piece.source or (), piece.text)
        if told is not None or piece.text not in str(held):
            yield Mismatch(str(held), place, told or piece.text)


def _exact(source: Source, again: AskedAgain) -> Fraction | None:
    try:
        return again.exact(source)
    except LookupError:
        return None
