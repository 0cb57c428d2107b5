"""A file and a contract → rows in the store, or the whole list of problems and nothing stored.

The command line and the upload page call the same functions: `check` looks, `publish` looks and keeps. Both go through
the same stages: read the tables, choose one, find its dataset, give its columns a meaning, clean the cells, check the
rows, compare them with what is there.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property

import duckdb

from data import cells, checks, columns, mapping, originals, preview, reading, rules, tally
from data.contract import Contract, contracts
from data.layout import Sheet
from data.mapping import Columns, Proposed
from data.preview import Effect, Scope
from data.problem import Note, Problem, Warned
from data.pseudonym import PERSONAL_HEADERS
from data.store import Details, Store, add_upload, quoted
from data.totals import unlike_their_parts
from data.vocabulary import normalised
from data.words import _, pick

# Columns are shown with as many of their first values, so that a person can tell what they hold.
SHOWN_VALUES = 3
STANDS_IN = "stands_in"

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Said:
    """What a person says about a file beside its rows.

    columns: what its columns mean; set: field → the value that holds for the whole file; sheet: which of its tables;
    replace: the rows that it replaces whole, as field → value; accept: the warnings are accepted; note: a remark.
    """

    columns: Columns | None = None
    set: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    replace: Scope = field(default_factory=dict)
    accept: bool = False
    note: str | None = None


NOTHING_SAID = Said()


@dataclass(frozen=True)
class Checked:
    """What a look at a file found.

    dataset: None where neither the caller nor the header says which; rows: data rows; warnings: stop a publish until
    they are accepted; notes: what was left out or read otherwise than it stands; dropped: columns left out because they
    name persons; columns: what every column means; open, missing: headers without a meaning, and fields without a
    column; samples: header → its first values (none of columns about persons); sheets: the tables that there are;
    remembered: the earlier upload with the same header whose mapping was taken over; asked: a person said what columns
    mean; effect: what publishing would do (for a check only); headers: field → header.
    """

    file_name: str
    dataset: str | None = None
    rows: int = 0
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Warned, ...] = ()
    notes: tuple[Note, ...] = ()
    dropped: tuple[str, ...] = ()
    columns: Columns | None = None
    open: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    samples: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    remembered: int | None = None
    effect: Effect = field(default_factory=Effect)
    asked: bool = False
    headers: checks.Headers = field(default_factory=dict, repr=False)
    upload: int | None = None

    @property
    def certain(self) -> bool:
        """Whether nobody need confirm what the columns mean: the header says it by itself, or it was confirmed before."""
        doubtful = any(warning.rule == STANDS_IN for warning in self.warnings)
        chosen = self.columns is not None and any(target and "@" in target for target in self.columns.columns.values())
        return self.remembered is not None or not (doubtful or chosen or self.asked or self.notes)

    def as_dict(self) -> dict[str, object]:
        """The answer of `python -m data check|publish --json`."""
        return {
            "dataset": self.dataset,
            "sheet": self.sheet,
            "sheets": list(self.sheets),
            "rows": self.rows,
            "published": self.upload is not None,
            "upload": self.upload,
            "problems": [problem.as_dict() for problem in self.problems],
            "warnings": [warning.as_dict() for warning in self.warnings],
            "notes": [note.as_dict() for note in self.notes],
            "dropped": list(self.dropped),
            "mapping": self.columns.model_dump() if self.columns else None,
            "remembered": self.remembered,
            "open": list(self.open),
            "missing": list(self.missing),
            "new": self.effect.new,
            "changed": self.effect.changed,
            "unchanged": self.effect.unchanged,
            "removed": self.effect.removed,
            "changes": [change.as_dict() for change in self.effect.changes],
        }


def told(checked: Checked, *, staff: bool) -> Checked:
    """The check with what stands against the file said as the readers may read it."""
    problems = tuple(one.told(staff=staff) for one in checked.problems)
    warnings = tuple(one.told(staff=staff) for one in checked.warnings)
    return replace(checked, problems=problems, warnings=warnings)


def silent(_share: float, _what: str) -> None:
    """Progress that nobody watches."""


def check(
    store: Store,
    content: bytes,
    file_name: str,
    dataset: str | None = None,
    progress: Progress = silent,
    said: Said = NOTHING_SAID,
) -> Checked:
    """Looks at a file as `publish` would and keeps nothing. Any fault of the file is in `problems`."""
    with store.reading() as cursor:
        return _with_effect(cursor, _examined(cursor, _File(content, file_name), dataset, progress, said), said)


def _with_effect(cursor: duckdb.DuckDBPyConnection, looked: "_Looked", said: Said) -> Checked:
    """The check with what publishing the cursor's `typed` would do; without where something stands against it."""
    if looked.checked.problems or looked.contract is None:
        return looked.checked
    shown = [one.name for one in looked.contract.fields if one.name in looked.checked.headers]
    found = preview.effect(cursor, looked.contract, _scope(looked.contract, said), shown)
    return replace(looked.checked, effect=found)


