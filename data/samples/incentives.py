"""Invented publicity, pay, benefits and foundation figures (clauses 16 to 18).

信都区's teachers earn what civil servants do only with their year-end bonus; 襄都区 stays behind; 开发区 was there, left a
component empty in 2021 and misses by a few yuan in 2022. The foundation's balance is off by 50,000 yuan in one year.
"""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from data.samples.city import City
from data.samples.frame import WHOLE, Row, institution_id, to_csv

PUBLICITY = ("teacher_id", "institution_id", "post", "medium", "level", "published_on")
PAY = (
    "year", "area", "teachers", "teacher_basic", "teacher_performance", "teacher_allowances", "teacher_bonus",
    "civil_servants", "civil_basic", "civil_allowances", "civil_performance", "civil_bonus", "certified_by", "certified_on",
)  # fmt: skip
BENEFIT = ("year", "area", "teacher_group", "entitled", "receiving")
FOUNDATION = ("year", "area", "foundation", "donations", "grants", "balance", "donors")

YEARS = (2019, 2020, 2021, 2022)
PRESENTED = {2019: 22, 2020: 34, 2021: 41, 2022: 38}
MEDIA = (
    ("邢台日报", "市级"),
    ("邢台广播电视台", "市级"),
    ("示例区融媒体中心", "区级"),
    ("河北教育", "省级"),
    ("中国教育报", "国家级"),
)
PRINCIPAL_CHANCE, AGAIN_CHANCE = 0.22, 0.25

# Teachers' mean over civil servants' by year; the last of 开发区 is just below 1 and prints as 1.000.
RATIOS = {
    "信都区": ("0.9851", "0.9963", "1.0034", "1.0061"),
    "襄都区": ("0.9482", "0.9610", "0.9695", "0.9783"),
    "开发区": ("1.0124", "1.0182", "1.0107", "0.99996"),
}
# Teachers and civil servants of 2019; teachers' allowances and year-end bonus beside the civil servants' bonus of 12,900.
STAFF = {"信都区": (4105, 1962), "襄都区": (3884, 1748), "开发区": (1836, 655)}
TEACHER_EXTRAS = {"信都区": (5200, 13800), "襄都区": (6600, 12000), "开发区": (6500, 12900)}
TEACHER_BASIC = 46200
CIVIL = {"basic": 42000, "allowances": 30000, "performance": 6400, "bonus": 12900}
RISE = (Decimal("1.000"), Decimal("1.034"), Decimal("1.071"), Decimal("1.102"))
# Where the office left the component empty.
EMPTY = {(2021, "开发区"): "civil_allowances"}

# Entitled and receiving by year, first of 30 years' service, then special-grade; None: not reported.
BENEFITS: dict[str, tuple[tuple[tuple[int, int] | None, tuple[int, int] | None], ...]] = {
    WHOLE: (((1012, 931), (27, 27)), ((1048, 1001), (29, 29)), ((1075, 1075), (30, 30)), ((1109, 1096), (31, 31))),
    "信都区": (((560, 515), (15, 15)), ((588, 576), (16, 16)), ((601, 601), (16, 16)), ((622, 622), (17, 17))),
    "襄都区": (((512, 441), (12, 10)), ((533, 470), (13, 12)), ((541, 489), None), ((556, 514), (14, 14))),
    "开发区": (((188, 181), (0, 0)), ((197, 197), (0, 0)), ((205, 205), (0, 0)), ((214, 210), (0, 0))),
}
CITY_FOUNDATION, DISTRICT_FOUNDATION = "示例教育发展基金会", "示例信都教育发展基金"
# Year, area, name, donations, grants, balance, number of donations.
FOUNDATIONS: tuple[Row, ...] = (
    (2019, WHOLE, CITY_FOUNDATION, 1850000, 920000, 2400000, 21),
    (2020, WHOLE, CITY_FOUNDATION, 3250000, 1980000, 3670000, 46),
    (2021, WHOLE, CITY_FOUNDATION, 4106500, 2650000, 5076500, 58),  # 50,000 yuan less than its own figures give
    (2022, WHOLE, CITY_FOUNDATION, 3864000, 3200000, 5740500, 52),
    (2020, "信都区", DISTRICT_FOUNDATION, 420000, 150000, 270000, 9),
    (2022, "信都区", DISTRICT_FOUNDATION, 515000, 260000, 780000, 12),
)


def files(random: Random, city: City) -> dict[str, bytes]:
    """File name -> CSV bytes, in the order in which they must be published."""
    return {
        "publicity.csv": to_csv(PUBLICITY, _publicity(random, city)),
        "pay.csv": to_csv(PAY, _pay()),
        "benefit.csv": to_csv(BENEFIT, _benefit()),
        "foundation.csv": to_csv(FOUNDATION, FOUNDATIONS),
    }


def _publicity(random: Random, city: City) -> list[Row]:
    """Some persons are presented twice in a year; codes go on from year to year."""
    rows: list[Row] = []
    institutions = [one.number for one in city.schools] + [one.number for one in city.kindergartens[:40]]
    for year, count in PRESENTED.items():
        for _number in range(count):
            code = f"T{year - random.randint(3, 28)}{random.randint(1, 9999):04d}"
            post = "校长" if random.random() < PRINCIPAL_CHANCE else "教师"
            institution, first = institution_id(random.choice(institutions)), random.randint(10, 300)
            for again in range(1 + (random.random() < AGAIN_CHANCE)):
                day = date(year, 1, 1) + timedelta(days=first + 40 * again)
                rows.append((code, institution, post, *random.choice(MEDIA), day))
    return sorted(rows, key=lambda row: (str(row[5]), str(row[0])))


def _pay() -> list[Row]:
    return [_pay_row(position, year, area) for position, year in enumerate(YEARS) for area in RATIOS]


def _pay_row(position: int, year: int, area: str) -> Row:
    """Performance pay is what makes the teachers' mean come to the area's ratio."""
    rise, (teachers, civil_servants) = RISE[position], STAFF[area]
    civil = {f"civil_{name}": _cents(amount * rise) for name, amount in CIVIL.items()}
    basic, *extras = (_cents(amount * rise) for amount in (TEACHER_BASIC, *TEACHER_EXTRAS[area]))
    performance = _cents(sum(civil.values()) * Decimal(RATIOS[area][position])) - basic - sum(extras)
    cells: dict[str, object] = {
        "year": year, "area": area, "teachers": teachers + 38 * position, "civil_servants": civil_servants + 7 * position,
        "teacher_basic": basic, "teacher_performance": performance, "teacher_allowances": extras[0], "teacher_bonus": extras[1],
        "certified_by": f"{area}财政局、人力资源和社会保障局", "certified_on": date(year + 1, 3, 4 + 3 * position) if year < 2022 else "",
    }  # fmt: skip
    cells |= civil
    if (year, area) in EMPTY:
        cells[EMPTY[year, area]] = ""
    return tuple(cells[name] for name in PAY)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _benefit() -> list[Row]:
    return [
        (year, area, group, *counts)
        for position, year in enumerate(YEARS)
        for area, years in BENEFITS.items()
        for group, counts in zip(("从教满30年教师", "特级教师"), years[position], strict=True)
        if counts is not None
    ]
