"""What the answers of one state of the data have in common, so that it is asked for once and not per indicator."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb

from data.arrival_rows import areas
from data.contract import contracts

# Gives what is kept under a key, or computes it: the store's `remembered`, for one state of its data.
Keep = Callable[[Hashable, Callable[[], Any]], Any]


@dataclass(frozen=True)
class Areas:
    """names: the plan's whole area first, then the districts; english: English name of every area that has one."""

    names: tuple[str, ...]
    english: Mapping[str, str]


@dataclass(frozen=True)
class Origin:
    """Where a dataset's rows come from. sample: some are invented; newest: when the newest was published, None: no row."""

    sample: bool
    newest: datetime | None


def anew(_key: Hashable, compute: Callable[[], Any]) -> Any:
    """Keeps nothing: for a state of the data that is rolled back."""
    return compute()


def known_areas(cursor: duckdb.DuckDBPyConnection, keep: Keep) -> Areas:
    """The areas that figures are given for, in the state that the cursor sees."""
    found: Areas = keep("areas", lambda: _areas(cursor))
    return found


def origin(cursor: duckdb.DuckDBPyConnection, keep: Keep, dataset: str) -> Origin:
    """The origin of a dataset's rows, in the state that the cursor sees."""
    found: Origin = keep(("origin", dataset), lambda: _origin(cursor, dataset))
    return found


def _areas(cursor: duckdb.DuckDBPyConnection) -> Areas:
    english = dict(cursor.execute("select area, name_en from area where name_en is not null").fetchall())
    return Areas(tuple(area.name for area in areas(cursor)), english)


def _origin(cursor: duckdb.DuckDBPyConnection, dataset: str) -> Origin:
    # Of millions of results the uploads are asked, not the rows.
    held = (
        "counts and dataset = ?" if contracts()[dataset].personal else f"upload_id in (select upload_id from {dataset})"
    )
    row = cursor.execute(
        f"select coalesce(bool_or(sample), false), max(published_at) from upload where {held}",
        [dataset] if contracts()[dataset].personal else [],
    ).fetchone()
    sample, newest = row or (False, None)
    return Origin(sample, newest.replace(tzinfo=UTC) if newest else None)
