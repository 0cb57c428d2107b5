"""Stores that tests of pages share: opening one takes as long as a page does, and what was answered is kept with it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import prepare
from data.store import Store
from queries.opened import shared_store

FAILED = "A page could not be shown"

# A store's file → its copy that is open.
Copies = dict[Path, Path]


@pytest.fixture(autouse=True)
def no_page_fails(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """What goes wrong in a page is told to its reader in a sentence and to the log: no test may pass over that."""
    yield
    told = [one for one in caplog.get_records("call") if one.getMessage() == FAILED]
    assert not told or (told[0].exc_info and isinstance(told[0].exc_info[1], Expected)), told


class Expected(Exception):
    """What a test lets go wrong in a page."""


@pytest.fixture(scope="session")
def copies() -> Copies:
    return {}


@pytest.fixture(scope="session")
def store_without_samples(store_with_samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a closed store whose sample data were cleared."""
    file = tmp_path_factory.mktemp("cleared") / "quality.duckdb"
    shutil.copyfile(store_with_samples, file)
    cleared = prepare.opened(file)
    prepare.clear_samples(cleared, "测试员")
    cleared.close()
    return file


@pytest.fixture
def with_samples(
    installation: Path, store_with_samples: Path, copies: Copies, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    """The pages' own store, with the sample data. A test may change it: the next one then gets another."""
    yield from _looked_at(store_with_samples, copies, installation, monkeypatch)


@pytest.fixture
def with_samples_cleared(
    installation: Path, store_without_samples: Path, copies: Copies, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    """The same with the sample data taken away."""
    yield from _looked_at(store_without_samples, copies, installation, monkeypatch)


@pytest.fixture
def with_reference(
    installation: Path, store_with_reference: Path, copies: Copies, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    """The same with the reference data alone."""
    yield from _looked_at(store_with_reference, copies, installation, monkeypatch)


def _looked_at(original: Path, copies: Copies, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    if original not in copies:
        copies[original] = folder / "looked_at.duckdb"
        shutil.copyfile(original, copies[original])
    monkeypatch.setenv("QUALITY_STORE", str(copies[original]))
    store = shared_store()
    before = store.version
    yield store
    if store.version != before:
        store.close()
        del copies[original]
