"""What the reader does not tell of a workbook in Excel's old form (XLS), and how far its cells reach.

The file is a small file system (MS-CFB) with one stream of records (MS-XLS); only what says where a cell stands, what
format it has and whether it holds an error is looked at.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from data.number_formats import Formats, Shown, digits_of, formatted

# The form itself has no more rows and columns; some files claim to use them all.
_ROWS, _COLUMNS = 65536, 256
_END_OF_CHAIN = 0xFFFFFFFA  # and whatever is greater: no sector
_PROTECTED, _BEGIN, _END, _SHEET, _WORDS = 0x2F, 0x809, 0x0A, 0x85, 0xFC
_FORMAT, _STYLE, _EXTENT = 0x41E, 0xE0, 0x200
_FORMULA, _NUMBER, _SHORT_NUMBER, _SHORT_NUMBERS, _ERROR = 0x06, 0x203, 0x27E, 0xBD, 0x205
# Texts of any kind.
_TEXTS = (0x204, 0xD6, 0xFD)
_NAMES, _ROOT, _SMALL = ("workbook", "book"), 5, 4096
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


@dataclass
class Measured:
    """A sheet: what a person sees in a cell that the reader does not tell, and how many rows and columns are filled."""

    shown: Shown = field(default_factory=dict)
    rows: int = 0
    columns: int = 0

    def reach(self, row: int, column: int) -> None:
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)


def measured(content: bytes) -> list[Measured]:
    """Every sheet in order; none where the workbook is protected or holds no old workbook. ValueError where it is damaged."""
    try:
        streams = _streams(content)
        return [sheet for stream in streams for sheet in _sheets(stream)]
    except (struct.error, IndexError) as error:
        raise ValueError("damaged") from error


def _sheets(stream: bytes) -> Iterator[Measured]:
    formats: Formats = {}
    codes: dict[int, str] = {}
    styles: list[int] = []
    begins: list[int] = []
    unicode_texts = True
    for kind, record in _records(stream, 0):
        if kind == _PROTECTED:
            return
        if kind == _BEGIN:
            unicode_texts = struct.unpack_from("<H", record)[0] >= 0x600
        elif kind == _WORDS and struct.unpack_from("<I", record, 4)[0] > len(stream):
            raise ValueError("more texts than the workbook has room for")
        elif kind == _SHEET:
            begins.append(struct.unpack_from("<I", record)[0])
        elif kind == _FORMAT:
            codes[struct.unpack_from("<H", record)[0]] = _code(record, unicode_texts=unicode_texts)
        elif kind == _STYLE:
            styles.append(struct.unpack_from("<H", record, 2)[0])
    for number, style in enumerate(styles):
        digits = digits_of(str(style), codes.get(style, ""))
        if digits is not None:
            formats[str(number)] = digits
    for begin in begins:
        yield _measured_sheet(stream, begin, formats)


def _code(record: bytes, *, unicode_texts: bool) -> str:
    if not unicode_texts:
        return record[3:].decode("latin-1")
    return record[5:].decode("utf-16-le" if record[4] & 1 else "latin-1", "replace")


def _measured_sheet(stream: bytes, begin: int, formats: Formats) -> Measured:
    found = Measured()
    for kind, record in _records(stream, begin):
        if kind == _EXTENT:
            first_row, rows, first_column, columns = struct.unpack_from(
                "<IIHH" if len(record) >= 14 else "<HHHH", record
            )
            # The reader makes room for what is claimed here, but touches only what is there.
            if rows and columns and (rows < first_row or columns < first_column):
                raise ValueError("an extent that ends before it begins")
            if rows > _ROWS or columns > _COLUMNS:
                found.reach(rows, columns)
        elif kind in (_NUMBER, _SHORT_NUMBER, _FORMULA, _ERROR, *_TEXTS):
            row, column, style = struct.unpack_from("<HHH", record)
            found.reach(row, column)
            text = _text(kind, record, formats.get(str(style)))
            if text:
                found.shown[row, column] = text
        elif kind == _SHORT_NUMBERS:
            row, first = struct.unpack_from("<HH", record)
            found.reach(row, struct.unpack_from("<H", record, len(record) - 2)[0])
            for place, (style, number) in enumerate(struct.iter_unpack("<HI", record[4:-2])):
                digits = formats.get(str(style))
                text = "" if digits is None else formatted(repr(_short(number)), digits)
                if text:
                    found.shown[row, first + place] = text
    return found


def _text(kind: int, record: bytes, digits: int | None) -> str:
    """What is seen in a cell that holds an error, or a number in a format that `digits` stands for; else ""."""
    if kind == _ERROR:
        code, is_error = record[6], record[7]
        return _ERRORS.get(code, "#N/A") if is_error else ""
    if kind == _FORMULA and record[12:14] == b"\xff\xff":  # the result is no number
        return _ERRORS.get(record[8], "#N/A") if record[6] == 2 else ""
    if digits is None or kind in _TEXTS:
        return ""
    number = (
        _short(struct.unpack_from("<I", record, 6)[0])
        if kind == _SHORT_NUMBER
        else struct.unpack_from("<d", record, 6)[0]
    )
    return formatted(repr(number), digits)


def _short(number: int) -> float:
    """A number in four bytes: thirty bits of a whole or a floating number, which may be hundredths."""
    if number & 2:
        value: float = struct.unpack("<i", struct.pack("<I", number))[0] >> 2
    else:
        value = struct.unpack("<d", struct.pack("<Q", (number & ~3) << 32))[0]
    return value / 100 if number & 1 else value


def _records(stream: bytes, begin: int) -> Iterator[tuple[int, bytes]]:
    """The records from a place to the end of their part."""
    while begin + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, begin)
        if kind == _END:
            return
        yield kind, stream[begin + 4 : begin + 4 + length]
        begin += 4 + length


def _streams(content: bytes) -> list[bytes]:
    """The streams that hold a workbook."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    if size not in (512, 4096):
        raise ValueError("sectors of an unknown size")
    sectors = [content[begin : begin + size] for begin in range(size, len(content), size)]
    table = _table(b"".join(sectors[number] for number in _table_sectors(content, sectors)))
    folder = b"".join(_chain(struct.unpack_from("<I", content, 48)[0], table, sectors))
    entries = [folder[begin : begin + 128] for begin in range(0, len(folder) - 127, 128)]
    small_table = _table(b"".join(_chain(struct.unpack_from("<I", content, 60)[0], table, sectors)))
    roots = [b"".join(_chain(_start(one), table, sectors)) for one in entries if one[66] == _ROOT]
    small = [root[begin : begin + 64] for root in roots[:1] for begin in range(0, len(root), 64)]
    return [
        b"".join(
            _chain(_start(one), small_table, small) if _size(one) < _SMALL else _chain(_start(one), table, sectors)
        )
        for one in entries
        if one[:64].decode("utf-16-le", "replace").partition("\0")[0].casefold() in _NAMES
    ]


def _table_sectors(content: bytes, sectors: list[bytes]) -> list[int]:
    """The sectors that hold the table of chains: the first of them stand in the head of the file."""
    numbers = list(struct.unpack_from("<109I", content, 76))
    place = struct.unpack_from("<I", content, 68)[0]
    for _step in sectors:
        if place >= _END_OF_CHAIN:
            break
        *more, place = _table(sectors[place])
        numbers += more
    return [number for number in numbers if number < _END_OF_CHAIN]


def _table(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _chain(start: int, table: tuple[int, ...], sectors: list[bytes]) -> list[bytes]:
    """The sectors of a stream; a chain that never ends is damaged."""
    found: list[bytes] = []
    while start < _END_OF_CHAIN:
        if len(found) > len(sectors):
            raise ValueError("a chain without an end")
        found.append(sectors[start])
        start = table[start]
    return found


def _start(entry: bytes) -> int:
    return int(struct.unpack_from("<I", entry, 116)[0])


def _size(entry: bytes) -> int:
    return int(struct.unpack_from("<I", entry, 120)[0])
