"""The indicators of data/samples/accountability.py, computed a second time (clauses 19 to 21)."""

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from math import lcm

from tests.queries.oracle.base import Figures, areas_of, entry_on, histories, rows, running

BODIES = {"district_government_score": "区级政府", "district_bureau_score": "区级教育部门"}


def figures(files: Mapping[str, bytes]) -> dict[str, Figures]:
    """Indicator → its figures for every period, area and part."""
    scores = {name: score(rows(files, "appraisal"), body) for name, body in BODIES.items()}
    return scores | {
        "key_school_targets_met": key_school_targets_met(files),
        "responsibility_letters": responsibility_letters(files),
    }


def key_school_targets_met(files: Mapping[str, bytes]) -> Figures:
    """Every key school of an area that any school reported from; None while one of them is neither met nor missed."""
    items: dict[tuple[str, str], list[bool | None]] = {}
    for row in rows(files, "school_target"):
        items.setdefault((row["year"], row["institution_id"]), []).append(_met(row))
    history = histories(files)
    areas = {(year, area) for year, one in items for area in areas_of(entry_on(f"{year}-12-31", history[one]))}
    found: Figures = {}
    for year, area in areas:
        opened = [one for one in running(files, f"{year}-12-31") if area in areas_of(one)]
        key = [items.get((year, one["institution_id"]), [None]) for one in opened if one["key_senior"] == "是"]
        missed = sum(False in one for one in key)
        met = sum(set(one) == {True} for one in key)
        found[int(year), area, None] = (met if met + missed == len(key) else None, len(key))
    return found


def _met(row: dict[str, str]) -> bool | None:
    if not row["result"]:
        return None
    result, target = float(row["result"]), float(row["target"])
    return result >= target if row["comparison"] == "不低于" else result <= target


def responsibility_letters(files: Mapping[str, bytes]) -> Figures:
    listed = rows(files, "responsibility")
    found: Figures = {}
    for year in {row["year"] for row in listed}:
        opened = running(files, f"{year}-12-31")
        reported = {row["institution_id"]: row["signed"] == "是" for row in listed if row["year"] == year}
        for area in {area for one in opened if one["institution_id"] in reported for area in areas_of(one)}:
            own = [one["institution_id"] for one in opened if area in areas_of(one)]
            found[int(year), area, None] = (sum(reported.get(one, False) for one in own), len(own))
    return found


def score(given: list[dict[str, str]], body: str) -> Figures:
    """Both sides with all items on the smallest full score that 100 and the items' own (whole ones) divide."""
    groups: dict[tuple[int, str], list[dict[str, str]]] = defaultdict(list)
    for row in given:
        if row["body"] == body:
            groups[int(row["year"]), row["area"]].append(row)
    found: Figures = {}
    for place, group in groups.items():
        full = lcm(100, *(int(row["full_score"]) for row in group))
        points = sum(Fraction(row["weight"]) * Fraction(row["score"]) * full / int(row["full_score"]) for row in group)
        weights = sum(Fraction(row["weight"]) for row in group) * Fraction(full, 100)
        found[(*place, None)] = (points, weights)
    return found
