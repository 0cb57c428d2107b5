"""What is meant by a cell's text: numbers, dates and words in the spellings of real files → the one spelling of a contract.

Only what a careful person would read without doubt is read; everything else stays as it is and is found by the checks.
Each function takes a text and returns it in the contract's spelling, or as it was.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from data.contract import Field
from data.handed_out import unmarked
from data.vocabulary import normalised

# What a spreadsheet makes of a long code that it takes for a number: 1.23E+11.
LOST_DIGITS = r"\d(\.\d+)?[Ee]\+?\d+"

_PLAIN_NUMBER = re.compile(r"[+-]?\d{1,18}(\.\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_SCALES = {"万": 10_000, "亿": 100_000_000}
_DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-|/(\d{1,2})/|\.(\d{1,2})\.|年(\d{1,2})月)(\d{1,2})日?(?:[T ]00:00(?::00(?:\.0+)?)?)?"
)
_COMPACT_DATE = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
# The days that Excel counts from the last of 1899; only numbers that fall between 1954 and 2064 are taken for such.
_SERIAL = re.compile(r"[2-5]\d{4}(?:\.0+)?")
_EXCEL_BEGINS = date(1899, 12, 30)
_SCHOOL_YEAR = re.compile(r"((?:19|20)\d{2})[-—–~/至]+((?:19|20)?\d{2})(?:学年度?|年度?)?")
_YEAR = re.compile(r"((?:19|20)\d{2})(?:\.0+)?(?:学年度?|年度?)")
# Marks that files carry without anybody seeing them.
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad"), "") | {0x00A0: " ", 0x3000: " "}
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MOBILE = re.compile(r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}")


def meant(text: str, field: Field, factor: int = 1, names: Mapping[str, str] | None = None) -> str:
    """A trimmed cell in the contract's spelling. factor: of the unit in the header; names: name → code for a lookup."""
    text = unmarked(text.translate(_INVISIBLE).strip()).strip()
    if field.type == "string":
        text = _on_one_line(text)
    if not text or text in field.state_texts:
        return text
    if names is not None:
        return names.get(normalised(text), _identifier(text))
    match field.type:
        case "integer" | "number":
            return _number(text, field, factor)
        case "date":
            return _date(text)
        case "string" if field.is_identifier:
            return _identifier(text)
        case _:
            return field.spellings.get(normalised(text), text)


def names_person(text: str) -> bool:
    """Whether a text is a valid identity number of eighteen digits, or a mobile telephone number."""
    if _MOBILE.fullmatch(text):
        return True
    if not re.fullmatch(r"\d{17}[\dXx]", text) or not "19000101" <= text[6:14] <= "20991231":
        return False
    rest = sum(int(digit) * weight for digit, weight in zip(text, _ID_WEIGHTS, strict=False)) % 11
    return text[17].upper() == "10X98765432"[rest]


def lost_digits(text: str) -> bool:
    """Whether a spreadsheet has turned an identifier into a number and lost its last digits: 1.23E+11."""
    return re.fullmatch(LOST_DIGITS, text) is not None


def _number(text: str, field: Field, factor: int) -> str:
    plain = unicodedata.normalize("NFKC", text).replace("，", ",")
    year = _SCHOOL_YEAR.fullmatch(plain) or _YEAR.fullmatch(plain)
    if year and field.name in ("school_year", "year"):
        return _first_year(year)
    unit = normalised(field.unit.zh) if field.unit else ""
    percent = plain.endswith("%")
    bare = plain.removesuffix("%")
    scale = next(
        (value for sign, value in _SCALES.items() if bare.removesuffix(unit or "\0").rstrip().endswith(sign)), 1
    )
    bare = (bare.removesuffix(unit) if unit else bare).strip().rstrip("".join(_SCALES) if scale > 1 else "").strip()
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(",", "")
    if not _PLAIN_NUMBER.fullmatch(bare):
        return text
    number = Decimal(bare) * scale * factor
    if percent and unit != "%":
        if field.constraints.maximum != 1:
            return text
        number /= 100
    return _shown(number)


def _first_year(found: re.Match[str]) -> str:
    """The year in which a school year begins; as it was where the two years do not follow each other."""
    if found.re is _YEAR or int(found[2][-2:]) == (int(found[1]) + 1) % 100:
        return found[1]
    return found[0]


def _shown(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    found = _DATE.fullmatch(plain)
    if found:
        month = next(part for part in found.groups()[1:5] if part)
        return _day(found[1], month, found[6]) or text
    found = _COMPACT_DATE.fullmatch(plain)
    if found:
        return _day(found[1], found[2], found[3]) or text
    if _SERIAL.fullmatch(plain):
        return (_EXCEL_BEGINS + timedelta(days=int(float(plain)))).isoformat()
    return text


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _on_one_line(text: str) -> str:
    """A text without control characters, which nobody sees; blanks and line breaks between words become one blank."""
    return _CONTROL.sub("", " ".join(text.split()))


def _identifier(text: str) -> str:
    """A code without full-width characters and spaces, and without the mark that makes a spreadsheet keep it as text."""
    return "".join(unicodedata.normalize("NFKC", text).split()).removeprefix("'")
