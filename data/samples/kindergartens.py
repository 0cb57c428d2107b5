"""Invented kindergartens whose ownership moves so that the districts follow a believable course.

The city passes 80 % inclusive in autumn 2020, 襄都区 does not; the public share passes 50 % in 2020 and falls back below it
in 2022, when public kindergartens pass to private hands. The dashboard must show both.
"""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from data.samples.frame import DISTRICTS, RURAL_SHARE, YEARS, Row, drift, institution_id, invented_names, term_begin

COUNT = {"信都区": 115, "襄都区": 105, "开发区": 60}
FIRST_NUMBER = 1001
SIZE = (95, 330)
CHILDREN_PER_CLASS = 30
GROWTH = (1.00, 1.02, 1.04, 1.05, 1.04, 1.01)

# Shares that each district's course is steered to, year by year.
INCLUSIVE = {
    "信都区": (0.70, 0.73, 0.77, 0.85, 0.87, 0.88),
    "襄都区": (0.63, 0.65, 0.69, 0.755, 0.775, 0.785),
    "开发区": (0.70, 0.73, 0.78, 0.86, 0.88, 0.90),
}
PUBLIC = {
    "信都区": (0.37, 0.40, 0.46, 0.54, 0.55, 0.515),
    "襄都区": (0.30, 0.33, 0.37, 0.45, 0.46, 0.435),
    "开发区": (0.40, 0.43, 0.49, 0.57, 0.58, 0.54),
}
PUBLIC_KINDS = ("教育部门办",) * 10 + ("集体办",) * 4 + ("其他部门办", "事业单位办", "地方企业办", "部队办")
INCLUSIVE_KIND, PRIVATE_KIND = "普惠性民办", "非普惠民办"
# Recognitions that lapse, one in each of the larger districts: the register still says 普惠性民办.
LAPSES = {"信都区": 1, "襄都区": 2}
LAPSE_YEAR, LAPSE_DAY = 2022, date(2022, 6, 30)
OPENED_LATER, CLOSED = 18, 5


@dataclass
class Kindergarten:
    """kinds: ownership by year; children: by year, None where it is not open."""

    number: int
    name: str
    district: str
    main_urban: bool
    public_kind: str
    children: list[int | None]
    kinds: list[str] = field(default_factory=list)
    lapses: bool = False

    def counts_as(self, position: int) -> str:
        kind = self.kinds[position]
        if kind == INCLUSIVE_KIND:
            return PRIVATE_KIND if self.lapses and YEARS[position] >= LAPSE_YEAR else INCLUSIVE_KIND
        return kind if kind == PRIVATE_KIND else self.public_kind


def kindergartens(random: Random, attached: dict[str, list[int]]) -> list[Kindergarten]:
    """Every kindergarten; `attached`: children in preschool classes of (public) schools, by district and year."""
    names = iter(invented_names("幼儿园"))
    found: list[Kindergarten] = []
    for district in DISTRICTS:
        own = [
            _kindergarten(random, FIRST_NUMBER + len(found) + n, next(names), district) for n in range(COUNT[district])
        ]
        _steer(random, own, district, attached[district])
        found += own
    _open_and_close(random, found)
    return found


def _kindergarten(random: Random, number: int, name: str, district: str) -> Kindergarten:
    main_urban = random.random() >= RURAL_SHARE[district]
    children = drift(random, random.uniform(*SIZE), GROWTH)
    return Kindergarten(number, name, district, main_urban, random.choice(PUBLIC_KINDS), list(children))


def _steer(random: Random, own: list[Kindergarten], district: str, attached: list[int]) -> None:
    """Gives every kindergarten its ownership year by year: each year starts from the last and turns a few."""
    order = sorted(own, key=lambda _one: random.random())
    for one in order:
        one.kinds = [PRIVATE_KIND]
    for position in range(len(YEARS)):
        if position:
            for one in order:
                one.kinds.append(one.kinds[-1])
        if YEARS[position] == LAPSE_YEAR:
            lapsing = [one for one in order if one.kinds[position] == INCLUSIVE_KIND][: LAPSES.get(district, 0)]
            for one in lapsing:
                one.lapses = True
        _turn(order, position, attached[position], PUBLIC[district][position], public=True)
        _turn(order, position, attached[position], INCLUSIVE[district][position], public=False)


def _turn(order: list[Kindergarten], position: int, attached: int, wanted: float, *, public: bool) -> None:
    for one in order:
        if _share(order, position, attached, public=public) >= wanted:
            break
        if public and one.kinds[position] != "public":
            one.kinds[position] = "public"
        elif not public and one.kinds[position] == PRIVATE_KIND:
            one.kinds[position] = INCLUSIVE_KIND
    for one in reversed(order):
        if not public or _share(order, position, attached, public=True) <= wanted + 0.005:
            break
        if one.kinds[position] == "public":
            one.kinds[position] = INCLUSIVE_KIND


def _share(own: list[Kindergarten], position: int, attached: int, *, public: bool) -> float:
    total = attached + sum(one.children[position] or 0 for one in own)
    counting = attached + sum(
        one.children[position] or 0
        for one in own
        if one.kinds[position] == "public" or (not public and one.counts_as(position) == INCLUSIVE_KIND)
    )
    return counting / total


def _open_and_close(random: Random, found: list[Kindergarten]) -> None:
    """Some open after 2017, a few close: mostly small ones that do not decide whether a line is met."""
    small = sorted(found, key=lambda one: (one.children[0] or 0, one.number))[: OPENED_LATER + CLOSED]
    for index, one in enumerate(small):
        turning = random.randint(1, 5)
        gone = range(turning) if index < OPENED_LATER else range(turning, len(YEARS))
        for position in gone:
            one.children[position] = None


def register_rows(one: Kindergarten) -> list[Row]:
    """The rows of the institution register: at the opening, at every change of ownership, at the closing."""
    rows: list[Row] = []
    before = None
    for position, year in enumerate(YEARS):
        if one.children[position] is None:
            if before is not None:
                rows.append(_register_row(one, before, term_begin(year), closed_on=date(year, 8, 31)))
                break
            continue
        kind = one.public_kind if one.kinds[position] == "public" else one.kinds[position]
        if kind != before:
            rows.append(_register_row(one, kind, term_begin(year)))
            before = kind
    return rows


def _register_row(one: Kindergarten, kind: str, since: date, closed_on: date | None = None) -> Row:
    recognised = since if kind == INCLUSIVE_KIND else None
    lapsing = LAPSE_DAY if recognised and one.lapses else None
    flag = "是" if one.main_urban else "否"
    return (
        institution_id(one.number),
        since,
        one.name,
        one.district,
        "幼儿园",
        kind,
        recognised,
        lapsing,
        flag,
        closed_on,
    )


def enrolment_rows(one: Kindergarten) -> list[Row]:
    return [
        (year, institution_id(one.number), "学前", children, max(3, round(children / CHILDREN_PER_CLASS)))
        for year, children in zip(YEARS, one.children, strict=True)
        if children is not None
    ]
