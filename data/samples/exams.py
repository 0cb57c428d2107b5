"""Three invented joint exams of one cohort of senior schools. Pupils have codes only, no names."""

from dataclasses import dataclass
from datetime import date
from random import Random

from data.samples.frame import Row, institution_id
from data.samples.schools import School

EXAMS = (
    ("2021-11-G2", "2021年11月高二联考", date(2021, 11, 12), "高二"),
    ("2022-03-G2", "2022年3月高二联考", date(2022, 3, 18), "高二"),
    ("2022-11-G3", "2022年11月高三联考", date(2022, 11, 11), "高三"),
)
FULL_MARKS = {
    "语文": 150,
    "数学": 150,
    "英语": 150,
    "物理": 100,
    "历史": 100,
    "政治": 100,
    "地理": 100,
    "化学": 100,
    "生物": 100,
}
MEAN_SHARE = {
    "语文": 0.70,
    "数学": 0.60,
    "英语": 0.66,
    "物理": 0.56,
    "历史": 0.64,
    "政治": 0.65,
    "地理": 0.63,
    "化学": 0.60,
    "生物": 0.64,
}
TRACKS = {"物理类": "物理", "历史类": "历史"}
ELECTIVES = (("化学", "生物"), ("化学", "地理"), ("政治", "地理"), ("政治", "生物"))
CUT_OFFS = ("0.85", "0.75", "0.60", "0.40")
PUPILS_PER_SCHOOL, CLASS_OF = 100, 50
ABSENT, EXEMPT, BLANK = 0.015, 0.002, 0.003


@dataclass(frozen=True)
class Pupil:
    code: str
    school: School
    class_number: int
    track: str
    subjects: tuple[str, ...]
    ability: float


def pupils(random: Random, schools: list[School]) -> list[Pupil]:
    found: list[Pupil] = []
    for school in (one for one in schools if "高中" in one.pupils):
        level = random.gauss(0, 0.06)
        for index in range(PUPILS_PER_SCHOOL):
            track = "物理类" if random.random() < 0.62 else "历史类"
            subjects = ("语文", "数学", "英语", TRACKS[track], *random.choice(ELECTIVES))
            found.append(
                Pupil(
                    f"{20210001 + len(found):010d}",
                    school,
                    1 + index // CLASS_OF,
                    track,
                    subjects,
                    level + random.gauss(0, 0.12),
                )
            )
    return found


def exam_rows() -> list[Row]:
    return [
        (code, subject, name, held_on, "高中", grade, full, *CUT_OFFS)
        for code, name, held_on, grade in EXAMS
        for subject, full in FULL_MARKS.items()
    ]


def result_rows(random: Random, found: list[Pupil]) -> list[Row]:
    return [
        (
            code,
            subject,
            pupil.code,
            institution_id(pupil.school.number),
            f"{grade}({pupil.class_number})班",
            pupil.track,
            _cell(random, pupil, subject),
        )
        for code, _name, _held_on, grade in EXAMS
        for pupil in found
        for subject in pupil.subjects
    ]


def _cell(random: Random, pupil: Pupil, subject: str) -> str:
    """A score in half marks, or what a school writes where there is none."""
    chance = random.random()
    share = min(1.0, max(0.0, MEAN_SHARE[subject] + pupil.ability + random.gauss(0, 0.08)))
    if chance < ABSENT:
        return "缺考"
    if chance < ABSENT + EXEMPT:
        return "免考"
    if chance < ABSENT + EXEMPT + BLANK:
        return ""
    return f"{round(share * FULL_MARKS[subject] * 2) / 2:g}"
