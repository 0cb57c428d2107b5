"""Rows that a person enters on a page, as a file of their dataset, and what is wrong with one, field by field."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from data.contract import Contract
from data.handed_out import plain
from data.problem import Problem
from data.words import pick

Row = Mapping[str, object]


def content(contract: Contract, *rows: Row) -> bytes:
    """The file: the contract's header and the rows, each text as it was entered, for nobody but the checks reads it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(pick(one.title.pair()) for one in contract.fields)
    writer.writerows([cell(row.get(one.name)) for one in contract.fields] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def cell(value: object) -> str:
    """A value as it stands in a file; lines of a text become one."""
    match value:
        case None:
            return ""
        case date():  # a moment too, of a data frame's own kind
            return f"{value:%Y-%m-%d}"
        case int() | float() | Decimal():
            return plain(value)
        case _:
            return " ".join(str(value).split())


def by_field(contract: Contract, problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    """Field → its problems; under '' those of no single one."""
    titles = {pick(one.title.pair()): one.name for one in contract.fields}
    found: dict[str, list[Problem]] = {}
    for one in problems:
        found.setdefault(titles.get(one.column or "", ""), []).append(one)
    return found
