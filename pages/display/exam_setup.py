"""An exam's set-up between store, table and file: the rows that a person edits become an ordinary file of their dataset.

What holds for every paper of an exam (`SHARED`) is asked once and written to each of its rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

import pyarrow as pa

from data.contract import Contract, Field, contracts
from data.intake import Checked
from data.problem import Problem
from data.readers import FEW, counts_few
from data.words import N_, _, n_, pick
from pages.display import entered, numbers, sentences
from queries import answers
from queries.exams.assigned import rules
from queries.exams.register import Registered, Row, earlier
from queries.exams.statistics import DEFAULT_CUT_OFFS

Found = TypeVar("Found", bound=Problem)

SHARED = ("exam_name", "stage", "grade", "cohort", "series", "entry_exam_id", "assigned_rule", "top_line")
# Stands for an exam that is not set up yet; and what a copy of another exam does not take over.
NEW = "+"
ANEW = {"exam_name": None, "top_line": None}
# What a line may be drawn for; an exam of before 2021 has the last two.
TRACKS = ("物理类", "历史类", "全部", "文科", "理科")

_ARROW = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "date": pa.date32()}
_STAGES = {"小学": N_("primary"), "初中": N_("junior secondary"), "高中": N_("senior secondary")}
_BEARS_ON = {
    "exam": N_(
        "Full marks and cut-offs belong to this exam: its rates, difficulty and weak subjects follow them. Empty cut-offs are {cut_offs} of full marks."
    ),
    "exam_line": N_(
        "Who reaches a line, effective scores and pupils near it are counted anew for this exam when its lines are published."
    ),
    "exam_roll": N_(
        "The participation rate of a school is who sat over the pupils due. A school without a number has no rate."
    ),
}


@dataclass(frozen=True)
class Draft:
    """What a person has entered, as a file. places: the row of the table, from 1, behind each row of the file."""

    dataset: str
    exam_id: str
    content: bytes
    places: tuple[int, ...]

    @property
    def file_name(self) -> str:
        return f"{sentences.dataset(self.dataset)} {self.exam_id}.csv"


def fields(dataset: str) -> tuple[Field, ...]:
    """The columns of the table to edit: the dataset's without the exam and what all its papers share."""
    return tuple(one for one in contracts()[dataset].fields if one.name not in ("exam_id", *SHARED))


def table(dataset: str, rows: Sequence[Row]) -> pa.Table:
    """The rows as typed columns, called like the fields. Numbers as they are edited: with four decimals they lose nothing."""
    return pa.table(
        {one.name: pa.array([editable(row.get(one.name)) for row in rows], _ARROW[one.type]) for one in fields(dataset)}
    )


def editable(value: object) -> object:
    """A stored value as widgets take it."""
    return float(value) if isinstance(value, Decimal) else value


def draft(dataset: str, exam_id: str, rows: Sequence[Row], shared: Row | None = None) -> Draft:
    """The rows as a file of the dataset; without those that are empty but for their key, as a school without a roll is."""
    contract, own = contracts()[dataset], {"exam_id": exam_id, **(shared or {})}
    kept = [(place, {**row, **own}) for place, row in enumerate(rows, 1) if _filled(contract, row)]
    content = entered.content(contract, *(row for _place, row in kept))
    return Draft(dataset, exam_id, content, tuple(place for place, _row in kept))


def for_staff(viewer: answers.Viewer, dataset: str, stored: Sequence[Row]) -> str:
    """Why a table is for staff alone; empty for who may see and edit it. stored: its rows.

    A table is published whole: one of whose rows some are withheld could not be edited without losing them.
    """
    contract = contracts()[dataset]
    if not answers.may_read(viewer, dataset):
        return _(
            "“{dataset}” holds internal records: staff of the installation (QUALITY_INTERNAL=1) see and edit them here.",
            dataset=sentences.dataset(dataset),
        )
    if not viewer.internal and any(counts_few(contract, row) for row in stored):
        return _(
            "“{dataset}” of this exam has numbers of fewer than {few} persons: staff of the installation (QUALITY_INTERNAL=1) see and edit them here.",
            dataset=sentences.dataset(dataset),
            few=FEW,
        )
    return ""


def _filled(contract: Contract, row: Row) -> bool:
    """Whether a row says anything. Of a school that was only listed the roll is still open."""
    names = [one.name for one in fields(contract.dataset) if contract.dataset != "exam_roll" or one.name == "roll"]
    return any(entered.cell(row.get(name)) != "" for name in names)


def by_place(checked: Checked, places: Sequence[int]) -> Checked:
    """The check with the rows of the table in place of those of the file, whose columns need no explanation."""

    def moved(one: Found) -> Found:
        return replace(one, row=places[one.row - 2] if one.row and 1 < one.row < len(places) + 2 else None)

    problems, warnings = tuple(map(moved, checked.problems)), tuple(map(moved, checked.warnings))
    return replace(checked, problems=problems, warnings=warnings, columns=None)


def with_schools(rows: Sequence[Row], schools: Iterable[str]) -> list[Row]:
    """The rolls, and below them the schools that have none yet."""
    known = {row["institution_id"] for row in rows}
    return [*rows, *({"institution_id": one, "roll": None} for one in schools if one not in known)]


def as_of_another_day(rows: Sequence[Row], day: date) -> list[Row]:
    """The papers of another exam as a beginning: all on one day, without what was known of that exam only."""
    return [{**row, "held_on": day, "reference_mean": None} for row in rows]


def shared(rows: Sequence[Row]) -> dict[str, object]:
    """What all papers of an exam should say alike, as the first that says something does."""
    return {name: next((row[name] for row in rows if row.get(name) is not None), None) for name in SHARED}


def exam(found: Mapping[str, Registered], code: str) -> str:
    """An exam in a list of exams."""
    if code == NEW:
        return _("a new exam")
    return f"{found[code].name} ({code})" if code in found else code


def choices(name: str, found: Mapping[str, Registered], entered: Row, before: date) -> list[str]:
    """What is offered for a field that all papers share: its known values, and what is in use in other exams.

    entered: what was entered before it; before: the first day of the exam.
    """
    if name == "entry_exam_id":
        return [one.id for one in earlier(tuple(found.values()), entered.get("cohort"), before)]
    known = contracts()["exam"].field(name).constraints.enum
    return list(known) or sorted({text for one in found.values() if (text := getattr(one, name))}, reverse=True)


def stage(code: str) -> str:
    return pick({"zh": code, "en": _(_STAGES[code])}) if code in _STAGES else code


def rule(code: str) -> str:
    return pick(rules()[code].title.pair()) if code in rules() else code


def bears_on(dataset: str, later: Sequence[Registered]) -> list[str]:
    """What a change of this table moves."""
    cut_offs = (numbers.percent(Fraction(one), 0) for one in DEFAULT_CUT_OFFS.values())
    told = [_(_BEARS_ON[dataset]).format(cut_offs=_(", ").join(cut_offs))]
    if later and dataset == "exam":
        names = _(", ").join(one.name for one in later)
        told.append(_("Value added of {exams} is measured from this exam.", exams=names))
    return told


def without_papers(one: Registered, rows: Sequence[Row]) -> str:
    """What is said where a paper with results is missing from the table; empty where none is."""
    left = {entered.cell(row.get("subject")) for row in rows}
    gone = [subject for subject in one.sat if subject not in left]
    if not gone:
        return ""
    return n_(
        "{papers} has results, which count no longer once the paper is removed.",
        "{papers} have results, which count no longer once the papers are removed.",
        len(gone),
        papers=_(", ").join(gone),
    )
