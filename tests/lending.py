"""Stores that one test after another changes: what a test brought is taken out again, many times faster than another opens."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import duckdb

from data import prepare
from data.store import Store
from queries.opened import with_views

# Tables that have or had rows.
FILLED = "select table_name from duckdb_tables() where database_name = 'store' and estimated_size > 0"


@dataclass(frozen=True)
class Copy:
    """An open copy of a closed store's file.

    since: table → which of its rows came since it was opened; contents: number and hash of the rows that it came with.
    """

    store: Store
    since: dict[str, str]
    contents: list[tuple[object, ...]]


class Lender:
    """Lends copies of closed stores' files, with the staging views, to one test at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._returned: dict[Path, Copy] = {}

    @contextmanager
    def lent(self, original: Path) -> Iterator[Store]:
        """A store for writing, as the file is."""
        copy = self._returned.pop(original, None) or self._opened(original)
        yield copy.store
        if _is_as_before(copy):
            self._returned[original] = copy
        else:
            copy.store.close()

    def close(self) -> None:
        for copy in self._returned.values():
            copy.store.close()

    def _opened(self, original: Path) -> Copy:
        file = Path(mkdtemp(dir=self._folder)) / original.name
        shutil.copyfile(original, file)
        store = with_views(prepare.opened(file))
        since = _since(store)
        return Copy(store, since, _contents(store, since))


def _since(store: Store) -> dict[str, str]:
    with store.reading() as cursor:
        columns = dict(
            cursor.execute(
                "select table_name, list(column_name) from duckdb_columns() where database_name = 'store' group by all"
            ).fetchall()
        )
        numbers = {
            name: cursor.execute(f"select max({name}) from store.upload_event").fetchall()[0][0]
            for name in ("event_id", "upload_id")
        }
        filled = {table for (table,) in cursor.execute(FILLED).fetchall()}
    number = {table: next(name for name in numbers if name in columns[table]) for table in filled}
    return {
        table: f"{number[table]} > {numbers[number[table]]}" if table in filled else "true" for table in sorted(columns)
    }


def _contents(store: Store, since: dict[str, str]) -> list[tuple[object, ...]]:
    filled = [table for table, rows in since.items() if rows != "true"]
    counted = [f"select {place}, count(*), bit_xor(hash(t)) from store.{table} t" for place, table in enumerate(filled)]
    with store.reading() as cursor:
        return cursor.execute(" union all ".join(counted) + " order by 1").fetchall()


def _is_as_before(copy: Copy) -> bool:
    """Takes out what came since the copy was opened; False where the store was closed or something else was changed."""
    try:
        with copy.store.writing() as cursor:
            for (table,) in cursor.execute(FILLED).fetchall():
                cursor.execute(f"delete from store.{table} where {copy.since[table]}")
        # What was answered is kept under the number of the newest event, which the next test gives to one of its own.
        copy.store._results.clear()
        return _contents(copy.store, copy.since) == copy.contents
    except (duckdb.ConnectionException, duckdb.CatalogException):
        return False
