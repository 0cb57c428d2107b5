"""Where a figure comes from: the files, lines and people behind it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import duckdb

from data.contract import contracts
from data.store import Store, end_of_day, quoted
from queries.catalogue import catalogue


@dataclass(frozen=True)
class Source:
    """An upload that rows of a figure come from. lines: the first and last of its rows that count."""

    dataset: str
    upload_id: int
    file_name: str
    uploader: str
    published_at: datetime
    rows: int
    lines: tuple[int, int]
    sample: bool


def sources(store: Store, name: str, period: int, area: str, as_of: date | None = None) -> tuple[Source, ...]:
    """The uploads whose rows the figure of an indicator, period and area is computed from, dataset by dataset."""
    found: list[Source] = []
    with store.reading(end_of_day(as_of) if as_of else None) as cursor:
        for dataset in catalogue()[name].datasets:
            found.extend(_sources(cursor, dataset, catalogue()[name].rows.get(dataset, {}), period, area))
    return tuple(found)


def _sources(
    cursor: duckdb.DuckDBPyConnection, dataset: str, only: dict[str, tuple[str, ...]], period: int, area: str
) -> list[Source]:
    contract = contracts()[dataset]
    conditions: list[str] = ["true"]
    values: dict[str, object] = {}
    if contract.period:
        conditions.append(f"{quoted(contract.period)} = $period")
        values["period"] = period
    for column, allowed in only.items():
        conditions.append(f"{quoted(column)} in (select unnest(${column}))")
        values[column] = list(allowed)
    if "institution_id" in contract.columns:
        conditions.append("institution_id in (select institution_id from institution_scope where area = $area)")
        values["area"] = area
    elif "area" in contract.columns:
        conditions.append("area = $area")
        values["area"] = area
    rows = cursor.execute(
        f"""select d.upload_id, u.file_name, u.uploader, u.published_at, count(*), min(d.line), max(d.line), u.sample
        from {dataset} d join upload u using (upload_id) where {" and ".join(conditions)}
        group by all order by u.published_at desc""",
        values,
    ).fetchall()
    return [
        Source(dataset, row[0], row[1], row[2], row[3].replace(tzinfo=UTC), row[4], (row[5], row[6]), row[7])
        for row in rows
    ]
