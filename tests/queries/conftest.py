"""What tests of answers share: a store with the sample data, small files, and a clock that can be set."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from data import store as store_module
from data.store import Store
from queries import answers
from queries.catalogue import Definition, catalogue
from tests.lending import Lender

Publish = Callable[[str, str], int]

REGISTER_HEADER = "institution_id,valid_from,name,area,kind,ownership,recognised_from,recognised_to,main_urban"
RETURN_HEADER = "school_year,institution_id,stage,pupils,classes"


@pytest.fixture
def sample_store(store_with_samples: Path, lender: Lender) -> Iterator[Store]:
    """The sample data in a store that the test may change."""
    with lender.lent(store_with_samples) as lent:
        yield lent


@pytest.fixture
def register(publish: Publish) -> Callable[..., int]:
    """Publishes rows of the register of institutions; returns the upload's number."""
    return lambda *rows: publish("institution", "\n".join([REGISTER_HEADER, *rows]) + "\n")


@pytest.fixture
def returns(publish: Publish) -> Callable[..., int]:
    """Publishes rows of the annual return; returns the upload's number."""
    return lambda *rows: publish("enrolment", "\n".join([RETURN_HEADER, *rows]) + "\n")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """Moments that the store's next events happen at."""
    moments: list[datetime] = []
    monkeypatch.setattr(store_module, "utc_now", lambda: moments.pop(0))
    return moments


@pytest.fixture
def define(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Definition]:
    """Adds an indicator to the catalogue: one that there is, under a new name and with some keys changed."""
    added: dict[str, Definition] = {}
    monkeypatch.setattr(answers, "catalogue", lambda: {**catalogue(), **added})

    def of(name: str, like: str, **changes: object) -> Definition:
        added[name] = catalogue()[like].model_copy(update={"id": name, **changes})
        return added[name]

    return of
