"""The plan: its clauses in the product's own words (`plan.yaml`). Another city puts its own file in that place."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from data.configuration import Bilingual, Strict, read

PLAN_FILE = Path(__file__).parent / "plan.yaml"

ClauseNumber = int | Literal["goal", "steering"]


class Clause(Strict):
    number: ClauseNumber
    title: Bilingual
    text: Bilingual
    notice: Bilingual | None = None


class Group(Strict):
    id: str
    title: Bilingual
    clauses: tuple[Clause, ...]


class ReturnDay(Strict):
    """The day of a school year's first autumn that its annual return describes."""

    month: Annotated[int, Field(ge=8, le=12)]
    day: Annotated[int, Field(ge=1)]

    @model_validator(mode="after")
    def _is_a_day(self) -> "ReturnDay":
        self.of(2000)
        return self

    def of(self, school_year: int) -> date:
        """The day in the school year that begins in a year; `ValueError` where the calendar has none."""
        return date(school_year, self.month, self.day)


class Plan(Strict):
    title: Bilingual
    short_title: Bilingual
    issuer: Bilingual
    issued: date
    begins: date
    ends: date
    whole: str
    return_day: ReturnDay
    groups: tuple[Group, ...]

    @model_validator(mode="after")
    def _clauses_are_unique(self) -> "Plan":
        numbers = [clause.number for group in self.groups for clause in group.clauses]
        twice = [number for number in numbers if numbers.count(number) > 1]
        if twice:
            raise ValueError(f"clause {twice[0]} stands twice")
        return self

    @property
    def clauses(self) -> dict[ClauseNumber, Clause]:
        return {clause.number: clause for group in self.groups for clause in group.clauses}

    def group_of(self, number: ClauseNumber) -> Group:
        """The group that holds a clause; KeyError if the plan has no such clause."""
        for group in self.groups:
            if any(clause.number == number for clause in group.clauses):
                return group
        raise KeyError(number)


@cache
def plan() -> Plan:
    return read(PLAN_FILE, Plan)


def return_day_macro() -> str:
    """The SQL that makes the macro `return_day(school_year)`: the day that the annual return of a school year describes."""
    held = plan().return_day
    return (
        f"create or replace macro return_day(school_year) as make_date(school_year::integer, {held.month}, {held.day})"
    )
