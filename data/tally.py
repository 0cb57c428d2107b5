"""Counts of equal rows, kept beside millions of them: what pages read instead of the rows.

A contract's `tally` names the columns by which its rows are counted and the scope, such as one exam, that is counted
anew, whole, whenever an upload with rows of it is published, withdrawn or restored. Counting costs as much as the
scope is large, whatever else the store holds. Counts of scores are exact: means, rates and quantiles follow from them.

Counts carry the event that they were made for, so the view `<dataset>_tally` answers as of any moment, like the rows.
"""

import duckdb

from data.contract import Contract, contracts

_TABLES = (
    # Which uploads brought rows of which scope.
    "create table if not exists store.tally_scope (dataset varchar not null, scope varchar not null, upload_id integer not null)",
    # The events after which a scope was counted anew; a scope without rows has no counts, but it has its event.
    "create table if not exists store.tally_event (dataset varchar not null, scope varchar not null, event_id integer not null)",
)


def make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the tables that are missing."""
    for statement in _TABLES:
        connection.execute(statement)
    for contract in _tallied():
        columns = ", ".join(f"{_quoted(name)} {contract.columns[name]}" for name in _by(contract))
        connection.execute(
            f"create table if not exists store.{_table(contract)} ({columns}, row_count bigint, event_id integer)"
        )


def make_views(connection: duckdb.DuckDBPyConnection, stored: set[str]) -> None:
    """Puts the view `<dataset>_tally` beside the dataset's own. stored: the tables of the store's file."""
    for contract in _tallied():
        columns = ", ".join(map(_quoted, _by(contract)))
        if _table(contract) not in stored:  # a store of an older version that is only read
            empty = ", ".join(f"null::{contract.columns[name]} as {_quoted(name)}" for name in _by(contract))
            connection.execute(
                f"create or replace view {contract.dataset}_tally as select {empty}, 0 as row_count where false"
            )
            continue
        connection.execute(f"""create or replace view {contract.dataset}_tally as
            select {columns}, row_count from store.{_table(contract)} t
            where (t.{_quoted(_scope(contract))}, t.event_id) in (
                select (scope, max(event_id)) from store.tally_event
                where dataset = '{contract.dataset}' and event_id <= (
                    select max(event_id) from store.upload_event
                    where occurred_at <= coalesce(getvariable('as_of')::timestamp, timestamp 'infinity'))
                group by scope)""")


def published(cursor: duckdb.DuckDBPyConnection, contract: Contract, upload_id: int) -> None:
    """Counts the scopes of an upload whose rows were just written, within its transaction."""
    if contract.tally is None:
        return
    scope = _quoted(contract.tally.scope)
    cursor.execute(
        f"insert into store.tally_scope select distinct '{contract.dataset}', {scope}, upload_id from store.{contract.table} where upload_id = ?",
        [upload_id],
    )
    changed(cursor, contract, upload_id)


def changed(cursor: duckdb.DuckDBPyConnection, contract: Contract, upload_id: int) -> None:
    """Counts the scopes of an upload anew after an event of its life, within the event's transaction."""
    if contract.tally is None:
        return
    scopes = cursor.execute(
        "select scope from store.tally_scope where dataset = ? and upload_id = ?", [contract.dataset, upload_id]
    ).fetchall()
    for (scope,) in scopes:
        _count(cursor, contract, scope)


def _count(cursor: duckdb.DuckDBPyConnection, contract: Contract, scope: str) -> None:
    uploads = cursor.execute(
        """select upload_id from store.tally_scope where dataset = ? and scope = ?
        and upload_id in (select upload_id from upload where counts)""",
        [contract.dataset, scope],
    ).fetchall()
    event = "(select max(event_id) from store.upload_event)"
    cursor.execute(f"insert into store.tally_event select ?, ?, {event}", [contract.dataset, scope])
    if not uploads:
        return
    columns = ", ".join(map(_quoted, _by(contract)))
    key = ", ".join(map(_quoted, contract.primaryKey))
    # The keys of one upload differ; only where several meet, the newest row of each key must be found.
    newest = f"qualify row_number() over (partition by {key} order by upload_id desc) = 1" if len(uploads) > 1 else ""
    cursor.execute(
        f"""insert into store.{_table(contract)} select {columns}, count(*), {event} from (
            select * from store.{contract.table}
            where upload_id in ({", ".join("?" * len(uploads))}) and {_quoted(_scope(contract))} = ? {newest})
        where removed is not true group by {columns}""",
        [*(number for (number,) in uploads), scope],
    )


def count_what_is_there(connection: duckdb.DuckDBPyConnection) -> None:
    """Counts what a store of an older version holds already; nothing where every scope was counted before."""
    for contract in _tallied():
        _count_all(connection, contract)


def _count_all(connection: duckdb.DuckDBPyConnection, contract: Contract) -> None:
    scope = _quoted(_scope(contract))
    known = connection.execute(
        "select 1 from store.tally_scope where dataset = ? limit 1", [contract.dataset]
    ).fetchall()
    if known or not connection.execute(f"select 1 from store.{contract.table} limit 1").fetchall():
        return
    connection.execute(
        f"insert into store.tally_scope select distinct '{contract.dataset}', {scope}, upload_id from store.{contract.table}"
    )
    for (found,) in connection.execute(
        "select distinct scope from store.tally_scope where dataset = ?", [contract.dataset]
    ).fetchall():
        _count(connection, contract, found)


def _tallied() -> list[Contract]:
    return [contract for contract in contracts().values() if contract.tally]


def _table(contract: Contract) -> str:
    return f"tally_{contract.dataset}"


def _scope(contract: Contract) -> str:
    return contract.tally.scope if contract.tally else ""


def _by(contract: Contract) -> tuple[str, ...]:
    return contract.tally.by if contract.tally else ()


def _quoted(name: str) -> str:
    return f'"{name}"'
