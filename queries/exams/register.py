"""The exams that were set up, with results or without, and the rows that set each up: what the set-up page edits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from data.contract import contracts
from data.store import Store, end_of_day, quoted
from queries.exams.setup import subject_order

REGISTER = Path(__file__).parent / "register.sql"
SCHOOLS = Path(__file__).parent / "schools_by_stage.sql"

# What sets an exam up, in the order in which it is done.
DATASETS = ("exam", "exam_line", "exam_roll")
_ORDER = {"exam": "held_on, subject", "exam_line": "mark desc, line_name, track", "exam_roll": "institution_id"}

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Registered:
    """An exam as its papers name it; first_day, last_day: of its papers; sat: papers of which there are results."""

    id: str
    name: str
    first_day: date
    last_day: date
    stage: str
    grade: str
    cohort: str | None
    series: str | None
    entry_exam_id: str | None
    sat: Sequence[str]


def registered(store: Store, as_of: date | None = None) -> tuple[Registered, ...]:
    """Every exam that was set up, the newest first; those of one day by their code."""
    moment = end_of_day(as_of) if as_of else None

    def read() -> tuple[Registered, ...]:
        with store.reading(moment) as cursor:
            rows = cursor.execute(REGISTER.read_text(encoding="utf-8")).fetchall()
        return tuple(Registered(*row) for row in rows)

    return store.remembered(("registered exams", store.version_at(moment)), read)


def rows(store: Store, dataset: str, exam_id: str, as_of: date | None = None) -> tuple[Row, ...]:
    """The rows of one of the `DATASETS` that an exam has, field → value, in the order in which they are read."""
    moment = end_of_day(as_of) if as_of else None

    def read() -> tuple[Row, ...]:
        names = list(contracts()[dataset].columns)
        listed = ", ".join(map(quoted, names))
        with store.reading(moment) as cursor:
            found = cursor.execute(
                f"select {listed} from {dataset} where exam_id = ? order by {_ORDER[dataset]}", [exam_id]
            ).fetchall()
        made = [dict(zip(names, row, strict=True)) for row in found]
        return tuple(sorted(made, key=lambda row: subject_order(row["subject"])) if dataset == "exam" else made)

    return store.remembered(("rows of an exam", dataset, exam_id, store.version_at(moment)), read)


def earlier(found: tuple[Registered, ...], cohort: str | None, before: date) -> tuple[Registered, ...]:
    """The exams of a cohort that were over before a day: what value added can be measured from."""
    return tuple(one for one in found if cohort and one.cohort == cohort and one.last_day < before)


def measured_from(found: tuple[Registered, ...], exam_id: str) -> tuple[Registered, ...]:
    """The exams whose value added is measured from this one."""
    return tuple(one for one in found if one.entry_exam_id == exam_id)


def schools(store: Store, stage: str, exam_id: str, as_of: date | None = None) -> dict[str, str]:
    """Institution → name, by name: those that teach a stage, and any that sat the exam."""
    moment = end_of_day(as_of) if as_of else None

    def read() -> dict[str, str]:
        with store.reading(moment) as cursor:
            given = {"stage": stage, "exam": exam_id}
            return dict(cursor.execute(SCHOOLS.read_text(encoding="utf-8"), given).fetchall())

    return store.remembered(("schools of an exam", stage, exam_id, store.version_at(moment)), read)


def who_sat(store: Store, exam_id: str, as_of: date | None = None) -> tuple[str, ...]:
    """The institutions of which there are results."""
    moment = end_of_day(as_of) if as_of else None

    def read() -> tuple[str, ...]:
        with store.reading(moment) as cursor:
            rows = cursor.execute(
                "select distinct institution_id from exam_sum where exam_id = ? order by institution_id", [exam_id]
            ).fetchall()
        return tuple(code for (code,) in rows)

    return store.remembered(("who sat an exam", exam_id, store.version_at(moment)), read)
