"""A file's bytes → its rows as text. Nothing is interpreted here; `line` is the row as a spreadsheet shows it.

Files are read from memory: what an analyst uploads must not reach the disk before personal columns are gone.
"""

import codecs
import csv
import io
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.csv

from data.problem import Problem
from data.words import _

MAX_BYTES = 200 * 1024 * 1024
_DELIMITERS = ",\t;"
_FIRST_CHINESE = 0x2E80
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class Sheet:
    """A table of text: the header as it stands in the file, one string column a header, and the rows' numbers."""

    header: tuple[str, ...]
    columns: tuple[pa.ChunkedArray, ...]
    lines: pa.Array

    def __len__(self) -> int:
        return len(self.lines)


def read(content: bytes) -> Sheet | list[Problem]:
    """The rows of a CSV file in UTF-8 (with or without BOM), UTF-16 with BOM or GB18030, or what is wrong with it."""
    refused = _no_text(content)
    if refused:
        return [refused]
    if not _reads_as_nonsense(content):
        sheet = _read_fast(content.removeprefix(codecs.BOM_UTF8))
        if sheet:
            return sheet
    text = _decoded(content)
    if isinstance(text, Problem):
        return [text]
    if not text.strip(_DELIMITERS + " \r\n"):
        return [Problem(None, None, _("an empty file"), _("a header row and the data below it"))]
    return _read_fast(text.encode()) or _read_careful(text)


def _no_text(content: bytes) -> Problem | None:
    if len(content) > MAX_BYTES:
        size, limit = f"{len(content) / 2**20:.0f} MB", f"{MAX_BYTES // 2**20} MB"
        return Problem(
            None,
            None,
            _("a file of {size}", size=size),
            _("at most {limit}; split the file, by year for example", limit=limit),
        )
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return Problem(
            None, None, _("an Excel workbook"), _("a CSV file: save the sheet as “CSV UTF-8” and choose that file")
        )
    if b"\0" in content[:65536] and not content.startswith(_UTF16_MARKS):
        return Problem(None, None, _("a file that is not text"), _("a CSV file"))
    return None


def _decoded(content: bytes) -> str | Problem:
    encodings = ["utf-8-sig", "gb18030"]
    if content.startswith(_UTF16_MARKS):
        encodings = ["utf-16"]
    elif _reads_as_nonsense(content):
        encodings.reverse()
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            place = content.count(b"\n", 0, error.start) + 1
    return Problem(
        place,
        None,
        _("characters in an unknown encoding"),
        _("text in UTF-8 or GB18030; save the file again as “CSV UTF-8”"),
    )


def _reads_as_nonsense(content: bytes) -> bool:
    """Whether text is UTF-8 only by accident: 学前 in GB18030 is ѧǰ in UTF-8, while real Chinese text is Chinese there."""
    head = content[:65536]
    foreign = "".join(sign for sign in head.decode("utf-8", "ignore") if not sign.isascii())
    if not foreign or any(ord(sign) >= _FIRST_CHINESE for sign in foreign):
        return False
    chinese = [sign for sign in head.decode("gb18030", "ignore") if not sign.isascii()]
    return bool(chinese) and all(ord(sign) >= _FIRST_CHINESE for sign in chinese)


def _read_fast(content: bytes) -> Sheet | None:
    """Reads a regular UTF-8 file with Arrow, which is many times faster; None where the file needs a closer look."""
    end = len(content)
    while end and content[end - 1] in b"\r\n":
        end -= 1
    # Arrow takes a quotation mark that is never closed for a very long cell.
    if content.startswith((b"\n", b"\r")) or b'"' in content:
        return None
    try:
        text = content[: content.find(b"\n") if b"\n" in content else end].decode()
        delimiter = _delimiter(text)
        header = next(csv.reader([text], delimiter=delimiter, strict=True), [])
        names = [str(position) for position in range(len(header))]
        table = pyarrow.csv.read_csv(
            pa.py_buffer(memoryview(content)[:end]),
            read_options=pyarrow.csv.ReadOptions(column_names=names, skip_rows_after_names=1),
            # A blank line fails as an uneven row: passed over, it would shift the numbers of the rows below it.
            parse_options=pyarrow.csv.ParseOptions(delimiter=delimiter, quote_char=False, ignore_empty_lines=False),
            convert_options=pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
        )
    except (UnicodeDecodeError, csv.Error, pa.ArrowInvalid):
        return None
    if not any(name.strip() for name in header):
        return None
    return _without_empty_rows(Sheet(tuple(header), tuple(table.columns), pa.array(np.arange(2, len(table) + 2))))


def _without_empty_rows(sheet: Sheet) -> Sheet:
    """Spreadsheets leave rows of empty cells behind; they are no data, but they keep their numbers."""
    filled = None
    for column in sheet.columns:
        some = pa.compute.not_equal(column, "")
        if pa.compute.all(some).as_py():
            return sheet
        filled = some if filled is None else pa.compute.or_(filled, some)
    if filled is None or pa.compute.all(filled).as_py():
        return sheet
    columns = tuple(column.filter(filled) for column in sheet.columns)
    return Sheet(sheet.header, columns, sheet.lines.filter(filled.combine_chunks()))


def _delimiter(first_line: str) -> str:
    return max(_DELIMITERS, key=first_line.count)


def _read_careful(text: str) -> Sheet | list[Problem]:
    """Reads row by row, so that every irregular row can be named."""
    above = len(text) - len(text.lstrip("\r\n"))
    number = 1 + text[:above].replace("\r\n", "\n").count("\n")
    text = text.strip("\r\n")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text.partition("\n")[0]), strict=True)
    try:
        header = next(reader)
    except csv.Error:
        return [
            Problem(
                1, None, _("a quotation mark that is never closed"), _("quotation marks in pairs around a whole cell")
            )
        ]
    rows: list[list[str]] = []
    lines: list[int] = []
    problems: list[Problem] = []
    while True:
        number += 1
        try:
            row = next(reader, None)
        except csv.Error:
            problems.append(
                Problem(
                    number,
                    None,
                    _("a quotation mark that is never closed, or text behind a closing one"),
                    _("quotation marks in pairs around a whole cell"),
                )
            )
            break
        if row is None:
            break
        if not any(cell.strip() for cell in row):
            continue
        if any(cell.strip() for cell in row[len(header) :]) or len(row) < len(header):
            problems.append(
                Problem(
                    number,
                    None,
                    _("{count} cells", count=len(row)),
                    _("{count} cells, as in the header", count=len(header)),
                )
            )
            continue
        rows.append(row[: len(header)])
        lines.append(number)
    if problems:
        return problems
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(header)
    return Sheet(
        tuple(header),
        tuple(pa.chunked_array([pa.array(column, pa.string())]) for column in columns),
        pa.array(lines, pa.int64()),
    )
