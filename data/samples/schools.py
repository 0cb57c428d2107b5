"""Invented primary, junior and senior schools, whose classes become slowly smaller."""

from dataclasses import dataclass
from random import Random

from data.samples.frame import DISTRICTS, RURAL_SHARE, YEARS, Row, drift, institution_id, invented_names, term_begin

FIRST_NUMBER = 3001
# kind → how many, the stages it has with their usual size, and the ending of its name
KINDS: dict[str, tuple[int, dict[str, tuple[int, int]], str]] = {
    "小学": (120, {"小学": (600, 1900)}, "小学"),
    "初中": (46, {"初中": (700, 2100)}, "初级中学"),
    "九年一贯制学校": (4, {"小学": (500, 1100), "初中": (350, 800)}, "学校"),
    "高中": (17, {"高中": (1200, 3400)}, "高级中学"),
    "完全中学": (3, {"初中": (500, 900), "高中": (900, 1800)}, "中学"),
}
DISTRICT_SHARES = (0.42, 0.38, 0.20)
GROWTH = (1.00, 1.02, 1.04, 1.05, 1.05, 1.04)
CLASS_SIZE = {
    "小学": (46.5, 46.2, 45.6, 44.9, 44.3, 43.8),
    "初中": (51.6, 51.2, 50.5, 49.8, 49.2, 48.6),
    "高中": (54.0, 53.6, 53.1, 52.5, 52.0, 51.4),
}
ATTACHED_SHARE, ATTACHED_SIZE = 0.12, (35, 70)


@dataclass
class School:
    """pupils: by stage and year, 学前 for an attached preschool class."""

    number: int
    name: str
    kind: str
    district: str
    main_urban: bool
    pupils: dict[str, list[int]]


def schools(random: Random) -> list[School]:
    found: list[School] = []
    for kind, (count, stages, ending) in KINDS.items():
        names = iter(invented_names(ending))
        for index in range(count):
            district = _district(index / count)
            pupils = {stage: drift(random, random.uniform(*size), GROWTH) for stage, size in stages.items()}
            if kind == "小学" and random.random() < ATTACHED_SHARE:
                pupils["学前"] = drift(random, random.uniform(*ATTACHED_SIZE), GROWTH)
            main_urban = random.random() >= RURAL_SHARE[district]
            found.append(School(FIRST_NUMBER + len(found), next(names), kind, district, main_urban, pupils))
    return found


def _district(share: float) -> str:
    return DISTRICTS[0] if share < DISTRICT_SHARES[0] else DISTRICTS[1 if share < sum(DISTRICT_SHARES[:2]) else 2]


def attached_children(found: list[School]) -> dict[str, list[int]]:
    """Children in attached preschool classes, by district and year."""
    return {
        district: [
            sum(one.pupils["学前"][position] for one in found if one.district == district and "学前" in one.pupils)
            for position in range(len(YEARS))
        ]
        for district in DISTRICTS
    }


def register_row(one: School) -> Row:
    flag = "是" if one.main_urban else "否"
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
        None,
    )


def enrolment_rows(one: School) -> list[Row]:
    return [
        (year, institution_id(one.number), stage, pupils[position], _classes(stage, pupils[position], position))
        for position, year in enumerate(YEARS)
        for stage, pupils in one.pupils.items()
    ]


def _classes(stage: str, pupils: int, position: int) -> int:
    usual = CLASS_SIZE[stage][position] if stage in CLASS_SIZE else 30
    return max(1, round(pupils / usual))
