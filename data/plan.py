"""The plan: its clauses in the product's own words (`plan.yaml`). Another city puts its own file in that place."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import model_validator

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


class Plan(Strict):
    title: Bilingual
    short_title: Bilingual
    issuer: Bilingual
    issued: date
    begins: date
    ends: date
    whole: str
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
