"""The fonts of the machine that a picture's letters are in: which there are, what they are called, which signs they have.

Read from the files themselves (OpenType: the tables “name” and “cmap”), as not every machine has a service that knows.
"""

import os
import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from mmap import ACCESS_READ, mmap
from pathlib import Path

SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})
COLLECTION = b"ttcf"
# In the table of names: a family, and a family of more than four faces; what Windows and Unicode write in two bytes.
FAMILY_NAMES, WIDE_PLATFORMS = (16, 1), (0, 3)
# Forms of the table of signs: the one of all of Unicode, and the one of its first 65,536 signs.
ALL_SIGNS, FIRST_SIGNS = 12, 4

Range = tuple[int, int]
Data = mmap


@dataclass(frozen=True)
class Font:
    """One face of a file. ranges: of the numbers of the signs that it has, in order."""

    path: Path
    families: tuple[str, ...]
    ranges: tuple[Range, ...]

    def has(self, sign: str) -> bool:
        place = bisect_right(self.ranges, (ord(sign), 0x110000)) - 1
        return place >= 0 and self.ranges[place][0] <= ord(sign) <= self.ranges[place][1]


def folders() -> tuple[Path, ...]:
    """Where Linux, Windows and macOS keep fonts."""
    home = Path.home()
    windows, own = os.environ.get("WINDIR"), os.environ.get("LOCALAPPDATA")
    return (
        Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".fonts", home / ".local/share/fonts",
        Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts",
        *([Path(windows) / "Fonts"] if windows else []), *([Path(own) / "Microsoft/Windows/Fonts"] if own else []),
    )  # fmt: skip


@lru_cache(maxsize=8)
def installed(places: Sequence[Path]) -> tuple[Font, ...]:
    """Every face in the folders and below them that can be read, in the order of the files' names; read once."""
    files = sorted(
        path for place in places if place.is_dir() for path in place.rglob("*") if path.suffix.lower() in SUFFIXES
    )
    return tuple(font for path in files for font in _fonts(path))


def _fonts(path: Path) -> list[Font]:
    try:
        with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
            return list(_faces(path, data))
    except (OSError, ValueError, struct.error, IndexError):
        return []  # a damaged file is no font


def _faces(path: Path, data: Data) -> Iterator[Font]:
    starts: Sequence[int] = (0,)
    if data[:4] == COLLECTION:
        (number,) = struct.unpack_from(">I", data, 8)
        starts = struct.unpack_from(f">{number}I", data, 12)
    ranges: dict[int, tuple[Range, ...]] = {}  # faces of a collection may share their signs
    for start in starts:
        tables = _tables(data, start)
        if "name" in tables and "cmap" in tables:
            place = tables["cmap"]
            if place not in ranges:
                ranges[place] = _ranges(data, place)
            yield Font(path, _families(data, tables["name"]), ranges[place])


def _tables(data: Data, start: int) -> dict[str, int]:
    (number,) = struct.unpack_from(">H", data, start + 4)
    rows = (struct.unpack_from(">4sIII", data, start + 12 + 16 * row) for row in range(number))
    return {tag.decode("latin-1"): offset for tag, _sum, offset, _length in rows}


def _families(data: Data, start: int) -> tuple[str, ...]:
    _version, number, texts = struct.unpack_from(">HHH", data, start)
    found: dict[str, None] = {}
    for row in range(number):
        platform, _code, _language, name, length, offset = struct.unpack_from(">6H", data, start + 6 + 12 * row)
        if name in FAMILY_NAMES:
            raw = data[start + texts + offset : start + texts + offset + length]
            found[raw.decode("utf-16-be" if platform in WIDE_PLATFORMS else "latin-1", "replace")] = None
    return tuple(found)


def _ranges(data: Data, start: int) -> tuple[Range, ...]:
    """The numbers of the signs of a face, from the fullest table that it has."""
    (number,) = struct.unpack_from(">H", data, start + 2)
    places = {start + struct.unpack_from(">I", data, start + 8 + 8 * row)[0] for row in range(number)}
    forms = {struct.unpack_from(">H", data, place)[0]: place for place in places}
    if ALL_SIGNS in forms:
        return _all_signs(data, forms[ALL_SIGNS])
    return _first_signs(data, forms[FIRST_SIGNS]) if FIRST_SIGNS in forms else ()


def _all_signs(data: Data, start: int) -> tuple[Range, ...]:
    (number,) = struct.unpack_from(">I", data, start + 12)
    rows = struct.unpack_from(f">{3 * number}I", data, start + 16)
    return tuple(sorted(zip(rows[::3], rows[1::3], strict=True)))


def _first_signs(data: Data, start: int) -> tuple[Range, ...]:
    """Only the stretches in which no sign lacks its picture; others are taken sign by sign."""
    (twice,) = struct.unpack_from(">H", data, start + 6)
    number = twice // 2
    ends = struct.unpack_from(f">{number}H", data, start + 14)
    begins, shifts, offsets = (
        struct.unpack_from(f">{number}{kind}", data, start + 16 + part * twice)
        for part, kind in ((1, "H"), (2, "h"), (3, "H"))
    )
    found: list[Range] = []
    for row, (begin, end, shift, offset) in enumerate(zip(begins, ends, shifts, offsets, strict=True)):
        if begin == 0xFFFF:
            continue
        if not offset:
            found.append((begin, end))
            continue
        pictures = struct.unpack_from(f">{end - begin + 1}H", data, start + 16 + 3 * twice + 2 * row + offset)
        found += [(begin + place,) * 2 for place, one in enumerate(pictures) if one and (one + shift) & 0xFFFF]
    return tuple(sorted(found))
