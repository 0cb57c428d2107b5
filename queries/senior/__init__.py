"""What a page shows of every senior school beside the indicators of clauses 4 to 9: plain records, no single pupil.

Awards stand for winners, so few of them are withheld, and with them another school's of the district where its total
would give them away. Leaders are named by office and post only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from data.store import Store
from queries.asked import Row, asked
from queries.suppression import is_small, suppressed_beside, suppressed_parts

FOLDER = Path(__file__).parent
# The forms of support that clause 5 wants, grade by grade.
GRADES = {"高一": "班级培养", "高二": "小组培养", "高三": "一对一培养"}


@dataclass(frozen=True)
class Funding:
    """A year's public funding of a school in yuan and its pupils of the autumn; per_pupil: None where one is missing."""

    year: int
    amount: Decimal
    pupils: int | None
    per_pupil: Fraction | None


@dataclass(frozen=True)
class Partnership:
    """An agreement with a partner; in_force: not run out yet on the reporting day."""

    partner: str
    place: str
    form: str
    signed_on: date
    ends_on: date | None
    in_force: bool


@dataclass(frozen=True)
class Speciality:
    """recognised_on: None for one that the plan names and nobody has recognised."""

    kind: str
    named_in_plan: bool
    recognised_on: date | None


@dataclass(frozen=True)
class Leader:
    post: str
    level: str
    assigned_on: date


@dataclass(frozen=True)
class Awards:
    """A school's awards of the newest year. count: None where it is withheld, being small or giving a small one away."""

    year: int
    count: int | None
    small: bool = False


@dataclass(frozen=True)
class School:
    """One senior school. mentoring: grade → the forms that run there; None where the school reported none at all."""

    institution_id: str
    name: str
    district: str
    key: bool
    funding: tuple[Funding, ...]
    mentoring: Mapping[str, tuple[str, ...]] | None
    partnerships: tuple[Partnership, ...]
    specialities: tuple[Speciality, ...]
    leaders: tuple[Leader, ...]
    awards: Awards | None

    @property
    def rose(self) -> bool | None:
        """Whether funding per pupil rose in the newest year that has a figure; None without two of them."""
        given = [one.per_pupil for one in self.funding if one.per_pupil is not None]
        return given[-1] > given[-2] if len(given) > 1 else None


def schools(store: Store, area: str, as_of: date | None = None) -> tuple[School, ...]:
    """The senior schools of an area, key schools first, as of the end of a day (None: now)."""
    listed = asked(store, FOLDER / "schools.sql", as_of, area=area)
    found = {
        name: _by_school(asked(store, FOLDER / f"{name}.sql", as_of))
        for name in ("funding", "mentoring", "partnerships", "specialities", "leaders")
    }
    awards = _awards(store, as_of)
    return tuple(
        School(
            row["institution_id"],
            row["name"],
            row["district"],
            row["key_senior"],
            tuple(_funding(one) for one in found["funding"].get(row["institution_id"], ())),
            _mentoring(found["mentoring"].get(row["institution_id"], ())),
            tuple(_partnership(one) for one in found["partnerships"].get(row["institution_id"], ())),
            tuple(
                Speciality(one["speciality"], one["named_in_plan"], one["recognised_on"])
                for one in found["specialities"].get(row["institution_id"], ())
            ),
            tuple(
                Leader(one["post"], one["level"], one["assigned_on"])
                for one in found["leaders"].get(row["institution_id"], ())
            ),
            awards.get(row["institution_id"]),
        )
        for row in listed
    )


def _by_school(rows: Sequence[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["institution_id"], []).append(row)
    return groups


def _funding(row: Row) -> Funding:
    per_pupil = Fraction(row["amount"]) / row["pupils"] if row["pupils"] else None
    return Funding(row["year"], row["amount"], row["pupils"], per_pupil)


def _mentoring(rows: Sequence[Row]) -> Mapping[str, tuple[str, ...]] | None:
    if not rows:
        return None
    return {grade: tuple(row["form"] for row in rows if row["grade"] == grade and row["running"]) for grade in GRADES}


def _partnership(row: Row) -> Partnership:
    return Partnership(
        row["partner"], row["partner_place"], row["form"], row["signed_on"], row["ends_on"], row["in_force"]
    )


def _awards(store: Store, as_of: date | None) -> dict[str, Awards]:
    """Every school's awards, districts apart, as each district's total is given elsewhere.

    Of districts whose totals are withheld only what they have together follows from the whole's: their schools are one group.
    """
    by_district: dict[str, list[Row]] = {}
    for row in asked(store, FOLDER / "awards.sql", as_of):
        by_district.setdefault(row["district"], []).append(row)
    totals = {district: [sum(row["awards"] or 0 for row in rows)] for district, rows in by_district.items()}
    few = {district for district, (total,) in totals.items() if is_small(total)}
    withheld = few | suppressed_beside(few, totals)
    groups: dict[str, list[Row]] = {}
    for district, rows in by_district.items():
        groups.setdefault("" if district in withheld else district, []).extend(rows)
    found: dict[str, Awards] = {}
    for rows in groups.values():
        hidden = suppressed_parts([row["awards"] for row in rows])
        for position, row in enumerate(rows):
            small, count = is_small(row["awards"]), None if position in hidden else row["awards"]
            found[row["institution_id"]] = Awards(row["year"], count, small)
    return found
