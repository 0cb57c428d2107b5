"""A file's bytes → its tables as text: CSV in any usual form and encoding, Excel workbooks, ZIP archives of such files.

Files are read from memory: what an analyst uploads must not reach the disk before personal columns are gone.
"""

import codecs
import csv
import io
import re
import zipfile
import zlib
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.csv

from data import layout, workbooks
from data.layout import Grid, Sheet
from data.problem import Note, Problem
from data.vocabulary import normalised, vocabulary
from data.words import _

MAX_BYTES = 200 * 1024 * 1024
MAX_FILES = 200
_DELIMITERS = ",\t;|"
# Cells repeat: each distinct one is kept once.
_DISTINCT_BYTES = pa.dictionary(pa.int32(), pa.binary())
# Of larger blocks fewer distinct cells must be brought together; smaller ones keep all cores busy.
_BLOCK = 4 * 1024 * 1024
_FIRST_CHINESE = 0x2E80
# A header is recognised by as many of its first signs.
_KNOWN_WITHIN = 10_000
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Bytes that no text in Latin-1 has: control characters of old terminals.
_UNPRINTABLE = frozenset(range(0x80, 0xA0)) | frozenset(range(0x20)) - frozenset(b"\t\r\n\f")


def read(content: bytes) -> tuple[Sheet, ...] | list[Problem]:
    """Every table of a file, at least one, or what is wrong with it.

    Text may be UTF-8 with or without BOM, UTF-16 with BOM, GB18030, or in the last resort Latin-1.
    """
    refused = _too_large(content)
    if refused:
        return [refused]
    if content.startswith(workbooks.XLSX_MARK) and not _is_workbook(content):
        return _archived(content)
    content = _marked_utf16(content)
    if content.startswith((workbooks.XLSX_MARK, workbooks.XLS_MARK)):
        return _workbook(content)
    if b"\0" in content[:65536] and not content.startswith(_UTF16_MARKS):
        return [Problem(None, None, _("a file that is not text"), _("a CSV file or an Excel workbook"))]
    sheet = _text_table(content)
    return sheet if isinstance(sheet, list) else (sheet,)


def _too_large(content: bytes) -> Problem | None:
    if len(content) <= MAX_BYTES:
        return None
    size, limit = f"{len(content) / 2**20:.0f} MB", f"{MAX_BYTES // 2**20} MB"
    return Problem(
        None,
        None,
        _("a file of {size}", size=size),
        _("at most {limit}; split the file, by year for example", limit=limit),
    )


def _is_workbook(content: bytes) -> bool:
    """Whether a ZIP archive is a workbook, be it of a form that is not read (ODS)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if "mimetype" not in names:
                return "[Content_Types].xml" in names
            with archive.open("mimetype") as stream:
                return stream.read(len(workbooks.ODS_TYPE)) == workbooks.ODS_TYPE
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return False


def _marked_utf16(content: bytes) -> bytes:
    """The bytes with a mark of their order where they are text in UTF-16 without one: it reads well and has known headers."""
    if b"\0" not in content[:65536] or content.startswith((*_UTF16_MARKS, workbooks.XLS_MARK, workbooks.XLSX_MARK)):
        return content
    for encoding, mark in (("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE)):
        try:
            lines = content.decode(encoding).split("\n", layout.LOOKED_AT)[: layout.LOOKED_AT]
        except UnicodeDecodeError:
            continue
        cells = [re.split(f"[{_DELIMITERS}]", line[:_KNOWN_WITHIN]) for line in lines]
        if any(sum(layout.is_known(cell.strip('"\r ')) for cell in row) >= layout.SURE for row in cells):
            return mark + content
    return content


def _workbook(content: bytes) -> tuple[Sheet, ...] | list[Problem]:
    grids = workbooks.grids(content)
    if isinstance(grids, Problem):
        return [grids]
    hidden = _(", ").join(grid.name for grid in grids if grid.hidden)
    notes = [Note(None, None, _("hidden sheets: {names}", names=hidden), _("not read"))] if hidden else []
    problems: list[Problem] = []
    sheets: list[Sheet] = []
    for grid in grids:
        found = layout.sheet(grid) if not grid.hidden else []
        if isinstance(found, Sheet):
            sheets.append(found)
        else:
            problems += [replace(one, column=_column(grid, one, grids)) for one in found]
    # A sheet with a problem stops the others only where none of them is a table: workbooks hold summaries too.
    if problems and not any(sum(map(layout.is_known, one.header)) >= layout.SURE for one in sheets):
        return problems
    notes += [
        Note(one.row, one.column, one.found, _("the sheet is not read; needed: {what}", what=one.expected))
        for one in problems
    ]
    read_sheets = tuple(replace(one, notes=(*notes, *one.notes)) for one in sheets)
    return read_sheets or [_hidden(hidden) if hidden else _nothing()]


def _column(grid: Grid, problem: Problem, grids: list[Grid]) -> str | None:
    """A problem's column, with the sheet where a workbook has several."""
    return " / ".join(filter(None, (grid.name, problem.column))) if len(grids) > 1 else problem.column


