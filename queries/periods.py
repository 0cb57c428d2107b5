"""Periods as whole numbers, so that they sort and travel in links: what they are called in data and when they end.

school_year 2020: 2020/2021, reported on the plan's return day, 1 September 2020. year 2020: the calendar year. term 20201: the first term of
2020/2021. quarter 20203: July to September 2020. day 20201231: that day, for what happens exam by exam.
"""

from calendar import monthrange
from datetime import date
from typing import Literal

from data.plan import plan

Kind = Literal["school_year", "year", "term", "quarter", "day"]

# What the field `term` of a dataset calls the last figure of a period's number.
NAMES = {
    "term": {1: "第一学期", 2: "第二学期"},
    "quarter": {1: "第一季度", 2: "第二季度", 3: "第三季度", 4: "第四季度"},
}


def year_of(period: int, kind: Kind) -> int:
    """The year, or the year in which the school year begins, that a period lies in."""
    if kind == "day":
        return period // 10_000
    return period // 10 if kind in NAMES else period


def name_of(period: int, kind: Kind) -> str | None:
    """What data call the term or quarter; None for periods that the year alone names."""
    return NAMES[kind][period % 10] if kind in NAMES else None


def reporting_date(period: int, kind: Kind) -> date:
    """The day that a period's figures describe: a school year's return day, else the period's last day."""
    year = year_of(period, kind)
    if kind == "school_year":
        return plan().return_day.of(year)
    if kind == "term":
        return date(year + 1, 1, 31) if period % 10 == 1 else date(year + 1, 7, 31)
    if kind == "quarter":
        month = 3 * (period % 10)
        return date(year, month, monthrange(year, month)[1])
    if kind == "day":
        return date(year, period // 100 % 100, period % 100)
    return date(year, 12, 31)


def period_of(day: date, kind: Kind) -> int:
    """The period whose figures describe a day: the reporting date's own, or for a day before it the one that it lies in."""
    if kind == "day":
        return day.year * 10_000 + day.month * 100 + day.day
    if kind == "quarter":
        return day.year * 10 + (day.month + 2) // 3
    if kind == "term":  # until 31 January the first, until 31 July the second
        begins = day.year if day.month >= 8 else day.year - 1
        return begins * 10 + (2 if 2 <= day.month <= 7 else 1)
    return day.year


def decisive_period(due: date, kind: Kind) -> int:
    """The period whose figures decide on a due date: the one that it lies in, of school years the last return by then."""
    if kind == "school_year" and due < date(due.year, 9, 1):
        return due.year - 1
    return period_of(due, kind)


def period_before(period: int, kind: Kind) -> int | None:
    """The period before another; None for days, which follow each other in no fixed step."""
    if kind == "day":
        return None
    if kind in NAMES and period % 10 == 1:
        return period - 10 - 1 + len(NAMES[kind])
    return period - 1


def position(period: int, kind: Kind) -> float:
    """Where a period stands on a time axis, in years: equal steps for terms and quarters, true distances for days."""
    if kind == "day":
        day = reporting_date(period, kind)
        return day.year + (day.timetuple().tm_yday - 1) / 366
    steps = len(NAMES[kind]) if kind in NAMES else 1
    return year_of(period, kind) + (period % 10 - 1) / steps if steps > 1 else float(period)


def position_of(day: date, kind: Kind) -> float:
    """Where a day stands on the time axis: between the two periods whose figures describe the days around it."""
    if kind == "day":
        return position(period_of(day, kind), kind)
    after = period_of(day, kind)
    after += reporting_date(after, kind) < day  # a school year's return day lies within its first year
    before = period_before(after, kind) or after
    first, last = reporting_date(before, kind), reporting_date(after, kind)
    share = (day - first).days / (last - first).days
    return position(before, kind) + share * (position(after, kind) - position(before, kind))