def publish(
    store: Store,
    content: bytes,
    file_name: str,
    dataset: str | None = None,
    *,
    by: str,
    sample: bool = False,
    progress: Progress = silent,
    said: Said = NOTHING_SAID,
    compared: bool = False,
) -> Checked:
    """Looks at a file and publishes all its rows in one transaction under `by`'s name.

    Nothing is kept where it has problems, or warnings that nobody accepts. `Refused` where the disk is full.
    compared: the answer says too what became of the rows that were there, which a page has shown before.
    """
    with store.writing() as cursor:
        looked = _examined(cursor, _File(content, file_name), dataset, progress, said)
        contract = looked.publishable(said)
        if contract is None:
            return looked.checked
        checked = _with_effect(cursor, looked, said) if compared else looked.checked
        progress(0.8, _("Storing the rows"))
        upload = _stored(cursor, looked, contract, by, sample, said)
        progress(0.95, _("Finishing"))
    progress(1.0, _("Done"))
    return replace(checked, upload=upload)


def check_all(
    store: Store, content: bytes, file_name: str, dataset: str | None = None, said: Said = NOTHING_SAID
) -> tuple[Checked, ...]:
    """Looks at every table of a file as `publish_all` would take it: each sees what those before it bring."""
    with store.undone() as cursor:
        done = _every_table(cursor, _File(content, file_name), dataset, "-", replace(said, accept=True))
    return tuple(replace(one, upload=None) for one in done)


def publish_all(
    store: Store,
    content: bytes,
    file_name: str,
    dataset: str | None = None,
    *,
    by: str,
    said: Said = NOTHING_SAID,
) -> tuple[Checked, ...]:
    """Publishes every table of a file, an upload each, in one transaction; none where `publish` would not take one."""
    with store.writing() as cursor:
        done = _every_table(cursor, _File(content, file_name), dataset, by, said)
        if any(one.upload is None for one in done):
            # What the tables before brought is undone; an empty transaction ends in its place.
            cursor.execute("rollback")
            cursor.execute("begin transaction")
            return tuple(replace(one, upload=None) for one in done)
    return done


def _every_table(
    cursor: duckdb.DuckDBPyConnection, file: "_File", dataset: str | None, by: str, said: Said
) -> tuple[Checked, ...]:
    """Every table of a file, stored where nothing stands against it: those that others refer to first."""
    done: list[Checked] = []
    for name in file.tables_in_order(dataset, said) or (None,):
        meant = said.columns if said.columns and said.columns.sheet in ("", name) else None
        own = replace(said, sheet=name, columns=meant)
        looked = _examined(cursor, file, dataset, silent, own, alone=False)
        looked = replace(looked, checked=_beside_others(cursor, looked, done, own))
        checked = _with_effect(cursor, looked, own)
        contract = looked.publishable(own)
        upload = _stored(cursor, looked, contract, by, False, own) if contract else None
        done.append(replace(checked, upload=upload))
    return tuple(done)


def _beside_others(
    cursor: duckdb.DuckDBPyConnection, looked: "_Looked", before: Sequence[Checked], said: Said
) -> Checked:
    """The check of a table with what stands against it beside the tables before it that hold rows of the same dataset."""
    checked, contract = looked.checked, looked.contract
    others = {one.upload: one.sheet for one in before if one.upload and one.dataset == checked.dataset}
    if not others or contract is None or checked.problems:
        return checked
    if said.replace:
        found = _("several tables of one dataset that replace the same rows: {names}", names=_listed(others.values()))
        return replace(checked, problems=(Problem(None, None, found, _("all their rows in one table")),))
    return replace(checked, problems=tuple(checks.keys_again(cursor, contract, looked.checked.headers, others)))


