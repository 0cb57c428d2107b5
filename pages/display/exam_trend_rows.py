"""What is on the page of joint exams over time as plain rows, for files."""

from fractions import Fraction

from data.handed_out import Table, xlsx_bytes
from data.words import _
from pages.display import exam_trend
from queries.exams.evenness import Evenness
from queries.exams.gained import Gained
from queries.exams.progress import Followed
from queries.exams.units import Comparison, Interval
from queries.exams.value_added import ValueAdded

COURSE_COLUMNS = (
    "exam_id",
    "held_on",
    "subject",
    "unit",
    "name",
    "z",
    "z_low",
    "z_high",
    "comparison",
    "share_of_schools_below",
)
LINE_COLUMNS = ("exam_id", "line", "track", "unit", "name", "above", "sat", "rate")
GAIN_COLUMNS = (
    "exam_id", "entry_exam_id", "subject", "unit", "name", "matched", "sat", "match_rate", "residual", "residual_low",
    "residual_high", "comparison", "change_of_z", "change_of_z_low", "change_of_z_high",
)  # fmt: skip
BALANCE_COLUMNS = ("exam_id", "unit", "name", "subject", "z", "z_low", "z_high", "comparison_with_own_mean", "balance")


def course_rows(found: Followed) -> list[list[object]]:
    """Every place as rows of `COURSE_COLUMNS`."""
    days = {one.id: one.last_day for one in found.series.exams}
    return [
        [
            place.exam_id, days[place.exam_id], found.subject or "total", one.code, one.name, _plain(place.z),
            *_ends(place.interval), _text(place.comparison, place.z), _plain(place.above),
        ]
        for one in found.courses
        for place in one.places
    ]  # fmt: skip


def line_rows(found: Followed) -> list[list[object]]:
    """Every rate as rows of `LINE_COLUMNS`."""
    names = {one.code: one.name for one in found.courses}
    return [
        [
            heading.id, one.line, one.track, one.code or exam_trend.CITY, names.get(one.code, exam_trend.CITY),
            *((share.numerator, share.denominator, _plain(share.value)) if share else (exam_trend.withheld(), None, None)),
        ]
        for position, heading in enumerate(found.series.exams)
        for one in found.line_courses
        if exam_trend.has_line(found, one, position)
        for share in (one.rates[position],)
    ]  # fmt: skip


def gain_rows(found: Gained) -> list[list[object]]:
    """Every unit as rows of `GAIN_COLUMNS`."""
    return [
        [
            found.exam.id, found.entry.id, found.subject or "total", one.code, one.name,
            *((one.matched.numerator, one.matched.denominator, _plain(one.matched.value)) if one.matched else (exam_trend.withheld(), None, None)),
            *_value(one.residual),
            _text(one.comparison, one.comparison),
            *_value(one.change),
        ]
        for one in found.gains
    ]  # fmt: skip


def balance_rows(found: Evenness) -> list[list[object]]:
    """Every unit and subject as rows of `BALANCE_COLUMNS`."""
    return [
        [
            found.exam_id, one.code, one.name, each.subject, _plain(each.z), *_ends(each.interval),
            _text(each.comparison, each.z), _plain(one.spread),
        ]
        for one in found.units
        for each in one.subjects
    ]  # fmt: skip


def workbook(found: Followed, gains: Gained | None, even: Evenness) -> bytes:
    """Everything on the page as a workbook."""
    sheets = [
        (_("Course"), COURSE_COLUMNS, course_rows(found)),
        (_("Score lines"), LINE_COLUMNS, line_rows(found)),
        *([(_("Value added"), GAIN_COLUMNS, gain_rows(gains))] if gains else []),
        (_("Balance"), BALANCE_COLUMNS, balance_rows(even)),
    ]
    note = [[_("sample data")]] if found.sample else []
    return xlsx_bytes([Table(name, header, [*rows, *note]) for name, header, rows in sheets])


def _ends(one: Interval | None) -> tuple[float | None, float | None]:
    return (None, None) if one is None else (round(one.low, 6), round(one.high, 6))


def _value(one: ValueAdded | None) -> tuple[float | None, float | None, float | None]:
    return (None, None, None) if one is None else (_plain(one.mean), *_ends(one.interval))


def _text(comparison: Comparison | None, shown: object) -> str | None:
    return exam_trend.withheld() if shown is None else comparison and comparison.value


def _plain(value: Fraction | float | None) -> float | None:
    return None if value is None else round(float(value), 6)
