"""A store that holds the small exam, made once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import intake, prepare
from data.store import Store
from queries.opened import with_views
from tests.queries.exams import small_exam


@pytest.fixture(scope="session")
def exam_store(tmp_path_factory: pytest.TempPathFactory, store_with_reference: Path) -> Iterator[Store]:
    """The small exam, not to be changed."""
    path = tmp_path_factory.mktemp("exam") / "quality.duckdb"
    shutil.copyfile(store_with_reference, path)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("QUALITY_KEY", str(path.parent / "key"))
        opened = with_views(prepare.opened(path))
        small_exam.publish_all(publisher(opened), small_exam.pupils())
        yield opened
        opened.close()


def publisher(store: Store) -> small_exam.Publish:
    def publish(dataset: str, text: str) -> int:
        done = intake.publish(store, text.encode(), f"{dataset}.csv", dataset, by="test", said=intake.Said(accept=True))
        assert done.upload is not None, done.problems
        return done.upload

    return publish
