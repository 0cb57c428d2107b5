"""The indicators from a terminal: `python -m queries list|show|diff|moves|catalogue`; joint exams: `exam`, `exam-…`.

Exit status: 0 fine, 2 wrong use or the store cannot be used.
"""

import argparse
import json
import sys
from pathlib import Path

from data import file_options, intake, terminal
from data.contract import contracts
from data.problem import Refused
from data.words import _, pick
from queries import answers, dictionary, moves
from queries.answers import Answer, Trajectory
from queries.changes import WORDS, as_document, as_standing, moved
from queries.exams import command as exam
from queries.exams import commands_items, commands_lines, commands_trend
from queries.opened import readable_store, store_to_try_on
from queries.progress import Status, Why

FINE = 0


def main(arguments: list[str] | None = None) -> int:
    return terminal.run(_parser, arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m queries", description=_("The indicators and their figures."))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    listing = commands.add_parser("list", help=_("every indicator"))
    listing.set_defaults(run=_list)
    show = commands.add_parser("show", help=_("one indicator's figures and how it stands"))
    show.add_argument("id", metavar="ID")
    show.add_argument("--area", metavar="A", help=_("one area only"))
    show.add_argument("--as-of", metavar="YYYY-MM-DD", type=terminal.day, help=_("as of the end of that day"))
    show.set_defaults(run=_show)
    diff = commands.add_parser("diff", help=_("what moved between two days, and why"))
    diff.add_argument("earlier", metavar="FROM", type=terminal.day, help=_("as of the end of that day"))
    diff.add_argument("later", metavar="TO", type=terminal.day, help=_("as of the end of that day"))
    diff.set_defaults(run=_diff)
    trial = commands.add_parser("moves", help=_("what publishing a file would move; nothing is stored"))
    file_options.add(trial)
    trial.set_defaults(run=_moves)
    told = commands.add_parser("catalogue", help=_("every definition, its sources, and who checked it"))
    form = told.add_mutually_exclusive_group()
    form.add_argument("--csv", metavar="FILE", type=Path, help=_("write to this file"))
    form.add_argument("--xlsx", metavar="FILE", type=Path, help=_("write to this file"))
    form.add_argument("--json", action="store_true", help=_("answer in JSON"))
    told.set_defaults(run=_catalogue)
    exam.add(commands)
    for more in (commands_lines, commands_items, commands_trend):
        more.add(commands)
    for command in (listing, show, diff, trial):
        command.add_argument("--json", action="store_true", help=_("answer in JSON"))
    return parser


def _list(given: argparse.Namespace) -> int:
    listed = [
        {
            "id": one.id,
            "clause": one.clause,
            "unit": one.unit,
            "title": one.title.pair(),
            "datasets": list(one.datasets),
        }
        for one in answers.visible(answers.viewer_from_environment()).values()
    ]
    if given.json:
        print(json.dumps(listed, ensure_ascii=False))
        return FINE
    for one in answers.visible(answers.viewer_from_environment()).values():
        print(f"{one.clause!s:>8}  {one.id:<24}  {pick(one.title.pair())}")
    return FINE


def _show(given: argparse.Namespace) -> int:
    found = answers.answer(readable_store(), given.id, given.as_of, answers.viewer_from_environment())
    document = answers.as_document(found, given.area)
    if given.json:
        print(json.dumps(document, ensure_ascii=False))
        return FINE
    one = found.area(given.area) if given.area else found.whole
    print(f"{pick(found.definition.title.pair())} ({found.definition.id}) · {one.area} · {one.status}")
    for row in document["series"]:
        so_far = "  " + _("so far") if row["period"] in found.running else ""
        print(f"{row['period']}  {row['area']}  {row['numerator']}/{row['denominator']}  {row['value']}{so_far}")
    for name in _waits_for(found, one):
        contract = contracts()[name]
        facts = {"dataset": pick(contract.title.pair()), "owner": pick(contract.owner.pair())}
        if found.lacking:
            print(_("No rows of {dataset} yet; owed by {owner}.", **facts))
        elif one.points:
            print(_("A figure that it needs is missing in {dataset}; owed by {owner}.", **facts))
        else:
            print(_("No rows for it in {dataset} yet; owed by {owner}.", **facts))
    return FINE


def _waits_for(found: Answer, one: Trajectory) -> tuple[str, ...]:
    """The datasets that are named where an area has no figure, or not the one that decides."""
    if found.lacking:
        return found.lacking
    if one.why == Why.OWED or (one.status == Status.NO_DATA and one.points):
        return found.definition.owed
    return found.definition.datasets if one.status == Status.NO_DATA else ()


def _catalogue(given: argparse.Namespace) -> int:
    found = dictionary.dictionary(readable_store(), viewer=answers.viewer_from_environment())
    if given.json:
        print(json.dumps([dictionary.as_document(one) for one in found], ensure_ascii=False))
        return FINE
    for file, made in ((given.csv, dictionary.as_csv), (given.xlsx, dictionary.as_xlsx)):
        if file:
            _write(file, made(found))
            return FINE
    for one in found:
        check = f" ({one.check.by}, {one.check.on})" if one.check else ""
        title, state = pick(one.definition.title.pair()), _(dictionary.WORDS[one.state])
        print(f"{one.definition.clause!s:>8}  {one.definition.id:<24}  {title} · {state}{check}")
    return FINE


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Refused(_("{file} cannot be written: {reason}", file=file, reason=file_options.reason(error))) from error


def _diff(given: argparse.Namespace) -> int:
    found = moved(readable_store(), given.earlier, given.later, answers.viewer_from_environment())
    if given.json:
        days = {"from": given.earlier.isoformat(), "to": given.later.isoformat()}
        print(json.dumps({**days, "indicators": [as_document(one) for one in found]}, ensure_ascii=False))
        return FINE
    if not found:
        print(_("Nothing changed between {earlier} and {later}.", earlier=given.earlier, later=given.later))
    for one in found:
        definition, causes = one.after.definition, ", ".join(_(WORDS[cause]) for cause in one.causes)
        print(f"{pick(definition.title.pair())} ({definition.id}) · {causes}")
        for area in one.moved:
            print(f"  {area.area}  {_standing(area.before)} → {_standing(area.after)}")
    return FINE


def _moves(given: argparse.Namespace) -> int:
    store, content, said = store_to_try_on(), file_options.content(given), file_options.said(given)
    name = file_options.file_name(given)
    checked = intake.check(store, content, name, given.dataset, said=said)
    if checked.problems or checked.dataset is None:
        raise Refused(_("The file cannot be published as it is. `python -m data check` says why."))
    found = moves.moves(store, content, name, checked.dataset, said, answers.viewer_from_environment())
    if given.json:
        documents = [
            {
                "id": one.definition.id,
                "area": one.after.area,
                "before": as_standing(one.before),
                "after": as_standing(one.after),
            }
            for one in found
        ]
        print(json.dumps(documents, ensure_ascii=False))
        return FINE
    if not found:
        print(_("No indicator would move."))
    for one in found:
        title = f"{pick(one.definition.title.pair())} ({one.definition.id})"
        print(f"{title} · {one.after.area}  {_standing(one.before)} → {_standing(one.after)}")
    return FINE


def _standing(trajectory: Trajectory) -> str:
    """An area's newest figure, its verdict and what is missing, on one line."""
    point = trajectory.latest
    if point is None:
        return str(trajectory.status)
    value = _("withheld") if point.value is None else f"{float(point.value):.4f}".rstrip("0").rstrip(".")
    gap = ", " + _("{gap} short", gap=trajectory.gap) if trajectory.gap else ""
    return f"{point.period}: {value} {trajectory.status}{gap}"


if __name__ == "__main__":
    sys.exit(main())