def _hidden(names: str) -> Problem:
    return Problem(None, None, _("hidden sheets only: {names}", names=names), _("a sheet that is shown, with the data"))


def _nothing() -> Problem:
    return Problem(None, None, _("an empty file"), _("a header row and the data below it"))


def _archived(content: bytes) -> tuple[Sheet, ...] | list[Problem]:
    """The tables of every file in a ZIP archive, called by the files' names. The names are shown, never opened."""
    sheets: list[Sheet] = []
    problems: list[Problem] = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = [one for one in archive.infolist() if not one.is_dir() and not _is_of_the_system(one.filename)]
            if len(files) > MAX_FILES or sum(one.file_size for one in files) > MAX_BYTES:
                return [_too_much_in_archive()]
            for one in files:
                found = _member(one, archive)
                if isinstance(found, tuple):
                    sheets.extend(replace(sheet, name=_place(one, sheet)) for sheet in found)
                else:
                    problems.extend(replace(problem, column=_file_name(one)) for problem in found)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return [Problem(None, None, _("a damaged or protected ZIP archive"), _("a ZIP archive without a password"))]
    return problems or tuple(sheets) or [_nothing()]


def _member(one: zipfile.ZipInfo, archive: zipfile.ZipFile) -> tuple[Sheet, ...] | list[Problem]:
    content = archive.read(one)
    if content.startswith(workbooks.XLSX_MARK) and not _is_workbook(content):
        return [Problem(None, None, _("an archive within an archive"), _("CSV files and Excel workbooks only"))]
    return read(content)


def _too_much_in_archive() -> Problem:
    return Problem(
        None,
        None,
        _("a ZIP archive that unpacks to more than can be read"),
        _("at most {count} files and {limit} together", count=MAX_FILES, limit=f"{MAX_BYTES // 2**20} MB"),
    )


