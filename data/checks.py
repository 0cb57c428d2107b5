"""Text cells → typed values by a contract, and every cell that breaks it.

Columns repeat their values, so each distinct text is typed and checked once. `typed` is the file's rows with the
contract's types, null where a cell is empty or cannot be read, with the unreadable cells as `<field>_text`, and `line`;
`distinct_<field>` holds each of a field's values once. Rows are looked up only for the rules that a value breaks.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute

from data import cells, pseudonym
from data.columns import repeated
from data.contract import DECIMAL_PLACES, Contract, Field, ForeignKey, contracts
from data.problem import Problem
from data.store import quoted
from data.templates import example_of
from data.vocabulary import normalised, without_unit
from data.words import _, n_, pick

# More rows than this of one kind say no more than their number does.
LISTED_PER_RULE = 10_000
# An expected value is spelled out only where a person can read the whole list.
LISTED_VALUES = 20

# The examples of these are facts that anybody may publish; those of the others are invented.
_TRUE_EXAMPLES = ("area", "preschool_published")

_WHOLE = "[+-]?[0-9]{1,18}"
_DECIMAL = f"[+-]?[0-9]{{1,14}}([.][0-9]{{1,{DECIMAL_PLACES}}})?"
# What strptime takes for a date beside these: a year of two digits, "epoch", "infinity".
_DATE = "[0-9]{4}([-][0-9]{1,2}[-][0-9]{1,2}|[/][0-9]{1,2}[/][0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}日)"
_DATE_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"]


class Values(dict[str, object]):
    """The values bound into one statement."""

    def bind(self, value: object) -> str:
        """Keeps a value and returns the placeholder that stands for it."""
        name = f"v{len(self)}"
        self[name] = value
        return f"${name}"

    def bind_all(self, values: tuple[str, ...]) -> str:
        return ", ".join(self.bind(value) for value in values)

    def within(self, sql: str) -> dict[str, object]:
        """The values that a part of the statement needs."""
        return {name: self[name] for name in re.findall(r"\$(v\d+)", sql)}


# Field → header; in a wide sheet, where a field has a column a group, group → header.
Headers = Mapping[str, str | Mapping[str, str]]


@dataclass(frozen=True)
class Rule:
    """`broken` is a condition that should hold for no row of `typed`."""

    field: Field
    broken: str
    expected: str


def type_rows(cursor: duckdb.DuckDBPyConnection, contract: Contract, rows: pa.Table) -> None:
    """Makes `typed` and `distinct_<field>` of rows of text; fields that the file lacks are null."""
    columns = {
        field.name: rows.column(field.name).combine_chunks()
        if field.name in rows.column_names
        else repeated("", rows.num_rows)
        for field in contract.fields
    }
    found = _typed_values(cursor, contract, {name: column.dictionary for name, column in columns.items()})
    typed: dict[str, pa.Array] = {}
    for field in contract.fields:
        values = found[field.name]
        cursor.register(_distinct(field), values)
        for name in values.column_names:
            indices = columns[field.name].indices
            typed[name] = pa.DictionaryArray.from_arrays(indices, values.column(name).combine_chunks())
    cursor.register("typed", pa.table({**typed, "line": rows.column("line")}))


def _typed_values(
    cursor: duckdb.DuckDBPyConnection, contract: Contract, texts: Mapping[str, pa.Array]
) -> dict[str, pa.Table]:
    """Field → the columns of `typed` that it has, for each of its texts in turn."""
    found: dict[str, pa.Table] = {}
    together: dict[int, list[Field]] = {}
    for field in contract.fields:
        own = texts[field.name]
        if field.type == "string":
            nothing = pa.compute.is_in(own, value_set=pa.array(_nothing(contract, field), pa.string()))
            found[field.name] = pa.table({field.name: pa.compute.if_else(nothing, None, own)})
        else:
            together.setdefault(len(own), []).append(field)
    # Fields of as many texts are read by one statement: a small file has few texts in many columns.
    for fields in together.values():
        found |= _read_together(cursor, contract, fields, {field.name: texts[field.name] for field in fields})
    return found


def _read_together(
    cursor: duckdb.DuckDBPyConnection, contract: Contract, fields: list[Field], texts: dict[str, pa.Array]
) -> dict[str, pa.Table]:
    """The same for fields that have equally many texts."""
    values = Values()
    columns = {field.name: list(_typed_columns(contract, field, values)) for field in fields}
    wanted = ", ".join(column for own in columns.values() for column in own)
    places = np.arange(len(next(iter(texts.values()))))
    cursor.register("texts", pa.table({**texts, "line": places}))
    table = cursor.sql(f"select {wanted} from texts order by texts.line", params=values).to_arrow_table()
    cursor.unregister("texts")
    found, begin = {}, 0
    for name, own in columns.items():
        found[name] = table.select(range(begin, begin + len(own)))
        begin += len(own)
    return found


def _nothing(contract: Contract, field: Field) -> tuple[str, ...]:
    """The texts that stand for no value."""
    return tuple(text for texts in field.states.values() for text in texts) if field.states else contract.missingValues


def _distinct(field: Field) -> str:
    return f"distinct_{field.name}"


def problems(
    cursor: duckdb.DuckDBPyConnection, contract: Contract, headers: Headers, *, keys_differ: bool = False
) -> list[Problem]:
    """Every broken cell of `typed`, by row.

    headers: field name → header, for the fields that have a value; keys_differ: no two rows have the same key.
    """
    found = [
        *_broken_cells(cursor, contract, headers),
        *_left_examples(cursor, contract, headers),
        *(() if keys_differ else _repeated_keys(cursor, contract, headers)),
        *(problem for key in contract.foreignKeys for problem in _dangling(cursor, contract, key, headers)),
    ]
    return sorted(found, key=lambda problem: (problem.row or 0, problem.column or ""))


def _typed_columns(contract: Contract, field: Field, values: Values) -> Iterator[str]:
    """The value, null where the cell stands for nothing or cannot be read; the unreadable text; the state."""
    name, nothing = quoted(field.name), values.bind_all(_nothing(contract, field))
    readable, value = _read(field, values)
    yield f"case when {readable} then {value} end as {name}"
    yield f"case when {readable} and {value} is not null or {name} in ({nothing}) then null else {name} end as {_text(field)}"
    if field.states and field.state_column:
        whens = [f"when {name} in ({values.bind_all(texts)}) then '{state}'" for state, texts in field.states.items()]
        yield f"case when {readable} then 'recorded' {' '.join(whens)} end as {quoted(field.state_column)}"


def _read(field: Field, values: Values) -> tuple[str, str]:
    """Whether a cell looks like a value of the field's type, and the value. A plain cast would round 12.5 to 13."""
    cell = quoted(field.name)
    match field.type:
        case "integer":
            return f"regexp_full_match({cell}, {values.bind(_WHOLE)})", f"try_cast({cell} as {field.sql_type})"
        case "number":
            return f"regexp_full_match({cell}, {values.bind(_DECIMAL)})", f"try_cast({cell} as {field.sql_type})"
        case "date":
            formats = values.bind(_DATE_FORMATS)
            return f"regexp_full_match({cell}, {values.bind(_DATE)})", f"try_strptime({cell}, {formats})::date"
        case _:
            yes, either = values.bind_all(field.trueValues), values.bind_all((*field.trueValues, *field.falseValues))
            return f"{cell} in ({either})", f"({cell} in ({yes}))"