@contextmanager
def rehearsed(
    store: Store, content: bytes, file_name: str, dataset: str | None, said: Said
) -> Iterator[duckdb.DuckDBPyConnection | None]:
    """A cursor that sees the store as it would be after publishing; None where nothing would be published. It is undone."""
    with store.undone() as cursor:
        looked = _examined(cursor, _File(content, file_name), dataset, silent, said)
        if looked.checked.problems or looked.contract is None:
            yield None
            return
        _stored(cursor, looked, looked.contract, "-", False, said)
        yield cursor


@dataclass(frozen=True)
class _File:
    """A file that is looked at: read once, however many of its tables are wanted."""

    content: bytes = field(repr=False)
    name: str

    @cached_property
    def sheets(self) -> tuple[Sheet, ...] | list[Problem]:
        return reading.read(self.content)

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of its tables; empty where it cannot be read."""
        return () if isinstance(self.sheets, list) else tuple(sheet.name for sheet in self.sheets)

    def tables_in_order(self, dataset: str | None, said: Said) -> tuple[str, ...]:
        """The same, tables of datasets that others refer to before those that refer to them."""
        if dataset or isinstance(self.sheets, list):
            return self.tables
        order = {name: place for place, name in enumerate(contracts())}
        found = {sheet.name: mapping.recognised(sheet, said.set) for sheet in self.sheets}
        return tuple(sorted(self.tables, key=lambda name: order[one.dataset] if (one := found[name]) else len(order)))


@dataclass(frozen=True)
class _Looked:
    """A file that was examined; its rows are the cursor's `typed`. digest: SHA-256 of its bytes."""

    checked: Checked
    contract: Contract | None = None
    layout: str = ""
    original: bytes = b""
    digest: str = ""

    def publishable(self, said: Said) -> Contract | None:
        """The contract where the rows may be stored under it: no problems, and no warnings that nobody accepts."""
        stopped = self.checked.problems or (self.checked.warnings and not said.accept)
        return None if stopped else self.contract


def _examined(
    cursor: duckdb.DuckDBPyConnection,
    file: _File,
    dataset: str | None,
    progress: Progress,
    said: Said,
    *,
    alone: bool = True,
) -> _Looked:
    """Reads, types and checks the file; leaves its rows as the cursor's `typed`. alone: its other tables are passed over."""
    progress(0.05, _("Reading the file"))
    sheets = file.sheets
    if isinstance(sheets, list):
        return _Looked(Checked(file.name, dataset, problems=tuple(sheets)))
    dataset = dataset or (said.columns.dataset if said.columns else None)
    sheet = _chosen(sheets, dataset, said)
    if isinstance(sheet, Problem):
        return _Looked(Checked(file.name, dataset, problems=(sheet,), sheets=file.tables))
    contract = contracts()[dataset] if dataset else _recognised(cursor, sheet, said)
    notes = _sheet_notes(sheet, sheets) if alone else sheet.notes
    looked = Checked(file.name, sheet=sheet.name, sheets=file.tables, rows=len(sheet), notes=notes)
    if contract is None:
        return _Looked(replace(looked, problems=(_unrecognised(),)))
    return _looked_at(cursor, replace(looked, dataset=contract.dataset), contract, sheet, file.digest, progress, said)


def _looked_at(
    cursor: duckdb.DuckDBPyConnection,
    looked: Checked,
    contract: Contract,
    sheet: Sheet,
    digest: str,
    progress: Progress,
    said: Said,
) -> _Looked:
    layout = mapping.layout_of(sheet)
    earlier = None if said.columns else _remembered(cursor, contract, sheet, layout)
    found = mapping.proposed(sheet, contract, said.columns or (earlier[1] if earlier else None), said.set)
    progress(0.3, _("Checking the rows"))
    incoming = columns.incoming(cursor, sheet, found)
    headers = columns.headers(found)
    checks.type_rows(cursor, contract, incoming.table)
    # The columns that are there are checked whatever else the header lacks: nobody mends a file twice.
    problems = [*_header_problems(sheet, found), *_remark_problems(said), *incoming.problems]
    problems += _once(
        checks.problems(cursor, contract, headers, keys_differ=incoming.keys_differ(contract)), contract, found
    )
    scope = _scope(contract, said)
    problems += preview.outside(cursor, contract, scope) if scope else []
    judged = [] if problems else rules.broken(cursor, contract.dataset, _titles(headers), scope)
    problems += [one for one in judged if not isinstance(one, Warned)]
    warnings = [*_doubts(found), *(one for one in judged if isinstance(one, Warned))]
    if not problems:
        warnings += [*unlike_their_parts(cursor, sheet, found), *_same_file(cursor, digest, sheet.name)]
    dropped = tuple(
        one for one in sheet.header if found.targets.get(one) is None and normalised(one) in PERSONAL_HEADERS
    )
    checked = replace(
        looked,
        rows=incoming.table.num_rows,
        problems=tuple(problems),
        warnings=tuple(warnings),
        notes=(*looked.notes, *found.notes, *incoming.notes),
        dropped=dropped,
        columns=found.as_columns(sheet),
        open=found.open,
        missing=found.missing,
        samples=_samples(sheet, found),
        remembered=earlier[0] if earlier else None,
        asked=said.columns is not None or bool(said.set),
        headers=headers,
    )
    original = b"" if problems else originals.packed(sheet, found, incoming)
    return _Looked(checked, contract, layout, original, digest)


