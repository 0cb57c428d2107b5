"""Incentives (clauses 16 to 18) beyond the indicators: pay by component and definition, the foundation's books, rewards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from data.configuration import Bilingual, Strict, read
from data.problem import Refused
from data.store import Store
from data.words import _
from queries.answers import Viewer, visible
from queries.asked import Row, asked

FOLDER = Path(__file__).parent
PAY, FOUNDATION, REWARDS = (FOLDER / name for name in ("pay.sql", "foundation.sql", "rewards.sql"))

Component = Literal["basic", "performance", "allowances", "bonus"]
COMPONENTS: tuple[Component, ...] = ("basic", "allowances", "performance", "bonus")
REWARD_INDICATOR = "admission_reward"


class PayDefinition(Strict):
    """What counts as pay on either side."""

    title: Bilingual
    teacher: tuple[Component, ...] = Field(min_length=1)
    civil: tuple[Component, ...] = Field(min_length=1)


class _PayDefinitions(Strict):
    definitions: dict[str, PayDefinition] = Field(min_length=1)


@cache
def pay_definitions() -> dict[str, PayDefinition]:
    """Every definition of pay by name, the indicator's own first."""
    return read(FOLDER / "pay_definitions.yaml", _PayDefinitions).definitions


@dataclass(frozen=True)
class Side:
    """One side's mean annual pay in yuan, by component; None: the component was left empty."""

    persons: int | None
    components: Mapping[Component, Decimal | None]

    def mean(self, counted: tuple[Component, ...] = COMPONENTS) -> Decimal | None:
        """The sum of what is counted; None where a part of it is missing."""
        given = [amount for name in counted if (amount := self.components[name]) is not None]
        return sum(given, Decimal(0)) if len(given) == len(counted) else None

    @property
    def missing(self) -> tuple[Component, ...]:
        return tuple(name for name in COMPONENTS if self.components[name] is None)


@dataclass(frozen=True)
class Comparison:
    """The ratio under one definition of pay. short: yuan a teacher and year that are missing to 1, exact, 0 if met;
    all three are None where a side has no mean."""

    ratio: Fraction | None
    met: bool | None
    short: Decimal | None


@dataclass(frozen=True)
class Pay:
    """One area's certified pay of a year."""

    year: int
    area: str
    english: str | None
    teacher: Side
    civil: Side
    certified_by: str
    certified_on: date | None

    def compared(self, definition: PayDefinition) -> Comparison:
        teacher, civil = self.teacher.mean(definition.teacher), self.civil.mean(definition.civil)
        if teacher is None or not civil:
            return Comparison(None, None, None)
        return Comparison(Fraction(teacher) / Fraction(civil), teacher >= civil, max(Decimal(0), civil - teacher))

    def verdicts(self) -> dict[str, Comparison]:
        """The ratio under every definition of pay."""
        return {name: self.compared(definition) for name, definition in pay_definitions().items()}

    @property
    def depends(self) -> bool:
        """Whether one definition says that the target is met and another that it is not."""
        return {True, False} <= {one.met for one in self.verdicts().values()}


@dataclass(frozen=True)
class Books:
    """A foundation's year in yuan. expected: the balance of the year before + donations − grants; None: no year before."""

    area: str
    foundation: str
    year: int
    donations: Decimal
    grants: Decimal
    balance: Decimal
    donors: int | None
    expected: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """The reported balance less the expected one; 0 where the books agree."""
        return None if self.expected is None else self.balance - self.expected


@dataclass(frozen=True)
class Reward:
    """What a school is due for a year in yuan, and what was paid; None: not reported."""

    year: int
    school: str
    area: str
    due: int
    paid: Decimal | None


def pay(store: Store, as_of: date | None = None) -> tuple[Pay, ...]:
    """Every area's pay of every year, oldest first, as of the end of a day (None: now)."""
    return tuple(_pay(row) for row in asked(store, PAY, as_of))


def books(store: Store, as_of: date | None = None) -> tuple[Books, ...]:
    """Every foundation's years, the newest first."""
    return tuple(_books(row) for row in asked(store, FOUNDATION, as_of))


def rewards(store: Store, as_of: date | None, viewer: Viewer) -> tuple[Reward, ...]:
    """The reward record, newest year first; `Refused` for a viewer who may not see internal records."""
    if REWARD_INDICATOR not in visible(viewer):
        raise Refused(_("The reward record is internal. It is shown to staff who may see internal records."))
    rows = asked(store, REWARDS, as_of)
    return tuple(Reward(row["year"], row["name"], row["area"], int(row["due"]), row["paid"]) for row in rows)


def _pay(row: Row) -> Pay:
    teacher, civil = (
        Side(row[persons], {name: row[f"{side}_{name}"] for name in COMPONENTS})
        for side, persons in (("teacher", "teachers"), ("civil", "civil_servants"))
    )
    return Pay(int(row["year"]), row["area"], row["name_en"], teacher, civil, row["certified_by"], row["certified_on"])


def _books(row: Row) -> Books:
    before = row["balance_before"]
    expected = None if before is None else before + row["donations"] - row["grants"]
    amounts = (row["donations"], row["grants"], row["balance"])
    return Books(row["area"], row["foundation"], int(row["year"]), *amounts, row["donors"], expected)
