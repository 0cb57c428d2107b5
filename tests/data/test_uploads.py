"""The history of uploads, as every surface shows it."""

import gc
import json
import weakref
from collections.abc import Callable
from datetime import UTC, datetime

from data.store import Store, utc_now, withdraw
from data.uploads import history

ROW = "year,area,age,persons\n2020,信都区,3,1\n"


def test_the_newest_upload_stands_first(store: Store, publish: Callable[[str, str], int]) -> None:
    numbers = [publish("population", ROW) for _time in range(3)]
    assert [upload.upload_id for upload in history(store)] == [*reversed(numbers), 2, 1]


def test_moments_are_in_utc(store: Store, publish: Callable[[str, str], int]) -> None:
    before = datetime.now(UTC)
    upload = publish("population", ROW)
    withdraw(store, upload, "test")
    found = history(store)[0]
    assert found.withdrawn_at is not None
    assert before <= found.published_at <= found.withdrawn_at <= datetime.now(UTC)
    assert utc_now().tzinfo is None


def test_an_upload_becomes_json(store: Store, publish: Callable[[str, str], int]) -> None:
    upload = publish("population", ROW)
    withdraw(store, upload, "王五")
    newest, reference = history(store)[0].as_dict(), history(store)[-1].as_dict()
    assert json.loads(json.dumps(newest)) == newest
    assert set(newest) == {
        "upload_id", "dataset", "file_name", "sha256", "rows", "uploader", "sample", "published_at", "withdrawn_at", "withdrawn_by",
        "mapping", "scope", "warnings", "note", "kept",
    }  # fmt: skip
    assert (newest["upload_id"], newest["rows"], newest["withdrawn_by"]) == (upload, 1, "王五")
    assert datetime.fromisoformat(str(newest["published_at"])).tzinfo is not None
    assert (reference["withdrawn_at"], reference["withdrawn_by"]) == (None, None)


def test_a_history_keeps_no_store_open(store: Store) -> None:
    store.close()
    reader = Store.open_for_reading(store.path)
    history(reader)
    seen = weakref.ref(reader)
    del reader
    gc.collect()
    assert seen() is None
