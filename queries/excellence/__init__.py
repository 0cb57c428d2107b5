"""The people, communities and schools behind the counts of clauses 10 to 12, and why some of them do not count."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.store import Store
from queries.asked import asked

ROSTER = Path(__file__).parent / "roster.sql"

# Kind of entry → the indicator that counts it; principals with a title are listed, but no number is set for them.
KINDS: dict[str, str | None] = {
    "star_teacher": "star_teachers",
    "backbone_teacher": "backbone_teachers",
    "star_principal": None,
    "backbone_principal": None,
    "teacher_community": "teacher_communities",
    "principal_community": "principal_communities",
    "star_studio": "principal_studios",
    "backbone_studio": "principal_studios",
    "senior_school": "star_senior_schools",
    "junior_school": "star_junior_schools",
    "primary_school": "star_primary_schools",
}


@dataclass(frozen=True)
class Entry:
    """One recognition, community or studio. code: of the teacher, community or school; name: what it is called, if at all.

    year: as entered. since and until: recognised or set up, and withdrawn or ended, on. reason: why it does not count in
    the main urban area (None: it counts). remark: what to check although it counts or whatever else it lacks.
    """

    kind: str
    code: str
    name: str | None
    school: str
    area: str
    subject: str | None
    level: str | None
    document: str | None
    year: int
    since: date | None
    until: date | None
    reason: str | None
    remark: str | None

    @property
    def counts(self) -> bool:
        return self.reason is None


def roster(store: Store, as_of: date | None = None, today: date | None = None) -> tuple[Entry, ...]:
    """Every entry of the lists as of the end of a day (None: now), the oldest first."""
    return tuple(Entry(**row) for row in asked(store, ROSTER, as_of, today))
