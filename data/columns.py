"""A sheet and the meaning of its columns → the columns of the dataset, as clean text, with a note on every change.

Columns repeat their values: each distinct text is looked at once, however many rows have it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute

from data import cells, pseudonym
from data.contract import Contract, Field
from data.layout import Sheet
from data.mapping import Proposed
from data.problem import Note, Problem
from data.store import quoted
from data.vocabulary import normalised, without_unit
from data.words import _, n_, pick

# More changes of one column than this are given by their number.
LISTED_CHANGES = 20

# Up to as many possible keys a row counting them is faster than sorting them.
_COUNTED = 8

# Signs that a code is read with as they are: no apostrophe, which may be a mark, and no point, as in 202101.0.
_PLAIN_CODE = r"^[!-&(-\-/-~]*$"
# Digits that are footnote marks; one look finds them and the codes that have lost digits.
_SPOILT_CODE = rf"^{cells.LOST_DIGITS}$|\p{{No}}"
# What units count or measure; those that are not here, such as 个, may count anything.
_KINDS_OF_UNITS = (
    ("人", "名", "人次"),
    ("元", "元/人", "元/年"),
    ("平方米", "平米", "m2"),
    ("所",),
    ("%",),
    ("分",),
    ("岁",),
)
# A number in per cent that may be a share: below one, and one per cent or more if it is one.
_SHARE = r"0\.0?[1-9]\d*"


@dataclass
class Incoming:
    """table: the rows as text, a column a field, and `line`; kept: the file's own columns, pupils' codes replaced."""

    table: pa.Table
    kept: dict[str, pa.Array] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def keys_differ(self, contract: Contract) -> bool:
        """Whether all rows have keys of their own: found out by numbers, many times faster than by texts."""
        if not set(contract.primaryKey) <= set(self.table.column_names):
            return False
        keys = np.zeros(self.table.num_rows, np.int64)
        values = 1
        for name in contract.primaryKey:
            column = self.table.column(name).unify_dictionaries().combine_chunks()
            values *= len(column.dictionary) + 1
            if values >= 2**62:
                return False
            keys *= len(column.dictionary) + 1
            keys += column.indices.to_numpy()
        if values <= _COUNTED * len(keys):
            return not len(keys) or int(np.bincount(keys).max()) == 1
        keys.sort()
        return not bool((keys[1:] == keys[:-1]).any())


def incoming(cursor: duckdb.DuckDBPyConnection, sheet: Sheet, found: Proposed) -> Incoming:
    """The dataset's rows as clean text. A wide sheet gives one row for each of its groups."""
    result = Incoming(pa.table({"line": sheet.lines}))
    columns = {
        header: _cleaned(cursor, sheet, header, column, found.contract.field(target.field), result)
        for header, column in zip(sheet.header, sheet.columns, strict=True)
        if (target := found.targets.get(header))
    }
    constants = _constants(cursor, found, result)
    result.problems.extend(_contradicted(found, constants, columns))
    repeats = {name: repeated(value, len(sheet)) for name, value in constants.items()}
    result.table = _long(found, {**repeats, **_fields(found, columns)}, columns, sheet.lines)
    return result


def names_of(cursor: duckdb.DuckDBPyConnection, one: Field) -> dict[str, str] | None:
    """For a field that may hold a name instead of a code: name or code, normalised → code. Names of several are left out."""
    if one.lookup is None:
        return None
    code = quoted(one.name)
    rows = cursor.execute(
        f"select distinct {quoted(one.lookup.by)}, {code} from {one.lookup.resource} where {quoted(one.lookup.by)} is not null"
    ).fetchall()
    codes: dict[str, set[str]] = {}
    for name, value in rows:
        codes.setdefault(normalised(name), set()).add(value)
    known = {normalised(value): value for _name, value in rows}
    return {name: next(iter(values)) for name, values in codes.items() if len(values) == 1} | known


