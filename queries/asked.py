"""Rows that a page shows beside its indicators: an SQL file of this room, run as of a moment and kept per data version."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from data.store import Store, end_of_day
from queries.opened import set_reporting_day

Row = Mapping[str, Any]


def asked(
    store: Store, query: Path, as_of: date | None, today: date | None = None, **values: object
) -> tuple[Row, ...]:
    """The rows of a query as of the end of a day (None: now), a read-only mapping each.

    `values` are bound to the query's `$name` places. In the query `reporting_day()` is the day that was asked for.
    """
    moment = end_of_day(as_of) if as_of else None
    day = as_of or today or date.today()
    key = ("asked", str(query), store.version_at(moment), day, tuple(sorted(values.items())))
    return store.remembered(key, lambda: _rows(store, query, moment, day, values))


def asked_afresh(
    store: Store, query: Path, as_of: date | None, today: date | None = None, **values: object
) -> tuple[Row, ...]:
    """The same as `asked`, run once more, whatever is kept: to check what was written from it."""
    day = as_of or today or date.today()
    return _rows(store, query, end_of_day(as_of) if as_of else None, day, values)


def asked_at(store: Store, query: Path, moment: datetime, **values: object) -> tuple[Row, ...]:
    """The rows of a query as of a moment (UTC, as the store writes it): between two events of a day, for example."""
    day = moment.date()
    key = ("asked at", str(query), store.version_at(moment), day, tuple(sorted(values.items())))
    return store.remembered(key, lambda: _rows(store, query, moment, day, values))


def _rows(
    store: Store, query: Path, moment: datetime | None, day: date, values: Mapping[str, object]
) -> tuple[Row, ...]:
    with store.reading(moment) as cursor:
        set_reporting_day(cursor, day)
        result = cursor.execute(query.read_text(encoding="utf-8"), dict(values))
        names = [column[0] for column in result.description or ()]
        return tuple(MappingProxyType(dict(zip(names, row, strict=True))) for row in result.fetchall())
