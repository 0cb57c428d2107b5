"""Meeting mode: the page gives way to a stage with the slides of an agenda, which the link names.

`present`: the agenda's name; `view`: the link of a single page instead; `locked`: the moment whose data are shown;
`internal`: the presenter, who must be entitled, wants internal figures; `item`: the slide that is shown.
"""

from datetime import UTC, date, datetime

import streamlit as st

from data import days
from data.store import end_of_day, utc_now
from data.words import _, language
from pages.display import meeting, show, show_frame, tables
from pages.display.views import Link, View
from queries.agendas import Agenda, Item, agendas
from queries.opened import shared_store

_stage = st.components.v2.component(
    "stage", css=meeting.asset("stage.css"), js=meeting.asset("stage.js"), isolate_styles=False
)


def asked() -> bool:
    """Whether the link asks for a meeting."""
    return "present" in st.query_params


def present() -> None:
    """The stage. The meeting is locked to the moment of the link, or, where it has none, to now, which the link then keeps."""
    view = meeting.locked(_viewed(), _moment(), internal="internal" in st.query_params)
    agenda = _agenda(view)
    if agenda is None or not agenda.items:
        st.error(_("There is no agenda “{name}”.", name=show.plain(st.query_params["present"])))
        st.html(tables.style(language()) + tables.render("meeting_none.html"))
        return
    key = f"stage-{view!r}-{agenda!r}"
    if st.session_state.get("stage-key") != key:
        with show.progress(_("Preparing the slides")) as report:
            shown, left_out = meeting.shown(agenda, view, report)
            st.session_state["stage"] = list(meeting.stage(shown, view)), left_out
        st.session_state["stage-key"] = key
    slides, left_out = st.session_state["stage"]
    st.html(tables.style(language()))
    frame = meeting.frame(agenda, view, left_out)
    _stage(key="stage", data={**frame, "slides": slides, "start": _start(), "key": "item", "home": _home()})


def _viewed() -> View:
    return View(shared_store().version, None, language(), date.today(), show_frame.viewer())


def _moment() -> datetime:
    """The link's moment, else the end of the day it asks for; what makes no sense, or lies ahead, is replaced by now."""
    now = utc_now()
    try:
        if "locked" in st.query_params:
            found = datetime.fromisoformat(st.query_params["locked"])
            days.read(found.date().isoformat())
            # Without a zone it is UTC, as the store counts.
            found = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).replace(tzinfo=None)
        else:
            found = end_of_day(days.read(st.query_params.get("as_of", "")))
    except ValueError:
        found = now
    found = min(found, now)
    st.query_params["locked"] = found.isoformat()
    return found


def _agenda(view: View) -> Agenda | None:
    if "view" in st.query_params:
        return Agenda("", None, (Item(None, st.query_params["view"]),))
    # The agenda itself may be changed while it is shown: the link's moment is about the data.
    return agendas(shared_store()).get(st.query_params["present"])


def _start() -> int:
    given = st.query_params.get("item", "1")
    return int(given) if given.isdecimal() and len(given) < 5 else 1


def _home() -> str:
    """Where the meeting was entered from, as of the day that was looked at there."""
    as_of = st.query_params.get("as_of")
    if "view" in st.query_params:
        link = Link.of(st.query_params["view"])
        return tables.link(link.page, **link.parameters, as_of=as_of) if link.file else tables.link("", as_of=as_of)
    return tables.link("agendas", agenda=st.query_params["present"], as_of=as_of)
