"""Shares, counts and means of the annual return (clauses 22, 25, 27)."""

from collections import defaultdict
from collections.abc import Mapping

from tests.queries.oracle.base import Figures, Return, by_period_and_area, children, read, rows


def figures(files: Mapping[str, bytes]) -> dict[str, Figures]:
    """Indicator → its figures for every period, area and part."""
    returns = read(files)
    population = rows(files, "population")
    return {
        "inclusive_share": inclusive_share(returns),
        "public_share": public_share(returns),
        "gross_enrolment": gross_enrolment(returns, population),
        "pupils": pupils(returns),
        "kindergartens": kindergartens(returns),
        "mean_class_size": mean_class_size(returns),
    }


def inclusive_share(returns: list[Return]) -> Figures:
    found: Figures = {}
    for year, area, group in by_period_and_area(one for one in returns if one.stage == "学前"):
        everybody = children(group)
        found[year, area, None] = (children(group, "public", "inclusive_private"), everybody)
        for part in ("public", "inclusive_private", "private"):
            found[year, area, part] = (children(group, part), everybody)
    return found


def public_share(returns: list[Return]) -> Figures:
    groups = by_period_and_area(one for one in returns if one.stage == "学前")
    return {(year, area, None): (children(group, "public"), children(group)) for year, area, group in groups}


def gross_enrolment(returns: list[Return], population: list[dict[str, str]]) -> Figures:
    ages: dict[tuple[int, str], dict[str, int]] = defaultdict(dict)
    for row in population:
        ages[int(row["year"]), row["area"]][row["age"]] = int(row["persons"])
    persons = {place: sum(of[age] for age in "345") for place, of in ages.items() if set("345") <= set(of)}
    groups = by_period_and_area(one for one in returns if one.stage == "学前")
    counted = {(year, area): children(group) for year, area, group in groups}
    places = persons.keys() | counted.keys()
    return {(*place, None): (counted.get(place), persons.get(place)) for place in places}


def pupils(returns: list[Return]) -> Figures:
    found: Figures = {}
    for year, area, group in by_period_and_area(returns):
        found[year, area, None] = (children(group), None)
        for stage in {one.stage for one in group}:
            found[year, area, stage] = (children(one for one in group if one.stage == stage), None)
    return found


def kindergartens(returns: list[Return]) -> Figures:
    found: Figures = {}
    own = (one for one in returns if one.stage == "学前" and one.kind == "幼儿园")
    for year, area, group in by_period_and_area(own):
        found[year, area, None] = (len({one.institution for one in group}), None)
        for part in {one.ownership for one in group}:
            found[year, area, part] = (len({one.institution for one in group if one.ownership == part}), None)
    return found


def mean_class_size(returns: list[Return]) -> Figures:
    found: Figures = {}
    compulsory = (one for one in returns if one.stage in ("小学", "初中") and one.classes is not None)
    for year, area, group in by_period_and_area(compulsory):
        for stage in (None, *{one.stage for one in group}):
            chosen = [one for one in group if stage in (None, one.stage)]
            found[year, area, stage] = (children(chosen), sum(one.classes or 0 for one in chosen))
    return found
