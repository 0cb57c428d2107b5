"""The questions that arrivals are made from: which rows of a dataset came for which delivery, and which institutions lack.

Everything is grouped in SQL over the current rows as of the cursor's moment. A delivery is a period, a term (None where
a period has only one) and an area.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from data.contract import Contract, Field
from data.plan import plan
from data.store import literal, quoted

Key = tuple[int, str | None, str]


@dataclass(frozen=True)
class Area:
    name: str
    english: str | None = None


@dataclass(frozen=True)
class Institution:
    code: str
    name: str


@dataclass(frozen=True)
class Brought:
    """An upload that counts; published_at in UTC, warnings: how many its publisher accepted."""

    upload_id: int
    dataset: str
    file_name: str
    uploader: str
    published_at: datetime
    rows: int
    warnings: int


@dataclass(frozen=True)
class Came:
    """The current rows of a delivery; cells: those outside the key, filled: those of them that hold something."""

    rows: int = 0
    filled: int = 0
    cells: int = 0
    uploads: tuple[int, ...] = ()


# The register at the end of each year: the newest row by then, for the years before the first one the first.
# `running`: it must report, being entered by then and not closed.
_REGISTER = """create or replace temp table register as
    select p.period, i.institution_id, i.name, i.area, i.kind,
        i.valid_from <= make_date(p.period, 12, 31)
            and coalesce(i.closed_on > make_date(p.period, 12, 31), true) as running
    from (select unnest(range(?, ? + 1))::integer as period) p
    join (
        select *, row_number() over history = 1 as is_first, lead(valid_from) over history as next_from
        from institution window history as (partition by institution_id order by valid_from)
    ) i on (i.is_first or i.valid_from <= make_date(p.period, 12, 31))
        and coalesce(i.next_from > make_date(p.period, 12, 31), true)"""


def lay_register(cursor: duckdb.DuckDBPyConnection) -> None:
    """Puts the register of every year of the plan beside the views, for the cursor only."""
    cursor.execute(_REGISTER, [plan().begins.year, plan().ends.year])


def areas(cursor: duckdb.DuckDBPyConnection) -> tuple[Area, ...]:
    english = dict(cursor.execute("select area, name_en from area").fetchall())
    districts = cursor.execute(
        """select area from area
        where level in ('district', 'zone') and effective_to is null
            and parent in (select parent from area where level = 'plan_area' and area = ?)
        order by line""",
        [plan().whole],
    ).fetchall()
    return tuple(Area(name, english.get(name)) for name in (plan().whole, *(name for (name,) in districts)))


def uploads(cursor: duckdb.DuckDBPyConnection) -> dict[int, Brought]:
    """Every upload that counts, by its number."""
    rows = cursor.execute(
        """select upload_id, dataset, file_name, uploader, published_at, row_count,
            coalesce(case when json_valid(warnings) then json_array_length(warnings) end, 0)
        from upload where counts"""
    ).fetchall()
    return {
        number: Brought(number, dataset, file, uploader, published.replace(tzinfo=UTC), count, warnings)
        for number, dataset, file, uploader, published, count, warnings in rows
    }


def arrived(cursor: duckdb.DuckDBPyConnection, contract: Contract) -> dict[Key, Came]:
    """What came of each delivery that has any rows."""
    found = cursor.execute(f"select period, term, area, {_SUMS} from ({_rows(contract)}) group by all").fetchall()
    return {(period, term, area): _came(contract, *sums) for period, term, area, *sums in found}


def counted(cursor: duckdb.DuckDBPyConnection, contract: Contract) -> Came:
    """What came of a dataset as a whole."""
    return _came(contract, *(cursor.execute(f"select {_SUMS} from ({_rows(contract)})").fetchone() or (0, 0, None)))


_SUMS = "count(*), sum(filled), list(distinct upload_id)"


def _came(contract: Contract, rows: int, filled: int | None, uploads: list[int] | None) -> Came:
    return Came(rows, int(filled or 0), rows * len(_cells(contract)), tuple(uploads or ()))


def lacking(cursor: duckdb.DuckDBPyConnection, contract: Contract) -> dict[Key, tuple[int, tuple[Institution, ...]]]:
    """How many institutions must have a row in each delivery, and those that have none."""
    if contract.expected is None:
        return {}
    area = "r.area" if by_district(contract) else literal(plan().whole)
    found = cursor.execute(
        f"""select r.period, t.term, {area} as area, count(*),
            list({{'code': r.institution_id, 'name': r.name}} order by r.institution_id)
                filter (where d.institution_id is null)
        from register r cross join (select unnest(?::varchar[]) as term) t
        left join (select distinct period, term, institution_id from ({_rows(contract)})) d
            on d.institution_id = r.institution_id and d.period = r.period and d.term is not distinct from t.term
        where r.running and list_contains(?::varchar[], r.kind) group by all""",
        [list({deadline.term for deadline in contract.expected.by}), list(contract.expected.kinds)],
    ).fetchall()
    return {
        (period, term, area): (expected, tuple(Institution(**one) for one in without or ()))
        for period, term, area, expected, without in found
    }


def _rows(contract: Contract) -> str:
    """SQL of the dataset's current rows with the delivery that each belongs to; filled: its filled cells."""
    period, institution = _period(contract), _institution(contract)
    by_register = institution and "area" not in contract.columns
    by_term = contract.expected is not None and any(deadline.term for deadline in contract.expected.by)
    term = "d.term" if by_term else "null::varchar"
    area = ("r.area" if by_register else "d.area") if by_district(contract) else literal(plan().whole)
    filled = " + ".join(f"({_is_filled(field)})::integer" for field in _cells(contract)) or "0"
    joined = f"left join register r on r.institution_id = {institution} and r.period = {period}" if by_register else ""
    return f"""select {period} as period, {term} as term, {area} as area, {institution or "null"} as institution_id,
        d.upload_id, {filled} as filled from {contract.dataset} d {joined}"""


def _period(contract: Contract) -> str:
    """SQL of the year that a row is for."""
    if contract.period is None:
        return "null::integer"
    name = f"d.{quoted(contract.period)}"
    return f"year({name})" if contract.columns[contract.period] == "date" else f"try_cast({name} as integer)"


def _institution(contract: Contract) -> str | None:
    """SQL of the institution that a row is about."""
    for key in contract.foreignKeys:
        if key.reference.resource == "institution":
            return f"d.{quoted(key.fields[0])}"
    return None


def by_district(contract: Contract) -> bool:
    """Whether each district owes the dataset by itself; only rows that tell their district can show that."""
    told = "area" in contract.columns or _institution(contract) is not None
    return contract.expected is not None and contract.expected.each == "district" and told


def by_school(contract: Contract) -> bool:
    """Whether institutions must have rows of their own."""
    return contract.expected is not None and bool(contract.expected.kinds) and _institution(contract) is not None


def _cells(contract: Contract) -> tuple[Field, ...]:
    """The fields outside the key. Those of rows about persons are not looked at: there are too many rows."""
    return () if contract.personal else tuple(one for one in contract.fields if one.name not in contract.primaryKey)


def _is_filled(field: Field) -> str:
    """SQL: whether a cell holds a value, or says why it has none (absent, exempt)."""
    value = f"d.{quoted(field.name)} is not null"
    if field.state_column is None:
        return value
    return f"{value} or coalesce(d.{quoted(field.state_column)} in ('absent', 'exempt'), false)"
