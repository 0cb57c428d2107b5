"""Where a figure comes from: the files, lines and people behind it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import duckdb

from data.contract import Contract, contracts
from data.store import Store, end_of_day, quoted
from queries.catalogue import Definition, catalogue
from queries.periods import name_of, reporting_date, year_of


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
            found.extend(_sources(cursor, dataset, catalogue()[name], period, area))
    return tuple(found)


def _sources(
    cursor: duckdb.DuckDBPyConnection, dataset: str, definition: Definition, period: int, area: str
) -> list[Source]:
    contract = contracts()[dataset]
    conditions, values = _within_period(contract, definition, period)
    for column, allowed in definition.rows.get(dataset, {}).items():
        conditions.append(f"{quoted(column)} in (select unnest(${column}))")
        values[column] = list(allowed)
    within = _within_area(contract, area)
    if within:
        conditions.append(within)
        values["area"] = area
    rows = cursor.execute(
        f"""select d.upload_id, u.file_name, u.uploader, u.published_at, count(*), min(d.line), max(d.line), u.sample
        from {dataset} d join upload u using (upload_id) where {" and ".join(conditions) or "true"}
        group by all order by u.published_at desc""",
        values,
    ).fetchall()
    return [
        Source(dataset, row[0], row[1], row[2], row[3].replace(tzinfo=UTC), row[4], (row[5], row[6]), row[7])
        for row in rows
    ]


def _within_period(contract: Contract, definition: Definition, period: int) -> tuple[list[str], dict[str, object]]:
    """Which rows of a dataset are of a period: its year, and its term or quarter where the dataset has them."""
    if definition.period == "day":
        held = "exam_id in (select exam_id from exam where held_on = $held_on)"
        day = reporting_date(period, definition.period)
        return ([held], {"held_on": day}) if "exam_id" in contract.columns else ([], {})
    if contract.period is None:
        return [], {}
    compared = "<=" if definition.accumulates else "="
    conditions = [f"{quoted(contract.period)} {compared} $period"]
    values: dict[str, object] = {"period": year_of(period, definition.period)}
    term = name_of(period, definition.period)
    if term and "term" in contract.columns:
        conditions.append("term = $term")
        values["term"] = term
    return conditions, values


def _within_area(contract: Contract, area: str) -> str | None:
    """Which rows of a dataset are about an area; None where the dataset does not say."""
    columns = contract.columns
    if "main_urban" in columns:
        return "(area = $area or (main_urban and $area = plan_area()))"
    if "project_id" in columns:
        return (
            "project_id in (select project_id from project where area = $area or (main_urban and $area = plan_area()))"
        )
    if "institution_id" in columns:
        return "institution_id in (select institution_id from institution_scope where area = $area)"
    if "area" in columns:
        # Some datasets have rows of their own for the whole; where there are none, it is made from all rows.
        return f"(area = $area or ($area = plan_area() and $area not in (select area from {contract.dataset})))"
    return None
