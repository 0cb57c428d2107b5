"""The six indicators computed a second time from the bytes of the sample files, in plain Python.

Nothing of the product is used here, and no SQL: what both agree on is not one mistake made once.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

WHOLE = "主城区"
DISTRICTS = ("信都区", "襄都区", "开发区")
PUBLIC_BODIES = {"教育部门办", "其他部门办", "地方企业办", "事业单位办", "部队办", "集体办"}

# (period, area, part; None is the whole) → (numerator, denominator)
Figures = dict[tuple[int, str, str | None], tuple[int | None, int | None]]


@dataclass(frozen=True)
class Return:
    """A row of the annual return with what the register says of the institution on 1 September."""

    year: int
    institution: str
    stage: str
    pupils: int
    classes: int | None
    district: str
    main_urban: bool
    kind: str
    ownership: str

    @property
    def areas(self) -> tuple[str, ...]:
        return (self.district, WHOLE) if self.main_urban else (self.district,)


def table(content: bytes, encoding: str) -> list[dict[str, str]]:
    return list(csv.DictReader(content.decode(encoding).splitlines()))


def read(files: Mapping[str, bytes]) -> list[Return]:
    """Every return of the sample files."""
    history: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in table(files["institution.csv"], "utf-8-sig"):
        history[row["institution_id"]].append(row)
    found = []
    for row in table(files["enrolment.csv"], "gb18030"):
        entry = entry_on(f"{row['school_year']}-09-01", history[row["institution_id"]])
        found.append(
            Return(
                int(row["school_year"]),
                row["institution_id"],
                row["stage"],
                int(row["pupils"]),
                int(row["classes"]) if row["classes"] else None,
                entry["area"],
                entry["main_urban"] == "是",
                entry["kind"],
                ownership(entry, f"{row['school_year']}-09-01"),
            )
        )
    return found


def entry_on(day: str, entries: Iterable[dict[str, str]]) -> dict[str, str]:
    """The newest entry of the register up to a day, else the first there is. Days are text: 2020-09-01."""
    ordered = sorted(entries, key=lambda entry: entry["valid_from"])
    return next((entry for entry in reversed(ordered) if entry["valid_from"] <= day), ordered[0])


def ownership(entry: Mapping[str, str], day: str) -> str:
    if entry["ownership"] in PUBLIC_BODIES:
        return "public"
    begins, ends = entry["recognised_from"] or "0", entry["recognised_to"] or "9"
    return "inclusive_private" if entry["ownership"] == "普惠性民办" and begins <= day <= ends else "private"


def figures(files: Mapping[str, bytes]) -> dict[str, Figures]:
    """Indicator → its figures for every period, area and part."""
    returns = read(files)
    population = table(files["population.csv"], "utf-8")
    return {
        "inclusive_share": inclusive_share(returns),
        "public_share": public_share(returns),
        "gross_enrolment": gross_enrolment(returns, population),
        "pupils": pupils(returns),
        "kindergartens": kindergartens(returns),
        "mean_class_size": mean_class_size(returns),
    }


def by_period_and_area(returns: Iterable[Return]) -> Iterator[tuple[int, str, list[Return]]]:
    groups: dict[tuple[int, str], list[Return]] = defaultdict(list)
    for one in returns:
        for area in one.areas:
            groups[one.year, area].append(one)
    for (year, area), group in groups.items():
        yield year, area, group


def children(returns: Iterable[Return], *ownerships: str) -> int:
    return sum(one.pupils for one in returns if not ownerships or one.ownership in ownerships)


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


def value(unit: str, numerator: int | None, denominator: int | None) -> Fraction | None:
    """What a figure's two sides come to: exact, or None where they say nothing."""
    if numerator is None:
        return None
    if unit == "count":
        return Fraction(numerator)
    return Fraction(numerator, denominator) if denominator else None