def _stored(
    cursor: duckdb.DuckDBPyConnection,
    looked: _Looked,
    contract: Contract,
    by: str,
    sample: bool,
    said: Said,
) -> int:
    """Writes the rows of `typed`, and what is known of their upload; returns its number."""
    checked = looked.checked
    scope = _scope(contract, said)
    accepted = [warning.as_dict() | {"accepted_by": by} for warning in checked.warnings]
    details = Details(
        looked.layout,
        json.dumps(checked.columns.model_dump(), ensure_ascii=False) if checked.columns else None,
        json.dumps(scope, ensure_ascii=False) if scope else None,
        json.dumps(accepted, ensure_ascii=False) if accepted else None,
        said.note,
    )
    if scope:
        preview.copy_current(cursor, contract, scope)
    upload = add_upload(
        cursor, contract.dataset, checked.file_name, looked.digest, checked.rows, by, sample=sample, details=details
    )
    # Columns that the file lacks are left to the table, which needs no look at the rows for them.
    absent = {field.name for field in contract.fields} - set(checked.headers)
    names = ", ".join(quoted(name) for name in contract.columns if name not in absent)
    cursor.execute(
        f"insert into store.{contract.table} ({names}, upload_id, line) select {names}, ?, line from typed",
        [upload],
    )
    if scope:
        key = ", ".join(map(quoted, contract.primaryKey))
        cursor.execute(
            f"""insert into store.{contract.table} ({key}, upload_id, line, removed)
            select {key}, ?, 0, true from current_rows anti join typed using ({key})""",
            [upload],
        )
    tally.published(cursor, contract, upload)
    originals.keep(cursor, upload, looked.original)
    return upload


def _chosen(sheets: tuple[Sheet, ...], dataset: str | None, said: Said) -> Sheet | Problem:
    """The one table that is meant: the named one, the only one, or the only one that a dataset knows."""
    wanted = said.sheet or (said.columns.sheet if said.columns else "")
    named = [sheet for sheet in sheets if not wanted or sheet.name == wanted]
    fitting = named if len(named) < 2 else [one for one in named if _fits(one, dataset, said)]
    if len(fitting) == 1:
        return fitting[0]
    names = _listed(sheet.name for sheet in sheets)
    found = (
        _("a table “{name}” that the file does not have", name=wanted) if not named else _("several tables in one file")
    )
    return Problem(None, None, found, _("one of: {values}", values=names))


def _fits(sheet: Sheet, dataset: str | None, said: Said) -> bool:
    found = mapping.recognised(sheet, said.set)
    return found is not None and (dataset is None or found.dataset == dataset)


def _listed(names: Iterable[str]) -> str:
    return _(", ").join(names)


def _sheet_notes(sheet: Sheet, sheets: tuple[Sheet, ...]) -> tuple[Note, ...]:
    others = [one.name for one in sheets if one is not sheet]
    if not others:
        return sheet.notes
    done = _("only “{name}” is read", name=sheet.name)
    return (Note(None, None, _("more tables: {names}", names=_listed(others)), done), *sheet.notes)


def _recognised(cursor: duckdb.DuckDBPyConnection, sheet: Sheet, said: Said) -> Contract | None:
    """The dataset that the header fits, else that of the newest upload that counts and had the same header."""
    found = mapping.recognised(sheet, said.set)
    if found or not (layout := mapping.layout_of(sheet)):
        return found
    rows = cursor.execute(
        "select dataset from upload where layout = ? and counts and mapping is not null order by upload_id desc limit 1",
        [layout],
    ).fetchall()
    return contracts().get(rows[0][0]) if rows else None


