"""Counts of rows, kept beside millions of them: what pages read instead of the rows.

A contract's `tally` names the columns by which its rows are counted and the scope, such as one exam, that is counted
anew, whole, whenever an upload with rows of it is published, withdrawn or restored. Counting costs as much as the
scope is large, whatever else the store holds. Counts of scores are exact: means, rates and quantiles follow from them.

The view `<dataset>_tally` gives equal rows with their number, or single rows where the tally keeps a group's values as a
list: where nearly every row differs, a list is written many times faster than rows. Beside it there are the tally's
`tables`: each is made by the SQL of its name in `data/tallies`, which reads `counted_row` (the scope's rows that count)
and the `steps` made of it, such as `counted_pupil`, and is plain enough to run elsewhere. `earlier_pupil` and the like
are the same steps of the scope that the scope is measured from (`earlier`), empty where there is none.

Counts carry the event that they were made for, so that the views answer as of any moment, like the rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from data.contract import Contract, Earlier, Tally, contracts

MODULES = Path(__file__).parent / "tallies"

_TABLES = (
    # Which uploads brought rows of which scope.
    "create table if not exists store.tally_scope (dataset varchar not null, scope varchar not null, upload_id integer not null)",
    # The events after which a scope was counted anew; a scope without rows has no counts, but it has its event.
    "create table if not exists store.tally_event (dataset varchar not null, scope varchar not null, event_id integer not null)",
)


def make_tables(connection: duckdb.DuckDBPyConnection, stored: Mapping[str, set[str]]) -> None:
    """Makes the tables that are missing. stored: table of the store's file → its columns.

    Tables of an older version with other columns are made anew, to be filled by `count_what_is_there`; those that nothing
    reads any more are dropped.
    """
    for statement in _TABLES:
        connection.execute(statement)
    known = {_table(name) for contract, _found in _tallied() for name in contract.tally_tables}
    for table in stored:
        if table.startswith("tally_") and table not in known | {"tally_scope", "tally_event"}:
            connection.execute(f"drop table store.{_quoted(table)}")
    for contract, _found in _tallied():
        tables = contract.tally_tables
        if any(_table(name) in stored and not _fits(stored, name, of) for name, of in tables.items()):
            for name in tables:
                connection.execute(f"drop table if exists store.{_table(name)}")
        for name, columns in tables.items():
            connection.execute(
                f"create table if not exists store.{_table(name)} ({_declared(columns)}, event_id integer)"
            )


def make_views(connection: duckdb.DuckDBPyConnection, stored: Mapping[str, set[str]]) -> None:
    """Puts the counts' views beside the dataset's own. stored: table of the store's file → its columns."""
    for contract, found in _tallied():
        for name, columns in contract.tally_views.items():
            # A store of an older version that is only read has no such counts.
            fits = _fits(stored, name, contract.tally_tables[name])
            given = _as_of(contract, found, name, columns) if fits else _nothing(columns)
            connection.execute(f"create or replace view {name} as {given}")


def _fits(stored: Mapping[str, set[str]], name: str, columns: Mapping[str, str]) -> bool:
    return stored.get(_table(name)) == {*columns, "event_id"}


def _as_of(contract: Contract, found: Tally, name: str, columns: Mapping[str, str]) -> str:
    """The counts after the last event of each scope by the moment that a cursor asks for."""
    shown = _listed(columns)
    if found.listed and name == f"{contract.dataset}_tally":
        lists = ", ".join(f"unnest({_quoted(name)}) as {_quoted(name)}" for name in found.listed)
        shown = f"{_listed(found.groups)}, {lists}, 1::bigint as row_count"
    return f"""select {shown} from store.{_table(name)} t
        where (t.{_quoted(found.scope)}, t.event_id) in (
            select (scope, max(event_id)) from store.tally_event
            where dataset = {_literal(contract.dataset)} and event_id <= (
                select max(event_id) from store.upload_event
                where occurred_at <= coalesce(getvariable('as_of')::timestamp, timestamp 'infinity'))
            group by scope)"""


def _nothing(columns: Mapping[str, str]) -> str:
    empty = ", ".join(f"null::{sql_type} as {_quoted(name)}" for name, sql_type in columns.items())
    return f"select {empty} where false"


