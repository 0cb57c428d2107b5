"""What tests of this room share: stores without the views of the next one, which take most of the time to make."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import prepare
from data.store import Store


@pytest.fixture
def store(installation: Path, store_with_reference: Path) -> Iterator[Store]:
    """A store with the reference data."""
    shutil.copyfile(store_with_reference, installation / "quality.duckdb")
    opened = prepare.opened(installation / "quality.duckdb")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def checked_against(store_with_reference: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The same for tests that check files and publish none."""
    file = tmp_path_factory.mktemp("checked") / "quality.duckdb"
    shutil.copyfile(store_with_reference, file)
    opened = prepare.opened(file)
    yield opened
    opened.close()
