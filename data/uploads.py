"""The history of uploads, as the command line and the history page show it."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from data.store import Store


@dataclass(frozen=True)
class Upload:
    """One upload. Moments are in UTC; `withdrawn_at` is None while it counts."""

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

    def as_dict(self) -> dict[str, object]:
        values = asdict(self)
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
            case when not counts then withdrawn_at end, case when not counts then withdrawn_by end
            from upload order by upload_id desc"""
        ).fetchall()
    return tuple(
        Upload(number, dataset, file, sha256, count, uploader, sample, _utc(published), _utc(withdrawn), withdrawer)
        for number, dataset, file, sha256, count, uploader, sample, published, withdrawn, withdrawer in rows
    )


def _utc(moment: datetime | None) -> Any:
    return moment.replace(tzinfo=UTC) if moment else None
