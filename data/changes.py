"""What changed in the data between two moments: uploads that came, went or came back, and the rows this moved.

A dataset is compared with itself as of both moments, key by key. A changed row says by the uploads of its two versions
why it changed: a version from an upload that counts only now is new data or a revision; one from an upload that counts
no more, or one that came to light beneath such an upload, is a withdrawal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import duckdb

from data import readers
from data.contract import Contract, contracts
from data.problem import Refused
from data.store import Store, quoted
from data.uploads import Upload, history
from data.words import _

LISTED = 50

# A column of the dataset → the values that its rows may have there.
Only = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Revision:
    """A value that differs; `key` is the row's primary key, column by column.

    few: the value counts persons, and the row as it was or as it is now tells of few of them.
    """

    key: Mapping[str, object]
    field: str
    old: object
    new: object
    few: bool = False

    def as_dict(self) -> dict[str, object]:
        key = {name: _plain(value) for name, value in self.key.items()}
        return {"key": key, "field": self.field, "old": _plain(self.old), "new": _plain(self.new)}


@dataclass(frozen=True)
class Rows:
    """How many rows are new, have another value, or are gone; `first`: the values of the first LISTED revised rows."""

    new: int = 0
    revised: int = 0
    gone: int = 0
    first: tuple[Revision, ...] = ()


@dataclass(frozen=True)
class Reasons:
    """Why the rows of a dataset changed."""

    new_data: bool = False
    revision: bool = False
    withdrawal: bool = False


@dataclass(frozen=True)
class DatasetChange:
    """One dataset between two moments. rows: None where rows are about single persons and are not compared."""

    dataset: str
    published: tuple[Upload, ...]
    withdrawn: tuple[Upload, ...]
    restored: tuple[Upload, ...]
    rows: Rows | None
    reasons: Reasons

    def as_dict(self) -> dict[str, object]:
        rows = self.rows
        return {
            "dataset": self.dataset,
            **{
                action: [upload.as_dict() for upload in getattr(self, action)]
                for action in ("published", "withdrawn", "restored")
            },
            "rows": rows
            and {
                "new": rows.new,
                "revised": rows.revised,
                "gone": rows.gone,
                "first": [one.as_dict() for one in rows.first],
            },
            **asdict(self.reasons),
        }


def changes(store: Store, earlier: datetime, later: datetime) -> tuple[DatasetChange, ...]:
    """Every dataset that an upload entered or left after `earlier` and up to `later` (UTC); `Refused` if they are swapped."""
    if earlier > later:
        raise Refused(_("The first day is after the second. Give the earlier day first."))
    return store.remembered(("changes", store.version, earlier, later), lambda: _changes(store, earlier, later))


def _changes(store: Store, earlier: datetime, later: datetime) -> tuple[DatasetChange, ...]:
    happened = _events(store, earlier, later)
    return tuple(change(store, dataset, earlier, later) for dataset in contracts() if dataset in happened)


def change(store: Store, dataset: str, earlier: datetime, later: datetime, only: Only | None = None) -> DatasetChange:
    """One dataset between two moments; `only` its rows with these values, where they are compared."""
    key = ("change", dataset, store.version_at(earlier), store.version_at(later), repr(sorted((only or {}).items())))
    return store.remembered(key, lambda: _change(store, contracts()[dataset], (earlier, later), only or {}))


def told(found: DatasetChange, *, staff: bool) -> DatasetChange:
    """The change with as much of its revised values, its uploads' remarks and warnings as the readers may read."""
    rows = found.rows
    if rows and not readers.may_read(contracts()[found.dataset], staff=staff):
        rows = replace(rows, first=())
    elif rows and not staff:
        rows = replace(rows, first=tuple(_without_few(one) if one.few else one for one in rows.first))
    return replace(
        found,
        published=tuple(readers.told(one, staff=staff) for one in found.published),
        withdrawn=tuple(readers.told(one, staff=staff) for one in found.withdrawn),
        restored=tuple(readers.told(one, staff=staff) for one in found.restored),
        rows=rows,
    )


def _without_few(one: Revision) -> Revision:
    return replace(one, old=readers.withheld(one.old), new=readers.withheld(one.new))


def newest_day(store: Store, as_of: datetime | None = None) -> date | None:
    """The day of the newest event up to a moment, on the reader's calendar; None where nothing happened yet."""
    return store.remembered(("newest day", store.version, as_of), lambda: _newest_day(store, as_of))


def _newest_day(store: Store, as_of: datetime | None) -> date | None:
    with store.reading() as cursor:
        row = cursor.execute(
            "select max(occurred_at) from store.upload_event where occurred_at <= coalesce(?, timestamp 'infinity')",
            [as_of],
        ).fetchone()
    return row[0].replace(tzinfo=UTC).astimezone().date() if row and row[0] else None


