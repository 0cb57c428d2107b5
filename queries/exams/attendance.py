"""Who sat an exam and who did not and why. A number of 1 to 9 is not told, nor what it would follow from.

Beside the numbers who sat each paper stand those who sat any, those who have all papers and those on roll: where two of
these differ by 1 to 9, the difference is such a number. Absence is told over all tracks only, as tracks add up to them.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from data.store import Store, end_of_day
from queries.exams.figures import untold
from queries.exams.setup import TOTAL, Exam
from queries.suppression import is_small, suppressed_beside

ATTENDANCE = Path(__file__).parent / "attendance.sql"
SAT_ANY = Path(__file__).parent / "sat_any_paper.sql"


@dataclass(frozen=True)
class Attendance:
    """Pupils of a paper, or of the exam (any paper): who sat, and who is without a mark and why. None: withheld or unknown.

    without: absent, exempt and missing together, told where one of them is small. roll: who should have sat, None where not
    every school reported it. waiting: the schools on roll of which there are no results yet; their pupils are not in it.
    """

    sat: int | None
    absent: int | None = None
    exempt: int | None = None
    missing: int | None = None
    without: int | None = None
    roll: int | None = None
    waiting: int = 0

    @property
    def share(self) -> Fraction | None:
        """参考率: those who sat of those on roll; None without a roll."""
        return Fraction(self.sat, self.roll) if self.roll and self.sat is not None else None


@dataclass(frozen=True)
class _Counted:
    """by_paper: subject → absent, exempt, missing; sat and whole: school → pupils who sat any paper, who have all.

    Schools of which everybody was absent are among them; those that have sent no results yet are not.
    """

    by_paper: Mapping[str, tuple[int, int, int]]
    sat: Mapping[str, int]
    whole: Mapping[str, int]


def of_papers(store: Store, found: Exam, sat: Mapping[str, int | None], as_of: date | None) -> dict[str, Attendance]:
    """Paper by paper over all tracks. sat: who sat each, as far as that is told."""
    counted = _counted(store, found, as_of)
    return {
        subject: _attended(sat.get(subject), numbers)
        for subject, numbers in counted.by_paper.items()
        if subject != TOTAL
    }


def of_exam(store: Store, found: Exam, told: Collection[int], as_of: date | None) -> Attendance:
    """Who sat any paper, of those on roll. told: the numbers who sat each paper, and who have all, that are told beside it."""
    counted = _counted(store, found, as_of)
    sat = sum(counted.sat.values())
    if is_small(sat) or any(is_small(sat - one) for one in told):
        return Attendance(None)
    reported = found.rolls and set(counted.sat) <= set(found.rolls)
    roll = sum(found.rolls[school] for school in counted.sat) if reported else None
    if roll is not None and any(is_small(abs(roll - one)) for one in (sat, *told)):
        roll = None
    return Attendance(sat, roll=roll, waiting=len(set(found.rolls) - set(counted.sat)))


def by_school(store: Store, found: Exam, as_of: date | None = None) -> dict[str, Fraction]:
    """School → 参考率, of those where it can be told: nobody or at least 10 on roll did not sit.

    One alone is not left out, as the whole exam's would give it away; and none of which the number who have all papers is
    withheld, as the number who sat any is mostly the same.
    """
    counted = _counted(store, found, as_of)
    if not found.rolls or not set(counted.sat) <= set(found.rolls):
        return {}
    gaps = {
        school: (abs(found.rolls[school] - sat), sat - counted.whole.get(school, 0))
        for school, sat in counted.sat.items()
    }
    hidden = {school for school, pair in gaps.items() if is_small(counted.sat[school]) or any(map(is_small, pair))}
    hidden |= untold(store, found, TOTAL, as_of).intersection(counted.sat)
    hidden |= suppressed_beside(hidden, {school: [sat] for school, sat in counted.sat.items()})
    return {
        school: Fraction(sat, found.rolls[school])
        for school, sat in counted.sat.items()
        if school not in hidden and found.rolls[school]
    }


def _attended(sat: int | None, numbers: tuple[int, int, int]) -> Attendance:
    without = sum(numbers)
    absent, exempt, missing = (None,) * 3 if any(map(is_small, numbers)) else numbers
    return Attendance(sat, absent, exempt, missing, None if is_small(without) else without)


def _counted(store: Store, found: Exam, as_of: date | None) -> _Counted:
    moment = end_of_day(as_of) if as_of else None

    def read() -> _Counted:
        named = {"exam": found.id}
        with store.reading(moment) as cursor:
            rows = cursor.execute(ATTENDANCE.read_text(encoding="utf-8"), named).fetchall()
            any_paper = cursor.execute(SAT_ANY.read_text(encoding="utf-8"), named).fetchall()
        by_paper: dict[str, tuple[int, int, int]] = {}
        whole: dict[str, int] = {}
        for subject, school, _track, sat, *numbers in rows:
            before = by_paper.get(subject, (0, 0, 0))
            absent, exempt, missing = (one + other for one, other in zip(before, numbers, strict=True))
            by_paper[subject] = (absent, exempt, missing)
            if subject == TOTAL:
                whole[school] = whole.get(school, 0) + sat
        return _Counted(by_paper, dict(any_paper), whole)

    return store.remembered(("exam attendance", found.id, store.version_at(moment)), read)
