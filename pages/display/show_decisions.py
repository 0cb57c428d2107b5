"""The two forms about decisions: to note one, and to close one."""

from collections.abc import Mapping, Sequence

import streamlit as st

from data.contract import contracts
from data.words import _
from pages.display import decisions, sentences, show, show_choices, show_entered, show_frame
from pages.display.show_editor import Options
from queries import answers
from queries.decisions import Decision, State

DATASET = "decision"
CLOSING = ("closed_on", "closed_by", "outcome")


def note(view: show_frame.View, indicator: str | None, areas: Mapping[str, str]) -> None:
    """The form for a new decision; indicator: the one that it begins with."""
    show.heading(_("Note a decision"))
    asked = ("indicator", "area", "task", "owner", "due_on", "decided_on", "meeting")
    begins = {"indicator": indicator, "decided_on": view.today}
    visible = answers.visible(view.viewer)
    code = st.session_state.setdefault("decision-code", decisions.new_code(view.today))
    made = show_entered.Form(
        f"decision-{indicator}",
        DATASET,
        {name: begins.get(name) for name in asked},
        {"decision_id": code},
        _("Note the decision"),
        _("entered on the page “Decisions”"),
        {
            "indicator": Options(list(visible), lambda one: sentences.title(visible[one])),
            "area": Options(list(areas), lambda one: areas.get(one, one)),
        },
        past=("decided_on",),
    )
    if show_entered.form(view, made):
        st.session_state.pop("decision-code")
        st.rerun()


def close(view: show_frame.View, found: Sequence[Decision]) -> None:
    """Asks which of the open decisions is done, and for the form's fields; nothing where none is open."""
    pending = {one.decision_id: one for one in found if one.state != State.CLOSED}
    if not pending:
        return
    show.heading(_("Close a decision"))
    chosen = show_choices.chosen(_("Decision"), "close", list(pending), lambda one: decisions.brief(pending[one]))
    one = pending[chosen]
    made = show_entered.Form(
        f"decision-close-{chosen}",
        DATASET,
        {name: view.today if name == "closed_on" else None for name in CLOSING},
        {name: getattr(one, name) for name in contracts()[DATASET].columns if name not in CLOSING},
        _("Close the decision"),
        _("closed on the page “Decisions”"),
        past=("closed_on",),
        by="closed_by",
    )
    if show_entered.form(view, made):
        st.query_params.pop("close", None)
        st.rerun()
