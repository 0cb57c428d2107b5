"""The indicators from a terminal: `python -m queries list|show|diff`.

Exit status: 0 fine, 2 wrong use or the store cannot be used.
"""

import argparse
import json
import sys
from datetime import date

from data import words
from data.problem import BrokenConfiguration, Refused
from data.words import _, pick
from queries import answers
from queries.answers import Trajectory
from queries.changes import WORDS, as_document, moved, newest
from queries.opened import readable_store

FINE, WRONG_USE = 0, 2


def main(arguments: list[str] | None = None) -> int:
    words.use(words.from_environment())
    try:
        given = _parser().parse_args(arguments)
        return int(given.run(given))
    except (Refused, BrokenConfiguration) as refusal:
        print(refusal, file=sys.stderr)
        return WRONG_USE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m queries", description=_("The indicators and their figures."))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    listing = commands.add_parser("list", help=_("every indicator"))
    listing.set_defaults(run=_list)
    show = commands.add_parser("show", help=_("one indicator's figures and how it stands"))
    show.add_argument("id", metavar="ID")
    show.add_argument("--area", metavar="A", help=_("one area only"))
    show.add_argument("--as-of", metavar="YYYY-MM-DD", type=date.fromisoformat, help=_("as of the end of that day"))
    show.set_defaults(run=_show)
    diff = commands.add_parser("diff", help=_("what moved between two days, and why"))
    diff.add_argument("earlier", metavar="FROM", type=date.fromisoformat, help=_("as of the end of that day"))
    diff.add_argument("later", metavar="TO", type=date.fromisoformat, help=_("as of the end of that day"))
    diff.set_defaults(run=_diff)
    for command in (listing, show, diff):
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
        for one in answers.visible().values()
    ]
    if given.json:
        print(json.dumps(listed, ensure_ascii=False))
        return FINE
    for one in answers.visible().values():
        print(f"{one.clause!s:>8}  {one.id:<24}  {pick(one.title.pair())}")
    return FINE


def _show(given: argparse.Namespace) -> int:
    found = answers.answer(readable_store(), given.id, given.as_of)
    document = answers.as_document(found, given.area)
    if given.json:
        print(json.dumps(document, ensure_ascii=False))
        return FINE
    one = found.area(given.area) if given.area else found.whole
    print(f"{pick(found.definition.title.pair())} ({found.definition.id}) · {one.area} · {one.status}")
    for row in document["series"]:
        print(f"{row['period']}  {row['area']}  {row['numerator']}/{row['denominator']}  {row['value']}")
    return FINE


def _diff(given: argparse.Namespace) -> int:
    found = moved(readable_store(), given.earlier, given.later)
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


def _standing(trajectory: Trajectory) -> str:
    """An area's newest figure, its verdict and what is missing, on one line."""
    point = newest(trajectory)
    if point is None:
        return str(trajectory.status)
    value = _("withheld") if point.value is None else f"{float(point.value):.4f}".rstrip("0").rstrip(".")
    gap = ", " + _("{gap} short", gap=trajectory.gap) if trajectory.gap else ""
    return f"{point.period}: {value} {trajectory.status}{gap}"


if __name__ == "__main__":
    sys.exit(main())