def published(cursor: duckdb.DuckDBPyConnection, contract: Contract, upload_id: int) -> None:
    """Counts the scopes of an upload whose rows were just written, within its transaction."""
    if contract.tally:
        scope = _quoted(contract.tally.scope)
        cursor.execute(
            f"insert into store.tally_scope select distinct {_literal(contract.dataset)}, {scope}, upload_id from store.{contract.table} where upload_id = ?",
            [upload_id],
        )
    changed(cursor, contract, upload_id)


def changed(cursor: duckdb.DuckDBPyConnection, contract: Contract, upload_id: int) -> None:
    """Counts the scopes that an upload bears on anew after an event of its life, within the event's transaction."""
    for counted, found in _tallied():
        if contract.dataset == counted.dataset:
            scopes = (
                f"select scope from store.tally_scope where dataset = {_literal(counted.dataset)} and upload_id = ?"
            )
        elif contract.dataset in found.depends:
            scopes = f"select {_quoted(found.scope)} from store.{contract.table} where upload_id = ?"
        else:
            continue
        for (scope,) in cursor.execute(_with_later(counted, found, scopes), [upload_id]).fetchall():
            _count(cursor, counted, found, scope)


def _with_later(contract: Contract, found: Tally, scopes: str) -> str:
    """The scopes of which there are rows, and those that are measured from them."""
    known = f"select scope from store.tally_scope where dataset = {_literal(contract.dataset)}"
    if found.earlier is None:
        return f"select distinct scope from ({scopes}) s(scope) where scope in ({known})"
    earlier = _quoted(found.earlier.field)
    return f"""with direct(scope) as ({scopes}),
        later(scope) as (select {_quoted(found.scope)} from {found.earlier.resource}
            where {earlier} in (from direct) and {earlier} in ({known}))
        select scope from (from direct union from later) where scope in ({known}) order by scope"""


@dataclass(frozen=True)
class _Rows:
    """The rows of a scope that count: their SQL and the values bound to it."""

    sql: str
    values: tuple[object, ...]

    def within(self, module: str) -> str:
        """A module of SQL that reads `counted_row`."""
        return f"with counted_row as ({self.sql}) select * from ({module})"


def _count(cursor: duckdb.DuckDBPyConnection, contract: Contract, found: Tally, scope: str) -> None:
    """Counts one scope for the newest event."""
    cursor.execute(
        "insert into store.tally_event select ?, ?, max(event_id) from store.upload_event", [contract.dataset, scope]
    )
    rows = _rows_of(cursor, contract, found, scope)
    if rows is None:
        return
    _fill(cursor, f"{contract.dataset}_tally", _equal_rows(found), found.groups, rows)
    _make_steps(cursor, "counted", found.steps, rows)
    if found.earlier:
        earlier = _earlier_rows(cursor, contract, found, found.earlier, scope)
        _make_steps(cursor, "earlier", found.earlier.steps, earlier)
    for name, columns in found.tables.items():
        _fill(cursor, name, _module(name), tuple(columns), rows)
    for when in ("counted", "earlier"):
        for step in found.steps:
            cursor.execute(f"drop table if exists {when}_{step}")


def _rows_of(cursor: duckdb.DuckDBPyConnection, contract: Contract, found: Tally, scope: str | None) -> _Rows | None:
    """The rows of a scope that count; None where no upload that counts has any."""
    uploads = [
        number
        for (number,) in cursor.execute(
            """select upload_id from store.tally_scope where dataset = ? and scope = ?
            and upload_id in (select upload_id from upload where counts)""",
            [contract.dataset, scope],
        ).fetchall()
    ]
    if not uploads:
        return None
    key = _listed(contract.primaryKey)
    # The keys of one upload differ; only where several meet, the newest row of each key must be found.
    newest = f"qualify row_number() over (partition by {key} order by upload_id desc) = 1" if len(uploads) > 1 else ""
    sql = f"""select {_listed(contract.columns)} from (select * from store.{contract.table}
        where upload_id in ({", ".join("?" * len(uploads))}) and {_quoted(found.scope)} = ? {newest})
        where removed is not true"""
    return _Rows(sql, (*uploads, scope))


