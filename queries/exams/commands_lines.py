"""`python -m queries exam-lines` and `exam-assigned`: the same figures as on the pages, in full precision.

Shares are fractions of their printed numerator and denominator; what is withheld is null.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from data import terminal
from data.words import _
from queries.answers import Viewer, viewer_from_environment
from queries.exams.assigned_figures import AssignedFigures, assigned_figures, chosen_rule, subjects_of
from queries.exams.figures import Level
from queries.exams.line_figures import Cells, LineFigures, Reached, line_figures
from queries.exams.setup import exam
from queries.exams.statistics import Share
from queries.opened import readable_store

FINE = 0
LEVELS = {"area": Level.AREA, "school": Level.SCHOOL, "class": Level.CLASS}


class Commands(Protocol):
    """What `argparse` gives to add commands to."""

    def add_parser(self, name: str, /, *, help: str) -> argparse.ArgumentParser: ...


def add(commands: Commands) -> None:
    """Adds both commands to the parser of the room."""
    lines = commands.add_parser("exam-lines", help=_("who reaches a line of a joint exam, and effective scores"))
    lines.add_argument("exam", metavar="EXAM")
    lines.add_argument("--line", metavar="L", required=True, help=_("the name of the line"))
    lines.add_argument("--track", metavar="T", help=_("the track that the line is drawn for"))
    lines.add_argument("--by", choices=list(LEVELS), help=_("one level of units only"))
    lines.add_argument("--school", metavar="S", help=_("the classes of this school (its code)"))
    lines.set_defaults(run=_lines)
    assigned = commands.add_parser("exam-assigned", help=_("simulated assigned scores of a joint exam"))
    assigned.add_argument("exam", metavar="EXAM")
    assigned.add_argument("--subject", metavar="S", help=_("one subject only"))
    assigned.add_argument("--rule", metavar="R", help=_("another rule than the exam's"))
    assigned.set_defaults(run=_assigned)
    for command in (lines, assigned):
        command.add_argument("--as-of", metavar="YYYY-MM-DD", type=terminal.day, help=_("as of the end of that day"))
        command.add_argument("--json", action="store_true", help=_("answer in JSON"))


def _viewer() -> Viewer:
    """Who has a terminal on the installation's machine is its local user."""
    return Viewer(viewer_from_environment().internal, below_school=True)


def _lines(given: argparse.Namespace) -> int:
    found = line_figures(
        readable_store(),
        given.exam,
        given.line,
        given.track,
        school=given.school,
        viewer=_viewer(),
        as_of=given.as_of,
    )
    document = lines_document(found, LEVELS[given.by] if given.by else None)
    if given.json:
        print(json.dumps(document, ensure_ascii=False))
        return FINE
    print(f"{found.exam.name} · {found.line.name} · {found.line.track} · {found.line.mark.normalize():f}")
    keys = ("subject", "effective_m1", "effective_m2", "single_m1", "double_m1", "hit_rate", "contribution")
    print_rows(document["subjects"], keys)
    print_rows(document["units"], ("level", "id", "name", "n", "above", "line_rate", "near_below", "near_above"))
    return FINE


def _assigned(given: argparse.Namespace) -> int:
    store = readable_store()
    found = exam(store, given.exam, given.as_of)
    rule = chosen_rule(found, given.rule)
    subjects = [given.subject] if given.subject else subjects_of(found, rule)
    made = [
        assigned_figures(store, given.exam, subject, rule.id, viewer=_viewer(), as_of=given.as_of)
        for subject in subjects
    ]
    document = {
        "exam": found.id,
        "rule": rule.model_dump(mode="json"),
        "simulated": True,
        "subjects": [assigned_document(one) for one in made],
    }
    if given.json:
        print(json.dumps(document, ensure_ascii=False))
        return FINE
    for one in made:
        print(f"{found.name} · {one.subject} · {rule.id}")
        own = assigned_document(one)
        print_rows(own["bands"], ("grades", "raw_from", "raw_below", "assigned_low", "assigned_high", "share_wanted", "share_got", "pupils"))  # fmt: skip
        print_rows(
            own["scores"], ("raw_from", "raw_below", "assigned_low", "assigned_high", "exact", "z", "t", "pupils")
        )
    return FINE


