"""Places, losses and possible places of the sample appraisals in plain Python, by trying every corner."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

from tests.queries.oracle.base import rows

# Item → (weight, full score, score)
Scores = dict[str, tuple[Fraction, Fraction, Fraction]]


def appraisals(files: Mapping[str, bytes], body: str) -> dict[int, dict[str, Scores]]:
    """Year → district → its items."""
    found: dict[int, dict[str, Scores]] = defaultdict(lambda: defaultdict(dict))
    for row in rows(files, "appraisal"):
        if row["body"] == body:
            numbers = (Fraction(row["weight"]), Fraction(row["full_score"]), Fraction(row["score"]))
            found[int(row["year"])][row["area"]][row["item"]] = numbers
    return found


def score(items: Scores) -> Fraction:
    weights = sum(weight for weight, _full, _score in items.values())
    return 100 * sum(weight * got / full for weight, full, got in items.values()) / weights


def places(year: Mapping[str, Scores]) -> dict[str, int]:
    scores = {area: score(items) for area, items in year.items()}
    return {area: 1 + sum(other > own for other in scores.values()) for area, own in scores.items()}


def units(year: Mapping[str, Scores]) -> dict[str, Fraction]:
    """Item → what the last digit that any district's score needs counts."""
    found: dict[str, Fraction] = {}
    for name in next(iter(year.values())):
        of_item = [items[name][2] for items in year.values()]
        found[name] = next(
            unit for unit in map(Fraction, ("1", "0.1", "0.01")) if all(one % unit == 0 for one in of_item)
        )
    return found


def least_lead(year: Mapping[str, Scores], one: str, other: str, *, rounded: bool) -> Fraction:
    """The least that `one` can be ahead, over every combination of weights a fifth up and down."""
    half = {name: unit / 2 if rounded else Fraction(0) for name, unit in units(year).items()}
    worst = {
        area: {
            name: (weight, full, min(full, max(Fraction(0), got + (half[name] if area == other else -half[name]))))
            for name, (weight, full, got) in year[area].items()
        }
        for area in (one, other)
    }
    return min(score(at[one]) - score(at[other]) for at in corners(worst))


def corners(year: Mapping[str, Scores]) -> Iterator[dict[str, Scores]]:
    names = list(next(iter(year.values())))
    for factors in product((Fraction(4, 5), Fraction(6, 5)), repeat=len(names)):
        moved = dict(zip(names, factors, strict=True))
        yield {
            area: {name: (weight * moved[name], full, got) for name, (weight, full, got) in items.items()}
            for area, items in year.items()
        }