def _change(store: Store, contract: Contract, moments: tuple[datetime, datetime], only: Only) -> DatasetChange:
    happened = _events(store, *moments).get(contract.dataset, {})
    uploads = {upload.upload_id: upload for upload in history(store, moments[1])}
    published, withdrawn, restored = (
        tuple(uploads[number] for number in happened.get(action, ()))
        for action in ("published", "withdrawn", "restored")
    )
    counted = [_counting(store, contract.dataset, moment) for moment in moments]
    entered, left = counted[1] - counted[0], counted[0] - counted[1]
    if contract.personal:
        reasons = Reasons(new_data=bool(entered), withdrawal=bool(left))
        return DatasetChange(contract.dataset, published, withdrawn, restored, None, reasons)
    with store.reading() as cursor:
        _materialise(cursor, contract, moments, only)
        groups = _groups(cursor, contract)
        rows = _rows(groups, _revisions(cursor, contract))
    return DatasetChange(contract.dataset, published, withdrawn, restored, rows, _reasons(groups, entered, left))


def _events(store: Store, earlier: datetime, later: datetime) -> dict[str, dict[str, list[int]]]:
    """Dataset → action → the uploads it happened to, each once, in the order of the events."""
    with store.reading() as cursor:
        rows = cursor.execute(
            """select dataset, action, upload_id from store.upload_event join store.upload using (upload_id)
            where occurred_at > ? and occurred_at <= ? group by all order by min(event_id)""",
            [earlier, later],
        ).fetchall()
    found: dict[str, dict[str, list[int]]] = {}
    for dataset, action, upload_id in rows:
        found.setdefault(dataset, {}).setdefault(action, []).append(upload_id)
    return found


def _counting(store: Store, dataset: str, moment: datetime) -> set[int]:
    with store.reading(moment) as cursor:
        rows = cursor.execute("select upload_id from upload where counts and dataset = ?", [dataset]).fetchall()
    return {upload_id for (upload_id,) in rows}


def _materialise(
    cursor: duckdb.DuckDBPyConnection, contract: Contract, moments: tuple[datetime, datetime], only: Only
) -> None:
    """The dataset as of both moments, in the cursor's own tables `was` and `now`."""
    columns = ", ".join(map(quoted, [*contract.columns, "upload_id"]))
    wanted = " and ".join(["true", *(f"{quoted(column)} in (select unnest(?))" for column in only)])
    for table, moment in zip(("was", "now"), moments, strict=True):
        cursor.execute("set variable as_of = ?::timestamp", [moment])
        cursor.execute(
            f"create temp table {table} as select {columns} from {contract.dataset} where {wanted}",
            [list(values) for values in only.values()],
        )


def _compared(contract: Contract) -> str:
    """What follows `from`: both versions of every row whose versions differ; a missing version has no upload."""
    same_key = " and ".join(f"was.{name} is not distinct from now.{name}" for name in map(quoted, contract.primaryKey))
    values = [quoted(name) for name in contract.columns if name not in contract.primaryKey]
    differs = " or ".join(["false", *(f"was.{name} is distinct from now.{name}" for name in values)])
    return f"""was full join now on {same_key}
        where (was.upload_id is null or now.upload_id is null or {differs})"""


Group = tuple[int | None, int | None, int]


def _groups(cursor: duckdb.DuckDBPyConnection, contract: Contract) -> list[Group]:
    """The upload of the earlier version, that of the later one, and how many rows changed between the two."""
    return cursor.execute(
        f"select was.upload_id, now.upload_id, count(*) from {_compared(contract)} group by all"
    ).fetchall()


def _revisions(cursor: duckdb.DuckDBPyConnection, contract: Contract) -> tuple[Revision, ...]:
    names = list(contract.columns)
    listed = ", ".join(f"{table}.{quoted(name)}" for table in ("was", "now") for name in names)
    order = ", ".join(f"now.{quoted(name)}" for name in contract.primaryKey)
    result = cursor.execute(
        f"""select {listed} from {_compared(contract)}
        and was.upload_id is not null and now.upload_id is not null order by {order} limit {LISTED}"""
    )
    found: list[Revision] = []
    for row in result.fetchall():
        old, new = dict(zip(names, row[: len(names)], strict=True)), dict(zip(names, row[len(names) :], strict=True))
        key = {name: new[name] for name in contract.primaryKey}
        few = readers.counts_few(contract, old) or readers.counts_few(contract, new)
        found += [
            Revision(key, name, old[name], new[name], few and name in contract.person_counts)
            for name in names
            if old[name] != new[name]
        ]
    return tuple(found)


def _rows(groups: Iterable[Group], first: tuple[Revision, ...]) -> Rows:
    groups = list(groups)
    new = sum(count for was, _now, count in groups if was is None)
    gone = sum(count for _was, now, count in groups if now is None)
    return Rows(new, sum(count for *_versions, count in groups) - new - gone, gone, first)


def _reasons(groups: Iterable[Group], entered: set[int], left: set[int]) -> Reasons:
    versions = [(was, now) for was, now, _count in groups]
    return Reasons(
        new_data=any(was is None and now in entered for was, now in versions),
        # A row that is gone although its upload still counts was taken out by a newer upload.
        revision=any(
            was is not None and (now in entered or (now is None and was not in left)) for was, now in versions
        ),
        withdrawal=any(was in left or (now is not None and now not in entered) for was, now in versions),
    )


def _plain(value: object) -> object:
    """A stored value as JSON knows it."""
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value
