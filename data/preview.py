"""What publishing a file would do to the rows that are there: new, changed, unchanged, removed.

Works on `typed`, the file's rows, and on the dataset's current state; the part of it that the file can touch is copied
into the temporary table `current_rows` once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import duckdb

from data import readers
from data.contract import Contract
from data.problem import Problem, Refused
from data.store import quoted
from data.words import _

LISTED_CHANGES = 200
FIRST_ROWS = 20

Scope = dict[str, str]


@dataclass(frozen=True)
class Change:
    """One value that a file would change. key: the row's key as text; field: the field's name.

    few: the value counts persons, and the row as it is stored tells of few of them.
    """

    key: str
    field: str
    old: object
    new: object
    few: bool = False

    def as_dict(self) -> dict[str, object]:
        values = {"key": self.key, "field": self.field, "old": self.old, "new": self.new}
        return {name: value if value is None else str(value) for name, value in values.items()}


@dataclass(frozen=True)
class Effect:
    """Numbers of rows by what would become of them; the first changed values; the first rows as they would be stored.

    scopes: what the file could replace whole: its one period, its one area, or both.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    changes: tuple[Change, ...] = ()
    first_rows: tuple[dict[str, object], ...] = ()
    scopes: tuple[Scope, ...] = ()


def effect(cursor: duckdb.DuckDBPyConnection, contract: Contract, scope: Scope, shown: list[str]) -> Effect:
    """What publishing `typed` would do. shown: the fields of the first rows; pupils' codes are never among them."""
    copy_current(cursor, contract, scope)
    key = ", ".join(map(quoted, contract.primaryKey))
    different = _different(contract)
    counted = cursor.execute(
        f"""select count(*), count(*) filter (c.{quoted(contract.primaryKey[0])} is not null),
            count(*) filter (c.{quoted(contract.primaryKey[0])} is not null and ({different}))
        from typed t left join current_rows c using ({key})"""
    ).fetchone() or (0, 0, 0)
    gone = (
        cursor.execute(f"select count(*) from current_rows c anti join typed using ({key})").fetchone()
        if scope
        else (0,)
    )
    rows, known, changed = map(int, counted)
    return Effect(
        rows - known,
        changed,
        known - changed,
        int(gone[0]) if gone else 0,
        _changes(cursor, contract),
        _first(cursor, contract, shown),
        _scopes(cursor, contract),
    )


def told(contract: Contract, changes: Iterable[Change], *, staff: bool) -> tuple[Change, ...]:
    """The changed values that the readers may read; of stored rows that tell of few persons staff alone see the counts."""
    if not readers.may_read(contract, staff=staff):
        return ()
    hidden = (replace(one, old=readers.withheld(one.old)) if one.few and not staff else one for one in changes)
    return tuple(hidden)


def _scopes(cursor: duckdb.DuckDBPyConnection, contract: Contract) -> tuple[Scope, ...]:
    names = [name for name in (contract.period, "area", "exam_id") if name in contract.primaryKey]
    found: Scope = {}
    for name in names:
        values = cursor.execute(f"select distinct {quoted(name)}::varchar from typed limit 2").fetchall()
        if len(values) == 1 and values[0][0] is not None:
            found[name] = values[0][0]
    alone = tuple({name: text} for name, text in found.items())
    return (*alone, found) if len(found) > 1 else alone


def copy_current(cursor: duckdb.DuckDBPyConnection, contract: Contract, scope: Scope) -> None:
    """Makes `current_rows`: the current rows of the scope, or those with a first key value that the file has too."""
    if scope:
        condition, values = condition_of(contract, scope)
    else:
        first = quoted(contract.primaryKey[0])
        values = [
            value
            for (value,) in cursor.execute(f"select distinct {first} from typed where {first} is not null").fetchall()
        ]
        # As values and not as a join: only so DuckDB leaves out the other rows before it looks for the newest.
        condition = f"{first} in ({', '.join('?' * len(values)) or 'null'})"
    cursor.execute(
        f"create or replace temp table current_rows as select * from {contract.dataset} where {condition}", values
    )


def condition_of(contract: Contract, scope: Scope) -> tuple[str, list[object]]:
    """A scope as SQL on the dataset's columns, and its values. An area holds the institutions that it has today."""
    parts, values = [], list[object](scope.values())
    for name in scope:
        if name == "area" and "area" not in contract.columns:
            parts.append(
                "institution_id in (select institution_id from institution group by institution_id having arg_max(area, valid_from) = ?)"
            )
        else:
            parts.append(f"{quoted(name)}::varchar = ?")
    return " and ".join(parts), values


def checked_scope(contract: Contract, scope: Scope) -> Scope:
    """The scope with `year` read as the dataset's period; `Refused` where the dataset has no such column."""
    known = [*contract.columns, *(["area"] if "institution_id" in contract.columns else [])]
    named = {contract.period if name == "year" and contract.period else name: text for name, text in scope.items()}
    unknown = [name for name in named if name not in known]
    if unknown:
        raise Refused(
            _("Rows cannot be replaced by “{name}”. Choose among: {known}", name=unknown[0], known=", ".join(known))
        )
    return named


def outside(cursor: duckdb.DuckDBPyConnection, contract: Contract, scope: Scope) -> list[Problem]:
    """Rows of the file that do not belong to the scope that it replaces."""
    condition, values = condition_of(contract, scope)
    rows = cursor.execute(
        f"select line from typed where not coalesce({condition}, false) order by line limit {LISTED_CHANGES}", values
    ).fetchall()
    shown = ", ".join(f"{name}={text}" for name, text in scope.items())
    return [
        Problem(line, None, _("a row outside what is replaced"), _("only rows of {scope}", scope=shown))
        for (line,) in rows
    ]


def _different(contract: Contract) -> str:
    others = [name for name in contract.columns if name not in contract.primaryKey]
    return " or ".join(f"t.{quoted(name)} is distinct from c.{quoted(name)}" for name in others) or "false"


def _changes(cursor: duckdb.DuckDBPyConnection, contract: Contract) -> tuple[Change, ...]:
    """The first values that would change, key by key; none for a dataset about single persons."""
    if contract.lists_persons:
        return ()
    key = ", ".join(map(quoted, contract.primaryKey))
    others = [name for name in contract.columns if name not in contract.primaryKey]
    pairs = "".join(f", c.{quoted(name)}, t.{quoted(name)}" for name in others)
    rows = cursor.execute(
        f"""select concat_ws(' ', {key}){pairs} from typed t join current_rows c using ({key})
        where {_different(contract)} order by t.line limit {LISTED_CHANGES}"""
    ).fetchall()
    return tuple(change for row in rows for change in _changed(contract, row[0], others, row[1::2], row[2::2]))[
        :LISTED_CHANGES
    ]


def _changed(
    contract: Contract, key: str, names: list[str], old: tuple[object, ...], new: tuple[object, ...]
) -> Iterator[Change]:
    """What differs between a row as it is stored and as the file has it."""
    few = readers.counts_few(contract, dict(zip(names, old, strict=True)))
    for name, before, after in zip(names, old, new, strict=True):
        if before != after:
            yield Change(key, name, before, after, few and name in contract.person_counts)


def _first(cursor: duckdb.DuckDBPyConnection, contract: Contract, shown: list[str]) -> tuple[dict[str, object], ...]:
    names = [name for name in shown if not contract.field(name).pseudonym]
    if not names:
        return ()
    rows = cursor.execute(
        f"select {', '.join(map(quoted, names))} from typed order by line limit {FIRST_ROWS}"
    ).fetchall()
    return tuple(dict(zip(names, row, strict=True)) for row in rows)
