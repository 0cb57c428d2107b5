"""What tests of the pages share: a store with the sample data."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data import prepare
from data.store import Store
from queries.opened import with_views


@pytest.fixture(scope="session")
def store_with_samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a closed store that holds the sample data."""
    folder = tmp_path_factory.mktemp("samples")
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("QUALITY_KEY", str(folder / "pseudonym.key"))
        made = prepare.opened(folder / "quality.duckdb")
        prepare.add_samples(made, lambda _text: None)
        made.close()
    return folder / "quality.duckdb"


@pytest.fixture(scope="session")
def samples(store_with_samples: Path) -> Iterator[Store]:
    """The sample data, for reading only."""
    opened = with_views(Store.open_for_reading(store_with_samples))
    yield opened
    opened.close()
