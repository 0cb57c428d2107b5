"""What a page gives to take away: pictures of its charts, its slides as PowerPoint, all made when asked for."""

from functools import partial

import streamlit as st

from data.words import _
from pages.display import agendas, figures, pictures, recorded, sentences, show, show_made
from pages.display.views import Link, View
from queries.agendas import Agenda, Item


def offered(link: Link | None, view: View) -> None:
    """A button at the page's foot; what it hides is made when it is opened, so that a page stays as fast. None: no button."""
    if link is None:
        return
    with st.popover(_("Take away"), icon=":material/ios_share:", key="taken", on_change="rerun") as opened:
        if opened.open:
            _of_page(link, view)


def _of_page(link: Link, view: View) -> None:
    found, item = recorded.record(link, view), Item(None, str(link))
    title = agendas.told(item)
    drawn = {one.name: one.drawn for one in found.shown if isinstance(one, recorded.Figure)}
    state = sentences.state(view.as_of or view.today, view.version)
    show_made.offered_of_agenda(Agenda(title, None, (item,)), view, internal=view.viewer.internal)
    for file, one in zip(pictures.names(drawn), drawn.values(), strict=True):
        st.text(figures.alternative(one))
        with show.row():
            show.download(_("Save as PNG"), f"{file}.png", partial(pictures.made, one, "png", state=state))
            show.download(_("Save as SVG"), f"{file}.svg", partial(pictures.made, one, "svg", state=state))
