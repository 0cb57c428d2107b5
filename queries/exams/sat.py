"""Who sat a paper of an exam, by school and track, and whose numbers are withheld with everything that is told of them.

They are those that the page of the exam withholds (queries.exams.figures): a mean told here would give a number away there.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from data.store import Store, end_of_day
from queries.asked import asked
from queries.exams.disclosure import Withheld, withheld
from queries.exams.figures import NO_TRACK, protection
from queries.exams.hypercube import WHOLE
from queries.exams.setup import TOTAL, Exam
from queries.exams.statistics import NOBODY, Moments

FOLDER = Path(__file__).parent
# What pupils without a track are called here, as in `figures`.
UNNAMED = NO_TRACK

Key = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Sat:
    """Those who sat a paper (or have a total) by school and track. hidden: None where nobody did.

    areas: those that schools count in, with these schools.
    """

    subject: str
    moments: Mapping[Key, Moments]
    areas: Mapping[str, tuple[str, ...]]
    hidden: Withheld | None

    @cached_property
    def schools(self) -> tuple[str, ...]:
        return tuple(sorted({school for school, _track in self.moments}))

    @cached_property
    def tracks(self) -> tuple[str, ...]:
        return tuple(sorted({track for _school, track in self.moments}))

    def members(self, name: str) -> tuple[str, ...]:
        """The schools of a name: an area's, all ("") or the one itself."""
        return self.schools if name == WHOLE else self.areas.get(name, (name,))

    def hides(self, name: str, track: str = WHOLE) -> bool:
        """Whether the number who sat is withheld, or nobody of the name sat: then nothing is told of it."""
        if self.hidden is None or name not in self.hidden.names or track not in self.hidden.tracks:
            return True
        return not any(one.n for one in self._parts(name, track)) or self.hidden.hides_number(name, track)

    def of(self, name: str, track: str = WHOLE) -> Moments:
        """The marks of those of a name, in one track or in all."""
        return added(self._parts(name, track))

    def _parts(self, name: str, track: str) -> Iterator[Moments]:
        tracks = self.tracks if track == WHOLE else (track,)
        return (self.moments.get((school, one), NOBODY) for school in self.members(name) for one in tracks)

    def z(self, name: str) -> Moments:
        """The pupils' standard scores: of a paper against all who sat it, of a total against all of the same track.

        Totals of different tracks are made of different papers. Pupils among whom all have one score have no Z.
        """
        return added(standardised(self.of(name, track), whole) for track, whole in self._scales.items())

    @cached_property
    def _scales(self) -> Mapping[str, Moments]:
        """Track or, of a paper, all tracks ("") → what standard scores are measured in."""
        return {track: self.of(WHOLE, track) for track in (self.tracks if self.subject == TOTAL else (WHOLE,))}


def sat(store: Store, exam: Exam, subject: str, as_of: date | None = None) -> Sat:
    """Those who sat a paper of an exam, or ("") have all papers."""
    version = store.version_at(end_of_day(as_of) if as_of else None)
    return store.remembered(("sat", exam.id, subject, version), lambda: _sat(store, exam, subject, as_of))


def standardised(unit: Moments, whole: Moments) -> Moments:
    """Marks as standard scores of the whole: (x − x̄)/S. The root is rounded, what is computed with it is not."""
    if not unit.n or whole.mean is None or not whole.sd:
        return NOBODY
    mean, spread = whole.mean, Fraction(whole.sd)
    squares = unit.sum_sq - 2 * mean * unit.sum + unit.n * mean**2
    return Moments(unit.n, (unit.sum - unit.n * mean) / spread, squares / spread**2)


def added(moments: Iterable[Moments]) -> Moments:
    return sum(moments, NOBODY)


def of_area(exam: Exam, schools: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The areas of an exam with those of the schools that count in them; areas without any are left out."""
    found = {area: tuple(one for one in own if one in schools) for area, own in exam.areas().items()}
    return {area: own for area, own in found.items() if own}


def _sat(store: Store, exam: Exam, subject: str, as_of: date | None) -> Sat:
    rows = asked(store, FOLDER / "sat.sql", as_of, exam=exam.id, subject=subject)
    moments = {
        (row["institution_id"], row["track"] or UNNAMED): Moments(
            row["sat"], Fraction(row["marks"]), Fraction(row["squares"])
        )
        for row in rows
    }
    areas = of_area(exam, {school for school, _track in moments})
    counts = {key: [one.n] for key, one in moments.items()}
    if not counts:
        return Sat(subject, moments, areas, None)
    like = protection(store, exam, subject, None, as_of)
    return Sat(subject, moments, areas, withheld(counts, areas, like, settled=True))