def _earlier_rows(
    cursor: duckdb.DuckDBPyConnection, contract: Contract, found: Tally, earlier: Earlier, scope: str
) -> _Rows:
    """The rows of the scope that this one is measured from; none where it names none."""
    field = _quoted(earlier.field)
    named = cursor.execute(
        f"select min({field}) from {earlier.resource} where {_quoted(found.scope)} = ?", [scope]
    ).fetchall()
    rows = _rows_of(cursor, contract, found, named[0][0])
    return rows or _Rows(f"select {_listed(contract.columns)} from store.{contract.table} limit 0", ())


def _make_steps(cursor: duckdb.DuckDBPyConnection, when: str, steps: Sequence[str], rows: _Rows) -> None:
    """Makes the temporary tables `counted_…`, or `earlier_…` of the same SQL."""
    for step in steps:
        module = _module(f"counted_{step}")
        for before in steps:
            module = module.replace(f"counted_{before}", f"{when}_{before}")
        cursor.execute(f"create temp table {when}_{step} as {rows.within(module)}", rows.values)


def _fill(cursor: duckdb.DuckDBPyConnection, name: str, module: str, columns: tuple[str, ...], rows: _Rows) -> None:
    """Writes a table's rows for the newest event, like beside like, so that a reader of a part finds it in one place."""
    made, values = (rows.within(module), rows.values) if "counted_row" in module else (module, ())
    cursor.execute(
        f"""insert into store.{_table(name)} select *, (select max(event_id) from store.upload_event)
        from ({made}) order by {_listed(columns[:3])}""",
        values,
    )


def _equal_rows(found: Tally) -> str:
    groups = _listed(found.groups)
    # Lists of one group are in one order; they are made four times faster than a list of pairs.
    lists = ", ".join(f"list({_quoted(name)}) as {_quoted(name)}" for name in found.listed)
    counted = lists or "count(*) as row_count"
    return f"select {groups}, {counted} from counted_row group by {groups}"


def count_what_is_there(connection: duckdb.DuckDBPyConnection) -> None:
    """Counts what a store of an older version holds already; nothing where every table was filled before."""
    for contract, found in _tallied():
        scope = _quoted(found.scope)
        known = _any(connection, f"store.tally_scope where dataset = {_literal(contract.dataset)}")
        filled = all(
            _any(connection, f"store.{_table(name)}") for name in (*list(found.tables)[:1], f"{contract.dataset}_tally")
        )
        if filled or not _any(connection, f"store.{contract.table}"):
            continue
        if not known:
            connection.execute(
                f"""insert into store.tally_scope
                select distinct {_literal(contract.dataset)}, {scope}, upload_id from store.{contract.table}"""
            )
        for (one,) in connection.execute(
            "select distinct scope from store.tally_scope where dataset = ? order by scope", [contract.dataset]
        ).fetchall():
            _forget(connection, contract, found, one)
            _count(connection, contract, found, one)


def _forget(connection: duckdb.DuckDBPyConnection, contract: Contract, found: Tally, scope: str) -> None:
    """Takes away what the newest event's counts of a scope are already, so that they can be made whole."""
    newest = "event_id = (select max(event_id) from store.upload_event)"
    connection.execute(
        f"delete from store.tally_event where dataset = ? and scope = ? and {newest}", [contract.dataset, scope]
    )
    for name in contract.tally_tables:
        connection.execute(f"delete from store.{_table(name)} where {_quoted(found.scope)} = ? and {newest}", [scope])


def _any(connection: duckdb.DuckDBPyConnection, rows: str) -> bool:
    return bool(connection.execute(f"select 1 from {rows} limit 1").fetchall())


def _tallied() -> list[tuple[Contract, Tally]]:
    return [(contract, contract.tally) for contract in contracts().values() if contract.tally]


@cache
def _module(name: str) -> str:
    return (MODULES / f"{name}.sql").read_text(encoding="utf-8")


def _table(name: str) -> str:
    return f"tally_{name.removesuffix('_tally')}"


def _declared(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{_quoted(name)} {sql_type}" for name, sql_type in columns.items())


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    return f'"{name}"'


def _literal(name: str) -> str:
    """A name of the installation's own contracts for SQL that takes no bound value."""
    return f"'{name}'"