def _text(field: Field) -> str:
    return quoted(field.name + "_text")


def _rules(field: Field, values: Values) -> Iterator[Rule]:
    name, limits = quoted(field.name), field.constraints
    if field.type != "string":
        yield Rule(field, f"{_text(field)} is not null", _expected_type(field))
    if limits.required:
        unread = "" if field.type == "string" else f" and {_text(field)} is null"
        state = f" and {quoted(field.state_column)} = 'missing'" if field.state_column else ""
        yield Rule(field, f"{name} is null{unread}{state}", _("a value; this column must not be empty"))
    if limits.enum:
        told = (
            pick(limits.folder.called.pair()) if limits.folder else _("one of: {values}", values=_listed(limits.enum))
        )
        yield Rule(field, f"{name} not in ({values.bind_all(limits.enum)})", told)
    if limits.minimum is not None:
        yield Rule(field, f"{name} < {values.bind(limits.minimum)}", _("{limit} or more", limit=_plain(limits.minimum)))
    if limits.maximum is not None:
        yield Rule(field, f"{name} > {values.bind(limits.maximum)}", _("{limit} or less", limit=_plain(limits.maximum)))
    if limits.maxLength is not None and not field.pseudonym:
        yield Rule(
            field,
            f"length({name}) > {values.bind(limits.maxLength)}",
            n_("at most {count} character", "at most {count} characters", limits.maxLength),
        )


def _plain(limit: float) -> str:
    return f"{limit:.0f}" if limit == int(limit) else str(limit)


def _expected_type(field: Field) -> str:
    match field.type:
        case "integer":
            return _("a whole number")
        case "number":
            return _("a number with at most {places} decimals", places=DECIMAL_PLACES)
        case "date":
            return _("a date such as 2020-09-01")
        case _:
            return _("one of: {values}", values=_listed((field.trueValues[0], field.falseValues[0])))


