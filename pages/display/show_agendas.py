"""The page of agendas: presenting one, and editing it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

from data.contract import contracts
from data.intake import Said
from data.words import _
from pages.display import agendas as said
from pages.display import sentences, show, show_editor, show_intake, show_made, tables
from pages.display.views import View
from queries.agendas import Agenda, Item


@dataclass(frozen=True)
class Entered:
    """What an agenda begins with on the page."""

    name: str
    held_on: date | None
    items: tuple[Item, ...]
    stored: bool = False


def begun(view: View, found: Mapping[str, Agenda]) -> Entered | None:
    """Asks for a new agenda's name and day, and what it begins as a copy of; None until it has a name of its own."""
    with show.row():
        name = st.text_input(_("Name of the meeting"), key="agenda-name", max_chars=60).strip()
        day = st.date_input(_("Held on"), None, key="agenda-day", format="YYYY-MM-DD")
        like = st.selectbox(
            _("Begin as a copy of"), list(found), index=None, placeholder=_("the usual items"), key="agenda-like"
        )
    if not name or name in found:
        taken = _("There is an agenda of this name already; choose it above.")
        show.note(taken if name else _("Give the meeting a name; then its items can be entered."))
        return None
    held_on = day if isinstance(day, date) else None
    return Entered(name, held_on, found[like].items if like else said.begun(found, held_on, view.today))


def to_present(view: View, agenda: Agenda) -> None:
    """The links that present an agenda, and the files of it to take away."""
    for problem in said.problems(agenda.items):
        st.warning(show.plain(problem), icon=":material/link_off:")
    show.html(
        "agenda.html",
        agenda=agenda,
        present=tables.link("", present=agenda.name, as_of=view.as_of),
        internal=tables.link("", present=agenda.name, internal="1", as_of=view.as_of) if view.viewer.internal else None,
        told=said.told,
    )
    show_made.offered_of_agenda(agenda, view, internal=False)


def edited(view: View, begins: Entered, added: str | None) -> None:
    """The items as a table to edit; what was changed is published under a person's name."""
    show.heading(_("Items of the agenda"))
    key = f"agenda-{hash((begins, added))}"
    entered = show_editor.editor(said.fields(), said.rows(begins.items, added), key, {}, disabled=False)
    items = said.items(entered)
    if begins.stored and items == begins.items:
        return
    with show.row():
        by = st.text_input(_("Who answers for the agenda"), key="agenda-by", max_chars=60).strip()
        ready = bool(by and items)
        pressed = st.button(_("Save the agenda"), type="primary", icon=":material/save:", disabled=not ready)
    if pressed:
        _save(view, begins.name, said.content(begins.name, begins.held_on, items), by)


def _save(view: View, name: str, draft: bytes, by: str) -> None:
    chosen = Said(replace={"agenda": name}, accept=True, note=_("entered on the page “Agendas”"))
    file_name = f"{sentences.dataset('agenda')} {name}.csv"
    checked, _moved = show_intake.looked_at(view, draft, file_name, "agenda", chosen)
    if checked.problems:
        show.html("checked.html", checked=checked, contract=contracts()["agenda"])
        return
    show_intake.published(draft, checked, by, chosen)
    st.query_params.pop("add", None)
    st.query_params["agenda"] = name
    st.rerun()
