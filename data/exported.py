"""A dataset's current rows as a file that may be published again and leaves the data as they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from data.contract import Contract, Field, contracts
from data.handed_out import Table, csv_bytes, harmless, plain, xlsx_bytes
from data.prepare import has_samples, refuse_unknown
from data.problem import Refused
from data.readers import FEW, counts_few, may_read
from data.store import Store, quoted
from data.words import _, pick


@dataclass(frozen=True)
class Export:
    """The rows of a dataset at a moment, ordered by its key.

    rows: a value a column of the contract, in the contract's order; sample: some of them are invented.
    """

    contract: Contract
    rows: tuple[tuple[object, ...], ...]
    sample: bool

    @property
    def name(self) -> str:
        """The dataset's title, and that it holds sample data: the columns have no place to say so."""
        return pick(self.contract.title.pair()) + (_(" (sample data)") if self.sample else "")

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(pick(field.title.pair()) for field in self.contract.fields)


def export(store: Store, dataset: str, as_of: datetime | None = None, *, staff: bool = False) -> Export:
    """The dataset as it counts at the moment (UTC; None: now), for staff or for anybody.

    `Refused` for rows about single persons; and where it is not for staff, for internal datasets and for those with a
    row that tells of few persons.
    """
    refuse_unknown(dataset, list(contracts()))
    contract = contracts()[dataset]
    _refuse_unreadable(contract, staff)
    columns = ", ".join(quoted(name) for name in contract.columns)
    key = ", ".join(quoted(name) for name in contract.primaryKey)
    with store.reading(as_of) as cursor:
        rows = cursor.execute(f"select {columns} from {dataset} order by {key}").fetchall()
    if not staff:
        _refuse_few(contract, rows)
    return Export(contract, tuple(rows), has_samples(store, dataset, as_of))


def _refuse_unreadable(contract: Contract, staff: bool) -> None:
    title = pick(contract.title.pair())
    if contract.lists_persons:
        raise Refused(
            _("“{dataset}” has rows about single pupils; these are not handed out. Use the indicators.", dataset=title)
        )
    if not may_read(contract, staff=staff):
        raise Refused(
            _(
                "“{dataset}” is an internal dataset; it is handed out to staff of the installation only: set QUALITY_INTERNAL=1.",
                dataset=title,
            )
        )


def _refuse_few(contract: Contract, rows: Sequence[tuple[object, ...]]) -> None:
    names = tuple(contract.columns)
    if any(counts_few(contract, dict(zip(names, row, strict=True))) for row in rows):
        raise Refused(
            _(
                "“{dataset}” has rows that tell of fewer than {few} persons; it is handed out to staff of the installation only: set QUALITY_INTERNAL=1. Or use the indicators.",
                dataset=pick(contract.title.pair()),
                few=FEW,
            )
        )


def as_csv(exported: Export) -> bytes:
    """The rows as CSV; `python -m data publish` reads it back."""
    return csv_bytes(exported.header, [[_text(cell) for cell in row] for row in _cells(exported)])


def as_xlsx(exported: Export) -> bytes:
    """The rows as a workbook: numbers and dates as such, everything else as text."""
    return xlsx_bytes([Table(exported.name, exported.header, _cells(exported))])


def as_dicts(exported: Export) -> list[dict[str, object]]:
    """The rows for JSON: a value a column of the dataset, a state's column beside its field."""
    names = tuple(exported.contract.columns)
    return [dict(zip(names, map(_for_json, row), strict=True)) for row in exported.rows]


def _cells(exported: Export) -> Sequence[Sequence[object]]:
    """A cell a field: the value, or the text that stands in a file for there being none."""
    names = tuple(exported.contract.columns)
    places = [
        (field, names.index(field.name), names.index(field.state_column) if field.state_column else None)
        for field in exported.contract.fields
    ]
    return [
        [
            _cell(exported.contract, field, row[at], row[state] if state is not None else None)
            for field, at, state in places
        ]
        for row in exported.rows
    ]


def _cell(contract: Contract, field: Field, value: object, state: object) -> object:
    if isinstance(value, bool):
        return (field.trueValues if value else field.falseValues)[0]
    if value is not None:
        return value
    stated = {str(name): texts for name, texts in (field.states or {}).items()}
    nothing = stated.get(str(state or "missing"), contract.missingValues)
    return None if "" in nothing else next((text for text in nothing if harmless(text) == text), nothing[0])


def _text(cell: object) -> object:
    if isinstance(cell, Decimal):
        return Decimal(plain(cell))  # without zeros at its end, and still a number: a text "-0.5" could be a formula
    return cell.isoformat() if isinstance(cell, date) else cell


def _for_json(value: object) -> object:
    """Dates as ISO text; a decimal as a number where that is exactly the same, else as text."""
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, Decimal):
        return value
    if value == value.to_integral_value():
        return int(value)
    return float(value) if Decimal(str(float(value))) == value else plain(value)