def _broken_cells(cursor: duckdb.DuckDBPyConnection, contract: Contract, headers: Headers) -> Iterator[Problem]:
    for field in contract.fields:
        values = Values()
        rules = list(_rules(field, values)) if field.name in headers else []
        for rule in _broken_rules(cursor, field, rules, values):
            yield from _listed_cells(cursor, contract, rule, values, headers[field.name])


def _broken_rules(cursor: duckdb.DuckDBPyConnection, field: Field, rules: list[Rule], values: Values) -> Iterator[Rule]:
    """The rules of a field that one of its values breaks."""
    if not rules:
        return
    broken = ", ".join(f"bool_or({rule.broken})" for rule in rules)
    found = cursor.execute(f"select {broken} from {quoted(_distinct(field))}", values).fetchone() or ()
    yield from (rule for rule, one in zip(rules, found, strict=True) if one)


def _listed_cells(
    cursor: duckdb.DuckDBPyConnection,
    contract: Contract,
    rule: Rule,
    values: Values,
    header: str | Mapping[str, str],
) -> Iterator[Problem]:
    name = quoted(rule.field.name)
    cell = name if rule.field.type == "string" else f"coalesce({_text(rule.field)}, {name}::varchar)"
    group = quoted(contract.wide.by) if contract.wide and not isinstance(header, str) else "null"
    rows = cursor.execute(
        f"""select line, {cell}, {group}, count(*) over () from typed where {rule.broken}
        order by line limit {LISTED_PER_RULE}""",
        values.within(rule.broken),
    ).fetchall()
    for line, text, by, _count in rows:
        title = column_title(header, by)
        doubtful = cells.wanted(text, rule.field, without_unit(normalised(title))[1]) if text else None
        yield Problem(line, title, _found(rule.field, text), doubtful or rule.expected)
    count = rows[0][3] if rows else 0
    yield from _rest(count - len(rows), column_title(header), rule.expected)


def column_title(header: str | Mapping[str, str], by: str | None = None) -> str:
    """The header of a field's column: of the group's, or of all groups'."""
    if isinstance(header, str):
        return header
    return header[by] if by is not None and by in header else "+".join(header.values())


def _found(field: Field, text: str | None) -> str:
    if text is None:
        return _("nothing")
    # A number was read into its column's decimals, which the file does not have.
    return re.sub(r"\.0+$|(\.[0-9]*[1-9])0+$", r"\1", text) if field.type == "number" else text


def _rest(count: int, column: str | None, expected: str) -> Iterator[Problem]:
    if count > 0:
        yield Problem(None, column, n_("{count} more row like this", "{count} more rows like this", count), expected)


def _repeated_keys(cursor: duckdb.DuckDBPyConnection, contract: Contract, headers: Headers) -> Iterator[Problem]:
    """Rows whose key stands in an earlier row already; rows without a whole key are reported elsewhere."""
    key = ", ".join(quoted(name) for name in contract.primaryKey)
    whole = " and ".join(f"{quoted(name)} is not null" for name in contract.primaryKey)
    rows = cursor.execute(
        f"""select line, first_line, {_shown_key(contract)} from (
            select t.*, min(line) over (partition by {key}) as first_line from typed t
            semi join (select {key} from typed where {whole} group by {key} having count(*) > 1) using ({key}))
        where line > first_line order by line"""
    ).fetchall()
    columns = "+".join(column_title(headers.get(name, contract.field(name).title.zh)) for name in contract.primaryKey)
    expected = _("each key once")
    for line, first_line, shown in rows[:LISTED_PER_RULE]:
        yield Problem(line, columns, _("{key}: the same as in row {row}", key=shown, row=first_line), expected)
    yield from _rest(len(rows) - LISTED_PER_RULE, columns, expected)


def keys_again(
    cursor: duckdb.DuckDBPyConnection, contract: Contract, headers: Headers, others: Mapping[int, str]
) -> Iterator[Problem]:
    """Rows of `typed` whose key a row of other uploads has. others: upload → the table of the same file that it holds."""
    key = ", ".join(quoted(name) for name in contract.primaryKey)
    rows = cursor.execute(
        f"""select t.line, f.line, f.upload_id, {_shown_key(contract)}
        from typed t join store.{contract.table} f using ({key})
        where f.upload_id in ({", ".join("?" * len(others))}) order by t.line""",
        list(others),
    ).fetchall()
    columns = "+".join(column_title(headers.get(name, contract.field(name).title.zh)) for name in contract.primaryKey)
    expected = _("each key once")
    for line, first_line, upload, shown in rows[:LISTED_PER_RULE]:
        found = _("{key}: the same as in row {row} of “{table}”", key=shown, row=first_line, table=others[upload])
        yield Problem(line, columns, found, expected)
    yield from _rest(len(rows) - LISTED_PER_RULE, columns, expected)


