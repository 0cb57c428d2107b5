"""One paper item by item: the mathematics paper of the last whole exam, whose item scores add up to the pupils' marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from data.samples.frame import Row, to_csv

EXAM, SUBJECT = "2022-11-G3", "数学"
# So many of the senior schools, in the order of their codes, had their papers marked item by item.
SCHOOLS = 8
ITEM = ("exam_id", "subject", "item", "full_marks", "kind", "knowledge_point", "ability", "answer")
RESULT = ("exam_id", "subject", "student_id", "institution_id", "class", "item", "score", "choice")
NO_ANSWER = 0.02


@dataclass(frozen=True)
class Item:
    """ease: the share of pupils with half of the marks who solve it; slope: how much more of the better ones do."""

    number: str
    full_marks: int
    kind: str
    point: str
    ability: str
    key: str = ""
    ease: float = 0.5
    slope: float = 1.2


# Item 7 is badly put: whether a pupil finds the right option has nothing to do with what the pupil knows.
ITEMS = (
    Item("1", 5, "选择题", "集合", "识记", "C", 0.86, 0.7),
    Item("2", 5, "选择题", "复数", "识记", "A", 0.82, 0.8),
    Item("3", 5, "选择题", "数列", "理解", "B", 0.66),
    Item("4", 5, "选择题", "三角函数", "理解", "D", 0.58),
    Item("5", 5, "选择题", "概率统计", "理解", "B", 0.62),
    Item("6", 5, "选择题", "立体几何", "应用", "A", 0.50, 1.4),
    Item("7", 5, "选择题", "函数与导数", "应用", "D", 0.34, 0.0),
    Item("8", 5, "选择题", "解析几何", "分析", "C", 0.36, 1.5),
    Item("9", 5, "选择题", "概率统计", "理解", "BC", 0.60),
    Item("10", 5, "选择题", "三角函数", "应用", "ACD", 0.48, 1.3),
    Item("11", 5, "选择题", "立体几何", "应用", "ABD", 0.40, 1.4),
    Item("12", 5, "选择题", "函数与导数", "分析", "BD", 0.28, 1.4),
    Item("13", 5, "填空题", "复数", "理解", "", 0.72, 1.0),
    Item("14", 5, "填空题", "数列", "应用", "", 0.52, 1.4),
    Item("15", 5, "填空题", "解析几何", "应用", "", 0.40, 1.5),
    Item("16", 5, "填空题", "函数与导数", "综合", "", 0.18, 1.2),
    Item("17", 10, "解答题", "数列", "应用", "", 1.00),
    Item("18", 12, "解答题", "三角函数", "应用", "", 0.90),
    Item("19", 12, "解答题", "概率统计", "应用", "", 0.80),
    Item("20", 12, "解答题", "立体几何", "分析", "", 0.66),
    Item("21", 12, "解答题", "解析几何", "综合", "", 0.42),
    Item("22", 12, "解答题", "函数与导数", "综合", "", 0.32),
)
SHORT = tuple(one for one in ITEMS if one.kind != "解答题")
LONG = ITEMS[len(SHORT) :]


def files(random: Random, results: Sequence[Row]) -> dict[str, bytes]:
    """The paper's items and the item scores of the pupils of a few schools. results: the rows of `exam_result.csv`."""
    items = [
        (EXAM, SUBJECT, one.number, one.full_marks, one.kind, one.point, one.ability, one.key or None) for one in ITEMS
    ]
    papers = [row for row in results if (row[0], row[1]) == (EXAM, SUBJECT)]
    schools = sorted({str(row[3]) for row in papers})[:SCHOOLS]
    scores = [cell for row in papers if row[3] in schools for cell in _paper(random, row)]
    return {"exam_item.csv": to_csv(ITEM, items), "item_result.csv": to_csv(RESULT, scores)}


def _paper(random: Random, row: Row) -> list[Row]:
    """A row an item; who has no mark for the paper has in every item what the school wrote instead."""
    pupil, cell = row[2:5], str(row[6])
    if not cell or not cell[0].isdigit():
        return [(EXAM, SUBJECT, *pupil, one.number, cell, None) for one in ITEMS]
    scores = _shared_out(random, float(cell))
    return [
        (EXAM, SUBJECT, *pupil, one.number, f"{scores[one.number]:g}", _choice(random, one, scores[one.number]))
        for one in ITEMS
    ]


def _shared_out(random: Random, total: float) -> dict[str, float]:
    """A paper's marks over its items: the short ones are solved or not, the long ones take what is left in half marks."""
    level = total / 150
    scores = {one.number: _short(random, one, level) for one in SHORT}
    most = float(sum(one.full_marks for one in LONG))
    order = list(SHORT)
    random.shuffle(order)
    for one in order:  # until the long items can make up the total
        left = total - sum(scores.values())
        if left < 0:
            scores[one.number] = 0.0
        elif left > most:
            scores[one.number] = float(one.full_marks)
    return scores | _long(random, total - sum(scores.values()))


def _short(random: Random, one: Item, level: float) -> float:
    chance = one.ease + one.slope * (level - 0.5)
    if random.random() < chance:
        return float(one.full_marks)
    return 2.0 if len(one.key) > 1 and random.random() < 0.5 else 0.0


def _long(random: Random, left: float) -> dict[str, float]:
    """Marks in halves, the easier items first, each pupil with luck of the own; what is over goes where there is room."""
    weights = [one.ease * one.full_marks * random.uniform(0.7, 1.3) for one in LONG]
    halves = round(left * 2)
    got = [
        min(2 * one.full_marks, int(halves * weight / sum(weights))) for one, weight in zip(LONG, weights, strict=True)
    ]
    for place in [*range(len(LONG)), *range(len(LONG))]:
        more = min(2 * LONG[place].full_marks - got[place], halves - sum(got), halves // 8 + 1)
        got[place] += more
    for place, one in enumerate(LONG):
        got[place] += min(2 * one.full_marks - got[place], halves - sum(got))
    return {one.number: half / 2 for one, half in zip(LONG, got, strict=True)}


def _choice(random: Random, one: Item, score: float) -> str | None:
    """The option that a pupil with this score marked; of several right ones some are half the marks."""
    if not one.key:
        return None
    if score == one.full_marks:
        return one.key
    if score:
        return "".join(sorted(random.sample(one.key, len(one.key) - 1)))
    if random.random() < NO_ANSWER:
        return None
    if len(one.key) > 1:
        wrong = next(letter for letter in "ABCD" if letter not in one.key)
        return "".join(sorted({wrong, random.choice(one.key)}))
    return random.choices([letter for letter in "ABCD" if letter != one.key], (5, 3, 2))[0]
