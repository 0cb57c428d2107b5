"""`python -m queries exam EXAM`: the figures of a joint exam from a terminal, which is the installation's own machine."""

import argparse
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from data import terminal
from data.problem import Refused
from data.words import _
from queries.answers import Viewer, viewer_from_environment
from queries.exams import consistency, document
from queries.exams.figures import Level, Table, Unit, table
from queries.exams.overview import overview
from queries.exams.participation import participation
from queries.exams.setup import TOTAL
from queries.exams.statistics import Rate
from queries.opened import readable_store

LEVELS = (Level.AREA, Level.SCHOOL, Level.CLASS)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command to those of `python -m queries`."""
    command = commands.add_parser("exam", help=_("a joint exam's figures, by area, school or class"))
    command.add_argument("exam", metavar="EXAM", help=_("the exam's code"))
    command.add_argument("--subject", metavar="S", help=_("one paper; without it all papers and the total"))
    command.add_argument("--by", choices=[one.value for one in LEVELS], help=_("the units to list"))
    command.add_argument("--school", metavar="S", help=_("code or name of the school whose classes are listed"))
    command.add_argument("--track", metavar="T", help=_("the pupils of one track only"))
    command.add_argument("--as-of", metavar="YYYY-MM-DD", type=terminal.day, help=_("as of the end of that day"))
    command.add_argument("--json", action="store_true", help=_("answer in JSON"))
    command.set_defaults(run=run)


def local_viewer() -> Viewer:
    """Who uses the command line sits at the installation's own machine."""
    return replace(viewer_from_environment(), below_school=True)


def run(given: argparse.Namespace) -> int:
    """Prints the figures; `Refused` where the exam, paper, track or school is unknown."""
    store, subject = readable_store(), given.subject or TOTAL
    if given.by == Level.CLASS and not given.school:
        raise Refused(_("Say by --school whose classes are meant."))
    found = overview(store, given.exam, given.track, given.as_of)
    if given.subject:
        found.exam.paper(given.subject)
    answered = document.of_exam(found, given.subject)
    if given.by or given.school:
        school = (
            school_code(found.exam.schools, given.school) if given.school and given.by in (None, Level.CLASS) else None
        )
        told = table(store, given.exam, subject, given.track, school=school, viewer=local_viewer(), as_of=given.as_of)
        shares = {} if school else participation(store, found.exam, local_viewer(), given.as_of)
        measures = consistency.of_units(store, told, school, given.as_of)
        answered |= document.of_units(told, _chosen(told, given.by, given.school), shares, measures)
    print(json.dumps(answered, ensure_ascii=False) if given.json else _printed(answered))
    return 0


def school_code(schools: Any, named: str) -> str:
    """The institution of a school by its code or its name; as it is where it is neither, for the refusal to name it."""
    return next((str(one.institution_id) for one in schools if named in (one.institution_id, one.name)), named)


def _chosen(told: Table, by: str | None, school: str | None) -> list[Unit]:
    level = Level(by) if by else Level.CLASS
    wanted: Callable[[Unit], bool] = (
        (lambda one: school in (one.id, one.name)) if school and level == Level.SCHOOL else (lambda _one: True)
    )
    return [one for one in told.at(level) if wanted(one)]


def _printed(answered: dict[str, Any]) -> str:
    """A line a paper and a unit, with the same keys as JSON has."""
    lines = [f"{answered['name']} ({answered['exam']})"]
    sat = answered["participation"]
    lines.append(f"participation  sat={_cell(sat['sat'])}  roll={_cell(sat['roll'])}  share={_cell(sat['share'])}")
    lines += [
        f"alpha  {one['track'] or '-'}  papers={one['papers']}  {_cell(one['alpha'])}"
        for one in answered["reliability"]
    ]
    rows = [*((one["subject"], one) for one in answered["papers"]), ("total", answered["total"])]
    rows += [(f"{one['level']} {one['unit']}", one) for one in answered.get("units", ())]
    return "\n".join([*lines, *(_row(name, one) for name, one in rows)])


def _row(name: str, one: dict[str, Any]) -> str:
    if one["withheld"]:
        return f"{name}  {_('withheld')}"
    keys = ("n", "mean", "sd", "q1", "median", "q3", "difficulty", "discrimination", "alpha")
    told = [f"{key}={_cell(one[key])}" for key in keys if one.get(key) is not None]
    rates = [f"{rate.value}={_share(one[rate.value])}" for rate in Rate if rate.value in one]
    sat = [] if one.get("participation") is None else [f"participation={_cell(one['participation'])}"]
    return "  ".join([name, *told, *rates, *sat])


def _share(rate: dict[str, Any]) -> str:
    return str(_("withheld")) if rate["withheld"] else _cell(rate["share"])


def _cell(value: float | None) -> str:
    return "-" if value is None else f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
