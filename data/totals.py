"""A row that adds up the others is no data, but it says what the others should add up to."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

import duckdb

from data import cells
from data.layout import Sheet
from data.mapping import Proposed, Target
from data.problem import Warned
from data.store import quoted
from data.vocabulary import normalised, vocabulary, without_unit
from data.words import _


def unlike_their_parts(cursor: duckdb.DuckDBPyConnection, sheet: Sheet, found: Proposed) -> Iterator[Warned]:
    """Totals of the file that are not the sum of their column in `typed`."""
    for total in sheet.totals:
        first = next((normalised(cell) for cell in total.cells.values() if cell), "")
        if first not in vocabulary().sum_words:
            continue
        for header, text in total.cells.items():
            target = found.targets.get(header)
            said = _number(found, header, target, text) if target else None
            if target is None or said is None:
                continue
            summed = _sum(cursor, found, target)
            if summed is not None and summed != said:
                yield Warned(
                    total.line,
                    header,
                    _("a total of {total}", total=text),
                    _("{sum}, the sum of the rows above it", sum=f"{summed.normalize():f}"),
                    "total",
                )


def _number(found: Proposed, header: str, target: Target, text: str) -> Decimal | None:
    one = found.contract.field(target.field)
    if one.type not in ("integer", "number") or one.name in found.contract.primaryKey:
        return None
    try:
        return Decimal(cells.meant(text, one, without_unit(normalised(header))[1]))
    except InvalidOperation:
        return None


def _sum(cursor: duckdb.DuckDBPyConnection, found: Proposed, target: Target) -> Decimal | None:
    wide = found.contract.wide
    condition, values = ("true", []) if wide is None or target.by is None else (f"{quoted(wide.by)} = ?", [target.by])
    row = cursor.execute(f"select sum({quoted(target.field)}) from typed where {condition}", values).fetchone()
    return None if row is None or row[0] is None else Decimal(str(row[0]))
