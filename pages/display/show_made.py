"""Files that take a while to make: a button makes one, with progress and a way to stop it; then it is handed out."""

from collections.abc import Callable, Mapping

import streamlit as st

from data.intake import Progress
from data.problem import Refused
from data.words import _
from pages.display import meeting, pictures, show
from pages.display.report import pack
from pages.display.views import View
from queries.agendas import Agenda

# The kinds of file that an agenda becomes.
OF_AGENDA = {"pptx": "PowerPoint (PPTX)", "html": "HTML"}

Make = Callable[[str, Progress], tuple[str, bytes]]


def offered(key: object, kinds: Mapping[str, str], make: Make, done: str = "") -> None:
    """A button for every kind of file (kind → what it is called), and the file that was made last.

    key: what the file depends on: of another one it is forgotten. done: said of a finished file.
    """
    with show.row():
        wanted = [one for one, name in kinds.items() if st.button(_("Make {kind}", kind=name), key=f"make-{one}")]
    for kind in wanted:
        _make(key, kind, make)
    kept = st.session_state.get("made")
    if kept and kept[0] == key:
        name, content = kept[1]
        if done:
            st.success(done, icon=":material/fact_check:")
        show.download(_("Save {name}", name=name), name, lambda: content)


def offered_of_agenda(agenda: Agenda, view: View, *, internal: bool) -> None:
    """An agenda as the files that need no server, locked to the day of the view."""

    def make(kind: str, report: Progress) -> tuple[str, bytes]:
        written = meeting.deck if kind == "pptx" else pack.made
        return f"{pictures.names([agenda.name])[0]}.{kind}", written(
            agenda, meeting.locked(view, internal=internal), report
        )

    offered((agenda, view), OF_AGENDA, make)


def _make(key: object, kind: str, make: Make) -> None:
    """Keeps the finished file for the session, or says why there is none. Stopping it runs the page anew."""
    st.session_state.pop("made", None)
    stop = st.empty()
    stop.button(_("Stop"), icon=":material/stop_circle:", key=f"stop-{kind}")
    try:
        with show.progress(_("Making the document")) as report:
            st.session_state["made"] = (key, make(kind, report))
    except Refused as refusal:
        st.error(_("The document was not made."), icon=":material/error:")
        show.html("notice.html", text=refusal)
    stop.empty()