def _shown_key(contract: Contract) -> str:
    """The key as one text; a pupil's code is no longer known here, and its hash would tell the reader nothing."""
    shown = [f"{quoted(name)}::varchar" for name in contract.primaryKey if not contract.field(name).pseudonym]
    return f"concat_ws(' ', {', '.join(shown)})"


def _left_examples(cursor: duckdb.DuckDBPyConnection, contract: Contract, headers: Headers) -> Iterator[Problem]:
    """The example rows of templates that nobody overwrote: rows like them in every field, below a template's header."""
    titled = all(headers.get(field.name) in field.title.pair().values() for field in contract.fields)
    if not titled or contract.dataset in _TRUE_EXAMPLES:
        return
    values = Values()
    alike = {
        field.name: f"{quoted(field.name)} is not distinct from {values.bind(_example_value(field))}"
        for field in contract.fields
    }
    # The values say at once that most files have no such row.
    known = ", ".join(
        f"(select bool_or({alike[field.name]}) from {quoted(_distinct(field))})" for field in contract.fields
    )
    if not all(cursor.execute(f"select {known}", values).fetchone() or ()):
        return
    for (line,) in cursor.execute(
        f"select line from typed where {' and '.join(alike.values())} order by line", values
    ).fetchall():
        yield Problem(
            line, None, _("the example of the template"), _("a row of your own; overwrite or delete this one")
        )


def _example_value(field: Field) -> object:
    """The template's example as `typed` holds it."""
    shown = example_of(field)
    if shown is None:
        return None
    if field.pseudonym:
        return pseudonym.pseudonyms(pa.array([shown], pa.string()))[0].as_py()
    match field.type:
        case "number":
            return Decimal(str(shown))
        case "boolean":
            return shown in field.trueValues
        case _:
            return shown


def _dangling(
    cursor: duckdb.DuckDBPyConnection, contract: Contract, key: ForeignKey, headers: Headers
) -> Iterator[Problem]:
    """Rows that refer to something that neither the store nor, where a dataset refers to itself, the file has."""
    if not set(key.fields) <= set(headers):
        return
    own = ", ".join(quoted(name) for name in key.fields)
    other = ", ".join(quoted(name) for name in key.reference.fields)
    known = f"select {other} from {key.reference.resource}"
    if key.reference.resource == contract.dataset:
        # Without empty keys: compared with one of those, nothing would be unknown.
        known += f" union select {other} from typed where {' and '.join(f'{quoted(n)} is not null' for n in key.reference.fields)}"
    whole = " and ".join(f"{quoted(name)} is not null" for name in key.fields)
    # The values of one field are known without a look at the rows.
    rows_or_values = quoted(_distinct(contract.field(key.fields[0]))) if len(key.fields) == 1 else "typed"
    unknown = (
        f"select {own} from (select distinct {own} from {rows_or_values} where {whole}) where ({own}) not in ({known})"
    )
    if not cursor.execute(f"select 1 from ({unknown}) limit 1").fetchall():
        return
    rows = cursor.execute(
        f"select line, concat_ws(' ', {own}) from typed where ({own}) in ({unknown}) order by line"
    ).fetchall()
    columns = "+".join(column_title(headers[name]) for name in key.fields)
    expected = _expected_reference(cursor, key, known)
    for line, text in rows[:LISTED_PER_RULE]:
        yield Problem(line, columns, text, expected)
    yield from _rest(len(rows) - LISTED_PER_RULE, columns, expected)


def _expected_reference(cursor: duckdb.DuckDBPyConnection, key: ForeignKey, known: str) -> str:
    title = pick(contracts()[key.reference.resource].title.pair())
    values = cursor.execute(f"select * from ({known}) limit {LISTED_VALUES + 1}").fetchall()
    if 0 < len(values) <= LISTED_VALUES:
        listed = _listed(tuple(" ".join(str(part) for part in row) for row in sorted(values)))
        return _("one of: {values}", values=listed)
    return _("a code that “{dataset}” has; publish that dataset first", dataset=title)


def _listed(values: tuple[str, ...]) -> str:
    return "、".join(values) if pick({"zh": "zh", "en": "en"}) == "zh" else ", ".join(values)
