"""Workbooks and archives made for tests."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import xlsxwriter

Rows = Sequence[Sequence[Any]]


class Shown(NamedTuple):
    """A number that a sheet shows in a format of Excel's."""

    number: float
    format: str


def xlsx(sheets: Mapping[str, Rows], merged: Sequence[tuple[Any, ...]] = (), hidden: Sequence[str] = ()) -> bytes:
    """A workbook of sheets; `merged` ranges (first row, first column, last row, last column, text) on each of them."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, Shown):
                        sheet.write(number, column, cell.number, book.add_format({"num_format": cell.format}))
                    elif cell not in ("", None):
                        sheet.write(number, column, cell)
            for place in merged:
                sheet.merge_range(*place)
            if name in hidden:
                sheet.hide()
    return content.getvalue()


def zipped(files: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def csv_text(rows: Rows) -> bytes:
    return "\n".join(",".join(map(str, row)) for row in rows).encode()
