"""What the parts of the generator share: years, districts, names, sizes, CSV."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from random import Random

YEARS = range(2017, 2023)
DISTRICTS = ("信都区", "襄都区", "开发区")
WHOLE = "主城区"
# Both old districts took in townships in 2020; their rural institutions are outside the main urban area.
RURAL_SHARE = {"信都区": 0.18, "襄都区": 0.18, "开发区": 0.06}

_FIELDS = ("青禾", "云杉", "竹溪", "金穗", "丹枫", "海棠", "柳荫", "麦田", "松果", "石榴")
_SHORES = ("河湾", "晨露", "白鹭", "星河", "清泉", "虹桥", "小荷", "春藤", "映山", "望月")
_FIRST = (*_FIELDS, *_SHORES)
_SECOND = ("", "东园", "西园", "南园", "北园", "里", "坊", "渡", "台", "岸", "林", "川", "岭", "苑", "庭")
_DIGITS = "〇一二三四五六七八九"

Row = tuple[object, ...]


def place_names(ending: str) -> Iterator[str]:
    """Names that nobody can take for a real school's: every one begins with 示例, such as 示例青禾幼儿园."""
    for second in _SECOND:
        for first in _FIRST:
            yield f"示例{first}{second}{ending}"


def numbered_names(ending: str) -> Iterator[str]:
    """示例第一初级中学, 示例第二初级中学, … up to ninety-nine."""
    for number in range(1, 100):
        tens, ones = divmod(number, 10)
        ten = {0: "", 1: "十"}.get(tens, f"{_DIGITS[tens]}十")
        yield f"示例第{ten}{_DIGITS[ones] if ones else ''}{ending}"


def institution_id(number: int) -> str:
    return f"{number:010d}"


def term_begin(year: int) -> date:
    """The reporting date, which is also the first day of the school year."""
    return date(year, 9, 1)


def yes_no(flag: bool) -> str:
    return "是" if flag else "否"


def is_main_urban(district: str, index: int, count: int) -> bool:
    """Whether the index-th of a district's institutions lies in the main urban area: the last ones do not."""
    return index < count - round(count * RURAL_SHARE[district])


def between(random: Random, low: float, high: float) -> float:
    return low + (high - low) * random.random()


def drift(random: Random, base: float, growth: Sequence[float], smallest: int, largest: int) -> list[int]:
    """A size for every year: the base, the common growth, and a little of its own that moves slowly."""
    sizes, own = [], 0.0
    for factor in growth:
        own = 0.7 * own + between(random, -0.02, 0.02)
        sizes.append(min(largest, max(smallest, round(base * factor * (1 + own)))))
    return sizes


def to_csv(header: Sequence[str], rows: Iterable[Row], encoding: str = "utf-8") -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode(encoding)