def _cleaned(
    cursor: duckdb.DuckDBPyConnection, sheet: Sheet, header: str, encoded: pa.Array, one: Field, result: Incoming
) -> pa.Array:
    """One column as a dictionary of clean texts, pupils' codes replaced."""
    values = pa.compute.utf8_trim_whitespace(encoded.dictionary)
    factor = without_unit(normalised(header))[1]
    result.problems.extend(_other_unit(sheet, header, one))
    if factor != 1:
        unit = header[header.rfind("(" if "(" in header else "（") + 1 : -1]
        result.notes.append(
            Note(sheet.header_line, header, unit, _("every number is multiplied by {factor}", factor=factor))
        )
    if not (one.is_identifier and one.lookup is None and _all_match(values, _PLAIN_CODE)):
        before = values.to_pylist()
        names = names_of(cursor, one)
        after = [cells.meant(text, one, factor, names) for text in before]
        if after != before:
            result.notes.extend(_changes(sheet, header, encoded.indices, before, after, one))
            values = pa.array(after, pa.string())
        result.problems.extend(_shares(sheet, header, encoded.indices, before, after, one))
    # Once it is clean: what hides a number from this look would be taken away behind it.
    for position, text, expected in _never_stored(values, one):
        result.problems.append(Problem(_first_line(sheet, encoded.indices, position), header, text, expected))
    indices, values = _without_repeats(encoded, values)
    if one.pseudonym:
        values = pseudonym.pseudonyms(values)
    clean = pa.DictionaryArray.from_arrays(indices, values)
    result.kept[header] = clean if one.pseudonym else encoded
    return clean


def _other_unit(sheet: Sheet, header: str, one: Field) -> Iterator[Problem]:
    """The unit behind a header, where it counts something else than the field does: yuan for persons."""
    text = normalised(header)
    unit = text.removeprefix(without_unit(text)[0]).strip("()")
    given = _kind(unit)
    wanted = _kind(normalised(one.unit.zh)) if one.unit else None
    if one.unit and given and wanted and given != wanted:
        expected = _("a column in the unit “{unit}”", unit=pick(one.unit.pair()))
        yield Problem(sheet.header_line, header, unit, expected)


def _kind(unit: str) -> tuple[str, ...] | None:
    """The units that measure the same as this one, tens of thousands of it or one: 万元 → 元 and its like."""
    return next((kind for kind in _KINDS_OF_UNITS if unit.lstrip("千万亿") in kind), None)


