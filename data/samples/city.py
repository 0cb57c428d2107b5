"""The invented city that all sample files are about."""

from dataclasses import dataclass

from data.samples.kindergartens import Kindergarten
from data.samples.schools import School


@dataclass(frozen=True)
class City:
    """Its institutions, in the order of their numbers."""

    kindergartens: list[Kindergarten]
    schools: list[School]

    def schools_of(self, *stages: str) -> list[School]:
        """The schools that teach any of the stages (小学, 初中, 高中)."""
        return [one for one in self.schools if any(stage in one.pupils for stage in stages)]

    @property
    def key_senior_schools(self) -> list[School]:
        return [one for one in self.schools if one.key_senior]
