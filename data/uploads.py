"""The history of uploads, as the command line and the history page show it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from data import originals
from data.store import Store


@dataclass(frozen=True)
class Upload:
    """One upload. Moments are in UTC; `withdrawn_at` is None while it counts.

    mapping: what its columns were taken to mean; scope: what it replaced whole; warnings: those that were accepted, each
    with `accepted_by`; note: what the uploader remarked; kept: whether the file's own table can be handed out.
    """

    upload_id: int
    dataset: str
    file_name: str
    sha256: str
    rows: int
    uploader: str
    sample: bool
    published_at: datetime
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    mapping: Mapping[str, Any] | None = None
    scope: Mapping[str, str] | None = None
    warnings: tuple[Mapping[str, Any], ...] = ()
    note: str | None = None
    kept: bool = False

    def as_dict(self) -> dict[str, object]:
        values = asdict(self) | {"warnings": list(self.warnings)}
        for name in ("published_at", "withdrawn_at"):
            values[name] = values[name].isoformat() if values[name] else None
        return values


def history(store: Store, as_of: datetime | None = None) -> tuple[Upload, ...]:
    """Every upload known at the moment, the newest first."""
    return store.remembered(("history", store.version_at(as_of)), lambda: _history(store, as_of))


def _history(store: Store, as_of: datetime | None) -> tuple[Upload, ...]:
    with store.reading(as_of) as cursor:
        rows = cursor.execute(
            """select upload_id, dataset, file_name, sha256, row_count, uploader, sample, published_at,
            case when not counts then withdrawn_at end, case when not counts then withdrawn_by end,
            mapping, scope, warnings, note
            from upload order by upload_id desc"""
        ).fetchall()
        kept = originals.kept(cursor)
    return tuple(_upload(row, kept) for row in rows)


def _upload(row: tuple[Any, ...], kept: frozenset[int]) -> Upload:
    mapping, scope, warnings = _details(*row[10:13])
    number, dataset, file_name, sha256, rows, uploader, sample = row[:7]
    return Upload(
        number,
        dataset,
        file_name,
        sha256,
        rows,
        uploader,
        sample,
        published_at=_utc(row[7]),
        withdrawn_at=_utc(row[8]),
        withdrawn_by=row[9],
        mapping=mapping,
        scope=scope,
        warnings=warnings,
        note=row[13],
        kept=row[0] in kept,
    )


def _details(
    mapping: str | None, scope: str | None, warnings: str | None
) -> tuple[Mapping[str, Any] | None, Mapping[str, str] | None, tuple[Mapping[str, Any], ...]]:
    return json.loads(mapping or "null"), json.loads(scope or "null"), tuple(json.loads(warnings or "[]"))


def _utc(moment: datetime | None) -> Any:
    return moment.replace(tzinfo=UTC) if moment else None
