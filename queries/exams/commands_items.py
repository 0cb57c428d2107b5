"""`python -m queries exam-items EXAM`: the items of a joint exam's papers, in full precision.

Keys are those of `exam` and `exam-lines`: difficulty is 得分率, discrimination 区分度. What is withheld is null.
"""

import argparse
import json
from typing import Any

from data import terminal
from data.problem import Refused
from data.words import _
from queries.exams.command import local_viewer, school_code
from queries.exams.commands_lines import Commands, print_rows
from queries.exams.document import number
from queries.exams.item_types import Analysis, Cell, Item
from queries.exams.items import analysis, papers
from queries.exams.setup import exam
from queries.opened import readable_store

FINE = 0
PRINTED = ("item", "knowledge_point", "ability", "n", "difficulty", "discrimination", "correlation")


def add(commands: Commands) -> None:
    """Adds the command to those of `python -m queries`."""
    items = commands.add_parser("exam-items", help=_("the items of a joint exam's papers"))
    items.add_argument("exam", metavar="EXAM", help=_("the exam's code"))
    items.add_argument("--subject", metavar="S", help=_("one subject only"))
    items.add_argument("--school", metavar="S", help=_("the pupils of this school only (its code or name)"))
    items.add_argument("--as-of", metavar="YYYY-MM-DD", type=terminal.day, help=_("as of the end of that day"))
    items.add_argument("--json", action="store_true", help=_("answer in JSON"))
    items.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Prints the items; `Refused` where the exam, the paper or the school is unknown, or has no item scores."""
    store = readable_store()
    found = exam(store, given.exam, given.as_of)
    known = [one.subject for one in papers(store, given.as_of) if one.exam_id == found.id]
    if not known:
        raise Refused(_("There are no item scores of {exam}.", exam=found.id))
    school = school_code(found.schools, given.school) if given.school else None
    subjects = [given.subject] if given.subject else known
    made = [analysis(store, found.id, subject, school, given.as_of, local_viewer()) for subject in subjects]
    document = {"exam": found.id, "name": found.name, "papers": [items_document(one) for one in made]}
    if given.json:
        print(json.dumps(document, ensure_ascii=False))
        return FINE
    for one in map(items_document, made):
        print(f"{found.name} · {one['subject']} · n={one['n']} · alpha={one['alpha']}")
        print_rows(one["items"], PRINTED)
    return FINE


def items_document(found: Analysis) -> dict[str, Any]:
    """A paper's items as keys and numbers; `kr20`: every item is right or wrong, so that alpha is KR-20."""
    return {
        "subject": found.paper.subject,
        "school": found.school.institution_id if found.school else None,
        "full_marks": float(found.paper.full_marks),
        "n": found.pupils,
        "complete": found.complete,
        "alpha": number(found.alpha),
        "kr20": found.kr20,
        "withheld": found.few,
        "items": [_item(one) for one in found.items],
        "specification": [_cell(one) for one in found.specification.cells],
        "data_version": found.data_version,
    }


def _item(one: Item) -> dict[str, Any]:
    return {
        "item": one.code,
        "full_marks": None if one.full_marks is None else float(one.full_marks),
        "kind": one.kind,
        "knowledge_point": one.knowledge_point,
        "ability": one.ability,
        "key": one.key,
        "n": one.pupils,
        "difficulty": number(one.rate),
        "discrimination": number(one.discrimination),
        "correlation": one.correlation,
        "alpha_without": number(one.alpha_without),
        "withheld": one.withheld,
        "options": [
            {
                "choice": option.choice,
                "key": option.key,
                "n": option.pupils,
                "share": number(option.share),
                "top": number(option.top),
                "bottom": number(option.bottom),
            }
            for option in one.options
        ],
    }


def _cell(one: Cell) -> dict[str, Any]:
    """A cell of the two-way table 双向细目表; null stands for all knowledge points, or all abilities."""
    return {
        "knowledge_point": one.knowledge_point,
        "ability": one.ability,
        "items": list(one.items),
        "full_marks": float(one.full_marks),
        "difficulty": number(one.rate),
        "withheld": one.withheld,
    }