def print_rows(rows: Sequence[Mapping[str, Any]], keys: Sequence[str]) -> None:
    """The keys, then a line a row with what it has under them; null is what is withheld."""
    if rows:
        print("  ".join(keys))
    for row in rows:
        print("  ".join(_("withheld") if row[key] is None else str(row[key]) for key in keys))


def lines_document(found: LineFigures, level: Level | None = None) -> dict[str, Any]:
    """A line as keys and numbers; level: units of one level only, beside the whole."""
    return {
        "exam": found.exam.id,
        "line": found.line.name,
        "track": found.line.track,
        "mark": _plain(found.line.mark),
        "borderline": _plain(found.line.borderline),
        "same_papers": found.same_papers,
        "units": [_reached(one) for one in (found.whole, *found.units) if level in (None, one.level)],
        "subjects": [
            {
                "subject": one.subject,
                "above": one.above,
                "effective_m1": _plain(one.effective_m1),
                "effective_m2": _plain(one.effective_m2),
                "single_m1": one.m1.single,
                "double_m1": one.m1.double,
                **_rates(one.m1),
                "single_m2": one.m2.single,
                "double_m2": one.m2.double,
                **{f"{key}_m2": value for key, value in _rates(one.m2).items()},
                "near_below": one.near_below,
                "held_back": one.held_back,
            }
            for one in found.subjects
        ],
        "moved": [
            {"by": one.by, "mark": _plain(one.mark), "at_least": one.at_least, "at_most": one.at_most}
            for one in found.positions
        ],
        "data_version": found.data_version,
    }


def _reached(one: Reached) -> dict[str, Any]:
    return {
        "level": one.level.value,
        "id": one.id,
        "name": one.name,
        "n": one.sat,
        "above": one.above,
        "line_rate": _share(one.rate),
        "near_below": one.near_below,
        "near_above": one.near_above,
        "moved": {str(step): number for step, number in one.near.items() if step},
        "subjects": {
            subject: {"single_m1": cells.single, "double_m1": cells.double, **_rates(cells)}
            for subject, cells in one.cells.items()
        },
    }


def _rates(cells: Cells) -> dict[str, Any]:
    return {"hit_rate": _share(cells.hit_rate), "contribution": _share(cells.contribution)}


def assigned_document(found: AssignedFigures) -> dict[str, Any]:
    """A subject's assigned scores as keys and numbers, with the id of their rule."""
    return {
        "subject": found.subject,
        "rule": found.rule.id,
        "bands": [
            {
                "grades": list(one.grades),
                "raw_from": _plain(one.raw_from),
                "raw_below": _plain(one.raw_below),
                "assigned_low": one.assigned_low,
                "assigned_high": one.assigned_high,
                "share_wanted": _plain(one.wanted),
                "share_got": _plain(one.got),
                "pupils": one.pupils,
            }
            for one in found.bands
        ],
        "scores": [
            {
                "raw_from": _plain(one.raw_from),
                "raw_below": _plain(one.raw_below),
                "pupils": one.pupils,
                "assigned_low": one.assigned_low,
                "assigned_high": one.assigned_high,
                "exact": one.exact,
                "z": one.z,
                "t": one.t,
                "given_mean": _plain(one.given),
            }
            for one in found.scores
        ],
        "units": [
            {
                "level": one.level.value,
                "id": one.id,
                "name": one.name,
                "n": one.number,
                "raw_mean": _plain(one.raw),
                "assigned_mean": _plain(one.assigned),
                "given_mean": _plain(one.given),
            }
            for one in found.units
        ],
        "data_version": found.data_version,
    }


def _plain(amount: Fraction | Decimal | None) -> float | None:
    return None if amount is None else float(amount)


def _share(one: Share | None) -> float | None:
    return None if one is None else _plain(one.value)
