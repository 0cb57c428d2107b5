"""Small invented joint exams for tests: published as files, and pupil by pupil for oracles and audits."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

EXAM = "2022-11-G3"
SUBJECTS = ("语文", "数学", "物理", "历史", "化学", "政治")
AREAS = ("信都区", "襄都区")
PRIME = 2**61 - 1

Publish = Callable[[str, str], int]


@dataclass(frozen=True)
class Pupil:
    school: str
    form: str
    track: str
    marks: Mapping[str, int]
    supposed: int | None = None

    @property
    def total(self) -> int:
        return sum(self.marks.values()) if self.supposed is None else self.supposed


def invented(seed: int, schools: int = 4, most: int = 60) -> list[Pupil]:
    """Pupils of two tracks in classes of unequal size; each has 语文, 数学, its track's subject and one by choice."""
    random, made = Random(seed), []
    for school in range(schools):
        strength = random.randint(-12, 12)
        for track, own in (("物理类", "物理"), ("历史类", "历史")):
            for _pupil in range(random.choice((0, 6, 25, most)) if school else most):
                level = random.gauss(60 + strength, 14)
                chosen = random.choice(("化学", "化学", "化学", "政治"))
                marks = {
                    subject: max(0, min(100, round(random.gauss(level, 8))))
                    for subject in ("语文", "数学", own, chosen)
                }
                made.append(Pupil(f"390500100{school}", f"{random.randint(1, 2)}班", track, marks))
    return made


def phantoms(number: int, seed: int, totals: Sequence[int]) -> list[Pupil]:
    """Pupils who could be there, with all kinds of marks beside all kinds of totals.

    Who reads figures does not know which of the cells that they sum are empty; without phantoms an audit would.
    """
    random, made = Random(seed), []
    for _one in range(number):
        track, own = random.choice((("物理类", "物理"), ("历史类", "历史")))
        marks = {subject: random.randint(0, 100) for subject in ("语文", "数学", own, random.choice(("化学", "政治")))}
        school, form = f"390500100{random.randint(0, 3)}", f"{random.randint(1, 2)}班"
        made.append(Pupil(school, form, track, marks, random.choice(totals) + random.randint(-25, 25)))
    return made


def set_up(
    publish: Publish,
    lines: Sequence[tuple[str, str, int, int]],
    schools: int = 4,
    subjects: Sequence[str] = SUBJECTS,
    rule: str = "hebei-2021",
    full: int = 100,
) -> None:
    """Schools in two districts, the exam, and its lines: name, track, mark, surroundings."""
    register = "学校代码,生效日期,学校名称,所在区,学校类别,办别,是否主城区\n"
    register += "".join(
        f"390500100{one},2015-09-01,示例{one}中,{AREAS[one % 2]},高中,教育部门办,是\n" for one in range(schools)
    )
    publish("institution", register)
    header = "exam_id,subject,exam_name,held_on,stage,grade,full_marks,cohort,series,assigned_rule\n"
    rows = "".join(
        f"{EXAM},{one},2022年11月高三联考,2022-11-11,高中,高三,{full},2023届,全市联考,{rule}\n" for one in subjects
    )
    publish("exam", header + rows)
    draw(publish, lines)


def draw(publish: Publish, lines: Sequence[tuple[str, str, int, int]]) -> None:
    """Draws lines of the exam."""
    if lines:
        rows = "".join(f"{EXAM},{name},{track},{mark},{near}\n" for name, track, mark, near in lines)
        publish("exam_line", f"考试代码,分数线名称,类别,总分线,临界范围\n{rows}")


def sat(publish: Publish, pupils: Sequence[Pupil]) -> None:
    """Publishes the results."""
    rows = "".join(
        f"{EXAM},{subject},p{number},{one.school},{one.form},{one.track},{mark}\n"
        for number, one in enumerate(pupils)
        for subject, mark in one.marks.items()
    )
    publish("exam_result", f"考试代码,科目,学号,学校代码,班级,类别,分数\n{rows}")


class Span:
    """The linear combinations of groups of pupils, each a set of positions; modulo a large prime, which finds more
    combinations than there are, if any."""

    def __init__(self, groups: Collection[frozenset[int]]) -> None:
        self.rows: dict[int, dict[int, int]] = {}
        for group in groups:
            rest = self._rest(group)
            if rest:
                first = min(rest)
                inverse = pow(rest[first], -1, PRIME)
                self.rows[first] = {place: value * inverse % PRIME for place, value in rest.items()}

    def _rest(self, group: Collection[int]) -> dict[int, int]:
        left, over = dict.fromkeys(group, 1), {}
        while left:
            first = min(left)
            value = left.pop(first)
            row = self.rows.get(first)
            if row is None:
                over[first] = value
                continue
            for place, factor in row.items():
                if place == first:
                    continue
                changed = (left.get(place, 0) - value * factor) % PRIME
                if changed:
                    left[place] = changed
                else:
                    left.pop(place, None)
        return over

    def __contains__(self, group: object) -> bool:
        return isinstance(group, frozenset) and not self._rest(group)


@dataclass
class Told:
    """Every figure that is told as the group that it counts, and the groups whose number is withheld.

    Positions from `pupils` on are phantoms: they belong to groups and count nothing.
    """

    pupils: int
    shown: dict[frozenset[int], str]
    withheld: dict[frozenset[int], str]

    def number(self, group: frozenset[int]) -> int:
        return sum(place < self.pupils for place in group)

    def take(self, what: str, group: frozenset[int], number: int | None) -> None:
        """A count that an answer gives, or withholds, of a group; a number given must be the group's."""
        if number is None:
            self.withheld.setdefault(group, what)
            return
        assert number == self.number(group), (what, number, self.number(group))
        self.shown.setdefault(group, what)

    def audit(self) -> None:
        """No number of 1 to 9 is given or follows, nor does any that is withheld."""
        small = {what: self.number(group) for group, what in self.shown.items() if 0 < self.number(group) < 10}
        assert small == {}, small
        span = Span(self.shown)
        few = {group: what for group, what in self.withheld.items() if 0 < self.number(group) < 10}
        found = {what: self.number(group) for group, what in few.items() if group in span}
        assert found == {}, found


def m1(pupils: Sequence[Pupil], line: int) -> dict[str, Fraction]:
    """有效分 M1, pupil by pupil."""
    above = [one for one in pupils if one.total >= line]
    mean_total = Fraction(sum(one.total for one in above), len(above))
    marks = {subject: [one.marks[subject] for one in above if subject in one.marks] for subject in SUBJECTS}
    return {subject: Fraction(sum(own), len(own)) * line / mean_total for subject, own in marks.items() if own}


def m2(pupils: Sequence[Pupil], line: int, subject: str) -> int:
    """有效分 M2: the N-th highest mark, N of those above the line who sat it."""
    number = sum(1 for one in pupils if one.total >= line and subject in one.marks)
    return sorted((one.marks[subject] for one in pupils if subject in one.marks), reverse=True)[number - 1]
