"""What every test gets: a store, a key and a home folder of its own, and English as the reader's language."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from data import contract, intake, prepare, words
from data.configuration import ROOT
from data.store import Store
from queries.opened import with_views
from tests.lending import Lender

INSTITUTIONS = """学校代码,生效日期,学校名称,所在区,学校类别,办别,是否主城区
3905000123,2015-09-01,示例幼儿园,信都区,幼儿园,教育部门办,是
3905000456,2015-09-01,示例高中,襄都区,高中,教育部门办,是
"""
EXAMS = """考试代码,科目,考试名称,考试日期,学段,年级,满分
2021-11-G3,语文,2021年11月高三联考,2021-11-12,高中,高三,150
2021-11-G3,数学,2021年11月高三联考,2021-11-12,高中,高三,150
"""

# A busy machine is no fault of the product: no example is judged by how long it takes.
settings.register_profile("product", deadline=None)
settings.load_profile("product")

Publish = Callable[[str, str], int]
Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an installation of its own."""
    _install(tmp_path, monkeypatch)
    words.use("en")
    return tmp_path


def _install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALITY_STORE", str(folder / "quality.duckdb"))
    monkeypatch.setenv("QUALITY_KEY", str(folder / "pseudonym.key"))
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("QUALITY_LANG", "en")


@pytest.fixture(scope="session")
def store_with_reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a closed store that holds the reference data: a copy opens several times faster than a new one is made."""
    folder = tmp_path_factory.mktemp("reference")
    with pytest.MonkeyPatch.context() as monkeypatch:
        _install(folder, monkeypatch)
        prepare.opened(folder / "quality.duckdb").close()
    return folder / "quality.duckdb"


@pytest.fixture(scope="session")
def lender(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lender]:
    made = Lender(tmp_path_factory.mktemp("lent"))
    yield made
    made.close()


@pytest.fixture
def store(
    installation: Path, store_with_reference: Path, lender: Lender, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    """The installation's store with the reference data and the staging views."""
    with lender.lent(store_with_reference) as lent:
        monkeypatch.setenv("QUALITY_STORE", str(lent.path))
        yield lent


@pytest.fixture(scope="session")
def reference(store_with_reference: Path) -> Iterator[Store]:
    """The reference data alone, for reading only."""
    opened = with_views(Store.open_for_reading(store_with_reference))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def store_with_samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a closed store that holds the sample data."""
    folder = tmp_path_factory.mktemp("samples")
    with pytest.MonkeyPatch.context() as monkeypatch:
        _install(folder, monkeypatch)
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


@pytest.fixture
def publish(store: Store) -> Publish:
    """Publishes a text that has no problems; returns the upload's number."""

    def published(dataset: str, text: str) -> int:
        checked = intake.publish(
            store, text.encode(), f"{dataset}.csv", dataset, by="test", said=intake.Said(accept=True)
        )
        assert checked.problems == ()
        assert checked.upload is not None
        return checked.upload

    return published


@pytest.fixture
def school_store(store: Store, publish: Publish) -> Store:
    """The store with a kindergarten, a school and an exam of two papers in it."""
    publish("institution", INSTITUTIONS)
    publish("exam", EXAMS)
    return store


@pytest.fixture
def contract_folder(installation: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the contracts that the test may change; `contracts.cache_clear()` makes a change known."""
    folder = installation / "contracts"
    shutil.copytree(contract.FOLDER, folder)
    monkeypatch.setattr(contract, "FOLDER", folder)
    contract.contracts.cache_clear()
    yield folder
    contract.contracts.cache_clear()


@pytest.fixture
def command() -> Command:
    """Runs `python -m data …` in a process of its own."""

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        words_given = [str(argument) for argument in arguments]
        return subprocess.run(
            [sys.executable, "-m", "data", *words_given],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )

    return run
