"""Invented estate kindergartens, inspections and spending (clauses 25 and 26).

信都区 has everything built that was due until a kindergarten of 2022 is not (a relapse); 襄都区 is behind with building,
handing over, inspecting and putting right, and spends less in 2022 than the year before; 开发区 keeps up with its estates,
sent no list for the spring of 2021, left some out in autumn 2022 and did not report its spending of 2019.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from data.samples.city import City
from data.samples.frame import DISTRICTS, WHOLE, YEARS, Row, between, institution_id, place_names, to_csv, yes_no
from data.samples.kindergartens import RECOGNISED, Kindergarten

COMMUNITY_KINDERGARTEN = (
    "area", "estate", "main_urban", "places", "due_on", "built_on", "handover_due_on", "handed_over_on", "use", "institution_id"
)  # fmt: skip
PRESCHOOL_FUNDING = ("year", "area", "kind", "amount")
INSPECTION = ("school_year", "term", "institution_id", "inspected", "inspected_on", "cases_found", "cases_rectified")

# Estates whose kindergarten has run for years; before 2020 they were run by the estates and had still to be handed over.
LONG_RUNNING = {"信都区": 9, "襄都区": 8, "开发区": 7}
HANDOVER_DUE = date(2020, 6, 30)
HANDED_OVER_LATE_IN, LATE_ONE_IN = "襄都区", 3
PLACES = (180, 270, 360)

# Estates of the plan's years: due, built, handover due, handed over, run as; None has not come.
Estate = tuple[str | None, str | None, str | None, str | None, str | None]
NEW: dict[str, tuple[Estate, ...]] = {
    "信都区": (
        ("2020-06-30", "2020-05-20", "2020-08-31", "2020-07-15", "公办园"),
        ("2020-08-31", "2020-08-10", "2020-10-31", "2020-10-20", "公办园"),
        ("2021-06-30", "2021-06-15", "2021-09-30", "2021-09-01", "普惠性民办园"),
        ("2021-12-31", "2021-11-30", "2022-03-31", "2022-03-20", "其他"),
        ("2022-06-30", None, "2022-09-30", None, None),
        ("2022-09-30", "2022-09-01", "2022-12-15", None, None),
        (None, None, None, None, None),
    ),
    "襄都区": (
        ("2020-06-30", "2021-03-31", "2020-09-30", "2021-06-30", "公办园"),
        ("2020-09-30", None, "2020-12-31", None, None),
        ("2021-06-30", "2021-05-31", "2021-08-31", None, None),
        ("2021-09-30", "2021-09-20", "2021-12-31", "2022-02-28", "其他"),
        ("2022-06-30", None, None, None, None),
        ("2022-08-31", "2022-08-15", "2022-10-31", "2022-10-31", "未使用"),
        (None, "2022-10-31", None, None, None),
    ),
    "开发区": (
        ("2020-12-31", "2020-11-30", "2021-03-31", "2021-03-10", "公办园"),
        ("2021-08-31", "2021-07-31", "2021-10-31", "2021-10-15", "公办园"),
        ("2022-06-30", "2022-06-20", "2022-08-31", "2022-08-20", "普惠性民办园"),
        ("2022-12-20", "2022-12-01", "2022-12-31", "2022-12-20", "未使用"),
    ),
}

# School year, term, the first day on which inspectors go out and the number of days that they take.
TERMS = (
    (2020, "第一学期", date(2020, 10, 12), 70),
    (2020, "第二学期", date(2021, 3, 8), 90),
    (2021, "第一学期", date(2021, 10, 11), 70),
    (2021, "第二学期", date(2022, 3, 7), 90),
    (2022, "第一学期", date(2022, 10, 10), 70),
)
# The chance of a kindergarten to be inspected, by term; None: the district sent no list.
INSPECTED: dict[str, tuple[float | None, ...]] = {
    "信都区": (0.90, 0.95, 1.00, 1.00, 1.00),
    "襄都区": (0.72, 0.78, 0.84, 0.88, 0.91),
    "开发区": (0.94, None, 1.00, 1.00, 0.95),
}
# The chance of a private kindergarten to have cases when it is inspected, and of a case to be put right.
CASES = {
    "信都区": (0.30, 0.22, 0.15, 0.10, 0.06),
    "襄都区": (0.34, 0.30, 0.26, 0.22, 0.18),
    "开发区": (0.30, 0.2, 0.12, 0.08, 0.0),
}
RECTIFIED = {
    "信都区": (1.0, 1.0, 1.0, 1.0, 1.0),
    "襄都区": (0.85, 0.8, 0.85, 0.8, 0.6),
    "开发区": (0.9, 1.0, 1.0, 1.0, 1.0),
}
MOST_CASES = 3

FUNDED_YEARS = range(2019, 2023)
# Yuan in 2019, and how the years compare with it.
SPENDING = {
    WHOLE: (118_000_000, (1.00, 1.08, 1.18, 1.26)),
    "信都区": (62_000_000, (1.00, 1.09, 1.20, 1.29)),
    "襄都区": (48_000_000, (1.00, 1.06, 1.15, 1.08)),
    "开发区": (30_000_000, (1.00, 1.10, 1.22, 1.31)),
}
KINDS = {"公办园拨款": 0.62, "普惠性民办园补助": 0.17, "建设投入": 0.16, "幼儿资助": 0.05}
NOT_REPORTED = ("开发区", 2019)


def files(random: Random, city: City) -> dict[str, bytes]:
    """File name -> CSV bytes, in the order in which they must be published."""
    return {
        "community_kindergarten.csv": to_csv(COMMUNITY_KINDERGARTEN, _estate_rows(random, city)),
        "preschool_funding.csv": to_csv(PRESCHOOL_FUNDING, _funding_rows(random)),
        "inspection.csv": to_csv(INSPECTION, _inspection_rows(random, city)),
    }


def _estate_rows(random: Random, city: City) -> Iterator[Row]:
    names = place_names("家园")
    for district in DISTRICTS:
        running = [one for one in city.kindergartens if one.district == district and _counts(one)]
        step = len(running) // LONG_RUNNING[district]
        for number, one in enumerate(running[::step][: LONG_RUNNING[district]]):
            yield _long_running(random, one, late=district == HANDED_OVER_LATE_IN and number % LATE_ONE_IN == 1)
        for number, dates in enumerate(NEW[district]):
            # The last but one of a district lies outside the main urban area.
            main_urban = yes_no(number != len(NEW[district]) - 2)
            yield district, next(names), main_urban, random.choice(PLACES), *dates, None


def _counts(one: Kindergarten) -> bool:
    """Whether it has run throughout and is public or inclusive private in the end."""
    return None not in one.children and one.ownership[-1] != "非普惠民办" and not one.sold and not one.recognised_to


def _long_running(random: Random, one: Kindergarten, *, late: bool) -> Row:
    built = date(random.randint(2013, 2016), random.randint(3, 8), 20)
    days = random.randint(190, 240) if late else -random.randint(20, 200)
    estate = f"{one.name.removesuffix('幼儿园')}小区"
    use = "普惠性民办园" if one.ownership[-1] == RECOGNISED else "公办园"
    dates = (built + timedelta(days=40), built, HANDOVER_DUE, HANDOVER_DUE + timedelta(days=days))
    return (
        one.district, estate, yes_no(one.main_urban), random.choice(PLACES), *dates, use, institution_id(one.number)
    )  # fmt: skip


def _funding_rows(random: Random) -> Iterator[Row]:
    for position, year in enumerate(FUNDED_YEARS):
        for area, (base, growth) in SPENDING.items():
            if (area, year) != NOT_REPORTED:
                for kind, share in KINDS.items():
                    amount = base * growth[position] * share * between(random, 0.99, 1.01)
                    yield year, area, kind, round(amount / 100) * 100


def _inspection_rows(random: Random, city: City) -> Iterator[Row]:
    for position, (year, term, first, days) in enumerate(TERMS):
        for one in city.kindergartens:
            chance = INSPECTED[one.district][position]
            if chance is not None and one.children[YEARS.index(year)] is not None:
                inspected = random.random() < chance
                day = first + timedelta(days=random.randrange(days)) if inspected else None
                found, rectified = _cases(random, one, position, YEARS.index(year)) if inspected else (None, None)
                yield year, term, institution_id(one.number), yes_no(inspected), day, found, rectified


def _cases(random: Random, one: Kindergarten, position: int, year: int) -> tuple[int, int]:
    """Cases of school-like teaching found, and put right."""
    private = one.ownership[year] in (RECOGNISED, "非普惠民办")
    if not private or random.random() >= CASES[one.district][position]:
        return 0, 0
    found = random.randint(1, MOST_CASES)
    return found, sum(random.random() < RECTIFIED[one.district][position] for _case in range(found))
