"""Invented resources, classes and programmes of compulsory schools (clauses 22 to 24).

Most schools reach six of the seven measures. Junior schools of 襄都区 differ too much in the value of their equipment,
primary schools of 信都区 do so in sports grounds until 2021 and again in 2022. Large classes become fewer; 开发区 still
has very large ones in 2022, and 襄都区 has some again. After-school service spreads, last of all in 开发区.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from data.samples.city import City
from data.samples.frame import DISTRICTS, WHOLE, YEARS, Row, between, institution_id, to_csv, yes_no
from data.samples.schools import School, class_count

YEARS_REPORTED = (2020, 2021, 2022)
COMPULSORY = ("小学", "初中")
SHARED = "共用"

SCHOOL_RESOURCE = (
    "school_year", "institution_id", "stage", "pupils", "full_time_teachers", "highly_qualified_teachers",
    "backbone_teachers", "sport_art_teachers", "teaching_area", "sports_area", "equipment_value", "multimedia_rooms",
)  # fmt: skip
CLASS_SIZE = ("school_year", "institution_id", "stage", "grade", "class", "pupils")
SCHOOL_PROGRAMME = (
    "school_year", "institution_id", "quality_plan", "subjects_set", "subjects_group_learning",
    "subjects_theme_learning", "subjects_reformed",
)  # fmt: skip
AFTER_SCHOOL = ("school_year", "term", "institution_id", "offered", "pupils", "participants")
SPECIAL_EDUCATION = (
    "school_year", "area", "children", "special_schools", "ordinary_classes", "special_classes", "home_taught",
)  # fmt: skip

# Pupils a full-time teacher teaches, and what a pupil has in the columns after that: 小学, 初中, 高中.
PUPILS_A_TEACHER = {"小学": 17.5, "初中": 12.8, "高中": 12.5}
A_PUPIL_HAS = {
    "小学": (0.0505, 0.0139, 0.0118, 5.6, 10.1, 2950.0, 0.0272),
    "初中": (0.0645, 0.0139, 0.0119, 7.2, 13.7, 3700.0, 0.0288),
    "高中": (0.0660, 0.0140, 0.0090, 6.4, 11.0, 3900.0, 0.0270),
}
# How far a school is usually from that, measure by measure, and what it gains in a year.
SPREAD = (0.16, 0.26, 0.22, 0.18, 0.24, 0.30, 0.14)
GAIN = (0.015, 0.02, 0.02, 0.005, 0.005, 0.03, 0.02)
# One measure of every fourth school is this much of the usual, so that it falls short.
WEAK_ONE_IN, WEAK = 4, (0.55, 0.86)
# Columns that stages of a combined school share, and how much of their whole stands in the row 共用.
SHARED_COLUMNS, SHARED_PART = (3, 4, 6), 0.6
EQUIPMENT, GROUNDS = 5, 4
UNEQUAL_JUNIOR, UNEQUAL_GROUNDS = "襄都区", "信都区"
# Schools with grounds so many times as large, by year.
LARGE_GROUNDS_ONE_IN, LARGE_GROUNDS = 5, (2.9, 2.0, 2.9)
# Schools that left a cell empty or sent no row, by number: every so many of them in a year.
BLANK_ONE_IN, NO_ROW_ONE_IN = 29, 61

GRADES = {
    "小学": ("一年级", "二年级", "三年级", "四年级", "五年级", "六年级"),
    "初中": ("七年级", "八年级", "九年级"),
    "高中": ("高一", "高二", "高三"),
}
# How unlike the classes of a school are, by year: parents want some of them more.
UNLIKE = {2020: 0.22, 2021: 0.205, 2022: 0.195}
UNLIKE_MORE = {"开发区": 1.3}
# Classes that grow over every limit: (district, year) → how many of the district's schools have one.
VERY_LARGE = {
    ("信都区", 2020): 3, ("襄都区", 2020): 2, ("开发区", 2020): 5,
    ("信都区", 2021): 1, ("开发区", 2021): 4, ("襄都区", 2022): 1, ("开发区", 2022): 3,
}  # fmt: skip
VERY_LARGE_SIZE = 67

# Shares of schools by district in the order of the years, or of the five terms.
QUALITY_PLAN = {"信都区": (0.62, 0.85, 1.01), "襄都区": (0.55, 0.80, 0.93), "开发区": (0.50, 0.66, 0.79)}
REFORM = {"信都区": (0.30, 0.44, 0.61), "襄都区": (0.28, 0.41, 0.50), "开发区": (0.22, 0.33, 0.31)}
TERMS = ((2020, "第一学期"), (2020, "第二学期"), (2021, "第一学期"), (2021, "第二学期"), (2022, "第一学期"))
OFFERED = {
    "信都区": (0.78, 0.86, 1.01, 1.01, 1.01),
    "襄都区": (0.74, 0.83, 0.95, 1.01, 1.01),
    "开发区": (0.60, 0.68, 0.84, 0.89, 0.93),
}
TAKE_PART = {
    "信都区": (0.52, 0.56, 0.70, 0.75, 0.80),
    "襄都区": (0.50, 0.54, 0.66, 0.72, 0.69),
    "开发区": (0.46, 0.49, 0.60, 0.64, 0.68),
}
SUBJECTS = {"小学": 6, "初中": 8}
# Children of school age with disabilities in 2020, and the share of them in school by year. 主城区 reports for itself.
DISABLED = {WHOLE: 545, "信都区": 268, "襄都区": 241, "开发区": 88}
IN_SCHOOL = {
    WHOLE: (0.941, 0.955, 0.964),
    "信都区": (0.948, 0.958, 0.962),
    "襄都区": (0.929, 0.942, 0.956),
    "开发区": (0.90, 0.884, 0.874),
}
WAYS = (0.40, 0.44, 0.05)


@dataclass(frozen=True)
class Means:
    """What a school has beside the usual, by stage and measure (1 is the usual); blank: the cell that it leaves empty."""

    factors: dict[str, list[float]]
    blank: int


def files(random: Random, city: City) -> dict[str, bytes]:
    """File name -> CSV bytes, in the order in which they must be published."""
    compulsory = city.schools_of(*COMPULSORY)
    primary = city.schools_of("小学")
    return {
        "school_resource.csv": to_csv(SCHOOL_RESOURCE, _resource_rows(random, compulsory)),
        "class_size.csv": to_csv(CLASS_SIZE, _class_rows(random, city.schools_of(*GRADES))),
        "school_programme.csv": to_csv(SCHOOL_PROGRAMME, _programme_rows(random, compulsory)),
        "after_school.csv": to_csv(AFTER_SCHOOL, _after_school_rows(random, primary)),
        "special_education.csv": to_csv(SPECIAL_EDUCATION, _special_rows()),
    }


def _in_line(random: Random, schools: list[School]) -> dict[int, float]:
    """School → its place in a line of its district, 0 to 1: whatever spreads reaches the first ones first."""
    places: dict[int, float] = {}
    for district in DISTRICTS:
        own = [one.number for one in schools if one.district == district]
        random.shuffle(own)
        places |= {number: (index + 0.5) / len(own) for index, number in enumerate(own)}
    return places


# Resources


def _resource_rows(random: Random, schools: list[School]) -> list[Row]:
    means = {one.number: _means(random, one) for one in schools}
    return [
        row
        for position, year in enumerate(YEARS_REPORTED)
        for one in schools
        if one.number % NO_ROW_ONE_IN != position
        for row in _resources(one, means[one.number], year, position)
    ]


def _means(random: Random, one: School) -> Means:
    factors = {
        stage: [between(random, 1 - spread, 1 + spread) for spread in SPREAD] for stage in GRADES if stage in one.pupils
    }
    weak = random.randrange(len(SPREAD))
    for stage in COMPULSORY:
        if stage in factors and one.number % WEAK_ONE_IN == 1:
            factors[stage][weak] *= between(random, *WEAK)
            if one.number % (3 * WEAK_ONE_IN) == 1:
                factors[stage][(weak + 1) % len(SPREAD)] *= between(random, *WEAK)
    if one.district == UNEQUAL_JUNIOR and "初中" in factors:
        factors["初中"][EQUIPMENT] *= 1.9 if one.number % 4 == 0 else between(random, 0.6, 0.9)
    return Means(factors, random.randrange(len(SPREAD)))


def _resources(one: School, means: Means, year: int, position: int) -> Iterator[Row]:
    stages = list(means.factors)
    shared = [0.0] * len(SPREAD)
    for stage in stages:
        pupils = one.pupils[stage][YEARS.index(year)]
        amounts = [pupils * has for has in _a_pupil_has(one, means, stage, position)]
        if len(stages) > 1:
            for column in SHARED_COLUMNS:
                shared[column] += amounts[column] * SHARED_PART
                amounts[column] *= 1 - SHARED_PART
        teachers = round(pupils / PUPILS_A_TEACHER[stage])
        cells = _cells(amounts, teachers)
        if (one.number + position) % BLANK_ONE_IN == 0 and len(stages) == 1:
            cells[means.blank + 1] = None
        yield (year, institution_id(one.number), stage, pupils, *cells)
    if len(stages) > 1:
        yield (year, institution_id(one.number), SHARED, 0, *_cells(shared, 0))


def _a_pupil_has(one: School, means: Means, stage: str, position: int) -> list[float]:
    found = [
        has * factor * (1 + gain * position)
        for has, factor, gain in zip(A_PUPIL_HAS[stage], means.factors[stage], GAIN, strict=True)
    ]
    if one.district == UNEQUAL_GROUNDS and stage == "小学" and one.number % LARGE_GROUNDS_ONE_IN == 0:
        found[GROUNDS] *= LARGE_GROUNDS[position]
    return found


def _cells(amounts: list[float], teachers: int) -> list[object]:
    """Teachers and rooms are whole, areas have a decimal, equipment is in whole yuan; no kind of teacher exceeds all."""
    kinds: list[object] = [min(teachers, round(amount)) for amount in amounts[:3]]
    areas: list[object] = [round(amount, 1) for amount in amounts[3:5]]
    return [teachers, *kinds, *areas, round(amounts[5] / 100) * 100, round(amounts[6])]


# Classes


def _class_rows(random: Random, schools: list[School]) -> list[Row]:
    rows: list[Row] = []
    for year in YEARS_REPORTED:
        left = {district: VERY_LARGE.get((district, year), 0) for district in DISTRICTS}
        for one in schools:
            for stage in (stage for stage in GRADES if stage in one.pupils):
                position = YEARS.index(year)
                classes = class_count(one, stage, position)
                crowded = stage != "高中" and one.main_urban and classes >= 9 and left[one.district] > 0
                left[one.district] -= crowded
                unlike = UNLIKE[year] * UNLIKE_MORE.get(one.district, 1.0)
                sizes = _sizes(random, one.pupils[stage][position], classes, unlike, crowded=crowded)
                rows += [
                    (year, institution_id(one.number), stage, grade, f"{grade}({number})班", size)
                    for (grade, number), size in zip(_classes(stage, classes), sizes, strict=True)
                ]
    return rows


def _classes(stage: str, classes: int) -> list[tuple[str, int]]:
    """Grade and number of every class; the lower grades have the more classes."""
    grades = GRADES[stage]
    each, more = divmod(classes, len(grades))
    return [
        (grade, number)
        for index, grade in enumerate(grades)
        for number in range(1, each + (1 if index < more else 0) + 1)
    ]


def _sizes(random: Random, pupils: int, classes: int, unlike: float, *, crowded: bool) -> list[int]:
    """The pupils of a stage spread over its classes; they add up."""
    first = [min(VERY_LARGE_SIZE + random.randrange(4), pupils)] if crowded else []
    rest, count = pupils - sum(first), classes - len(first)
    weights = [between(random, 1 - unlike, 1 + unlike) for _one in range(count)]
    whole, sizes, before = sum(weights), [], 0.0
    for weight in weights:
        sizes.append(round(rest * (before + weight) / whole) - round(rest * before / whole))
        before += weight
    return [*first, *sizes]


# Programmes


def _programme_rows(random: Random, schools: list[School]) -> list[Row]:
    plans, reforms = _in_line(random, schools), _in_line(random, schools)
    rows: list[Row] = []
    for position, year in enumerate(YEARS_REPORTED):
        for one in schools:
            if one.number % NO_ROW_ONE_IN == position + 30:
                continue
            subjects = SUBJECTS["初中" if "初中" in one.pupils else "小学"]
            reformed = reforms[one.number] < REFORM[one.district][position]
            group = subjects if reformed else random.randrange(1, subjects)
            either = subjects if reformed else group + random.randrange(0, subjects - group)
            theme = random.randrange(either - group, either + 1)
            has_plan = plans[one.number] < QUALITY_PLAN[one.district][position]
            rows.append((year, institution_id(one.number), yes_no(has_plan), subjects, group, theme, either))
    return rows


def _after_school_rows(random: Random, schools: list[School]) -> list[Row]:
    places = _in_line(random, schools)
    rows: list[Row] = []
    for position, (year, term) in enumerate(TERMS):
        for one in schools:
            pupils = one.pupils["小学"][YEARS.index(year)]
            offered = places[one.number] < OFFERED[one.district][position]
            share = TAKE_PART[one.district][position] / min(1.0, OFFERED[one.district][position])
            part = round(pupils * min(0.98, share * between(random, 0.92, 1.08))) if offered else 0
            rows.append((year, term, institution_id(one.number), yes_no(offered), pupils, part))
    return rows


def _special_rows() -> list[Row]:
    rows: list[Row] = []
    for position, year in enumerate(YEARS_REPORTED):
        for area, base in DISABLED.items():
            children = round(base * (1 + 0.015 * position))
            in_school = round(children * IN_SCHOOL[area][position])
            ways = [round(in_school * share) for share in WAYS]
            rows.append((year, area, children, *ways, in_school - sum(ways)))
    return rows
