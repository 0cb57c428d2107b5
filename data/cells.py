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
from data.words import _

# What a spreadsheet makes of a long code that it takes for a number: 1.23E+11.
LOST_DIGITS = r"\d(\.\d+)?[Ee]\+?\d+"
# Every text with as many digits as the shortest telephone number, blanks and dashes between them; Arrow looks for it.
MAY_NAME_PERSON = "[0-9０-９][-－–—() （）0-9０-９]{9,}[0-9０-９Xx]"

_PLAIN_NUMBER = re.compile(r"[+-]?\d{1,18}(\.\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
# Longer signs first: 万亿 ends with 亿.
_SCALES = {"万亿": 10**12, "亿": 10**8, "万": 10**4}
_DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-|/(\d{1,2})/|\.(\d{1,2})\.| ?年 ?(\d{1,2}) ?月 ?)(\d{1,2})(?: ?[日号])?"
    r"(?:[T ]0?0:00(?::00(?:\.0+)?)?)?"
)
_COMPACT_DATE = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
# The days that Excel counts from the last of 1899; only numbers that fall between 1954 and 2064 are taken for such.
_SERIAL = re.compile(r"[2-5]\d{4}(?:\.0+)?")
_EXCEL_BEGINS = date(1899, 12, 30)
_SCHOOL_YEARS = re.compile(r"((?:19|20)\d{2})[-—–~/至]+((?:19|20)?\d{2})(?:学年度?|年度?)?")
_SCHOOL_YEAR = re.compile(r"((?:19|20)\d{2})(?:\.0+)?(?:学年度?|年度?)")
_CALENDAR_YEAR = re.compile(r"((?:19|20)\d{2})(?:\.0+)?年度?")
# A code that has been through a table of numbers: 202101.0.
_CODE_AS_NUMBER = re.compile(r"(\d+)\.0+")
# Fields beside the identifiers that hold a code, which may be a number in one file and a text in the next.
_CODES = ("class",)
_DASHES = re.compile("[-—–―]+")
# Marks that files carry without anybody seeing them.
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad"), "") | {0x00A0: " ", 0x3000: " "}
# Full-width forms → the signs of a keyboard. Unicode's own folding (NFKC) would make digits of footnote marks: 79¹ → 791.
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xFFE5: 0xA5}
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MOBILE = r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
# With its area code; written without a dash it looks like any other code.
_LANDLINE = r"0(?:10|2\d|[3-9]\d{2}) ?[-)–—] ?[2-8]\d{6,7}"
_TELEPHONE = re.compile(rf"(?<!\d)(?:{_MOBILE}|{_LANDLINE})(?!\d)")
# A province, the rest of the region, the day of birth, and four more.
_IDENTITY = re.compile(
    r"(?<!\d)(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\d{4}"
    r"[- ]?((?:19|20)\d{2})(\d{2})(\d{2})[- ]?\d{3}[\dXx](?!\d)"
)


def meant(text: str, field: Field, factor: int = 1, names: Mapping[str, str] | None = None) -> str:
    """A trimmed cell in the contract's spelling. factor: of the unit in the header; names: name → code for a lookup."""
    text = unmarked(text.translate(_INVISIBLE).strip()).strip()
    if field.type == "string":
        text = _on_one_line(text)
    if not text:
        return text
    if field.states and (state := _state(text, field)) is not None:
        return state
    if names is not None:
        return _identifier(text) if marked(text) else names.get(normalised(text), _identifier(text))
    match field.type:
        case "integer" | "number":
            return _number(text, field, factor)
        case "date":
            return _date(text)
        case "string" if field.is_identifier:
            return _identifier(text)
        case "string" if field.name in _CODES:
            return _without_decimals(text)
        case _:
            return field.spellings.get(normalised(text), text)


def wanted(text: str, field: Field, factor: int) -> str | None:
    """What to write instead of a cell that `meant` left because it can be read in two ways; None where it says nothing."""
    if field.type not in ("integer", "number", "date"):
        return None
    plain = narrow(text)
    if marked(text):
        return plain_digits()
    if factor != 1 and _has_unit_of_its_own(plain, field):
        return _("the unit once: it stands in the header and in the cell")
    if field.name == "year" and (_SCHOOL_YEARS.fullmatch(plain) or _SCHOOL_YEAR.fullmatch(plain)):
        return _("a calendar year such as 2020, not a school year")
    return None


