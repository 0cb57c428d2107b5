"""A file and a contract → rows in the store, or the whole list of problems and nothing stored.

The command line and the upload page call the same two functions: `check` looks, `publish` looks and keeps.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import duckdb
import pyarrow as pa
import pyarrow.compute

from data import checks, pseudonym, reading
from data.contract import Contract, contracts, normalised
from data.problem import Problem
from data.store import Store, add_upload, fact_table, quoted
from data.words import _, pick

PREVIEW_ROWS = 20

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Checked:
    """What a look at a file found.

    dataset: None where neither the caller nor the header says which; rows: data rows read; dropped: personal columns
    left out; new, known: rows whose key the store does not have, and has, today; preview: the first rows as they would
    be stored, without pupils' codes (both for a check only); headers: field name → header in the file.
    """

    file_name: str
    dataset: str | None = None
    rows: int = 0
    problems: tuple[Problem, ...] = ()
    dropped: tuple[str, ...] = ()
    new: int = 0
    known: int = 0
    preview: tuple[dict[str, object], ...] = field(default=(), repr=False)
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    upload: int | None = None

    def as_dict(self) -> dict[str, object]:
        """The answer of `python -m data check|publish --json`."""
        return {
            "dataset": self.dataset,
            "rows": self.rows,
            "published": self.upload is not None,
            "upload": self.upload,
            "problems": [problem.as_dict() for problem in self.problems],
        }


def silent(_share: float, _what: str) -> None:
    """Progress that nobody watches."""


def check(
    store: Store, content: bytes, file_name: str, dataset: str | None = None, progress: Progress = silent
) -> Checked:
    """Looks at a file as `publish` would and keeps nothing. Any fault of the file is in `problems`."""
    with store.reading() as cursor:
        checked = _examined(cursor, content, file_name, dataset, progress)
        return checked if checked.problems or checked.dataset is None else _previewed(cursor, checked)


def publish(
    store: Store,
    content: bytes,
    file_name: str,
    dataset: str | None = None,
    *,
    by: str,
    sample: bool = False,
    progress: Progress = silent,
) -> Checked:
    """Looks at a file and, where it has no problems, publishes all its rows in one transaction under `by`'s name."""
    with store.writing() as cursor:
        checked = _examined(cursor, content, file_name, dataset, progress)
        if checked.problems or checked.dataset is None:
            return checked
        progress(0.8, _("Storing the rows"))
        contract = contracts()[checked.dataset]
        digest = hashlib.sha256(content).hexdigest()
        upload = add_upload(cursor, contract.dataset, file_name, digest, checked.rows, by, sample=sample)
        names = ", ".join(quoted(name) for name in contract.columns)
        cursor.execute(
            f"insert into store.{fact_table(contract)} ({names}, upload_id, line) select {names}, ?, line from typed",
            [upload],
        )
        progress(0.95, _("Finishing"))
    progress(1.0, _("Done"))
    return replace(checked, upload=upload)


def _examined(
    cursor: duckdb.DuckDBPyConnection, content: bytes, file_name: str, dataset: str | None, progress: Progress
) -> Checked:
    """Reads, types and checks the file; leaves its rows in the cursor's temporary table `typed`."""
    progress(0.05, _("Reading the file"))
    sheet = reading.read(content)
    if isinstance(sheet, list):
        return Checked(file_name, dataset, problems=tuple(sheet))
    contract = contracts()[dataset] if dataset else _recognised(sheet.header)
    if contract is None:
        return Checked(file_name, rows=len(sheet), problems=(_unrecognised(),))
    dropped = tuple(
        header
        for header in sheet.header
        if normalised(header) in pseudonym.PERSONAL_HEADERS and contract.field_for(header) is None
    )
    looked = Checked(file_name, contract.dataset, len(sheet), dropped=dropped)
    header_problems = [*_header_problems(sheet.header, contract, dropped), *_no_rows(sheet)]
    headers = {found.name: header for header in sheet.header if (found := contract.field_for(header))}
    progress(0.3, _("Checking the rows"))
    cursor.register("incoming", _incoming(sheet, contract))
    checks.type_rows(cursor, contract, set(headers))
    cursor.unregister("incoming")
    # The columns that are there are checked whatever else the header lacks: nobody mends a file twice.
    problems = [*header_problems, *checks.problems(cursor, contract, headers)]
    if problems:
        return replace(looked, problems=tuple(problems))
    return replace(looked, headers=headers)


