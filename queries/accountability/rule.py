"""The rule of consequences as data: versions with the day from which each is in force, read from `rule.yaml`."""

from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from data.configuration import Bilingual, Strict, read

FILE = Path(__file__).parent / "rule.yaml"


class Step(Strict):
    """From so many missed years in a row on, this follows. recorded: the dataset's column with the day on which it did."""

    in_a_row: Annotated[int, Field(ge=1)]
    consequence: Bilingual
    recorded: Literal["talked_on", "replaced_on"]


class Version(Strict):
    """One wording of the rule; its steps in order."""

    version: int
    in_force: date
    source: Bilingual
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _steps_rise(self) -> "Version":
        if any(later.in_a_row <= earlier.in_a_row for earlier, later in pairwise(self.steps)):
            raise ValueError("steps: each needs more years in a row than the one before")
        return self

    def step(self, in_a_row: int) -> Step | None:
        """What follows after so many missed years in a row; None where nothing does."""
        reached = [step for step in self.steps if step.in_a_row <= in_a_row]
        return reached[-1] if reached else None


class Rule(Strict):
    """Every version, the oldest first."""

    versions: Annotated[tuple[Version, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _versions_follow(self) -> "Rule":
        for earlier, later in pairwise(self.versions):
            if later.in_force <= earlier.in_force or later.version <= earlier.version:
                raise ValueError("versions: each needs a later day and a larger number than the one before")
        return self

    @property
    def first_year(self) -> int:
        """The first year that the rule covers."""
        return self.versions[0].in_force.year

    def of_year(self, year: int) -> Version | None:
        """The version in force on the year's last day; None for a year before the rule."""
        held = [one for one in self.versions if one.in_force <= date(year, 12, 31)]
        return held[-1] if held else None


@cache
def rule(path: Path = FILE) -> Rule:
    """The rule; `BrokenConfiguration` names file and key."""
    return read(path, Rule)
