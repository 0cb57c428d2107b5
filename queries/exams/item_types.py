"""What an item analysis answers: papers, items, options and the two-way specification table, each immutable."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

# The row and the column of the specification table that stand for all; "" is what nobody has stated.
EVERY = None


@dataclass(frozen=True)
class Paper:
    """A paper with item scores. pupils: who have any; sat: who have a mark for the paper, None where there are none."""

    exam_id: str
    subject: str
    exam_name: str
    held_on: date
    grade: str
    full_marks: Decimal
    pupils: int | None
    sat: int | None


@dataclass(frozen=True)
class School:
    """A school whose figures may be told."""

    institution_id: str
    name: str


@dataclass(frozen=True)
class Option:
    """Who marked an option (None: none). Shares of those with a score; top and bottom: of the groups of 27 % by total.

    None: withheld, as it tells of few pupils, or (top and bottom of a school) not given.
    """

    choice: str | None
    key: bool
    pupils: int | None
    share: Fraction | None
    top: Fraction | None
    bottom: Fraction | None


@dataclass(frozen=True)
class Item:
    """An item. rate: 得分率; discrimination: 区分度 D; correlation: with the total of the other items; alpha_without: α
    of the others. All None where withheld, where full marks are not known, or where they are not defined.
    """

    code: str
    full_marks: Decimal | None
    kind: str | None
    knowledge_point: str
    ability: str
    key: str | None
    pupils: int | None
    rate: Fraction | None
    discrimination: Fraction | None
    correlation: float | None
    alpha_without: Fraction | None
    options: tuple[Option, ...]
    withheld: bool = False


@dataclass(frozen=True)
class Cell:
    """Items of one knowledge point and ability (`EVERY`: of all). rate: what pupils have of the cell's full marks."""

    knowledge_point: str | None
    ability: str | None
    items: tuple[str, ...]
    full_marks: Decimal
    rate: Fraction | None
    withheld: bool


@dataclass(frozen=True)
class Specification:
    """The two-way table 双向细目表; points and abilities in the order of the paper, cells without the empty ones."""

    points: tuple[str, ...]
    abilities: tuple[str, ...]
    cells: tuple[Cell, ...]

    def cell(self, point: str | None, ability: str | None) -> Cell | None:
        return next((one for one in self.cells if (one.knowledge_point, one.ability) == (point, ability)), None)


@dataclass(frozen=True)
class Analysis:
    """A paper item by item. pupils: with any item score; complete: with one in every item, whom α is about.

    school: None for the whole exam; few: there are fewer than ten pupils, or it is a school that would give such a one
    away, so nothing is told; kr20: every item is 0 or 1 times the same marks, so that α is KR-20.
    """

    paper: Paper
    school: School | None
    few: bool
    pupils: int | None
    complete: int | None
    alpha: Fraction | None
    kr20: bool
    items: tuple[Item, ...]
    specification: Specification
    sample: bool
    data_version: int

    def item(self, code: str) -> Item | None:
        return next((one for one in self.items if one.code == code), None)
