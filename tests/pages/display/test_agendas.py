"""An agenda that a person enters, as a file of its dataset."""

from datetime import date

import pytest

from data import intake
from data.intake import Said
from data.store import Store
from pages.display import agendas as said
from queries.agendas import Agenda, Item, agendas

# Spreadsheets would run these; the intake, which alone reads the file, does not.
SIGNS = ("=", "+", "-", "@", "＝")


@pytest.mark.parametrize("sign", SIGNS)
def test_texts_that_begin_like_a_formula_are_kept_as_they_were_entered(sign: str, store: Store) -> None:
    name, items = f"{sign}会议", (Item(f"{sign}1 议题", "overview", (), 5), Item(None, "plan", ("one",), None))
    draft = said.content(name, date(2022, 10, 20), items)
    chosen = Said(replace={"agenda": name}, accept=True)
    assert intake.publish(store, draft, "f.csv", "agenda", by="王芳", said=chosen).problems == ()
    assert agendas(store)[name] == Agenda(name, date(2022, 10, 20), items)
