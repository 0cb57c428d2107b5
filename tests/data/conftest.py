"""What tests of this room share."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import prepare
from data.store import Store


@pytest.fixture(scope="session")
def checked_against(store_with_reference: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the reference data, for tests that check files and publish none."""
    file = tmp_path_factory.mktemp("checked") / "quality.duckdb"
    shutil.copyfile(store_with_reference, file)
    opened = prepare.opened(file)
    yield opened
    opened.close()