def _incoming(sheet: reading.Sheet, contract: Contract) -> pa.Table:
    """The file's columns under the fields' names, trimmed; personal columns left out, pupils' codes replaced."""
    columns: dict[str, pa.Array] = {"line": sheet.lines}
    for header, column in zip(sheet.header, sheet.columns, strict=True):
        found = contract.field_for(header)
        if found:
            # Columns repeat their values: each is trimmed, or hashed, once.
            encoded = column.combine_chunks().dictionary_encode()
            values = pa.compute.utf8_trim_whitespace(encoded.dictionary)
            values = pseudonym.pseudonyms(values) if found.pseudonym else values
            columns[found.name] = pa.DictionaryArray.from_arrays(encoded.indices, values)
    return pa.table(columns)


def _recognised(header: tuple[str, ...]) -> Contract | None:
    """The one dataset that the header fits best: every column that must be filled is there and most others are known."""

    def fit(contract: Contract) -> float:
        named = {found.name for text in header if (found := contract.field_for(text))}
        needed = {f.name for f in contract.fields if f.constraints.required}
        return len(named) / max(len(header), len(contract.fields)) if needed <= named else 0.0

    fits = sorted(((fit(contract), contract.dataset) for contract in contracts().values()), reverse=True)
    (best, dataset), (second, _other) = fits[0], fits[1]
    return contracts()[dataset] if best > second else None


def _unrecognised() -> Problem:
    names = ", ".join(f"{name} ({pick(contract.title.pair())})" for name, contract in contracts().items())
    return Problem(
        1,
        None,
        _("a header that fits no dataset"),
        _("the columns of one dataset; choose it yourself: {datasets}", datasets=names),
    )


def _header_problems(header: tuple[str, ...], contract: Contract, dropped: tuple[str, ...]) -> list[Problem]:
    problems = []
    named: dict[str, str] = {}
    left = ", ".join(pick(field.title.pair()) for field in contract.fields)
    for text in header:
        found = contract.field_for(text)
        if found is None and text not in dropped:
            shown = text.strip() or _("a column without a header")
            problems.append(
                Problem(1, text, shown, _("a column of this dataset ({columns}); rename or remove it", columns=left))
            )
        elif found and found.name in named:
            expected = _(
                "one column for “{field}”; “{other}” has it already",
                field=pick(found.title.pair()),
                other=named[found.name],
            )
            problems.append(Problem(1, text, text, expected))
        elif found:
            named[found.name] = text
    for field_ in contract.fields:
        if field_.name not in named and (field_.constraints.required or field_.name in contract.primaryKey):
            title = pick(field_.title.pair())
            problems.append(Problem(1, title, _("no such column"), _("a column “{column}”", column=title)))
    return problems


def _no_rows(sheet: reading.Sheet) -> list[Problem]:
    return [] if len(sheet) else [Problem(2, None, _("no rows below the header"), _("at least one row"))]


def _previewed(cursor: duckdb.DuckDBPyConnection, checked: Checked) -> Checked:
    """What publishing would do: how many rows are new, how many replace others, and the first rows as stored."""
    contract = contracts()[checked.dataset or ""]
    key = ", ".join(quoted(name) for name in contract.primaryKey)
    found = cursor.execute(f"select count(*) from typed semi join {contract.dataset} using ({key})").fetchone()
    known = int(found[0]) if found else 0
    shown = [one.name for one in contract.fields if one.name in checked.headers and not one.pseudonym]
    names = ", ".join(quoted(name) for name in shown)
    rows = cursor.execute(f"select {names} from typed order by line limit {PREVIEW_ROWS}").fetchall()
    preview = tuple(dict(zip(shown, row, strict=True)) for row in rows)
    return replace(checked, new=checked.rows - known, known=known, preview=preview)