def plain_digits() -> str:
    """What is expected in place of a number, date or code with raised or circled digits."""
    return _("plain digits; a raised or circled digit may be a footnote mark")


def names_person(text: str) -> bool:
    """Whether a text is a valid identity number of eighteen digits, or a telephone number: the rule for codes."""
    if _TELEPHONE.fullmatch(text):
        return True
    if not re.fullmatch(r"\d{17}[\dXx]", text) or not "19000101" <= text[6:14] <= "20991231":
        return False
    rest = sum(int(digit) * weight for digit, weight in zip(text, _ID_WEIGHTS, strict=False)) % 11
    return text[17].upper() == "10X98765432"[rest]


def mentions_person(text: str) -> bool:
    """Whether a telephone number, or what looks like an identity number, stands anywhere in a text: the rule for words.

    An identity number is known by its province and birth date, as one with a mistyped digit leads to a person too.
    Web addresses are no exception: few pages are numbered with just such digits, and an address can carry a number.
    """
    plain = narrow(text)
    if _TELEPHONE.search(plain):
        return True
    return any(_day(*found.groups()) for found in _IDENTITY.finditer(plain))


def lost_digits(text: str) -> bool:
    """Whether a spreadsheet has turned an identifier into a number and lost its last digits: 1.23E+11."""
    return re.fullmatch(LOST_DIGITS, text) is not None


def narrow(text: str) -> str:
    """The text with full-width letters, digits and signs in their usual width, and everything else as it is."""
    return text.translate(_NARROW)


def marked(text: str) -> bool:
    """Whether a text has raised, lowered, circled or bracketed digits, which may be footnote marks: 7979¹, 7632①."""
    return any(unicodedata.category(sign) == "No" for sign in text)


def _state(text: str, field: Field) -> str | None:
    """The text of a state that the field knows, blanks within it and the kind of dash passed over; None where it is none."""
    bare = "".join(narrow(text).split())
    bare = "-" if _DASHES.fullmatch(bare) else bare
    return next((one for one in (text, bare) if one in field.state_texts), None)


def _number(text: str, field: Field, factor: int) -> str:
    plain = narrow(text)
    if field.name in ("school_year", "year") and (year := _year(plain, field)):
        return year
    if factor != 1 and _has_unit_of_its_own(plain, field):
        return text
    unit = _unit(field)
    percent = plain.endswith("%")
    bare = plain.removesuffix("%").removesuffix(unit).strip()
    if unit.startswith("元"):
        bare = bare.removeprefix("¥").lstrip()
    sign = next((sign for sign in _SCALES if bare.endswith(sign)), "")
    # One sign only: what is meant by 万万 is left to whoever wrote it.
    bare = bare.removesuffix(sign).rstrip()
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(",", "")
    if not _PLAIN_NUMBER.fullmatch(bare):
        return text
    number = Decimal(bare) * _SCALES.get(sign, 1) * factor
    if percent and unit != "%":
        if field.constraints.maximum != 1:
            return text
        number /= 100
    return _shown(number)


def _unit(field: Field) -> str:
    return normalised(field.unit.zh) if field.unit else ""


def _has_unit_of_its_own(plain: str, field: Field) -> bool:
    """Whether a cell says itself what it counts: 120万, 120元, ¥120."""
    return plain.endswith((*_SCALES, *filter(None, [_unit(field)]))) or plain.startswith("¥")


def _year(plain: str, field: Field) -> str | None:
    """The year of a calendar year, or the one in which a school year begins; None where the text is none of the field's."""
    if field.name == "year":
        calendar = _CALENDAR_YEAR.fullmatch(plain)
        return calendar[1] if calendar else None
    years = _SCHOOL_YEARS.fullmatch(plain)
    if years:
        # Two years that do not follow each other are left.
        return years[1] if int(years[2][-2:]) == (int(years[1]) + 1) % 100 else None
    year = _SCHOOL_YEAR.fullmatch(plain)
    return year[1] if year else None


def _shown(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(text: str) -> str:
    plain = narrow(text).removeprefix("'")
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
    """A code without full-width characters and spaces, and without the mark that makes a spreadsheet keep it as text.

    What a table of numbers made of a code is the code again: 202101.0.
    """
    return _without_decimals("".join(narrow(text).split()).removeprefix("'"))


def _without_decimals(code: str) -> str:
    found = _CODE_AS_NUMBER.fullmatch(code)
    return found[1] if found else code