def _without_repeats(encoded: pa.Array, values: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Indices and distinct texts of a column whose texts became `values`: some of them may have become equal."""
    if values.equals(encoded.dictionary):
        return encoded.indices, values
    again = values.dictionary_encode()
    return again.indices.take(encoded.indices), again.dictionary


def _all_match(values: pa.Array, pattern: str) -> bool:
    return bool(pa.compute.all(pa.compute.match_substring_regex(values, pattern)).as_py())


def _never_stored(values: pa.Array, one: Field) -> Iterator[tuple[int, str, str]]:
    """Codes that have lost digits or have others than plain ones, and numbers that lead to a person.

    Gives the text's position, what to call it, and what is expected instead.
    """
    if one.type != "string":
        return
    if one.is_identifier:
        for position in _matching(values, _SPOILT_CODE):
            text = values[position].as_py()
            if cells.lost_digits(text):
                yield (
                    position,
                    text,
                    _("the whole code; give the column the format “text” before entering it, and save again"),
                )
            else:
                yield position, text, cells.plain_digits()
    if one.pseudonym:
        return
    for position in _matching(values, cells.MAY_NAME_PERSON):
        text = values[position].as_py()
        # Codes are as long as such numbers and as full of digits: they are judged as a whole.
        is_code = one.is_identifier and text.isascii()
        if cells.names_person(text) if is_code else cells.mentions_person(text):
            found = _("an identity or telephone number")
            yield position, found, _("nothing that leads to a person; remove it from this column")


def _shares(
    sheet: Sheet, header: str, indices: pa.Array, before: list[str], after: list[str], one: Field
) -> Iterator[Problem]:
    """The first number of a column in per cent that may be a share, 0.8474 for 84.74 %."""
    if one.unit is None or one.unit.zh != "%":
        return
    for position, (text, value) in enumerate(zip(before, after, strict=True)):
        if re.fullmatch(_SHARE, value) and not cells.narrow(text).endswith("%"):
            expected = _("a number in per cent, such as 84.74; with the sign, as in 0.5%, where so little is meant")
            yield Problem(_first_line(sheet, indices, position), header, text, expected)
            return


def _matching(values: pa.Array, pattern: str) -> list[int]:
    return list(np.flatnonzero(pa.compute.match_substring_regex(values, pattern).to_numpy(zero_copy_only=False)))


def _first_line(sheet: Sheet, indices: pa.Array, position: int) -> int:
    return int(sheet.lines[int(np.argmax(indices.to_numpy() == position))].as_py())


def _changes(
    sheet: Sheet, header: str, indices: pa.Array, before: list[str], after: list[str], one: Field
) -> Iterator[Note]:
    """What was read otherwise than it stands, each different text once; pupils' codes are only counted."""
    changed = [position for position, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    counts = np.bincount(indices.to_numpy(), minlength=len(before))
    if one.pseudonym:
        cell_count = int(counts[changed].sum())
        yield Note(None, header, header, n_("{count} cell tidied", "{count} cells tidied", cell_count))
        return
    for position in changed[:LISTED_CHANGES]:
        done = n_(
            "read as {value} ({count} cell)",
            "read as {value} ({count} cells)",
            int(counts[position]),
            value=after[position],
        )
        yield Note(_first_line(sheet, indices, position), header, before[position], done)
    if len(changed) > LISTED_CHANGES:
        rest = int(counts[changed[LISTED_CHANGES:]].sum())
        yield Note(None, header, header, n_("{count} more cell tidied", "{count} more cells tidied", rest))


def _constants(cursor: duckdb.DuckDBPyConnection, found: Proposed, result: Incoming) -> dict[str, str]:
    """The fields whose one value holds for the whole file, each read as a cell of its column is; pupils' codes are none."""
    constants = {}
    for one in found.contract.fields:
        if one.name not in found.set:
            continue
        title, text = pick(one.title.pair()), found.set[one.name]
        if one.pseudonym:
            expected = _("a column with a code a row; one pupil cannot hold for the whole file")
            result.problems.append(Problem(None, title, _("one value for the whole file"), expected))
            continue
        value = cells.meant(text, one, names=names_of(cursor, one))
        if value != text.strip():
            result.notes.append(Note(None, title, text, _("read as {value}", value=value)))
        for _position, shown, expected in _never_stored(pa.array([value], pa.string()), one):
            result.problems.append(Problem(None, title, shown, expected))
        constants[one.name] = value
    return constants


def _contradicted(found: Proposed, constants: Mapping[str, str], columns: Mapping[str, pa.Array]) -> Iterator[Problem]:
    """Columns of the file that say something else than the one value that is to hold for the whole file."""
    told = _("a column beside another value for the whole file")
    expected = _("one of the two: leave out the value for the whole file, or leave out this column")
    for header, target in found.targets.items():
        if target and target.field in constants and {*columns[header].unique().to_pylist()} - {constants[target.field]}:
            yield Problem(None, header, told, expected)
    wide = found.contract.wide
    if wide and found.groups and wide.by in constants and found.groups != (constants[wide.by],):
        yield Problem(None, pick(found.contract.field(wide.by).title.pair()), told, expected)


def repeated(value: str, rows: int) -> pa.Array:
    """A column that has the same text in every row."""
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, np.int32)), pa.array([value], pa.string()))


def _fields(found: Proposed, columns: Mapping[str, pa.Array]) -> dict[str, pa.Array]:
    """The columns that hold for every group."""
    return {target.field: columns[header] for header, target in found.targets.items() if target and target.by is None}


def _long(found: Proposed, shared: dict[str, pa.Array], columns: Mapping[str, pa.Array], lines: pa.Array) -> pa.Table:
    wide = found.contract.wide
    if wide is None or not found.groups:
        return pa.table({"line": lines, **shared})
    names = list(dict.fromkeys(target.field for target in found.targets.values() if target and target.by is not None))
    tables = []
    for group in found.groups:
        own = {name: repeated("", len(lines)) for name in names}
        for header, target in found.targets.items():
            if target and target.by == group:
                own[target.field] = columns[header]
        tables.append(pa.table({"line": lines, **shared, wide.by: repeated(group, len(lines)), **own}))
    return pa.concat_tables(tables).unify_dictionaries()


def headers(found: Proposed) -> dict[str, str | dict[str, str]]:
    """Field → header, for every field that has a value; for the columns of a wide sheet group → header."""
    named: dict[str, str | dict[str, str]] = {
        one.name: pick(one.title.pair()) for one in found.contract.fields if one.name in found.set and not one.pseudonym
    }
    for header, target in found.targets.items():
        if target is None:
            continue
        if target.by is None:
            named[target.field] = header
        else:
            groups = named.setdefault(target.field, {})
            if isinstance(groups, dict):
                groups[target.by] = header
    if found.contract.wide and found.groups:
        named[found.contract.wide.by] = pick(found.contract.field(found.contract.wide.by).title.pair())
    return named
