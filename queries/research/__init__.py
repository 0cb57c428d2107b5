"""What stands behind clauses 13 to 15 and 24: posts, terms, analyses, reports, and the city's score rates exam by exam."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from data.store import Store
from queries.asked import Row, asked
from queries.suppression import SMALL, is_small

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Duty:
    """One researcher's term, without who it is. done and wanted: lessons, activities and mentees, in the order of QUOTAS."""

    period: int
    office: str
    stage: str | None
    subject: str | None
    on_duty: bool
    done: tuple[int, int, int]
    wanted: tuple[int, int, int]

    @property
    def met(self) -> tuple[bool, ...]:
        return tuple(done >= wanted for done, wanted in zip(self.done, self.wanted, strict=True))


QUOTAS = ("lessons", "activities", "mentees")


@dataclass(frozen=True)
class Posts:
    """How many of the posts of a subject in an office are filled."""

    year: int
    office: str
    subject: str
    filled: int
    posts: int


@dataclass(frozen=True)
class Analysis:
    """A joint exam and its analysis. due_on: None where nobody entered that one is due; days: from exam to analysis."""

    exam_id: str
    stage: str
    grade: str
    last_day: date
    due_on: date | None
    published_on: date | None
    days: int | None


@dataclass(frozen=True)
class Overdue:
    """A report that came late or (`published_on` None) is still missing; days_late up to then or to today."""

    year: int
    office: str
    report: str
    kind: str
    due_on: date
    published_on: date | None
    days_late: int


@dataclass(frozen=True)
class Rate:
    """The mean mark as a share of full marks, over all pupils of the main urban area who have a mark."""

    exam_id: str
    grade: str
    day: date
    pupils: int
    rate: Fraction


@dataclass(frozen=True)
class Cohort:
    """Pupils of one stage that began together in the school year `entered`; where that is not known, those of a grade."""

    stage: str
    entered: int | None
    grade: str

    @property
    def code(self) -> str:
        return f"{self.stage}{self.entered or self.grade}"


def duties(store: Store, as_of: date | None = None) -> tuple[Duty, ...]:
    """Every term of every researcher whom the main urban area counts, the oldest first."""
    return tuple(
        Duty(
            int(row["period"]),
            row["office"],
            row["stage"],
            row["subject"],
            row["on_duty"],
            (row["lessons"], row["activities"], row["mentees"]),
            (row["lessons_wanted"], row["activities_wanted"], row["mentees_wanted"]),
        )
        for row in asked(store, FOLDER / "duties.sql", as_of)
    )


def posts(store: Store, as_of: date | None = None) -> tuple[Posts, ...]:
    """The posts of the newest year that has any."""
    found = [Posts(**row) for row in asked(store, FOLDER / "posts.sql", as_of)]
    return tuple(one for one in found if one.year == found[-1].year)


def analyses(store: Store, as_of: date | None = None) -> tuple[Analysis, ...]:
    """Every joint exam that is over, the newest first."""
    return tuple(Analysis(**row) for row in asked(store, FOLDER / "analyses.sql", as_of))


def overdue(store: Store, as_of: date | None = None) -> tuple[Overdue, ...]:
    """Reports that came late or are missing: the missing ones first, the longest wait first."""
    return tuple(Overdue(**row) for row in asked(store, FOLDER / "overdue.sql", as_of))


def score_rates(store: Store, as_of: date | None = None) -> dict[tuple[Cohort, str], tuple[Rate, ...]]:
    """Cohort and subject → the exams in the order of time. One subject of one cohort is all that may be compared.

    Papers that fewer than ten pupils of the city, or of elsewhere, sat are left out: a mean tells of few persons, be it as the
    rest of the whole exam's.
    """
    series: dict[tuple[Cohort, str], list[Rate]] = defaultdict(list)
    for row in asked(store, FOLDER / "score_rates.sql", as_of):
        if row["sat"] >= SMALL and not is_small(row["others"]):
            series[_cohort(row), row["subject"]].append(_rate(row))
    return {key: tuple(rates) for key, rates in sorted(series.items(), key=lambda one: -len(one[1]))}


def _cohort(row: Row) -> Cohort:
    entered = row["entered"]
    return Cohort(row["stage"], entered, "" if entered else row["grade"])


def _rate(row: Row) -> Rate:
    share = Fraction(row["marks"]) / (row["sat"] * Fraction(row["full_marks"]))
    return Rate(row["exam_id"], row["grade"], row["day"], row["sat"], share)
