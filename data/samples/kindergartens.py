"""Invented kindergartens whose ownership moves so that the districts follow a believable course.

The main urban area passes 80 % inclusive in autumn 2020, 襄都区 does not. The public share passes 50 % in 2020 and falls
back below it in 2022, when two large public kindergartens pass to private hands. The dashboard must show both.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from data.samples.frame import (
    DISTRICTS,
    YEARS,
    Row,
    between,
    drift,
    institution_id,
    is_main_urban,
    place_names,
    term_begin,
    yes_no,
)

COUNT = {"信都区": 115, "襄都区": 105, "开发区": 60}
FIRST_NUMBER = 1001
SMALLEST, LARGEST = 90, 450
# Most are small and a few are large: the product of two chances gives sizes up to SMALLEST + SIZE_RANGE.
SIZE_RANGE = 330
CHILDREN_PER_CLASS = (28.5, 31.5)
GROWTH = (1.00, 1.015, 1.06, 1.085, 1.09, 1.05)

# Shares of the children in kindergarten, by district, in the order of YEARS; inclusive takes in public. The outcome differs
# from them by some points: attached classes, sales and lapses are not in them, and a kindergarten is in a share or out of it.
PUBLIC = {
    "信都区": (0.36, 0.39, 0.44, 0.53, 0.535, 0.535),
    "襄都区": (0.29, 0.32, 0.37, 0.45, 0.455, 0.455),
    "开发区": (0.37, 0.40, 0.46, 0.54, 0.545, 0.545),
}
INCLUSIVE = {
    "信都区": (0.69, 0.72, 0.765, 0.845, 0.90, 0.93),
    "襄都区": (0.63, 0.66, 0.69, 0.755, 0.81, 0.825),
    "开发区": (0.69, 0.72, 0.765, 0.845, 0.91, 0.94),
}
RECOGNISED, PRIVATE = "普惠性民办", "非普惠民办"
PUBLIC_FOR_LONG = (
    "教育部门办", "集体办", "教育部门办", "其他部门办", "教育部门办",
    "地方企业办", "教育部门办", "事业单位办", "集体办", "部队办",
)  # fmt: skip
TURNED_PUBLIC = ("教育部门办", "集体办", "教育部门办")

# The first kindergarten of each of these districts is large, public and sold.
SOLD_IN, SOLD_SIZE, SOLD_YEAR = ("信都区", "襄都区"), 420, 2022
# Recognitions that lapse while the register still says 普惠性民办, and kindergartens that give up being inclusive.
LAPSING = {"信都区": 1, "襄都区": 2, "开发区": 1}
LAPSE_DAY = date(2021, 6, 30)
GIVING_UP = {"信都区": 1, "襄都区": 1, "开发区": 1}
GIVING_UP_YEAR = 2021
# One in so many opened after 2017, most of them in the growing zone; one in so many closed.
OPENED_ONE_IN = {"信都区": 20, "襄都区": 20, "开发区": 8}
CLOSED_ONE_IN = 45
# A change of ownership is registered on 1 September or so many days before it.
CHANGED_DAYS_BEFORE = (0, 0, 7, 17, 27)


@dataclass
class Kindergarten:
    """children and ownership have one entry a year; children is None where it is not open."""

    number: int
    name: str
    district: str
    main_urban: bool
    children: list[int | None]
    per_class: float
    sold: bool
    ownership: list[str]
    recognised_to: date | None = None


def kindergartens(random: Random) -> list[Kindergarten]:
    """Every kindergarten, in the order of its number."""
    names = place_names("幼儿园")
    found: list[Kindergarten] = []
    for district in DISTRICTS:
        first = FIRST_NUMBER + len(found)
        own = [_kindergarten(random, first, next(names), district, index) for index in range(COUNT[district])]
        for main_urban in (True, False):
            _give_ownership(random, [one for one in own if one.main_urban == main_urban], district)
        found += own
    return found


def _kindergarten(random: Random, first: int, name: str, district: str, index: int) -> Kindergarten:
    sold = district in SOLD_IN and index == 0
    base = SOLD_SIZE if sold else SMALLEST + SIZE_RANGE * random.random() * random.random()
    sizes = drift(random, base, GROWTH, SMALLEST, LARGEST)
    opened, closed = _opening_year(district, index), _closing_year(index)
    children = [size if opened <= year < closed else None for year, size in zip(YEARS, sizes, strict=True)]
    main_urban = is_main_urban(district, index, COUNT[district])
    return Kindergarten(
        first + index, name, district, main_urban, children, between(random, *CHILDREN_PER_CLASS), sold, []
    )


def _opening_year(district: str, index: int) -> int:
    """The first school year in which it is open."""
    group, position = divmod(index, OPENED_ONE_IN[district])
    return YEARS[1 + group % 5] if position == 5 else YEARS[0]


def _closing_year(index: int) -> int:
    """The first school year in which it is no longer open."""
    group, position = divmod(index, CLOSED_ONE_IN)
    return YEARS[2 + group % 4] if position == 33 else YEARS[-1] + 1


def _give_ownership(random: Random, own: list[Kindergarten], district: str) -> None:
    """Lines the kindergartens up; in every year the first part of the line is public and the next one inclusive."""
    line = sorted(own, key=lambda one: (not one.sold, random.random()))
    whole = sum(_size(one) for one in line)
    before = 0
    for one in line:
        place = (before + _size(one) / 2) / whole
        one.ownership = [_ownership(one, district, place, position) for position in range(len(YEARS))]
        before += _size(one)
    if line[0].main_urban:
        _let_lapse(line, LAPSING[district])
        _let_give_up(line, GIVING_UP[district])


def _size(one: Kindergarten) -> int:
    return max(children or 0 for children in one.children)


def _ownership(one: Kindergarten, district: str, place: float, position: int) -> str:
    if one.sold and YEARS[position] >= SOLD_YEAR:
        return RECOGNISED
    if place < PUBLIC[district][0]:
        return PUBLIC_FOR_LONG[one.number % len(PUBLIC_FOR_LONG)]
    if place < PUBLIC[district][position]:
        return TURNED_PUBLIC[one.number % len(TURNED_PUBLIC)]
    return RECOGNISED if place < INCLUSIVE[district][position] else PRIVATE


def _let_lapse(line: list[Kindergarten], count: int) -> None:
    throughout = [one for one in line if one.ownership == [RECOGNISED] * len(YEARS) and None not in one.children]
    for one in throughout[:count]:
        one.recognised_to = LAPSE_DAY


def _let_give_up(line: list[Kindergarten], count: int) -> None:
    position = YEARS.index(GIVING_UP_YEAR)
    inclusive = [one for one in line if one.ownership[position - 2] == RECOGNISED and None not in one.children]
    for one in inclusive[-count:]:
        one.ownership[position:] = [PRIVATE] * (len(YEARS) - position)


def register_rows(one: Kindergarten) -> list[Row]:
    """The rows of the institution register: at the opening, at every change of ownership, at the closing."""
    rows: list[Row] = []
    before, recognised = "", date.min
    for year, ownership, children in zip(YEARS, one.ownership, one.children, strict=True):
        if children is None and rows:
            closed = date(year, 7, 31)
            return [*rows, _register_row(one, before, closed, recognised, closed)]
        if children is not None and ownership != before:
            recognised = _changed_on(one, year) if rows else term_begin(year)
            before = ownership
            rows.append(_register_row(one, ownership, recognised, recognised))
    return rows


def _changed_on(one: Kindergarten, year: int) -> date:
    return term_begin(year) - timedelta(days=CHANGED_DAYS_BEFORE[one.number % len(CHANGED_DAYS_BEFORE)])


def _register_row(
    one: Kindergarten, ownership: str, since: date, recognised: date, closed_on: date | None = None
) -> Row:
    recognition = (recognised, one.recognised_to) if ownership == RECOGNISED else (None, None)
    return (
        institution_id(one.number),
        since,
        one.name,
        one.district,
        "幼儿园",
        ownership,
        *recognition,
        yes_no(one.main_urban),
        None,
        closed_on,
    )


def enrolment_rows(one: Kindergarten) -> list[Row]:
    return [
        (year, institution_id(one.number), "学前", children, round(children / one.per_class))
        for year, children in zip(YEARS, one.children, strict=True)
        if children is not None
    ]
