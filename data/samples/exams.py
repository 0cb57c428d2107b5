"""Invented joint exams of one cohort of senior schools: three that all its pupils sat in all their subjects, and eleven
monthly ones that a few pupils of every school sat in three subjects. Pupils have codes only, no names."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from data.samples.frame import Row, institution_id
from data.samples.schools import School

# Code, name, date, grade.
EXAMS = (
    ("2021-11-G2", "2021年11月高二联考", date(2021, 11, 12), "高二"),
    ("2022-03-G2", "2022年3月高二联考", date(2022, 3, 18), "高二"),
    ("2022-11-G3", "2022年11月高三联考", date(2022, 11, 11), "高三"),
)
# The total from which on a pupil belongs to the top base, drawn exam by exam.
TOP_LINES = {"2021-11-G2": 580, "2022-03-G2": 585, "2022-11-G3": 580}
# The same, and what share of full marks the city reached in Chinese, mathematics and English. The mathematics paper of
# May 2021 was far too hard; from October 2021 on English is above what it was.
MONTHLY_EXAMS = (
    ("2020-10-G1", "2020年10月高一联考", date(2020, 10, 16), "高一", (0.700, 0.545, 0.590)),
    ("2020-11-G1", "2020年11月高一联考", date(2020, 11, 20), "高一", (0.716, 0.531, 0.624)),
    ("2020-12-G1", "2020年12月高一联考", date(2020, 12, 18), "高一", (0.697, 0.552, 0.581)),
    ("2021-03-G1", "2021年3月高一联考", date(2021, 3, 19), "高一", (0.704, 0.536, 0.601)),
    ("2021-04-G1", "2021年4月高一联考", date(2021, 4, 16), "高一", (0.721, 0.527, 0.577)),
    ("2021-05-G1", "2021年5月高一联考", date(2021, 5, 21), "高一", (0.693, 0.428, 0.592)),
    ("2021-09-G2", "2021年9月高二联考", date(2021, 9, 17), "高二", (0.711, 0.541, 0.600)),
    ("2021-10-G2", "2021年10月高二联考", date(2021, 10, 15), "高二", (0.702, 0.534, 0.621)),
    ("2021-12-G2", "2021年12月高二联考", date(2021, 12, 17), "高二", (0.713, 0.548, 0.625)),
    ("2022-05-G2", "2022年5月高二联考", date(2022, 5, 20), "高二", (0.700, 0.538, 0.641)),
    ("2022-09-G3", "2022年9月高三联考", date(2022, 9, 23), "高三", (0.695, 0.546, 0.629)),
)
# One pupil in so many sat the monthly exams, and English was written on the day after.
MONTHLY_ONE_IN = 7
CUT_OFFS = ("0.85", "0.75", "0.60", "0.40")
# The means to compare with, as shares of full marks, in the order of SUBJECTS; the monthly exams have none.
REFERENCE = {
    "2021-11-G2": (0.70, 0.57, 0.64, 0.57, 0.63, 0.62, 0.62, 0.60, 0.60),
    "2022-03-G2": (0.70, 0.56, 0.64, 0.58, 0.62, 0.63, 0.61, 0.60, 0.62),
    "2022-11-G3": (0.70, 0.56, 0.63, 0.57, 0.61, 0.63, 0.60, 0.60, 0.60),
}
WEAK_BAND = "0.02"
# The pupils leave school in 2023. What they gained is measured from the first of the three exams.
COHORT, SERIES, MONTHLY_SERIES, ENTRY, RULE = "2023届", "全市联考", "月考", "2021-11-G2", "hebei-2021"
# The lines on the total, track by track.
LINES = {
    "2021-11-G2": (
        ("本科线", "物理类", 420),
        ("本科线", "历史类", 455),
        ("特控线", "物理类", 510),
        ("特控线", "历史类", 530),
    ),
    "2022-03-G2": (
        ("本科线", "物理类", 425),
        ("本科线", "历史类", 455),
        ("特控线", "物理类", 515),
        ("特控线", "历史类", 530),
    ),
    "2022-11-G3": (
        ("本科线", "物理类", 430),
        ("本科线", "历史类", 460),
        ("特控线", "物理类", 515),
        ("特控线", "历史类", 535),
    ),
}
BORDERLINE = 10


@dataclass(frozen=True)
class Subject:
    """mean: usual score as a share of full marks; spread: how far a pupil's ability shows in it."""

    full_marks: int
    mean: float
    spread: float


