"""Invented appraisal of districts, targets of key schools, responsibility letters (clauses 19 to 21).

Of the five key schools one meets its targets every year, one gets better, one has missed two years in a row, one
three, and one has a year without a result.
"""

from datetime import date
from random import Random

from data.samples.appraisals import appraisal_rows
from data.samples.city import City
from data.samples.frame import Row, between, institution_id, to_csv, yes_no
from data.samples.kindergartens import Kindergarten
from data.samples.schools import School

TARGET = ("year", "institution_id", "item", "comparison", "target", "result", "talked_on", "replaced_on")
APPRAISAL = ("year", "area", "body", "item", "weight", "full_score", "score")
LETTER = ("year", "institution_id", "signed", "signed_on", "document")

YEARS = (2020, 2021, 2022)
# Item, comparison, target, and how far a result lies beyond it on the good side, or short of it, at the most.
ITEMS = (
    ("学业水平考试合格率（%）", "不低于", 98.0, 1.6),
    ("学生体质健康优良率（%）", "不低于", 40.0, 6.0),
    ("控辍保学年度流失率（%）", "不高于", 1.0, 0.6),
    ("师生满意度（%）", "不低于", 90.0, 5.0),
)
MET, MISSED, OPEN = "met", "missed", "open"
# Year by year, school by school, and the day on which a principal was talked to after a missed year.
COURSES = ((MET, MET, MET), (MISSED, MISSED, MET), (MET, MISSED, MISSED), (MISSED,) * 3, (MISSED, OPEN, MISSED))
TALKS = {
    (1, 2020): date(2021, 2, 3),
    (2, 2021): date(2022, 2, 16),
    (3, 2020): date(2021, 2, 3),
    (3, 2021): date(2022, 2, 17),
}

# Share of the heads who signed, by district; what is left over is half refusals, half missing rows.
SIGNED = {"信都区": (0.97, 0.99, 1.0), "襄都区": (0.90, 0.92, 0.88), "开发区": (0.93, 0.97, 1.0)}
SIGNING_DAY = (9, 20)
APPRAISAL = ("year", "area", "body", "item", "weight", "full_score", "score")


def files(random: Random, city: City) -> dict[str, bytes]:
    """File name -> CSV bytes, in the order in which they must be published."""
    return {
        "school_target.csv": to_csv(TARGET, _targets(random, city)),
        "responsibility.csv": to_csv(LETTER, _letters(random, city)),
        "appraisal.csv": to_csv(APPRAISAL, appraisal_rows()),
    }


def _targets(random: Random, city: City) -> list[Row]:
    rows: list[Row] = []
    for position, (school, course) in enumerate(zip(city.key_senior_schools, COURSES, strict=True)):
        for year, verdict in zip(YEARS, course, strict=True):
            for number, (item, comparison, target, reach) in enumerate(ITEMS):
                # One item of a missed year falls short, another one every year; one result of the open year is lacking.
                short = verdict == MISSED and number == year % len(ITEMS)
                result = None if verdict == OPEN and number == 1 else _result(random, comparison, target, reach, short)
                talked_on = TALKS.get((position, year)) if short else None
                rows.append((year, institution_id(school.number), item, comparison, target, result, talked_on, None))
    return rows


def _result(random: Random, comparison: str, target: float, reach: float, short: bool) -> float:
    """A result on the good side of the target, or short of it."""
    beyond = between(random, 0.05, 1.0) * reach * (-1 if short else 1)
    return round(target + beyond if comparison == "不低于" else target - beyond, 1 if reach > 1 else 2)


def _letters(random: Random, city: City) -> list[Row]:
    """Every school and kindergarten that is open in the autumn of a year."""
    rows: list[Row] = []
    for position, year in enumerate(YEARS):
        opened = [one for one in city.kindergartens if one.children[year - 2017] is not None]
        institutions: list[Kindergarten | School] = [*opened, *city.schools]
        for one in institutions:
            chance = random.random()
            signed = chance < SIGNED[one.district][position]
            if not signed and one.number % 2:
                continue
            document = f"{year}年度{'园长' if isinstance(one, Kindergarten) else '校长'}目标责任书" if signed else None
            signed_on = date(year, *SIGNING_DAY) if signed else None
            rows.append((year, institution_id(one.number), yes_no(signed), signed_on, document))
    return rows
