"""Invented recognitions of teachers, principals and schools, and their communities (clauses 10 to 12).

The city ends four star teachers short of fifteen and passes forty backbone teachers; the communities around teachers
reach ten and fall back to nine. 襄都区 has few of all. The rows that must not count are there too: a teacher twice for
one title, titles withdrawn, below city level or from before the plan, a missing date, a date in another year.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from data.samples.city import City
from data.samples.frame import DISTRICTS, Row, institution_id, to_csv
from data.samples.schools import School

HONOUR = (
    "year", "teacher_id", "institution_id", "honour", "level", "subject", "recognised_on", "withdrawn_on", "document",
)  # fmt: skip
COMMUNITY = (
    "community_id", "community_name", "kind", "institution_id", "person_id", "started_on", "ended_on", "members",
)  # fmt: skip
RECOGNITION = (
    "institution_id", "stage", "recognised_on", "level", "recognition", "recognised_by", "withdrawn_on",
)  # fmt: skip

STAR, BACKBONE, STAR_HEAD, BACKBONE_HEAD = "学科名师", "学科骨干教师", "名校长", "骨干校长"
# The day and the document of each year's recognitions, and how many there were of each title.
BATCHES = (
    (date(2020, 12, 10), "示例教〔2020〕88号", {STAR: 3, BACKBONE: 12, STAR_HEAD: 1, BACKBONE_HEAD: 2}),
    (date(2021, 12, 8), "示例教〔2021〕96号", {STAR: 4, BACKBONE: 15, STAR_HEAD: 1, BACKBONE_HEAD: 2}),
    (date(2022, 11, 25), "示例教〔2022〕102号", {STAR: 3, BACKBONE: 12, STAR_HEAD: 1, BACKBONE_HEAD: 1}),
)
SUBJECTS = ("语文", "数学", "英语", "物理", "化学", "生物", "政治", "历史", "地理")
# How often a district's teachers are recognised: 襄都区 seldom.
TURNS = ("信都区", "开发区", "信都区", "信都区", "襄都区", "信都区", "开发区")

# Kind, its sign in codes, what its name ends in, and on which days one was set up and ended.
COMMUNITIES: tuple[tuple[str, str, str, tuple[str, ...], dict[int, str]], ...] = (
    (
        "名师共同体", "S", "名师研修共同体",
        ("2020-11-05", "2020-11-05", "2020-11-05", "2020-12-01", "2021-03-20", "2021-03-20", "2021-05-11",
         "2021-09-28", "2021-10-15", "2021-10-15", "2022-04-12"),
        {2: "2022-03-31", 6: "2022-06-30"},
    ),
    ("名校长共同体", "X", "名校长领航研修共同体", ("2020-11-20", "2020-11-20", "2021-04-02", "2021-11-18", "2022-05-27"), {}),
    ("名校长工作室", "M", "名校长工作室", ("2020-10-15", "2021-09-10", "2022-03-04"), {}),
    ("骨干校长工作室", "G", "骨干校长工作室", ("2020-10-15", "2020-10-15", "2021-09-10", "2021-09-10", "2022-03-04"), {1: "2022-08-31"}),
)  # fmt: skip

PROVINCE = ("省级", "示例省级特色校", "省教育厅")
CITY_LEVEL = ("市级", "示例市级特色校", "市教育局")
# Stage, position among its schools in town, recognised on, level with name and office, withdrawn on.
SCHOOLS = (
    ("高中", 0, "2018-12-20", PROVINCE, None),
    ("高中", 4, "2021-12-15", PROVINCE, None),
    ("高中", 4, "2022-09-01", ("国家级", "示例国家级特色校", "教育部"), None),
    ("初中", 1, "2021-12-15", PROVINCE, None),
    ("初中", 9, "2020-12-18", CITY_LEVEL, None),
    ("初中", 30, "2021-12-20", CITY_LEVEL, None),
    ("小学", 2, "2020-12-18", PROVINCE, None),
    ("小学", 17, "2021-12-15", PROVINCE, "2022-06-30"),
    ("小学", 60, "2022-10-21", PROVINCE, None),
)


@dataclass
class Staff:
    """Hands out codes and schools: the next teacher or principal of a district's schools in town."""

    town: dict[str, list[School]]
    handed_out: int = 0

    def next(self, district: str) -> tuple[str, str]:
        """(code, school)"""
        self.handed_out += 1
        own = self.town[district]
        return f"T2{self.handed_out:06d}", institution_id(own[self.handed_out * 7 % len(own)].number)


