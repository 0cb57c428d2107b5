"""A row that adds up the others is no data, but it says what the others should add up to."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

import duckdb

from data import cells
from data.layout import Sheet, first_word
from data.mapping import Proposed, Target
from data.problem import Warned
from data.store import quoted
from data.vocabulary import normalised, vocabulary, without_unit
from data.words import _


def unlike_their_parts(cursor: duckdb.DuckDBPyConnection, sheet: Sheet, found: Proposed) -> Iterator[Warned]:
    """Totals of the file that are not the sum of their rows in `typed`, by row.

    Those are the rows above it, from the first one or from below some earlier total; or all rows of the file.
    """
    totals = [one for one in sheet.totals if first_word(list(one.cells.values())) in vocabulary().sum_words]
    wrong: list[Warned] = []
    for header, target in found.targets.items():
        said = [_number(found, header, target, one.cells.get(header, "")) if target else None for one in totals]
        if target is None or not any(number is not None for number in said):
            continue
        parts = _parts(cursor, found, target, [one.line for one in totals])
        for place, number in enumerate(said):
            sums = _sums(parts, place)
            if number is not None and sums and number not in sums:
                text, expected = totals[place].cells[header], f"{sums[0].normalize():f}"
                wrong.append(
                    Warned(
                        totals[place].line,
                        header,
                        _("a total of {total}", total=text[:80]),
                        _("{sum}, the sum of the rows above it", sum=expected),
                        "total",
                    )
                )
    yield from sorted(wrong, key=lambda one: one.row or 0)


def _number(found: Proposed, header: str, target: Target, text: str) -> Decimal | None:
    one = found.contract.field(target.field)
    if one.type not in ("integer", "number") or one.name in found.contract.primaryKey:
        return None
    try:
        return Decimal(cells.meant(text, one, without_unit(normalised(header))[1]))
    except InvalidOperation:
        return None


def _parts(cursor: duckdb.DuckDBPyConnection, found: Proposed, target: Target, lines: list[int]) -> dict[int, Decimal]:
    """The sums of a column between the totals in `lines`: 0 → of the rows above the first one, and so on; none of no rows."""
    wide = found.contract.wide
    condition, values = ("true", []) if wide is None or target.by is None else (f"{quoted(wide.by)} = ?", [target.by])
    rows = cursor.execute(
        f"""select len(list_filter(?::bigint[], lambda one: one < line)) as part, sum({quoted(target.field)})
        from typed where {condition} group by part""",
        [lines, *values],
    ).fetchall()
    return {part: Decimal(str(summed)) for part, summed in rows if summed is not None}


def _sums(parts: dict[int, Decimal], place: int) -> list[Decimal]:
    """What a total may say: the sum from below each earlier total, or of all rows; the likeliest first.

    A total directly below another one adds up everything above it.
    """
    sums: list[Decimal] = []
    summed = Decimal(0)
    for part in range(place, -1, -1):
        if part in parts:
            summed += parts[part]
            sums.append(summed)
    everything = sum(parts.values(), Decimal(0))
    return [*(sums if place in parts else reversed(sums)), everything] if parts else []
