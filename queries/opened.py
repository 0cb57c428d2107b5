"""The store with the staging views of this room in it."""

from datetime import date
from pathlib import Path

import duckdb

from data import prepare
from data.plan import plan, return_day_macro
from data.store import Store, literal, note_definitions, share, shared
from queries import standards
from queries.catalogue import texts, views


def shared_store() -> Store:
    """The process's one writable store."""
    return shared(_opened)


def readable_store() -> Store:
    """The installation's store, for reading only."""
    return with_views(prepare.readable())


def store_to_try_on() -> Store:
    """A store like the installation's on which changes can be tried."""
    return with_views(prepare.to_try_on())


def shared_for_reading() -> Store:
    """The same, and from here on the process's one store: pages that a command runs read it, and a server may go on."""
    return share(readable_store())


def with_views(store: Store) -> Store:
    store.prepare_views(install_views)
    return store


def install_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Puts the staging views (file `10_name.sql` → view `name`) beside the store's own, in the files' order.

    Before them the macros `plan_area()`, `plan_begins()` and `plan_ends()`: the area that the plan is for and its days;
    `return_day(school_year)`: the day that an annual return describes; and `reporting_day()`: the day for which an answer is
    made, today unless `set_reporting_day` says another. Then the standard that compulsory schools are measured against (`queries/standards.py`).
    """
    connection.execute(f"create or replace macro plan_area() as {literal(plan().whole)}")
    connection.execute(f"create or replace macro plan_begins() as date {literal(plan().begins.isoformat())}")
    connection.execute(f"create or replace macro plan_ends() as date {literal(plan().ends.isoformat())}")
    connection.execute(return_day_macro())
    connection.execute(
        "create or replace macro reporting_day() as coalesce(getvariable('reporting_day')::date, current_date)"
    )
    standards.install(connection)
    for name, path in views().items():
        connection.execute(f"create or replace view {name} as {path.read_text(encoding='utf-8')}")


def set_reporting_day(cursor: duckdb.DuckDBPyConnection, day: date) -> None:
    """What a register's rows say about "by now" is answered as of this day, for the cursor only."""
    cursor.execute("set variable reporting_day = ?::date", [day])


def _opened(path: Path) -> Store:
    definitions = texts()
    store = with_views(prepare.opened(path))
    note_definitions(store, definitions)
    return store
