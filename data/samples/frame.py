"""What the parts of the generator share: years, districts, names, CSV."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from random import Random

YEARS = range(2017, 2023)
DISTRICTS = ("信都区", "襄都区", "开发区")
WHOLE = "主城区"
# Both old districts took in townships in 2020; their rural institutions are outside the main urban area.
RURAL_SHARE = {"信都区": 0.18, "襄都区": 0.16, "开发区": 0.06}

_FIRST = [
    "青禾",
    "晨光",
    "云杉",
    "启明",
    "竹溪",
    "金穗",
    "白鹭",
    "星河",
    "朝阳花",
    "丹枫",
    "海棠",
    "柳荫",
    "麦田",
    "清泉",
    "松果",
    "彩虹桥",
    "小荷",
    "春藤",
    "映山",
    "望月",
]
_SECOND = ["东园", "西园", "南园", "北园", "里", "坊", "桥", "湾", "台", "岸", "林", "川", "岭", "苑", "庭", "渡"]

Row = Sequence[object]


def invented_names(kind: str) -> Iterable[str]:
    """Names that nobody can take for a real school's: every one begins with 示例."""
    for second in _SECOND:
        for first in _FIRST:
            yield f"示例{first}{second}{kind}"


def institution_id(number: int) -> str:
    return f"{number:010d}"


def term_begin(year: int) -> date:
    return date(year, 9, 1)


def drift(random: Random, base: float, yearly_growth: Sequence[float]) -> list[int]:
    """A size for every year: the base, the common growth, and a little of its own that moves slowly."""
    sizes, own = [], 0.0
    for growth in yearly_growth:
        own = 0.7 * own + random.uniform(-0.02, 0.02)
        sizes.append(round(base * growth * (1 + own)))
    return sizes


def to_csv(header: Sequence[str], rows: Iterable[Row], encoding: str = "utf-8") -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode(encoding)
