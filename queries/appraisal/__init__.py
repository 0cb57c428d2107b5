"""The appraisal of the districts (clauses 19, 20): scores, places, where points were lost, and how firm the order is.

score = Σ weight × score ÷ full score, over Σ weight, in points of 100. All numbers are exact fractions; a place is the
competition rank (1, 2, 2, 4). How firm the order is stands in `queries.appraisal.firmness`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from pathlib import Path

from data.store import Store
from data.words import N_
from queries.asked import Row, asked, asked_afresh

ITEMS = Path(__file__).parent / "items.sql"

HUNDRED = Fraction(100)


@dataclass(frozen=True)
class Body:
    """Whom an appraisal is about: its value in the data, its indicator, its name (message id)."""

    value: str
    indicator: str
    name: str


BODIES = {
    "government": Body("区级政府", "district_government_score", N_("District governments")),
    "bureau": Body("区级教育部门", "district_bureau_score", N_("District education departments")),
}


@dataclass(frozen=True)
class Item:
    """One item of one district. unit: what its last printed digit counts, the finest among the districts."""

    name: str
    weight: Fraction
    full: Fraction
    score: Fraction
    unit: Fraction = Fraction(1)

    @property
    def share(self) -> Fraction:
        """The part of the full score that was reached, 0 to 1."""
        return self.score / self.full

    @property
    def reach(self) -> tuple[Fraction, Fraction]:
        """The least and the greatest share that print as this score: half a unit to either side, within 0 and full."""
        half = self.unit / 2
        return max(Fraction(0), self.score - half) / self.full, min(self.full, self.score + half) / self.full


@dataclass(frozen=True)
class Appraised:
    """One district's appraisal of a year. Its weights come to more than 0."""

    area: str
    items: tuple[Item, ...]

    @property
    def weights(self) -> Fraction:
        return sum((one.weight for one in self.items), Fraction(0))

    @property
    def score(self) -> Fraction:
        """Points of 100."""
        return HUNDRED * sum((one.weight * one.share for one in self.items), Fraction(0)) / self.weights

    def weighed(self, item: Item) -> Fraction:
        """The points of 100 that an item can bring."""
        return HUNDRED * item.weight / self.weights

    def loss(self, item: Item) -> Fraction:
        """The points of 100 that an item cost: all losses and the score are 100."""
        return self.weighed(item) * (1 - item.share)

    def item(self, name: str) -> Item | None:
        return next((one for one in self.items if one.name == name), None)


@dataclass(frozen=True)
class Standing:
    """A district's place in a year. change: places gained since the year before (lost: below 0), gain: points; None: not
    appraised in the year before. tied: whether another district has the same score."""

    appraised: Appraised
    place: int
    tied: bool
    change: int | None
    gain: Fraction | None


@dataclass(frozen=True)
class Year:
    """A year's appraisal, the first place first; districts that tie in the order of the areas."""

    year: int
    standings: tuple[Standing, ...]

    @property
    def districts(self) -> tuple[Appraised, ...]:
        return tuple(one.appraised for one in self.standings)

    @property
    def items(self) -> tuple[str, ...]:
        """The names of the year's items, in the order of the first district that has them."""
        return tuple(dict.fromkeys(item.name for one in self.districts for item in one.items))


def years(store: Store, body: str, as_of: date | None = None) -> tuple[Year, ...]:
    """A body's appraisals as of the end of a day (None: now), the oldest year first; body: a key of `BODIES`."""
    return ordered(asked(store, ITEMS, as_of, body=BODIES[body].value))


def years_afresh(store: Store, body: str, as_of: date | None = None) -> tuple[Year, ...]:
    """The same as `years`, from rows that are read once more, whatever is kept."""
    return ordered(asked_afresh(store, ITEMS, as_of, body=BODIES[body].value))


def ordered(rows: Iterable[Row]) -> tuple[Year, ...]:
    """The years of rows of `items.sql`: each with its districts in their order and the change since the year before."""
    found: list[Year] = []
    for year, of_year in groupby(rows, key=lambda row: int(row["year"])):
        before = found[-1] if found and found[-1].year == year - 1 else None
        found.append(Year(year, ranked(_districts(list(of_year)), before)))
    return tuple(found)


def ranked(districts: Sequence[Appraised], before: Year | None = None) -> tuple[Standing, ...]:
    """The districts in the order of their scores, with their places."""
    scores = {one.area: one.score for one in districts}
    earlier = {one.appraised.area: one for one in before.standings} if before else {}
    found = []
    for one in sorted(districts, key=lambda district: -scores[district.area]):
        place, last = place_among(scores, one.area), earlier.get(one.area)
        tied = sum(score == scores[one.area] for score in scores.values()) > 1
        gain = scores[one.area] - last.appraised.score if last else None
        found.append(Standing(one, place, tied, last.place - place if last else None, gain))
    return tuple(found)


def place_among(scores: dict[str, Fraction], area: str) -> int:
    """The competition rank: one more than there are higher scores."""
    return 1 + sum(score > scores[area] for score in scores.values())


def _districts(rows: Sequence[Row]) -> list[Appraised]:
    """Districts whose weights come to nothing have no score, and no place."""
    units = {
        name: _finest(row["score"] for row in rows if row["item"] == name) for name in {row["item"] for row in rows}
    }
    found: dict[str, list[Item]] = {}
    for row in rows:
        numbers = (Fraction(row["weight"]), Fraction(row["full_score"]), Fraction(row["score"]))
        found.setdefault(row["area"], []).append(Item(row["item"], *numbers, units[row["item"]]))
    districts = [Appraised(area, tuple(items)) for area, items in found.items()]
    return [one for one in districts if one.weights]


def _finest(scores: Iterable[Decimal]) -> Fraction:
    """What the last printed digit counts: 92.5 and 88 → 0.1. Zeros at the end are not kept, so all scores are looked at."""
    places = [int(score.normalize().as_tuple().exponent) for score in scores]
    return Fraction(10) ** min(0, *places)
