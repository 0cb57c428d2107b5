"""The store: one DuckDB file that keeps every upload and can answer as of any moment.

Facts are append-only and carry the upload and the line that brought them. An upload counts from its publishing until it
is withdrawn; both are events, so nothing is ever overwritten. The current state of a dataset is, per key, the newest
row of the uploads that count.

The file is attached to an in-memory DuckDB whose views (`enrolment`, `institution`, … and the staging views of the
queries room) live only as long as the process: the file holds data, the code holds the views. The views read the
moment from the connection's variable `as_of`, so two viewers can look at two moments.
"""

import hashlib
import os
import re
import shutil
import tempfile
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import TypeVar, cast

import duckdb

from data import tally
from data.configuration import ROOT
from data.contract import Contract, contracts
from data.plan import return_day_macro
from data.problem import Refused
from data.words import _

FILE_NAME = "quality.duckdb"
KEPT_RESULTS = 3000

Result = TypeVar("Result")

# Nothing is ever downloaded: another kind of file is refused instead of fetching an extension for it.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    # Rows keep their number in the column `line`; without order they are written on all cores.
    "preserve_insertion_order": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
# The files that this process has open for writing.
_written_here: set[Path] = set()

_BOOKKEEPING = (
    """create table if not exists store.upload (
        upload_id integer not null, dataset varchar not null, file_name varchar not null, sha256 varchar not null,
        row_count bigint not null, uploader varchar not null, sample boolean not null)""",
    # What came with the rows: the file as it was, without what leads to a person. It comes packed: to pack it again costs
    # a quarter of a second a million rows and gains nothing.
    """create table if not exists store.original (
        upload_id integer not null, form varchar not null, content blob not null using compression uncompressed)""",
    # An upload's life: published, withdrawn, restored; the newest event up to a moment says whether it counts then.
    """create table if not exists store.upload_event (
        event_id integer not null, upload_id integer not null, action varchar not null,
        occurred_at timestamp not null, actor varchar not null)""",
    # What the indicators meant: a row for every text of a definition that differs from the one before it.
    """create table if not exists store.definition (
        indicator varchar not null, fingerprint varchar not null, content varchar not null,
        seen_at timestamp not null)""",
)
# What was later added to what an upload is known by; stores that are opened for reading only may lack it.
_UPLOAD_DETAILS = ("layout", "mapping", "scope", "warnings", "note")
_UPLOAD_VIEW = """create or replace view upload as
    select u.* {absent}, e.published_at, e.withdrawn_at, e.withdrawn_by, e.counts
    from store.upload u join (
        select upload_id,
            min(occurred_at) filter (action = 'published') as published_at,
            max(occurred_at) filter (action = 'withdrawn') as withdrawn_at,
            arg_max(actor, event_id) filter (action = 'withdrawn') as withdrawn_by,
            arg_max(action, event_id) <> 'withdrawn' as counts
        from store.upload_event
        where occurred_at <= coalesce(getvariable('as_of')::timestamp, timestamp 'infinity')
        group by upload_id) e using (upload_id)"""


def path_from_environment() -> Path:
    """The store's file: `QUALITY_STORE` (a `.duckdb` file or a folder), else `data/store/` of the product."""
    return _resolved(os.environ.get("QUALITY_STORE") or str(ROOT / "data" / "store"))


@cache
def _resolved(given: str) -> Path:
    """Every run of a page asks for it several times, and following links costs as much as drawing an element."""
    chosen = Path(given).expanduser()
    return (chosen if chosen.suffix == ".duckdb" else chosen / FILE_NAME).resolve()


def utc_now() -> datetime:
    """The present moment as the store writes it: UTC, without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


class Moment(date):
    """A day of which only what was known at one moment counts: what a meeting is locked to.

    at: the moment as the store writes it; None for a day that was reckoned from another.
    """

    at: datetime | None = None

    @classmethod
    def of(cls, at: datetime) -> "Moment":
        """The moment (UTC, without a zone) on its day of this machine's calendar."""
        day = at.replace(tzinfo=UTC).astimezone().date()
        made = cls(day.year, day.month, day.day)
        made.at = at
        return made

    def __repr__(self) -> str:
        return f"Moment({self.at or self.isoformat()})"