SUBJECTS = {
    "语文": Subject(150, 0.70, 0.55),
    "数学": Subject(150, 0.60, 1.20),
    "英语": Subject(150, 0.65, 1.05),
    "物理": Subject(100, 0.57, 1.20),
    "历史": Subject(100, 0.63, 0.90),
    "政治": Subject(100, 0.64, 0.80),
    "地理": Subject(100, 0.61, 0.95),
    "化学": Subject(100, 0.60, 1.15),
    "生物": Subject(100, 0.62, 1.05),
}
SHARED_SUBJECTS = ("语文", "数学", "英语")
# The track's own subject, and the pairs of further subjects that its pupils choose: the likelier ones more than once.
TRACKS = {"物理类": "物理", "历史类": "历史"}
FURTHER = {
    "物理类": (
        ("化学", "生物"),
        ("化学", "生物"),
        ("化学", "生物"),
        ("化学", "地理"),
        ("地理", "生物"),
        ("政治", "化学"),
    ),
    "历史类": (
        ("政治", "地理"),
        ("政治", "地理"),
        ("政治", "地理"),
        ("政治", "生物"),
        ("地理", "生物"),
        ("政治", "化学"),
    ),
}
PHYSICS_CHANCE = 0.60
# 历史类 pupils score lower in mathematics, so that a statistic by track differs from one over all.
TRACK_SHIFT = {("历史类", "数学"): -0.07, ("历史类", "语文"): 0.015}

FIRST_PUPIL = 21030001
PUPILS_PER_SCHOOL, CLASS_OF = (64, 136), 50
# Standard deviations, as shares of full marks.
SCHOOL_LEVEL, PUPIL_ABILITY, PUPIL_SUBJECT, NOISE = 0.05, 0.11, 0.035, 0.035
# How far a school's pupils gain or lose from one exam to the next, and how far a paper is easier or harder than usual.
SCHOOL_PROGRESS, PAPER = 0.008, 0.015
ABSENT, EXEMPT, BLANK = 0.015, 0.002, 0.003


@dataclass(frozen=True)
class Pupil:
    """strengths: what a pupil has above or below the own ability, by subject taken; progress: gain per exam."""

    code: str
    school: str
    class_number: int
    track: str
    ability: float
    progress: float
    strengths: dict[str, float]


