"""The agendas of meetings: which pages are shown in which order; to present, to copy, to hand out."""

import streamlit as st

from data.words import N_, _
from pages.display import agendas as said
from pages.display import show, show_agendas, show_choices, show_frame, show_intake
from queries.agendas import agendas
from queries.opened import shared_store

TITLE = N_("Agendas")
SECTION = N_("Meetings")
ICON = ":material/co_present:"

view = show_frame.view()
found = agendas(shared_store(), view.as_of)
show_intake.done()
if view.as_of and not found:
    show.note(_("There was no agenda by then."))
    show.end()
names = [*found, *([] if view.as_of else [said.NEW])]
name = show_choices.chosen(_("Agenda"), "agenda", names, lambda one: _("New agenda") if one == said.NEW else one)
if name == said.NEW:
    entered = show_agendas.begun(view, found)
else:
    show_agendas.to_present(view, found[name])
    entered = show_agendas.Entered(name, found[name].held_on, found[name].items, stored=True)
if entered and not view.as_of:
    show_agendas.edited(view, entered, st.query_params.get("add"))