def _remembered(
    cursor: duckdb.DuckDBPyConnection, contract: Contract, sheet: Sheet, layout: str
) -> tuple[int, Columns] | None:
    """The newest upload that counts and had the same header, and what its columns were taken to mean."""
    rows = cursor.execute(
        """select upload_id, mapping from upload where dataset = ? and layout = ? and counts and mapping is not null
        order by upload_id desc limit 1""",
        [contract.dataset, layout],
    ).fetchall()
    if not rows or not layout:
        return None
    # What held for that whole file (its exam, its year) is asked again.
    meant = mapping.under_headers_of(sheet, mapping.from_json(rows[0][1]))
    return int(rows[0][0]), meant.model_copy(update={"set": {}})


def _unrecognised() -> Problem:
    names = ", ".join(f"{name} ({pick(contract.title.pair())})" for name, contract in contracts().items())
    return Problem(
        1,
        None,
        _("a header that fits no dataset"),
        _("the columns of one dataset; choose it yourself: {datasets}", datasets=names),
    )


def _header_problems(sheet: Sheet, found: Proposed) -> list[Problem]:
    left = ", ".join(pick(one.title.pair()) for one in found.contract.fields)
    problems = list(found.problems)
    for header in found.open:
        shown = header.strip() or _("a column without a header")
        expected = _("a column of this dataset ({columns}); give it a meaning, rename or remove it", columns=left)
        problems.append(Problem(sheet.header_line, header, shown, expected))
    for name in found.missing:
        title = pick(found.contract.field(name).title.pair())
        expected = _("a column “{column}”, or one value for the whole file", column=title)
        problems.append(Problem(sheet.header_line, title, _("no such column"), expected))
    if not len(sheet):
        below = (sheet.header_line or 1) + 1
        problems.append(Problem(below, None, _("no rows below the header"), _("at least one row")))
    return problems


def _remark_problems(said: Said) -> list[Problem]:
    """The remark for the history is kept and shown, like a cell."""
    if said.note is None or not cells.mentions_person(said.note):
        return []
    found, expected = _("an identity or telephone number in the remark"), _("nothing that leads to a person")
    return [Problem(None, None, found, expected)]


def _doubts(found: Proposed) -> list[Warned]:
    return [Warned(doubt.row, doubt.column, doubt.found, doubt.done, STANDS_IN) for doubt in found.doubts]


def _once(problems: list[Problem], contract: Contract, found: Proposed) -> list[Problem]:
    """The problems, those of a value that holds for the whole file, or for a whole column of it, said once."""
    whole = {pick(contract.field(name).title.pair()) for name in found.set if name in contract.columns}
    if contract.wide and found.groups:
        whole.add(pick(contract.field(contract.wide.by).title.pair()))
    kept: dict[object, Problem] = {}
    for number, problem in enumerate(problems):
        if problem.column and set(problem.column.split("+")) <= whole:
            kept.setdefault((problem.column, problem.found), replace(problem, row=None))
        else:
            kept[number] = problem
    return list(kept.values())


def _titles(headers: checks.Headers) -> dict[str, str]:
    return {name: checks.column_title(header) for name, header in headers.items()}


def _same_file(cursor: duckdb.DuckDBPyConnection, digest: str, sheet: str) -> list[Warned]:
    rows = cursor.execute(
        """select upload_id, uploader from upload
        where sha256 = ? and counts and coalesce(mapping ->> '$.sheet', '') = ? order by upload_id desc limit 1""",
        [digest, sheet],
    ).fetchall()
    if not rows:
        return []
    found = _("the same file as upload {id} by {name}", id=rows[0][0], name=rows[0][1])
    return [Warned(None, None, found, _("a file that was not published yet"), "same_file")]


def _scope(contract: Contract, said: Said) -> Scope:
    return preview.checked_scope(contract, said.replace)


def _samples(sheet: Sheet, found: Proposed) -> dict[str, tuple[str, ...]]:
    """The first values of each column, for a person to tell what it holds; of columns about persons none."""
    samples = {}
    for header, column in zip(sheet.header, sheet.columns, strict=True):
        target = found.targets.get(header)
        personal = normalised(header) in PERSONAL_HEADERS or (target and found.contract.field(target.field).pseudonym)
        values = [] if personal else column.slice(0, 50).to_pylist()
        samples[header] = tuple(dict.fromkeys(value for value in values if value))[:SHOWN_VALUES]
    return samples
