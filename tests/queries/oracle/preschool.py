"""Estate kindergartens, spending and inspections (clauses 25 and 26), computed a second time."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from tests.queries.oracle.base import (
    Figures,
    areas_of,
    by_period_and_area,
    children,
    entry_on,
    histories,
    read,
    rows,
    running,
)

Files = Mapping[str, bytes]

PLAN_YEARS = (2020, 2021, 2022)
TERMS = {"第一学期": 1, "第二学期": 2}


def figures(files: Files) -> dict[str, Figures]:
    """Indicator → its figures for every period, area and part."""
    return {
        "community_kindergartens_built": built(files),
        "community_kindergartens_handed_over": handed_over(files),
        "preschool_spending": spending(files),
        "preschool_spending_per_child": spending_per_child(files),
        "kindergarten_inspections": inspections(files),
        "schoolification_rectified": rectified(files),
    }


def built(files: Files) -> Figures:
    return _kept(files, lambda row: row["due_on"], "built_on")


def handed_over(files: Files) -> Figures:
    return _kept(files, lambda row: row["handover_due_on"] or row["due_on"], "handed_over_on")


def _kept(files: Files, due_on: Callable[[Mapping[str, str]], str], done_on: str) -> Figures:
    """Of what was due by the end of a year, how much was done by then. Days are text, an empty one has not come."""
    found: dict[tuple[int, str, str | None], list[int]] = {}
    for year in PLAN_YEARS:
        end = f"{year}-12-31"
        for row in rows(files, "community_kindergarten"):
            due = bool(due_on(row)) and due_on(row) <= end
            done = due and bool(row[done_on]) and row[done_on] <= end
            for area in areas_of(row):
                sides = found.setdefault((year, area, None), [0, 0])
                sides[0] += done
                sides[1] += due
    return {place: (sides[0], sides[1]) for place, sides in found.items()}


def spending(files: Files) -> Figures:
    found: dict[tuple[int, str, str | None], int] = defaultdict(int)
    for row in rows(files, "preschool_funding"):
        for part in (None, row["kind"]):
            found[int(row["year"]), row["area"], part] += int(row["amount"])
    return {place: (amount, None) for place, amount in found.items()}


def spending_per_child(files: Files) -> Figures:
    returns = (one for one in read(files) if one.stage == "学前")
    counted = {(year, area): children(group) for year, area, group in by_period_and_area(returns)}
    whole = {place: sides[0] for place, sides in spending(files).items() if place[2] is None}
    return {place: (amount, counted.get(place[:2])) for place, amount in whole.items()}


def inspections(files: Files) -> Figures:
    listed: dict[tuple[int, str], dict[str, bool]] = defaultdict(dict)
    for period, area, row in _inspected(files):
        listed[period, area][row["institution_id"]] = row["inspected"] == "是"
    found: Figures = {}
    for (period, area), of_the_term in listed.items():
        register = {
            entry["institution_id"]
            for entry in running(files, f"{period // 10}-12-31")
            if entry["kind"] == "幼儿园" and area in areas_of(entry)
        }
        found[period, area, None] = (sum(of_the_term.get(one, False) for one in register), len(register))
    return found


def rectified(files: Files) -> Figures:
    found: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    for period, area, row in _inspected(files):
        of_the_term = found[period, area]
        if row["cases_found"]:
            of_the_term.append((int(row["cases_rectified"] or 0), int(row["cases_found"])))
    return {
        (*place, None): (sum(one for one, _ in cases), sum(one for _, one in cases)) if cases else (None, None)
        for place, cases in found.items()
    }


def _inspected(files: Files) -> Iterator[tuple[int, str, dict[str, str]]]:
    """(term, area, row) of every inspection, under each area that the kindergarten counts in at the end of the year."""
    history = histories(files)
    for row in rows(files, "inspection"):
        entry = entry_on(f"{row['school_year']}-12-31", history[row["institution_id"]])
        for area in areas_of(entry):
            yield int(row["school_year"]) * 10 + TERMS[row["term"]], area, row
