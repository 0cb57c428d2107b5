"""The store with the staging views of this room in it."""

from pathlib import Path

import duckdb

from data import prepare
from data.plan import plan
from data.store import Store, literal, note_definitions, shared
from queries.catalogue import texts

VIEWS = Path(__file__).parent / "views"


def shared_store() -> Store:
    """The process's one writable store."""
    return shared(_opened)


def readable_store() -> Store:
    """The installation's store, for reading only."""
    return with_views(prepare.readable())


def with_views(store: Store) -> Store:
    store.prepare_views(install_views)
    return store


def install_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Puts the staging views (file `10_name.sql` → view `name`) beside the store's own, in the files' order.

    Before them the macro `plan_area()`: the name of the area that the plan is for.
    """
    connection.execute(f"create or replace macro plan_area() as {literal(plan().whole)}")
    for path in sorted(VIEWS.glob("*.sql")):
        connection.execute(f"create or replace view {view_name(path)} as {path.read_text(encoding='utf-8')}")


def view_name(path: Path) -> str:
    return path.stem.partition("_")[2]


def _opened(path: Path) -> Store:
    definitions = texts()
    store = with_views(prepare.opened(path))
    note_definitions(store, definitions)
    return store