def _is_of_the_system(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rpartition("/")[2] in (".DS_Store", "Thumbs.db")


def _file_name(one: zipfile.ZipInfo) -> str:
    """A file's name in an archive; Windows in Chinese writes it in GBK without saying so."""
    if one.flag_bits & 0x800:
        return one.filename
    try:
        return one.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return one.filename


def _place(one: zipfile.ZipInfo, sheet: Sheet) -> str:
    return " / ".join(filter(None, (_file_name(one), sheet.name)))


def _text_table(content: bytes) -> Sheet | list[Problem]:
    fast = not content.startswith(_UTF16_MARKS)
    sheet = _read_fast(content.removeprefix(codecs.BOM_UTF8), _encodings(content)) if fast else None
    if sheet:
        return sheet
    text, notes = _decoded(content)
    if text is None:
        return [
            Problem(
                None,
                None,
                _("characters in an unknown encoding"),
                _("text in UTF-8 or GB18030; save the file again as “CSV UTF-8”"),
            )
        ]
    if not text.strip(_DELIMITERS + " \r\n"):
        return [_nothing()]
    found = (None if notes else _read_fast(text.encode(), ("utf-8",))) or _read_careful(text)
    return found if isinstance(found, list) else replace(found, notes=(*notes, *found.notes))


def _decoded(content: bytes) -> tuple[str | None, tuple[Note, ...]]:
    for encoding in _encodings(content):
        try:
            return content.decode(encoding), ()
        except UnicodeDecodeError:
            continue
    if content.startswith(_UTF16_MARKS) or _UNPRINTABLE & set(content):
        return None, ()
    note = Note(None, None, _("characters that are neither UTF-8 nor GB18030"), _("read as Latin-1"))
    return content.decode("latin-1"), (note,)


def _encodings(content: bytes) -> tuple[str, ...]:
    """What a file may be written in, the likelier first."""
    if content.startswith(_UTF16_MARKS):
        return ("utf-16",)
    return ("gb18030", "utf-8-sig") if _reads_as_nonsense(content) else ("utf-8-sig", "gb18030")


def _reads_as_nonsense(content: bytes) -> bool:
    """Whether text is UTF-8 only by accident: 学前 in GB18030 is ѧǰ in UTF-8, while real Chinese text is Chinese there."""
    head = content[:65536]
    foreign = "".join(sign for sign in head.decode("utf-8", "ignore") if not sign.isascii())
    if not foreign or any(ord(sign) >= _FIRST_CHINESE for sign in foreign):
        return False
    chinese = [sign for sign in head.decode("gb18030", "ignore") if not sign.isascii()]
    return bool(chinese) and all(ord(sign) >= _FIRST_CHINESE for sign in chinese)


def _read_fast(content: bytes, encodings: tuple[str, ...]) -> Sheet | None:
    """Reads a regular file with Arrow, which is many times faster; None where the file needs a closer look.

    In UTF-8 and GB18030 no byte of another character is a comma or a line's end: cells are parted before they are decoded.
    """
    end = len(content)
    while end and content[end - 1] in b"\r\n":
        end -= 1
    # Arrow takes a quotation mark that is never closed for a very long cell.
    if content.startswith((b"\n", b"\r")) or b'"' in content:
        return None
    first = content[: content.find(b"\n") if b"\n" in content else end]
    delimiter = _delimiter(first.decode("ascii", "replace"))
    names = [str(position) for position in range(first.count(delimiter.encode()) + 1)]
    if len(names) > layout.MAX_COLUMNS:
        return None
    try:
        table = pyarrow.csv.read_csv(
            pa.py_buffer(memoryview(content)[:end]),
            read_options=pyarrow.csv.ReadOptions(column_names=names, skip_rows_after_names=1, block_size=_BLOCK),
            # A blank line fails as an uneven row: passed over, it would shift the numbers of the rows below it.
            parse_options=pyarrow.csv.ParseOptions(delimiter=delimiter, quote_char=False, ignore_empty_lines=False),
            convert_options=pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(names, _DISTINCT_BYTES)),
        )
    except pa.ArrowInvalid:
        return None
    decoded = _decoded_table(table, first, delimiter, encodings)
    if decoded is None:
        return None
    header, table = _without_empty_columns(*decoded)
    if sum(layout.is_known(name) for name in header) < layout.SURE or _has_extra_rows(header, table):
        return None
    columns = tuple(column.combine_chunks() for column in table.columns)
    return _without_empty_rows(Sheet(header, columns, pa.array(np.arange(2, len(table) + 2))))


def _decoded_table(
    table: pa.Table, first_line: bytes, delimiter: str, encodings: tuple[str, ...]
) -> tuple[tuple[str, ...], pa.Table] | None:
    """Header and cells in the first encoding that all of them are in."""
    table = table.unify_dictionaries().combine_chunks()
    for encoding in encodings:
        # Of the delimiters only this one may be a part of a Chinese character there.
        if encoding == "gb18030" and delimiter == "|":
            return None
        try:
            header = next(csv.reader([first_line.decode(encoding)], delimiter=delimiter, strict=True), [])
            columns = [_texts(column, encoding) for column in table.columns]
        except csv.Error:
            return None
        except UnicodeDecodeError:
            continue
        return tuple(layout.titled(name.strip()) for name in header), pa.table(columns, table.column_names)
    return None


def _without_empty_columns(header: tuple[str, ...], table: pa.Table) -> tuple[tuple[str, ...], pa.Table]:
    """Spreadsheets leave columns of empty cells without a header behind; they are no data."""
    empty = [
        not name and not any(cell.strip() for cell in column.chunk(0).dictionary.to_pylist())
        for name, column in zip(header, table.columns, strict=True)
    ]
    if not any(empty):
        return header, table
    used = [position for position, one in enumerate(empty) if not one]
    return tuple(header[position] for position in used), table.select(used)


