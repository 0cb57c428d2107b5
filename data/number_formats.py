"""Numbers that a person sees otherwise than they are kept: percentages (0.8474 as 84.74%) and padded codes (123 as 000123)."""

import re
from decimal import Decimal, InvalidOperation

# Excel keeps fifteen digits of a number; a longer one has lost some and is shown as Excel shows it, 1.30502E+17.
EXACT_DIGITS = 15

# What a format has around its digits that is no digit: colours and conditions, blanks as wide as a sign, fill signs.
_UNSHOWN = re.compile(r"\[[^\]]*\]|_.|\*.")
_LITERAL = re.compile(r'"[^"]*"|\\.')
# 0% and 0.00%, which every workbook has without defining them.
_PERCENT_FORMATS = ("9", "10")

# (row, column), from 0 → the text that a person sees there.
Shown = dict[tuple[int, int], str]
# A cell's style by its number → how many digits its numbers are padded to; 0 where they are percentages.
Formats = dict[str, int]


def digits_of(number: str, code: str) -> int | None:
    """What `Formats` says of a format by its number or its code; None for any other format."""
    digits = _UNSHOWN.sub("", code.partition(";")[0])
    if number in _PERCENT_FORMATS or "%" in _LITERAL.sub("", digits):
        return 0
    digits = digits.strip()
    return len(digits) if len(digits) > 1 and not digits.strip("0") else None


def formatted(text: str, digits: int) -> str:
    """A number as a percentage with all its own digits, or padded; "" where it is not shown so."""
    try:
        number = Decimal(number_text(float(text)))
    except (ValueError, OverflowError, InvalidOperation):
        return ""
    if not digits:
        return f"{(number * 100).normalize():f}%"
    return f"{int(number):0{digits}}" if number >= 0 and number == int(number) else ""


def number_text(number: float) -> str:
    if abs(number) >= 10**EXACT_DIGITS:
        return f"{number:.5E}"
    return f"{number:.{EXACT_DIGITS}g}" if number != int(number) else str(int(number))