def pupils(random: Random, schools: list[School]) -> list[Pupil]:
    """The cohort of every school with a senior stage, in the order of the pupils' codes."""
    found: list[Pupil] = []
    for school in (one for one in schools if "高中" in one.pupils):
        level, progress = random.gauss(0, SCHOOL_LEVEL), random.gauss(0, SCHOOL_PROGRESS)
        count = random.randint(*PUPILS_PER_SCHOOL)
        classes = 1 + (count - 1) // CLASS_OF
        for index in range(count):
            code = f"{FIRST_PUPIL + len(found):010d}"
            found.append(
                _pupil(random, code, institution_id(school.number), 1 + index * classes // count, level, progress)
            )
    return found


def _pupil(random: Random, code: str, school: str, class_number: int, level: float, progress: float) -> Pupil:
    track = "物理类" if random.random() < PHYSICS_CHANCE else "历史类"
    subjects = (*SHARED_SUBJECTS, TRACKS[track], *random.choice(FURTHER[track]))
    strengths = {
        subject: random.gauss(0, PUPIL_SUBJECT) + TRACK_SHIFT.get((track, subject), 0.0) for subject in subjects
    }
    return Pupil(code, school, class_number, track, level + random.gauss(0, PUPIL_ABILITY), progress, strengths)


def exam_rows() -> list[Row]:
    """One row per paper, those of the three whole exams first."""
    rows: list[Row] = [
        (
            code,
            subject,
            name,
            held_on,
            "高中",
            grade,
            paper.full_marks,
            *CUT_OFFS,
            TOP_LINES[code],
            *_reference(code, subject),
            *(COHORT, SERIES, ENTRY if code != ENTRY else None, RULE),
        )
        for code, name, held_on, grade in EXAMS
        for subject, paper in SUBJECTS.items()
    ]
    for code, name, held_on, grade, _shares in MONTHLY_EXAMS:
        for subject in SHARED_SUBJECTS:
            day = held_on + timedelta(days=subject == "英语")
            paper = (code, subject, name, day, "高中", grade, SUBJECTS[subject].full_marks, *CUT_OFFS)
            rows.append((*paper, None, None, None, COHORT, MONTHLY_SERIES, None, None))
    return rows


def _reference(code: str, subject: str) -> tuple[str, str]:
    share = dict(zip(SUBJECTS, REFERENCE[code], strict=True))[subject]
    return f"{share * SUBJECTS[subject].full_marks:g}", WEAK_BAND


def line_rows() -> list[Row]:
    """One row per exam, line and track."""
    return [(code, name, track, mark, BORDERLINE) for code, lines in LINES.items() for name, track, mark in lines]


def roll_rows(cohort: list[Pupil]) -> list[Row]:
    """One row per whole exam and school: its pupils, and a few who were not even entered."""
    schools = Counter(one.school for one in cohort)
    return [
        (code, school, pupils + (index + position) % 4)
        for position, (code, *_rest) in enumerate(EXAMS)
        for index, (school, pupils) in enumerate(sorted(schools.items()))
    ]


def result_rows(random: Random, cohort: list[Pupil]) -> list[Row]:
    """One row per exam, pupil and subject taken; those of the three whole exams first."""
    rows: list[Row] = []
    for position, (code, _name, _held_on, grade) in enumerate(EXAMS):
        easier = {subject: random.gauss(0, PAPER) for subject in SUBJECTS}
        for one in cohort:
            for subject in one.strengths:
                cell = _cell(random, one, subject, easier[subject] + one.progress * position)
                rows.append((code, subject, one.code, one.school, _class(one, grade), one.track, cell))
    return rows + _monthly_rows(random, cohort[::MONTHLY_ONE_IN])


def _monthly_rows(random: Random, few: list[Pupil]) -> list[Row]:
    """The monthly exams: papers as hard as makes these pupils reach the shares. In the first grade nobody has a track."""
    usual = {subject: sum(_usual(one, subject) for one in few) / len(few) for subject in SHARED_SUBJECTS}
    rows: list[Row] = []
    for code, _name, _held_on, grade, shares in MONTHLY_EXAMS:
        for one in few:
            for subject, share in zip(SHARED_SUBJECTS, shares, strict=True):
                cell, track = (
                    _cell(random, one, subject, share - usual[subject]),
                    one.track if grade != "高一" else None,
                )
                rows.append((code, subject, one.code, one.school, _class(one, grade), track, cell))
    return rows


def _class(pupil: Pupil, grade: str) -> str:
    return f"{grade}({pupil.class_number})班"


def _cell(random: Random, pupil: Pupil, subject: str, shift: float) -> str:
    """A score, or what a school writes where there is none."""
    score, chance = _score(random, pupil, subject, shift), random.random()
    if chance < ABSENT:
        return "缺考"
    if chance < ABSENT + EXEMPT:
        return "免考"
    return "" if chance < ABSENT + EXEMPT + BLANK else score


def _score(random: Random, pupil: Pupil, subject: str, shift: float) -> str:
    """In half marks, within 0 and full marks."""
    paper = SUBJECTS[subject]
    share = _usual(pupil, subject) + shift + random.gauss(0, NOISE)
    return f"{min(paper.full_marks, max(0, round(share * paper.full_marks * 2) / 2)):g}"


def _usual(pupil: Pupil, subject: str) -> float:
    """The share of full marks that a pupil reaches on a paper of the usual kind."""
    paper = SUBJECTS[subject]
    return paper.mean + paper.spread * pupil.ability + pupil.strengths[subject]
