"""A small exam with uneven schools and tracks, and what a plain count of its pupils gives."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from math import sqrt
from random import Random

Publish = Callable[[str, str], int]

EXAM = "2022-11-G3"
# Full marks; whoever is in a track sits its own paper.
PAPERS = {"语文": 150, "数学": 150, "物理": 100, "历史": 100}
OWN = {"物理类": "物理", "历史类": "历史"}
# School → district and, by class, the pupils of each track.
SCHOOLS: dict[str, tuple[str, dict[str, tuple[int, int]]]] = {
    "3905000001": ("襄都区", {"1班": (34, 0), "2班": (0, 31)}),
    "3905000002": ("襄都区", {"1班": (28, 4), "2班": (22, 21)}),
    "3905000003": ("襄都区", {"1班": (7, 0)}),
    "3905000004": ("信都区", {"1班": (40, 12), "2班": (33, 9)}),
    "3905000005": ("信都区", {"1班": (19, 13)}),
    "3905000006": ("开发区", {"1班": (16, 3)}),
    "3905000007": ("开发区", {"1班": (26, 11), "2班": (12, 12), "3班": (11, 0)}),
}
CUT_OFFS = {
    "excellent": Fraction(85, 100),
    "good": Fraction(75, 100),
    "pass": Fraction(60, 100),
    "low": Fraction(40, 100),
}
STEP = 5

INSTITUTIONS = "学校代码,生效日期,学校名称,所在区,学校类别,办别,是否主城区\n" + "".join(
    f"{code},2015-09-01,示例{code[-1]}中,{district},高中,教育部门办,{'是' if district != '开发区' else '否'}\n"
    for code, (district, _classes) in SCHOOLS.items()
)
SETUP = "考试代码,科目,考试名称,考试日期,学段,年级,满分\n" + "".join(
    f"{EXAM},{subject},2022年11月高三联考,2022-11-11,高中,高三,{full}\n" for subject, full in PAPERS.items()
)
HEADER = "考试代码,科目,学号,学校代码,班级,类别,分数\n"


@dataclass(frozen=True)
class Pupil:
    """marks: a mark, or why there is none."""

    code: str
    school: str
    school_class: str
    track: str
    marks: dict[str, int | str] = field(default_factory=dict)

    @property
    def total(self) -> int | None:
        own = [mark for mark in self.marks.values() if isinstance(mark, int)]
        return sum(own) if len(own) == len(self.marks) else None

    def mark(self, subject: str) -> int | None:
        """The mark in a paper, or ("") the total."""
        found = self.marks.get(subject) if subject else self.total
        return found if isinstance(found, int) else None


def pupils(seed: int = 7) -> list[Pupil]:
    random = Random(seed)
    found = []
    for school, (_district, classes) in SCHOOLS.items():
        level = random.uniform(-0.08, 0.08)
        for name, sizes in classes.items():
            for track, size in zip(OWN, sizes, strict=True):
                for _one in range(size):
                    able = min(max(random.gauss(0.62 + level, 0.17), 0.05), 0.98)
                    marks = {subject: _mark(random, able, PAPERS[subject]) for subject in ("语文", "数学", OWN[track])}
                    found.append(Pupil(f"{len(found):06}", school, name, track, marks))
    return found


def _mark(random: Random, able: float, full: int) -> int | str:
    if random.random() < 0.02:
        return "缺考"
    return STEP * round(min(max(random.gauss(able, 0.06), 0), 1) * full / STEP)


def results(of: list[Pupil]) -> str:
    return HEADER + "".join(
        f"{EXAM},{subject},{one.code},{one.school},{one.school_class},{one.track},{mark}\n"
        for one in of
        for subject, mark in one.marks.items()
    )


def publish_all(publish: Publish, of: list[Pupil]) -> int:
    """The upload of the results."""
    publish("institution", INSTITUTIONS)
    publish("exam", SETUP)
    return publish("exam_result", results(of))


def marks(of: list[Pupil], subject: str, track: str | None = None) -> Iterator[int]:
    for one in of:
        found = one.mark(subject)
        if found is not None and track in (None, one.track):
            yield found


def mean(given: list[int]) -> Fraction:
    return Fraction(sum(given), len(given))


def sd(given: list[int]) -> float:
    centre = mean(given)
    return sqrt(sum((one - centre) ** 2 for one in given) / len(given))


def quartile(given: list[int], share: Fraction) -> Fraction:
    """As QUARTILE.INC."""
    ordered, place = sorted(given), (len(given) - 1) * share
    low = ordered[int(place)]
    return low + (place - int(place)) * (ordered[min(int(place) + 1, len(ordered) - 1)] - low)


def told_quartile(given: list[int], share: Fraction) -> Fraction:
    """As it is told: the nearest mark that a pupil may have, the higher of two."""
    exact = quartile(given, share)
    return min((Fraction(mark) for mark in grid("")), key=lambda mark: (abs(mark - exact), -mark))


def rates(given: list[int], full: int) -> dict[str, int]:
    counted = {name: sum(one >= share * full for one in given) for name, share in CUT_OFFS.items()}
    return {**counted, "low": len(given) - counted["low"]}


def discrimination(of: list[Pupil], subject: str, full: int) -> Fraction:
    """The top and the bottom 27 % by total; of equal totals at the edge everybody counts in part."""
    own = [(one.total, one.mark(subject)) for one in of if one.total is not None and one.mark(subject) is not None]
    k = int(Fraction(27, 100) * len(own) + Fraction(1, 2))

    def best(sign: int) -> Fraction:
        found, left = Fraction(0), k
        for total in sorted({total for total, _mark in own}, key=lambda one: sign * one):
            same = [mark for other, mark in own if other == total]
            taken = min(left, len(same))
            found, left = found + Fraction(taken * sum(same), len(same)), left - taken
        return found

    return (best(-1) - best(1)) / (k * full)


def grid(subject: str) -> range:
    """Every mark that a paper, or a total, may have."""
    return range(0, (PAPERS[subject] if subject else 400) + STEP, STEP)
