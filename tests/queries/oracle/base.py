"""What every oracle reads: sample files as rows, the register on a day, the annual returns."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isclose

WHOLE = "主城区"
DISTRICTS = ("信都区", "襄都区", "开发区")
PUBLIC_BODIES = {"教育部门办", "其他部门办", "地方企业办", "事业单位办", "部队办", "集体办"}

# A float stands where a root makes the figure inexact.
Number = int | Fraction | float
# (period, area, part; None is the whole) → (numerator, denominator)
Figures = dict[tuple[int, str, str | None], tuple[Number | None, Number | None]]


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


# The datasets whose sample files are not in UTF-8.
ENCODINGS = {"enrolment": "gb18030"}


def rows(files: Mapping[str, bytes], dataset: str) -> list[dict[str, str]]:
    """The rows of a dataset; none where there is no such file."""
    text = files.get(f"{dataset}.csv", b"").decode(ENCODINGS.get(dataset, "utf-8-sig"))
    return list(csv.DictReader(text.splitlines()))


def histories(files: Mapping[str, bytes]) -> dict[str, list[dict[str, str]]]:
    """Institution → its entries in the register."""
    history: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows(files, "institution"):
        history[row["institution_id"]].append(row)
    return history


def areas_of(entry: Mapping[str, str]) -> tuple[str, ...]:
    """The areas that an entry of the register (or a project, an estate) counts in."""
    return (entry["area"], WHOLE) if entry["main_urban"] == "是" else (entry["area"],)


def running(files: Mapping[str, bytes], day: str) -> list[dict[str, str]]:
    """The register on a day: the entry that holds, of every institution that was entered by then and is not closed."""
    found = []
    for entries in histories(files).values():
        entry = entry_on(day, entries)
        if entry["valid_from"] <= day and (not entry["closed_on"] or entry["closed_on"] > day):
            found.append(entry)
    return found


def read(files: Mapping[str, bytes]) -> list[Return]:
    """Every return of the sample files."""
    history = histories(files)
    found = []
    for row in rows(files, "enrolment"):
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


def by_period_and_area(returns: Iterable[Return]) -> Iterator[tuple[int, str, list[Return]]]:
    groups: dict[tuple[int, str], list[Return]] = defaultdict(list)
    for one in returns:
        for area in one.areas:
            groups[one.year, area].append(one)
    for (year, area), group in groups.items():
        yield year, area, group


def children(returns: Iterable[Return], *ownerships: str) -> int:
    return sum(one.pupils for one in returns if not ownerships or one.ownership in ownerships)


def value(unit: str, numerator: Number | None, denominator: Number | None) -> Fraction | None:
    """What a figure's two sides come to: exact, or None where they say nothing."""
    if numerator is None:
        return None
    if unit == "count":
        return Fraction(numerator)
    return Fraction(numerator) / Fraction(denominator) if denominator else None


def same(found: object, expected: Number | None) -> bool:
    """Whether a figure is the expected one: exactly, or to nine digits where a root makes it inexact."""
    if isinstance(expected, float):
        return isinstance(found, int | Decimal) and isclose(found, expected, rel_tol=1e-9, abs_tol=1e-11)
    return found == expected


SENIOR_GRADES = ("高一", "高二", "高三")


def exams_of_the_nearest_cohort(listed: Iterable[Mapping[str, str]], wanted: str) -> set[str]:
    """The senior exams of those who left or will leave school first among the exams of the newest school year.

    listed: the papers; only exams with something in the column `wanted` say which cohort it is.
    """
    papers = [row for row in listed if row["stage"] == "高中"]
    year = {row["exam_id"]: max(one["held_on"] for one in papers if one["exam_id"] == row["exam_id"]) for row in papers}
    begun = {exam: int(day[:4]) - (int(day[5:7]) < 8) for exam, day in year.items()}
    entered = {row["exam_id"]: begun[row["exam_id"]] - SENIOR_GRADES.index(row["grade"]) for row in papers}
    having = {row["exam_id"] for row in papers if row[wanted]}
    newest = max(begun[exam] for exam in having)
    nearest = min(entered[exam] for exam in having if begun[exam] == newest)
    return {exam for exam in entered if entered[exam] == nearest}
