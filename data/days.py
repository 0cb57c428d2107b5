"""The days that are reckoned with: others, at the ends of the calendar, have no day before or after them."""

from datetime import date

FIRST, LAST = date(1900, 1, 1), date(2200, 12, 31)


def read(text: str) -> date:
    """The day that is written as YYYY-MM-DD; `ValueError` for anything else, and for a day that is not reckoned with."""
    found = date.fromisoformat(text)
    if not FIRST <= found <= LAST:
        raise ValueError(text)
    return found
