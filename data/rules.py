"""Rules between rows, datasets and years: one YAML file each under `rules/`, in SQL, never in code.

A rule compares two sides item by item. Each side is a query that gives `item` and `value`; the left side may give the
`line` of the file as well. The queries see the file's rows as `typed`, the values of one of their fields, each once, as
`distinct_<field>`, and the store's state before the upload under the datasets' names; as `staying` those rows of the
file's own dataset that the upload neither brings anew nor removes.
`error` stops a publish, `warning` waits until a person accepts it.
"""

import re
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

import duckdb
from pydantic import Field

from data.configuration import Bilingual, Strict, read
from data.contract import Contract, contracts
from data.preview import Scope, condition_of
from data.problem import BrokenConfiguration, Problem, Warned
from data.store import quoted
from data.words import _, n_, pick

FOLDER = Path(__file__).parent / "rules"
LISTED = 200

Rows = dict[str, tuple[dict[str, Any], ...]]


class Case(Strict):
    """Rows that the store holds, and rows that a file brings: an example of what a rule lets pass or stops."""

    given: Rows = Field(default_factory=dict)
    file: tuple[dict[str, Any], ...]


class Rule(Strict):
    """left comparison right must hold for every item of the left side.

    missing: what it means that the right side has no such item; column: the field that a person should look at.
    """

    id: str
    dataset: str
    severity: Literal["error", "warning"]
    column: str | None = None
    left: str
    comparison: Literal["<=", ">=", "=", "<", ">", "<>"]
    right: str
    missing: Literal["ignore", "broken"] = "ignore"
    found: Bilingual
    expected: Bilingual
    trips: Case
    passes: Case

    @cached_property
    def quoted_counts(self) -> tuple[str, ...]:
        """The sides whose values are made of stored rows that count persons: from them a count of few could follow."""
        counting = {name for name, one in contracts().items() if one.person_counts}
        if self.dataset in counting:
            counting.add("staying")
        sides = {"left": self.left, "right": self.right}
        return tuple(name for name, query in sides.items() if counting & set(re.findall(r"\w+", query)))


@cache
def rules(folder: Path = FOLDER) -> tuple[Rule, ...]:
    """Every rule, by file name. `BrokenConfiguration` names file and key."""
    found = [read(path, Rule, id=path.stem) for path in sorted(folder.glob("*.yaml"))]
    for rule in found:
        contract = contracts().get(rule.dataset)
        if contract is None or (rule.column is not None and rule.column not in contract.columns):
            raise BrokenConfiguration(f"data/rules/{rule.id}.yaml: there is no such dataset or column")
    return tuple(found)


def broken(cursor: duckdb.DuckDBPyConnection, dataset: str, titles: dict[str, str], scope: Scope) -> list[Problem]:
    """What `typed` breaks of the dataset's rules; warnings are `Warned`.

    titles: field → header; scope: the rows that the file replaces whole.
    """
    own = [rule for rule in rules() if rule.dataset == dataset]
    # Made only where a rule asks for it: of a dataset of millions of rows it would cost as much as a publish.
    if any("staying" in rule.left + rule.right for rule in own):
        _find_staying(cursor, contracts()[dataset], scope)
    return [problem for rule in own for problem in _broken(cursor, rule, titles)]


def _find_staying(cursor: duckdb.DuckDBPyConnection, contract: Contract, scope: Scope) -> None:
    """Makes `staying`, the current rows whose keys the file lacks, without those that go with the scope."""
    key = ", ".join(map(quoted, contract.primaryKey))
    condition, values = condition_of(contract, scope) if scope else ("false", [])
    cursor.execute(
        f"""create or replace temp table staying as
        select * from {contract.dataset} anti join typed using ({key}) where not coalesce({condition}, false)""",
        values,
    )


def _broken(cursor: duckdb.DuckDBPyConnection, rule: Rule, titles: dict[str, str]) -> list[Problem]:
    cursor.execute(f"create or replace temp view rule_left as {rule.left}")
    columns = [row[0] for row in cursor.execute("describe rule_left").fetchall()]
    line = "l.line" if "line" in columns else "null"
    absent = "or r.item is null" if rule.missing == "broken" else ""
    rows = cursor.execute(
        f"""select {line}, l.item, l.value, r.value from rule_left l left join ({rule.right}) r on l.item = r.item
        where not (l.value {rule.comparison} r.value) {absent} order by all"""
    ).fetchall()
    problems = [_problem(rule, titles, *row) for row in rows[:LISTED]]
    if len(rows) > LISTED:
        more = n_("{count} more row like this", "{count} more rows like this", len(rows) - LISTED)
        # Each of them has numbers of its own.
        _found, expected = _words(rule, {"item": "…", "left": "…", "right": "…"})
        problems.append(_said(rule, None, titles, more, expected))
    return problems


def _problem(
    rule: Rule, titles: dict[str, str], line: int | None, item: object, left: object, right: object
) -> Problem:
    facts = {"item": str(item), "left": _plain(left), "right": _plain(right)}
    for_all = _words(rule, {**facts, **dict.fromkeys(rule.quoted_counts, _("(withheld)"))})
    return _said(rule, line, titles, *_words(rule, facts), for_all=for_all)


def _words(rule: Rule, facts: dict[str, str]) -> tuple[str, str]:
    return pick(rule.found.pair()).format(**facts), pick(rule.expected.pair()).format(**facts)


def _said(
    rule: Rule,
    line: int | None,
    titles: dict[str, str],
    found: str,
    expected: str,
    for_all: tuple[str, str] | None = None,
) -> Problem:
    column = titles.get(rule.column) if rule.column else None
    if rule.severity == "error":
        return Problem(line, column, found, expected, for_all=for_all)
    return Warned(line, column, found, expected, rule.id, for_all=for_all)


def _plain(value: object) -> str:
    """A number without the decimals that only its column has."""
    text = str(value)
    return text.rstrip("0").rstrip(".") if "." in text and text.replace(".", "").lstrip("-").isdigit() else text
