"""Three invented joint exams of one cohort of senior schools. Pupils have codes only, no names."""

from dataclasses import dataclass
from datetime import date
from random import Random

from data.samples.frame import Row, institution_id
from data.samples.schools import School

# Code, name, date, grade.
EXAMS = (
    ("2021-11-G2", "2021年11月高二联考", date(2021, 11, 12), "高二"),
    ("2022-03-G2", "2022年3月高二联考", date(2022, 3, 18), "高二"),
    ("2022-11-G3", "2022年11月高三联考", date(2022, 11, 11), "高三"),
)
CUT_OFFS = ("0.85", "0.75", "0.60", "0.40")


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
    return [
        (code, subject, name, held_on, "高中", grade, paper.full_marks, *CUT_OFFS)
        for code, name, held_on, grade in EXAMS
        for subject, paper in SUBJECTS.items()
    ]


def result_rows(random: Random, cohort: list[Pupil]) -> list[Row]:
    """One row per exam, pupil and subject taken."""
    rows: list[Row] = []
    for position, (code, _name, _held_on, grade) in enumerate(EXAMS):
        easier = {subject: random.gauss(0, PAPER) for subject in SUBJECTS}
        for one in cohort:
            class_name = f"{grade}({one.class_number})班"
            for subject in one.strengths:
                cell = _cell(random, one, subject, easier[subject] + one.progress * position)
                rows.append((code, subject, one.code, one.school, class_name, one.track, cell))
    return rows


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
    share = paper.mean + paper.spread * pupil.ability + pupil.strengths[subject] + shift + random.gauss(0, NOISE)
    return f"{min(paper.full_marks, max(0, round(share * paper.full_marks * 2) / 2)):g}"