def end_of_day(day: date) -> datetime:
    """The last moment of a day on the reader's calendar, as the store writes it; of a `Moment`, that moment."""
    if isinstance(day, Moment) and day.at:
        return day.at
    end = datetime.combine(day, time.max)
    try:
        return end.astimezone().astimezone(UTC).replace(tzinfo=None)
    except (OverflowError, ValueError, OSError):  # the calendar's first and last days have no such moment elsewhere
        return end


def quoted(name: str) -> str:
    """A column or table name that comes from a contract, quoted for SQL (`class` is a word of SQL)."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text of the installation's own settings for the few statements that take no bound value."""
    return "'" + text.replace("'", "''") + "'"


class Held(Refused):
    """Another process holds the store's file."""


class Store:
    """An open store. Readers take a cursor each; writers take turns in `writing`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, *, writable: bool) -> None:
        self.path = path
        self.writable = writable
        self._connection = connection
        self._turn = threading.RLock()
        self._remembering = threading.Lock()
        self._results: OrderedDict[Hashable, object] = OrderedDict()
        # Goes up before and after every commit: odd while the data are newer than the version that is told.
        self._steps = 0
        self._computing = threading.local()
        if writable:
            _make_tables(connection)
        _make_views(connection, path)
        if writable:
            _in_one_transaction(connection, tally.count_what_is_there)
        # From here on no SQL can reach another file or the network, nor switch that back on.
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        self._version = self._newest_event(None)

    @classmethod
    def open(cls, path: Path) -> "Store":
        """Opens for reading and writing, and makes the file if there is none; `Refused` if another process holds it."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_file() and not path.stat().st_size:
                path.unlink()  # a process was stopped in the first instant of making it
        except OSError as error:
            raise _no_store(path, str(error.strerror)) from error
        store = cls(_attached(path, path), path, writable=True)
        _written_here.add(path)
        return store

    @classmethod
    def open_for_reading(cls, path: Path) -> "Store":
        """Opens without writing; where another process holds the file, a copy of its last committed state is read."""
        if not path.exists():
            raise Refused(_("There is no store at {path} yet. Run: python -m data prepare", path=path))
        try:
            return cls(_attached(path, path, read_only=True), path, writable=False)
        except Held:
            # Closing a second handle of the file in the process that writes it would give up that process's lock.
            if path in _written_here:
                raise
            return cls.open_copy(path)

    @classmethod
    def open_copy(cls, path: Path, *, writable: bool = False) -> "Store":
        """Opens a copy of the file's last committed state, which is gone with the store. writable: to try changes on it."""
        folder = Path(tempfile.mkdtemp(prefix="quality-"))
        try:
            store = cls(_attached(_copy(path, folder), path, read_only=not writable), path, writable=writable)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        weakref.finalize(store, shutil.rmtree, folder, ignore_errors=True)
        return store

    @classmethod
    def in_memory(cls) -> "Store":
        """An empty store that is gone with the process: to check a file where no store exists yet."""
        connection = duckdb.connect(":memory:", config=_CONFIG)
        connection.execute("attach ':memory:' as store")
        return cls(connection, Path(":memory:"), writable=True)

    def close(self) -> None:
        self._connection.close()
        if self.writable:
            _written_here.discard(self.path)

    @property
    def version(self) -> int:
        """The number of the newest event: it rises with every publish and withdrawal, and only then."""
        return self._version

    def version_at(self, as_of: datetime | None) -> int:
        """The newest event up to a moment: two moments with the same number have the same data."""
        return self._version if as_of is None else self._newest_event(as_of)

    @contextmanager
    def reading(self, as_of: datetime | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor whose views answer as of the moment (UTC; None: now)."""
        cursor = self._connection.cursor()
        try:
            if as_of is not None:
                cursor.execute("set variable as_of = ?::timestamp", [as_of])
            yield cursor
        finally:
            cursor.close()

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor in a transaction of its own: committed whole at the end, or not at all.

        `Refused` where the store is for reading only or the disk is full.
        """
        if not self.writable:
            raise Refused(_("The store was opened for reading only."))
        with self._turn, _told_of_a_full_disk(self.path), self.reading() as cursor:
            cursor.execute("begin transaction")
            try:
                yield cursor
                with self._changing():
                    cursor.execute("commit")
                    self._version = self._newest_event(None)
            except BaseException:
                # A commit that failed, on a full disk for example, has ended the transaction already.
                with suppress(duckdb.TransactionException):
                    cursor.execute("rollback")
                raise

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """While the data change: what is computed meanwhile may be of newer data than the version that its key names."""
        with self._remembering:
            self._steps += 1
        try:
            yield
        finally:
            with self._remembering:
                self._steps += 1

    @contextmanager
    def undone(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor in a transaction that is rolled back: to see what a change would do."""
        with self._turn, self.reading() as cursor:
            cursor.execute("begin transaction")
            try:
                yield cursor
            finally:
                cursor.execute("rollback")

    def remembered(self, key: Hashable, compute: Callable[[], Result]) -> Result:
        """What `compute` returned for the key before, or returns now. The key names all that the result depends on.

        A result is not kept where the data changed since the computing began that it is part of.
        """
        with self._remembering:
            if key in self._results:
                self._results.move_to_end(key)
                return cast(Result, self._results[key])
        with self._computing_since() as step:
            result = compute()
        with self._remembering:
            if step == self._steps and step % 2 == 0:
                self._results[key] = result
            if len(self._results) > KEPT_RESULTS:
                self._results.popitem(last=False)
        return result

    @contextmanager
    def _computing_since(self) -> Iterator[int]:
        """The step at which this thread began the outermost of the computings that it is in."""
        begun: int | None = getattr(self._computing, "step", None)
        if begun is not None:
            yield begun
            return
        self._computing.step = self._steps
        try:
            yield self._computing.step
        finally:
            del self._computing.step

    def prepare_views(self, prepare: Callable[[duckdb.DuckDBPyConnection], None]) -> None:
        """Lets a later room put its staging views beside those of the store."""
        prepare(self._connection)

    def _newest_event(self, as_of: datetime | None) -> int:
        with self.reading() as cursor:
            row = cursor.execute(
                "select coalesce(max(event_id), 0) from store.upload_event where occurred_at <= coalesce(?, timestamp 'infinity')",
                [as_of],
            ).fetchone()
        return int(row[0]) if row else 0


@contextmanager
def _told_of_a_full_disk(path: Path) -> Iterator[None]:
    try:
        yield
    except (duckdb.IOException, duckdb.TransactionException, duckdb.OutOfMemoryException) as error:
        raise Refused(
            _(
                "The store {path} cannot be written ({reason}). Nothing was changed in it. Make room on the disk and try again.",
                path=path,
                reason=str(error).splitlines()[0],
            )
        ) from error


_open_stores: dict[Path, Store] = {}
_opening = threading.Lock()


def shared(open_store: Callable[[Path], Store]) -> Store:
    """The process's one writable store, opened with `open_store` at first use."""
    path = path_from_environment()
    with _opening:
        if path not in _open_stores:
            _open_stores[path] = open_store(path)
        return _open_stores[path]


def share(store: Store) -> Store:
    """Makes a store that is open already the one that `shared` returns: for a command, which only reads."""
    with _opening:
        return _open_stores.setdefault(path_from_environment(), store)


@dataclass(frozen=True)
class Details:
    """What an upload is known by beside its file. All but `layout` and `note` are JSON.

    layout: fingerprint of the header; mapping: what its columns mean; scope: what it replaced whole; warnings: those
    that the uploader accepted.
    """

    layout: str | None = None
    mapping: str | None = None
    scope: str | None = None
    warnings: str | None = None
    note: str | None = None


def add_upload(
    cursor: duckdb.DuckDBPyConnection,
    dataset: str,
    file_name: str,
    sha256: str,
    rows: int,
    by: str,
    *,
    sample: bool,
    details: Details | None = None,
) -> int:
    """Writes an upload and its publishing event within the caller's transaction; returns the upload's number."""
    row = cursor.execute("select coalesce(max(upload_id), 0) + 1 from store.upload").fetchone()
    upload_id = int(row[0]) if row else 1
    cursor.execute(
        f"""insert into store.upload
        (upload_id, dataset, file_name, sha256, row_count, uploader, sample, {", ".join(_UPLOAD_DETAILS)})
        values ({", ".join("?" * (7 + len(_UPLOAD_DETAILS)))})""",
        [upload_id, dataset, file_name, sha256, rows, by, sample, *astuple(details or Details())],
    )
    _add_event(cursor, upload_id, "published", by)
    return upload_id


def withdraw(store: Store, upload_id: int, by: str) -> None:
    """Takes an upload back: what it replaced counts again. `Refused` if there is none or it is withdrawn already."""
    with store.writing() as cursor:
        if not _counts(cursor, upload_id):
            raise Refused(_("Upload {id} is withdrawn already.", id=upload_id))
        _add_event(cursor, upload_id, "withdrawn", by)
        tally.changed(cursor, _contract_of(cursor, upload_id), upload_id)


def restore(store: Store, upload_id: int, by: str) -> None:
    """Lets a withdrawn upload count again, in its old place in the order. `Refused` if there is none or it counts."""
    with store.writing() as cursor:
        if _counts(cursor, upload_id):
            raise Refused(_("Upload {id} counts already.", id=upload_id))
        _add_event(cursor, upload_id, "restored", by)
        tally.changed(cursor, _contract_of(cursor, upload_id), upload_id)


def _contract_of(cursor: duckdb.DuckDBPyConnection, upload_id: int) -> Contract:
    rows = cursor.execute("select dataset from store.upload where upload_id = ?", [upload_id]).fetchall()
    return contracts()[rows[0][0]]


def _counts(cursor: duckdb.DuckDBPyConnection, upload_id: int) -> bool:
    found = cursor.execute("select counts from upload where upload_id = ?", [upload_id]).fetchone()
    if found is None:
        raise Refused(_("There is no upload {id}. The list of uploads shows the numbers.", id=upload_id))
    return bool(found[0])


def _add_event(cursor: duckdb.DuckDBPyConnection, upload_id: int, action: str, actor: str) -> None:
    # Never before the newest event, even if the machine's clock was set back: as-of relies on the order.
    cursor.execute(
        """insert into store.upload_event
        select coalesce(max(event_id), 0) + 1, ?, ?, greatest(?::timestamp, max(occurred_at)), ? from store.upload_event""",
        [upload_id, action, utc_now(), actor],
    )


def note_definitions(store: Store, contents: Mapping[str, str]) -> None:
    """Remembers each indicator's definition text that is new or differs from the newest one remembered."""
    newest = definitions_at(store, datetime.max)
    noted = [(name, text) for name, text in contents.items() if newest.get(name) != text]
    if not noted:
        return
    moment = utc_now()
    with store.writing() as cursor:
        for name, text in noted:
            cursor.execute(
                "insert into store.definition values (?, ?, ?, ?)",
                [name, hashlib.sha256(text.encode()).hexdigest(), text, moment],
            )


def definitions_at(store: Store, moment: datetime) -> dict[str, str]:
    """Indicator → definition text as last remembered up to the moment (UTC)."""
    return _definitions(store, "seen_at <= ?", [moment])


def definitions_noted(store: Store) -> int:
    """How many definition texts were ever remembered: it rises whenever one more is."""
    with store.reading() as cursor:
        try:
            row = cursor.execute("select count(*) from store.definition").fetchone()
        except duckdb.CatalogException:
            return 0
    return int(row[0]) if row else 0


def first_definitions(store: Store) -> dict[str, str]:
    """Indicator → definition text of those that were remembered first of all, all at the same moment."""
    return _definitions(store, "seen_at = (select min(seen_at) from store.definition)", [])


def _definitions(store: Store, condition: str, values: list[object]) -> dict[str, str]:
    with store.reading() as cursor:
        try:
            rows = cursor.execute(
                f"select indicator, arg_max(content, rowid) from store.definition where {condition} group by indicator",
                values,
            ).fetchall()
        except duckdb.CatalogException:  # an older file that is opened for reading only remembers none
            return {}
    return dict(rows)


def _attached(file: Path, shown: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection with the file attached as `store`; `shown` is the path that a message names."""
    connection = duckdb.connect(":memory:", config=_CONFIG)
    mode = ", read_only" if read_only else ""
    try:
        connection.execute(f"attach {literal(str(file))} as store (type duckdb{mode})")
    except duckdb.Error as error:
        connection.close()
        raise _refusal(shown, str(error)) from error
    return connection


def _refusal(path: Path, error: str) -> Refused:
    holder = re.search(r"PID (\d+)", error)
    if holder is None:
        return _no_store(path, error.splitlines()[0])
    return Held(
        _(
            "The store {path} is held by process {pid} ({program}). Upload on that dashboard's page, or stop it and try again.",
            path=path,
            pid=holder[1],
            program=_program(holder[1]),
        )
    )


def _no_store(path: Path, reason: str) -> Refused:
    return Refused(
        _(
            "{path} cannot be opened as a store ({reason}). Restore it from a backup, or set QUALITY_STORE to another place.",
            path=path,
            reason=reason,
        )
    )


def _program(pid: str) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").split("\0")
    except OSError:
        return _("probably the dashboard")
    return " ".join(Path(word).name for word in words if word)[:60]


def _copy(path: Path, folder: Path) -> Path:
    """Copies the file and its log while another process holds them; tries again if they changed meanwhile."""
    files = [path, path.with_name(path.name + ".wal")]
    for _attempt in range(5):
        before = [_stamp(file) for file in files]
        for file in files:
            (folder / file.name).unlink(missing_ok=True)
            if file.exists():
                shutil.copyfile(file, folder / file.name)
        if before == [_stamp(file) for file in files]:
            return folder / path.name
    raise Refused(_("The store {path} is being written to. Try again in a minute.", path=path))


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except FileNotFoundError:
        return None
    return status.st_mtime_ns, status.st_size


def _make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes what is missing, all or nothing: a new dataset's table, or the column that a contract has gained."""
    connection.execute("begin transaction")
    for statement in _BOOKKEEPING:
        connection.execute(statement)
    stored = _stored_columns(connection)
    for name in _UPLOAD_DETAILS:
        _add_column(connection, stored, "upload", name, "varchar")
    for contract in contracts().values():
        columns = _fact_columns(contract)
        if contract.table not in stored:
            listed = ", ".join(f"{quoted(name)} {sql_type}" for name, sql_type in columns.items())
            connection.execute(f"create table store.{contract.table} ({listed})")
            continue
        for name, sql_type in columns.items():
            _add_column(connection, stored, contract.table, name, sql_type)
    tally.make_tables(connection, stored)
    connection.execute("commit")


def _add_column(
    connection: duckdb.DuckDBPyConnection, stored: Mapping[str, set[str]], table: str, name: str, sql_type: str
) -> None:
    if name not in stored[table]:
        connection.execute(f"alter table store.{table} add column {quoted(name)} {sql_type}")


def _stored_columns(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    """Table of the store's file → its columns."""
    stored: dict[str, set[str]] = {}
    for table, column in connection.execute(
        "select table_name, column_name from duckdb_columns() where database_name = 'store'"
    ).fetchall():
        stored.setdefault(table, set()).add(column)
    return stored


def _make_views(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    stored = _stored_columns(connection)
    if "upload_event" not in stored:
        raise _no_store(path, _("it holds no uploads"))
    absent = "".join(f", null::varchar as {name}" for name in _UPLOAD_DETAILS if name not in stored["upload"])
    connection.execute(_UPLOAD_VIEW.format(absent=absent))
    for contract in contracts().values():
        key = ", ".join(quoted(name) for name in contract.primaryKey)
        connection.execute(f"""create or replace view {contract.dataset} as
            select * exclude (removed) from (
                select f.* from ({_facts(contract, stored.get(contract.table, set()))}) f
                where upload_id in (select upload_id from upload where counts)
                qualify row_number() over (partition by {key} order by upload_id desc) = 1)
            where removed is not true""")
    tally.make_views(connection, stored)
    connection.execute(return_day_macro())  # rules between datasets read it


def _in_one_transaction(
    connection: duckdb.DuckDBPyConnection, change: Callable[[duckdb.DuckDBPyConnection], None]
) -> None:
    connection.execute("begin transaction")
    try:
        change(connection)
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise


def _facts(contract: Contract, stored: set[str]) -> str:
    """The dataset's rows in its contract's columns, also from an older file that is opened for reading only."""
    columns = [
        quoted(name) if name in stored else f"null::{sql_type} as {quoted(name)}"
        for name, sql_type in _fact_columns(contract).items()
    ]
    return f"select {', '.join(columns)} " + (f"from store.{contract.table}" if stored else "where false")


def _fact_columns(contract: Contract) -> dict[str, str]:
    """The contract's columns, where a row comes from, and whether it says that there is no longer a row of its key."""
    return {**contract.columns, "upload_id": "integer", "line": "bigint", "removed": "boolean"}
