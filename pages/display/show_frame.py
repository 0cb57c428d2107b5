"""What every page has around it: language, moment, title, the mark of sample data, and the pages there are."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast
from urllib.parse import urlencode

import streamlit as st

from data.plan import plan
from data.words import _, language, languages, negotiate, pick, use
from pages.display import numbers, recorded, show, show_choices, tables
from pages.display.views import Link
from pages.display.views import PageFile as PageFile
from pages.display.views import View as View
from pages.display.views import page_files as page_files
from pages.display.views import pages_of as pages_of
from queries import answers
from queries.opened import shared_store

# A file of our own: an icon by name would be fetched from the internet.
ICON_FILE = Path(__file__).parent / "icon.svg"

# What a browser on the installation's own machine calls it, and what a web server between it and a browser adds.
OWN_HOSTS = ("localhost", "127.0.0.1", "[::1]")
FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via")

LANGUAGE_NAMES = {"zh_CN": "中文", "en": "English"}


def choose_language() -> None:
    """The link's language, else the one chosen before, else the browser's; it is kept in the link."""
    given = st.query_params.get("lang")
    wished = given if given in languages() else st.session_state.get("language") or negotiate(st.context.locale)
    use(wished)
    st.session_state["language"] = wished
    if given not in (None, wished):
        show_choices.notice(given, LANGUAGE_NAMES.get(wished, wished))
    if given != wished:
        st.query_params["lang"] = wished


def navigation() -> st.Page:
    """The pages on top, those of a section behind its name; the first page is the start."""
    # Before the pages are named: a page's icon would be fetched from the internet to stand in the browser's tab.
    st.set_page_config(page_title=pick(plan().short_title.pair()), page_icon=str(ICON_FILE), layout="wide")
    files = page_files()
    listed: dict[str, list[st.Page]] = {}
    for file in files:
        page = st.Page(file.path, title=_(file.title), icon=file.icon, url_path=file.address, default=file is files[0])
        listed.setdefault(_(file.section) if file.section else "", []).append(page)
    return st.navigation(listed, position="top")


def head(address: str) -> View:
    """Draws the title line with the switches of day and language and returns what the page's body depends on.

    address: the page's, empty for the first one.
    """
    as_of = _chosen_day()
    view = View(shared_store().version, as_of, language(), date.today(), viewer())
    st.html(tables.style(view.language))
    with st.container(horizontal=True, vertical_alignment="center", key="head"):
        _title(view, *_meeting_links(address))
        _day_switch(as_of)
        st.session_state["language-switch"] = language()
        st.segmented_control(
            _("Language"),
            languages(),
            format_func=lambda one: LANGUAGE_NAMES.get(one, one),
            required=True,
            key="language-switch",
            on_change=_switch_language,
            label_visibility="collapsed",
        )
    return view


def view() -> View:
    """The view that the frame drew around this page; a page asks for it first.

    A server whose first visitor comes by a page's own address runs that page without `dashboard.py`, because there is a
    folder called pages; naming the pages as `dashboard.py` does ends that for good, and the run begins again.
    """
    if page := recorded.current():
        return page.view
    if "view" not in st.session_state:
        navigation()
        st.rerun()
    return cast(View, st.session_state["view"])


def viewer() -> answers.Viewer:
    """Who is looking: staff if the installation says so, and below schools only who sits at its own machine."""
    return replace(answers.viewer_from_environment(), below_school=is_local())


def is_local() -> bool:
    """Whether the browser runs on the installation's own machine and asks it directly, by a name of this machine.

    Streamlit gives no address for a connection from this machine, but neither where it knows none: then there is no name of
    a host either. A web server in between would make everybody local, so one that says that it forwards makes nobody so.
    """
    headers = st.context.headers
    host = (headers.get("Host") or "").lower()
    named = host if host.endswith("]") else host.rpartition(":")[0] or host
    return st.context.ip_address is None and named in OWN_HOSTS and not any(name in headers for name in FORWARDED)


def _chosen_day() -> date | None:
    """The link's day, else the one chosen before, which the menu of pages leaves out of the link; None: now."""
    kept = st.session_state.get("kept-day")
    if kept and "as_of" not in st.query_params:
        st.query_params["as_of"] = kept
    as_of = show_choices.day("as_of")
    st.session_state["kept-day"] = as_of.isoformat() if as_of else None
    return as_of


def _day_switch(as_of: date | None) -> None:
    """A calendar behind a button; while an earlier day is shown, also the way back."""
    st.session_state["day-switch"] = as_of
    with st.popover(_("Earlier state"), icon=":material/history:"):
        show_choices.calendar(_("Show what was known at the end of"), as_of, "day-switch", _switch_day)
    if as_of:
        st.button(_("Back to now"), type="primary", icon=":material/update:", on_click=_back_to_now)


def _switch_day() -> None:
    day = st.session_state["day-switch"]
    if day is None:
        _back_to_now()
    else:
        st.query_params["as_of"] = day.isoformat()


def _back_to_now() -> None:
    st.query_params.pop("as_of", None)
    st.session_state["kept-day"] = None


def _switch_language() -> None:
    st.query_params["lang"] = st.session_state["language-switch"]


def shown_link(address: str) -> Link | None:
    """The link of the page that is shown, with its choices; None of one that cannot be presented or taken away."""
    file = Link(address).file
    if file is None or not file.recordable:
        return None
    return Link.of(f"{file.address}?{urlencode(st.query_params.to_dict())}")


def _meeting_links(address: str) -> tuple[str | None, str | None]:
    """Where this page is presented, and where it is added to an agenda."""
    link = shown_link(address)
    if link is None:
        return None, None
    day = st.query_params.get("as_of")
    return tables.link("", present="page", view=link, as_of=day), tables.link("agendas", add=link)


@show.remembered
def _title(shown: View, present: str | None, add: str | None) -> None:
    show.html(
        "head.html",
        title=pick(plan().short_title.pair()),
        subtitle=pick(plan().title.pair()),
        day=numbers.day(shown.as_of) if shown.as_of else None,
        sample=answers.any_sample(shared_store(), shown.as_of),
        present=present,
        add=add,
    )