def files(random: Random, city: City) -> dict[str, bytes]:
    """File name -> CSV bytes, in the order in which they must be published."""
    town = [one for one in city.schools if one.main_urban]
    staff = Staff({district: [one for one in town if one.district == district] for district in DISTRICTS})
    rural = next(one for one in city.schools_of("初中") if not one.main_urban)
    communities = [row for kind in COMMUNITIES for row in _community_rows(random, staff, *kind)]
    return {
        "honour.csv": to_csv(
            HONOUR, [*_honour_rows(random, staff), *_special_rows(staff, institution_id(rural.number))]
        ),
        "community.csv": to_csv(COMMUNITY, [*communities, _rural_community(institution_id(rural.number))]),
        "school_recognition.csv": to_csv(RECOGNITION, _school_rows(City([], town))),
    }


def _honour_rows(random: Random, staff: Staff) -> Iterator[Row]:
    for day, document, counts in BATCHES:
        for honour, count in counts.items():
            for number in range(count):
                code, school = staff.next(TURNS[number % len(TURNS)])
                subject = random.choice(SUBJECTS) if honour in (STAR, BACKBONE) else None
                yield day.year, code, school, honour, "市级", subject, day, None, document


def _special_rows(staff: Staff, rural: str) -> Iterator[Row]:
    """What is found in every such list: some of it counts, most of it does not."""
    (first, paper, _counts), (second, _paper, _more), (third, last_paper, _most) = BATCHES
    code, school = staff.next("信都区")
    yield 2020, code, school, STAR, "市级", "物理", first, None, paper
    yield 2022, code, school, STAR, "市级", "物理", third, None, last_paper  # once more for the same title
    code, school = staff.next("襄都区")
    yield 2020, code, school, BACKBONE, "市级", "化学", first, date(2022, 3, 15), paper  # withdrawn
    code, school = staff.next("开发区")
    yield 2021, code, school, BACKBONE, "市级", "历史", None, None, None  # without a date
    code, school = staff.next("信都区")
    yield (
        2020,
        code,
        school,
        BACKBONE,
        "省级",
        "地理",
        date(2021, 1, 8),
        None,
        "示例省教〔2021〕2号",
    )  # dated in the next year
    code, school = staff.next("信都区")
    yield 2019, code, school, STAR, "市级", "语文", date(2019, 12, 5), None, "示例教〔2019〕77号"  # before the plan
    for subject in ("数学", "英语"):
        code, school = staff.next("襄都区")
        yield 2021, code, school, STAR, "区级", subject, second, None, "示例区教〔2021〕31号"  # below city level
    yield (
        2022,
        staff.next("信都区")[0],
        rural,
        STAR,
        "市级",
        "生物",
        third,
        None,
        last_paper,
    )  # outside the main urban area


def _community_rows(
    random: Random, staff: Staff, kind: str, sign: str, ending: str, days: Sequence[str], ended: dict[int, str]
) -> Iterator[Row]:
    for position, day in enumerate(days):
        code, school = staff.next(TURNS[position % len(TURNS)])
        name = f"{_called(position, kind)}{ending}"
        yield f"{sign}{position + 1:02d}", name, kind, school, code, day, ended.get(position), random.randint(12, 30)


def _called(position: int, kind: str) -> str:
    """Communities of teachers bear their subject, the others a number."""
    round_, subject = divmod(position, len(SUBJECTS))
    if kind == "名师共同体":
        return f"示例{'第二' if round_ else ''}{SUBJECTS[subject]}"
    return f"示例第{'一二三四五'[position]}"


def _rural_community(rural: str) -> Row:
    return "S90", "示例乡村名师研修共同体", "名师共同体", rural, "T2900001", "2021-06-01", None, 14


def _school_rows(town: City) -> Iterator[Row]:
    for stage, position, day, (level, recognition, office), withdrawn in SCHOOLS:
        school = town.schools_of(stage)[position]
        yield institution_id(school.number), stage, day, level, recognition, office, withdrawn