def _texts(column: pa.ChunkedArray, encoding: str) -> pa.Array:
    """A column of bytes as text. Its distinct cells are decoded at once: none of them holds a line's end."""
    if not column.num_chunks:
        return pa.array([], pa.string()).dictionary_encode()
    cells = column.chunk(0)
    data = cells.dictionary.buffers()[2]
    if data is None or bytes(data).isascii():
        texts = cells.dictionary.cast(pa.string())
    else:
        together = b"\n".join(cells.dictionary.to_pylist()).decode(encoding)
        texts = pa.array(together.split("\n"), pa.string())
    return pa.DictionaryArray.from_arrays(cells.indices, texts)


def _has_extra_rows(header: tuple[str, ...], table: pa.Table) -> bool:
    """Whether the table has a second header row, the header once more, totals, or remarks below the data."""
    first = [cell for (cell,) in table.slice(0, 1).to_pydict().values()] if len(table) else []
    if layout.is_lower_header(first) or _repeats_header(header, table) or _has_totals(table):
        return True
    ends = table.slice(max(0, len(table) - layout.LOOKED_AT)).to_pydict().values()
    return any(
        layout.is_extra_row(row, len(header)) or sum(map(bool, row)) == 1 < len(row) for row in zip(*ends, strict=True)
    )


def _repeats_header(header: tuple[str, ...], table: pa.Table) -> bool:
    """Whether a row may be the header once more. The column with the fewest distinct cells tells without a look at rows."""
    if not len(table):
        return False
    texts = [column.chunk(0).dictionary for column in table.columns]
    place = min(range(len(texts)), key=lambda position: len(texts[position]))
    return normalised(header[place]) in map(normalised, texts[place].to_pylist())


def _has_totals(table: pa.Table) -> bool:
    """Whether a row anywhere may begin with a word for a total; only cells that begin like one are looked at closely."""
    words = vocabulary().total_words
    begins = "".join(sorted({word[0] for word in words}))
    for column in table.columns:
        texts = column.chunk(0).dictionary
        alike = texts.filter(pa.compute.match_substring_regex(texts, rf"^\s*[{begins}]", ignore_case=True))
        if any(layout.first_word([text]) in words for text in alike.to_pylist()):
            return True
        if not pa.compute.any(pa.compute.equal(texts, "")).as_py():
            return False
    return False


def _without_empty_rows(sheet: Sheet) -> Sheet:
    """Spreadsheets leave rows of empty cells behind; they are no data, but they keep their numbers."""
    filled = np.zeros(len(sheet), bool)
    for column in sheet.columns:
        filled |= column.indices.to_numpy() != pa.compute.index(column.dictionary, "").as_py()
        if filled.all():
            return sheet
    columns = tuple(column.filter(pa.array(filled)) for column in sheet.columns)
    return Sheet(sheet.header, columns, sheet.lines.filter(pa.array(filled)))


def _delimiter(first_line: str) -> str:
    return max(_DELIMITERS, key=first_line.count)


def _read_careful(text: str) -> Sheet | list[Problem]:
    """Reads row by row, so that every irregular row can be named, and what is no data is recognised."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(_densest_line(text)), strict=True)
    rows: list[list[str]] = []
    broken: list[Problem] = []
    try:
        rows.extend(map(layout.shortened, reader))
    except csv.Error as error:
        broken.append(_broken(len(rows) + 1, too_long="field limit" in str(error)))
    sheet = layout.sheet(Grid("", rows, range(1, len(rows) + 1)), ragged=True)
    problems = [*(sheet if isinstance(sheet, list) else ()), *broken]
    return problems or sheet


def _broken(row: int, *, too_long: bool) -> Problem:
    if too_long:
        found = _("a cell of more than {count} characters", count=csv.field_size_limit())
        return Problem(row, None, found, _("a shorter text; perhaps a quotation mark is missing"))
    return Problem(
        row,
        None,
        _("a quotation mark that is never closed, or text behind a closing one"),
        _("quotation marks in pairs around a whole cell"),
    )


def _densest_line(text: str) -> str:
    """The one of the first lines with the most delimiters: a title above the header has none."""
    lines = text.split("\n", layout.LOOKED_AT)[: layout.LOOKED_AT]
    return max(lines, key=lambda line: max(line.count(delimiter) for delimiter in _DELIMITERS))
