"""A store that is ready to use: reference data in every store, sample data where somebody asked for them."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb

from data import pseudonym
from data.contract import contracts
from data.intake import Said, publish, silent
from data.problem import BrokenConfiguration, Refused
from data.samples.generate import files
from data.store import Store, path_from_environment, withdraw
from data.words import _

REFERENCE_FOLDER = Path(__file__).parent / "reference"
# Referenced before referring, as publishing them needs.
REFERENCE_FILES = ("area.csv", "preschool_published.csv")
SYSTEM = "system"


def opened(path: Path | None = None) -> Store:
    """The store at `path` (else where the installation keeps it) for writing, with the reference data in it."""
    store = Store.open(path or path_from_environment())
    add_reference(store)
    return store


def readable() -> Store:
    """The installation's store for reading; an empty one with the reference data where none was made yet."""
    path = path_from_environment()
    return Store.open_for_reading(path) if path.exists() else _empty()


def to_try_on() -> Store:
    """A store like the installation's on which changes can be tried, whoever holds that one."""
    path = path_from_environment()
    return Store.open_copy(path, writable=True) if path.exists() else _empty()


def _empty() -> Store:
    store = Store.in_memory()
    add_reference(store)
    return store


def add_reference(store: Store) -> None:
    """Publishes those of the product's own reference files that the store never had."""
    missing = set(REFERENCE_FILES) - _own_files(store)
    if missing:
        pseudonym.key()
    for name in REFERENCE_FILES:
        if name in missing:
            _publish_own(store, name, (REFERENCE_FOLDER / name).read_bytes(), sample=False)


def add_samples(store: Store, progress: Callable[[str], None]) -> None:
    """Publishes the invented sample data through the same door as every other file, those of them that are missing."""
    for name, content in files().items():
        if name not in _own_files(store):
            rows = _publish_own(store, name, content, sample=True)
            progress(_("sample data: {file}, {rows} rows", file=name, rows=rows))


def has_data(store: Store) -> bool:
    """Whether somebody has published, or all sample data are or were there."""
    with store.reading() as cursor:
        row = cursor.execute("select count(*) from upload where uploader <> ?", [SYSTEM]).fetchone()
    return bool(row and row[0]) or set(files()) <= _own_files(store)


def clear_samples(store: Store, by: str) -> int:
    """Withdraws every upload of sample data; returns how many there were."""
    with store.reading() as cursor:
        uploads = cursor.execute(
            "select upload_id from upload where sample and counts order by upload_id desc"
        ).fetchall()
    for (upload_id,) in uploads:
        withdraw(store, upload_id, by)
    return len(uploads)


def sample_datasets(store: Store, as_of: datetime | None = None) -> frozenset[str]:
    """The datasets of whose current rows some are invented."""
    with store.reading(as_of) as cursor:
        return frozenset(name for name in _with_sample_uploads(cursor) if _shows_samples(cursor, name))


def has_samples(store: Store, dataset: str, as_of: datetime | None = None) -> bool:
    """Whether some of a dataset's current rows are invented; to ask this of all takes half a second."""
    with store.reading(as_of) as cursor:
        return dataset in _with_sample_uploads(cursor) and _shows_samples(cursor, dataset)


def _with_sample_uploads(cursor: duckdb.DuckDBPyConnection) -> frozenset[str]:
    uploaded = cursor.execute("select distinct dataset from upload where sample and counts").fetchall()
    return frozenset(name for (name,) in uploaded)


def _shows_samples(cursor: duckdb.DuckDBPyConnection, dataset: str) -> bool:
    if contracts()[dataset].personal:
        return True  # looking through millions of results would cost more than the answer is worth
    found = cursor.execute(
        f"select 1 from {dataset} where upload_id in (select upload_id from upload where sample) limit 1"
    ).fetchone()
    return found is not None


def _own_files(store: Store) -> set[str]:
    """The names of the product's own files that were ever published, withdrawn ones too: those are not wanted back."""
    with store.reading() as cursor:
        return {
            name for (name,) in cursor.execute("select file_name from upload where uploader = ?", [SYSTEM]).fetchall()
        }


def _publish_own(store: Store, name: str, content: bytes, *, sample: bool) -> int:
    checked = publish(
        store, content, name, Path(name).stem, by=SYSTEM, sample=sample, progress=silent, said=Said(accept=True)
    )
    if checked.problems:
        raise BrokenConfiguration(f"{name}: {checked.problems[0]}")
    return checked.rows


def refuse_unknown(dataset: str | None, known: list[str]) -> None:
    """`Refused` with the datasets that exist, where the caller named one that does not."""
    if dataset is not None and dataset not in known:
        raise Refused(_("There is no dataset “{name}”. Choose one of: {known}", name=dataset, known=", ".join(known)))
