"""Invented primary, junior and senior schools, whose classes become slowly smaller."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from data.samples.frame import (
    DISTRICTS,
    YEARS,
    Row,
    between,
    drift,
    institution_id,
    is_main_urban,
    numbered_names,
    place_names,
    term_begin,
    yes_no,
)

FIRST_NUMBER = 3001
# The key senior schools, by number.
KEY_SENIOR = (3171, 3172, 3178, 3180, 3185)


@dataclass(frozen=True)
class Kind:
    """count: schools by district; stages: the stages it teaches with their usual size."""

    name: str
    count: tuple[int, int, int]
    stages: dict[str, tuple[int, int]]
    names: Callable[[str], Iterator[str]]
    ending: str


KINDS = (
    Kind("小学", (51, 45, 24), {"小学": (420, 1180)}, place_names, "小学"),
    Kind("初中", (19, 17, 10), {"初中": (520, 1240)}, numbered_names, "初级中学"),
    Kind("九年一贯制学校", (2, 1, 1), {"小学": (420, 800), "初中": (260, 480)}, place_names, "学校"),
    Kind("高中", (7, 6, 4), {"高中": (1100, 2500)}, numbered_names, "高级中学"),
    Kind("完全中学", (1, 1, 1), {"初中": (400, 700), "高中": (700, 1300)}, numbered_names, "中学"),
)
# The large birth years 2014-2017 are in kindergarten and the first years of primary school; they reach junior schools later.
GROWTH = {
    "小学": (1.00, 1.02, 1.045, 1.065, 1.08, 1.085),
    "初中": (1.00, 1.015, 1.03, 1.045, 1.06, 1.08),
    "高中": (1.00, 1.01, 1.02, 1.035, 1.045, 1.06),
    "学前": (1.00, 1.01, 1.03, 1.03, 1.00, 0.96),
}
SMALLEST, LARGEST = {"学前": 30}, {"学前": 70}
# Pupils per class by year; a school differs from them by its own factor.
CLASS_SIZE = {
    "小学": (46.0, 45.6, 45.1, 44.3, 43.7, 43.1),
    "初中": (50.4, 50.0, 49.3, 48.6, 47.9, 47.2),
    "高中": (53.8, 53.4, 52.8, 52.1, 51.4, 50.8),
    "学前": (30.0, 30.0, 30.0, 30.0, 30.0, 30.0),
}
OWN_CLASS_SIZE = (0.90, 1.10)
# One primary school in eight has preschool classes.
ATTACHED_ONE_IN, ATTACHED_SIZE = 8, (34, 64)


@dataclass(frozen=True)
class School:
    """pupils: by stage and year, 学前 for preschool classes attached to it; class_factor: its class size over the usual."""

    number: int
    name: str
    kind: str
    district: str
    main_urban: bool
    pupils: dict[str, list[int]]
    class_factor: float

    @property
    def key_senior(self) -> bool:
        """Whether it is one of the five key senior schools that the plan sets targets for."""
        return self.number in KEY_SENIOR


def schools(random: Random) -> list[School]:
    """Every school, in the order of its number."""
    found: list[School] = []
    for kind in KINDS:
        names = kind.names(kind.ending)
        for district, count in zip(DISTRICTS, kind.count, strict=True):
            found += [
                _school(random, FIRST_NUMBER + len(found) + n, kind, next(names), district, n, count)
                for n in range(count)
            ]
    return found


def _school(random: Random, number: int, kind: Kind, name: str, district: str, index: int, count: int) -> School:
    sizes = dict(kind.stages)
    if kind.name == "小学" and index % ATTACHED_ONE_IN == 3:
        sizes["学前"] = ATTACHED_SIZE
    pupils = {stage: _sizes(random, stage, between(random, *size)) for stage, size in sizes.items()}
    # Senior schools are all in town.
    main_urban = "高中" in sizes or is_main_urban(district, index, count)
    return School(number, name, kind.name, district, main_urban, pupils, between(random, *OWN_CLASS_SIZE))


def _sizes(random: Random, stage: str, base: float) -> list[int]:
    return drift(random, base, GROWTH[stage], SMALLEST.get(stage, 0), LARGEST.get(stage, 100_000))


def register_row(one: School) -> Row:
    flag = yes_no(one.main_urban)
    return (
        institution_id(one.number),
        term_begin(YEARS[0]),
        one.name,
        one.district,
        one.kind,
        "教育部门办",
        None,
        None,
        flag,
        yes_no(one.key_senior) if "高中" in one.pupils else None,
        None,
    )


def enrolment_rows(one: School) -> list[Row]:
    return [
        (year, institution_id(one.number), stage, pupils[position], class_count(one, stage, position))
        for position, year in enumerate(YEARS)
        for stage, pupils in one.pupils.items()
    ]


def class_count(one: School, stage: str, position: int) -> int:
    """The classes of a stage in a year."""
    return max(1, round(one.pupils[stage][position] / (CLASS_SIZE[stage][position] * one.class_factor)))
