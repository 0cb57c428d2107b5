"""Item analysis of a paper, of the whole exam or of one school, from what is counted at publishing; never from rows.

Answers are immutable and kept per data version. Few pupils are not told of (`queries/exams/item_disclosure.py`); figures
of single schools are for those who may see them (`may_see_schools`).
"""

from collections import defaultdict
from datetime import date
from pathlib import Path

from data.problem import Refused
from data.store import Store, end_of_day
from data.words import _
from queries.answers import PUBLIC, Viewer
from queries.asked import Row, asked
from queries.exams.access import may_see_schools
from queries.exams.counts import counts
from queries.exams.figures import untold
from queries.exams.item_counts import Counts, Hidden, few_schools, hidden_of, specification
from queries.exams.item_statistics import Counted, moments, paper_alpha
from queries.exams.item_types import EVERY, Analysis, Cell, Item, Option, Paper, School, Specification
from queries.exams.setup import exam
from queries.ground import anew, origin
from queries.suppression import SMALL, is_small

__all__ = [
    "EVERY",
    "Analysis",
    "Cell",
    "Item",
    "Option",
    "Paper",
    "School",
    "Specification",
    "analysis",
    "papers",
    "schools",
]

FOLDER = Path(__file__).parent
DATASETS = ("exam_item", "item_result")


def papers(store: Store, as_of: date | None = None) -> tuple[Paper, ...]:
    """The papers of which there are item scores, the newest first."""
    return tuple(
        Paper(**{**row, "pupils": _told(row["pupils"]), "sat": _sat(row["sat"], row["pupils"])})
        for row in asked(store, FOLDER / "item_papers.sql", as_of)
    )


def schools(
    store: Store, exam_id: str, subject: str, as_of: date | None = None, viewer: Viewer = PUBLIC
) -> tuple[School, ...]:
    """The schools whose figures the viewer may see, in the order of their codes."""
    if not may_see_schools(viewer):
        return ()
    rows = _school_rows(store, exam_id, subject, as_of)
    few = _few(store, exam_id, subject, as_of)
    found = {str(row["institution_id"]): str(row["name"]) for row in rows}
    return tuple(School(code, name) for code, name in found.items() if code not in few)


def analysis(
    store: Store,
    exam_id: str,
    subject: str,
    institution_id: str | None = None,
    as_of: date | None = None,
    viewer: Viewer = PUBLIC,
) -> Analysis:
    """The analysis of a paper, or of one school's pupils in it; `Refused` where there is no such or it may not be seen."""
    paper = next((one for one in papers(store, as_of) if (one.exam_id, one.subject) == (exam_id, subject)), None)
    if paper is None:
        raise Refused(_("There are no item scores of {exam} {subject}.", exam=exam_id, subject=subject))
    if institution_id is not None and not may_see_schools(viewer):
        raise Refused(_("Figures of single schools are for staff only."))
    moment = end_of_day(as_of) if as_of else None
    version = store.version_at(moment)
    key = ("items", exam_id, subject, institution_id, version)
    return store.remembered(key, lambda: _analysis(store, paper, institution_id, as_of, version))


def _analysis(store: Store, paper: Paper, school: str | None, as_of: date | None, version: int) -> Analysis:
    by_school = _school_rows(store, paper.exam_id, paper.subject, as_of)
    unit = next((School(str(school), row["name"]) for row in by_school if row["institution_id"] == school), None)
    if school and unit is None:
        raise Refused(_("There are no item scores of {exam} {subject}.", exam=paper.exam_id, subject=school))
    sample = _sample(store, as_of)
    rows = _counted(store, paper, school, as_of)
    of_pupils = rows.pop("", [])
    pupils, totals = moments(of_pupils), moments(row for row in of_pupils if row.complete)
    if pupils.n < SMALL or school in _few(store, paper.exam_id, paper.subject, as_of):
        empty = Specification((), (), ())
        return Analysis(paper, unit, True, None, None, None, False, (), empty, sample, version)
    defined, hidden = _defined(store, paper, as_of), _hidden(store, paper, as_of, version)
    counts = Counts(rows, defined, hidden, school, totals if totals.n >= SMALL else None)
    items = tuple(counts.item(code) for code in counts.codes)
    return Analysis(
        paper,
        unit,
        False,
        pupils.n,
        totals.n if counts.totals else None,
        paper_alpha(counts.sums, totals) if counts.totals else None,
        counts.is_kr20,
        items,
        specification(items, counts),
        sample,
        version,
    )


def _hidden(store: Store, paper: Paper, as_of: date | None, version: int) -> Hidden:
    """What is withheld of a paper, found once for all its views."""

    def compute() -> Hidden:
        rows = _counted(store, paper, None, as_of)
        by_school = _school_rows(store, paper.exam_id, paper.subject, as_of)
        few = _few(store, paper.exam_id, paper.subject, as_of)
        return hidden_of(rows, _defined(store, paper, as_of), by_school, few)

    return store.remembered(("items withheld", paper.exam_id, paper.subject, version), compute)


def _sample(store: Store, as_of: date | None) -> bool:
    with store.reading(end_of_day(as_of) if as_of else None) as cursor:
        return any(origin(cursor, anew, dataset).sample for dataset in DATASETS)


def _counted(store: Store, paper: Paper, school: str | None, as_of: date | None) -> dict[str, list[Counted]]:
    """Item → its counts; "" → those of the pupils themselves."""
    found: dict[str, list[Counted]] = defaultdict(list)
    query, named = FOLDER / "item_counts.sql", {"exam": paper.exam_id, "subject": paper.subject}
    for row in asked(store, query, as_of, None, school=school, **named):
        found[row["item"] or ""].append(
            Counted(row["choice"], row["complete"], row["total"], row["pupils"], row["score_sum"], row["square_sum"])
        )
    return found


def _defined(store: Store, paper: Paper, as_of: date | None) -> dict[str, Row]:
    """Item → what the paper says of it."""
    named = {"exam": paper.exam_id, "subject": paper.subject}
    return {row["item"]: row for row in asked(store, FOLDER / "item_definitions.sql", as_of, None, **named)}


def _school_rows(store: Store, exam_id: str, subject: str, as_of: date | None) -> tuple[Row, ...]:
    return asked(store, FOLDER / "item_schools.sql", as_of, exam=exam_id, subject=subject)


def _few(store: Store, exam_id: str, subject: str, as_of: date | None) -> frozenset[str]:
    """The schools of which nothing is told, be it that the table of the paper does not tell how many sat it."""
    # Item scores may be there before any result of the exam.
    there = counts(store, exam_id, subject, None, as_of).units
    hidden = untold(store, exam(store, exam_id, as_of), subject, as_of) if there else set()
    return few_schools(_school_rows(store, exam_id, subject, as_of), hidden)


def _sat(sat: int | None, pupils: int) -> int | None:
    """Who sat a paper; not told where few of them have no item score."""
    return None if sat is None or is_small(sat - pupils) else _told(sat)


def _told(count: int | None) -> int | None:
    """A number of pupils; fewer than ten are not told."""
    return None if count is None or 0 < count < SMALL else count
