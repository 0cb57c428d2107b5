"""What every page has around it: language, moment, title, the mark of sample data, and the pages there are."""

import ast
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import cast

import streamlit as st

from data.plan import plan
from data.store import end_of_day
from data.words import _, language, languages, negotiate, pick, use
from pages.display import numbers, show, show_choices, tables
from queries import answers
from queries.opened import shared_store

PAGES = Path(__file__).parent.parent
# A file of our own: an icon by name would be fetched from the internet.
ICON_FILE = Path(__file__).parent / "icon.svg"

LANGUAGE_NAMES = {"zh_CN": "中文", "en": "English"}


@dataclass(frozen=True)
class View:
    """What a page's body depends on beside its own choices: while this is the same, so is what it draws."""

    version: int
    as_of: date | None
    language: str
    today: date

    @property
    def moment(self) -> datetime | None:
        """The end of the day that the reader asked for, as the store counts time; None: now."""
        return end_of_day(self.as_of) if self.as_of else None


@dataclass(frozen=True)
class PageFile:
    """A page as its file declares it: TITLE and ICON at its top; the name after the number is its address."""

    path: Path
    title: str
    icon: str

    @property
    def address(self) -> str:
        return self.path.stem.partition("_")[2]


@cache
def page_files() -> tuple[PageFile, ...]:
    """Every pages/NN_name.py, in the order of their numbers."""
    return tuple(_page_file(path) for path in sorted(PAGES.glob("[0-9]*_*.py")))


def _page_file(path: Path) -> PageFile:
    constants: dict[str, str] = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            value = node.value.args[0] if isinstance(node.value, ast.Call) and node.value.args else node.value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                constants[node.targets[0].id] = value.value
    return PageFile(path, constants["TITLE"], constants["ICON"])


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
    """The pages on top; the first one is the start."""
    # Before the pages are named: a page's icon would be fetched from the internet to stand in the browser's tab.
    st.set_page_config(page_title=pick(plan().short_title.pair()), page_icon=str(ICON_FILE), layout="wide")
    files = page_files()
    listed = [
        st.Page(file.path, title=_(file.title), icon=file.icon, url_path=file.address, default=file is files[0])
        for file in files
    ]
    return st.navigation(listed, position="top")


def head() -> View:
    """Draws the title line with the switches of day and language and returns what the page's body depends on."""
    as_of = _chosen_day()
    view = View(shared_store().version, as_of, language(), date.today())
    st.html(_style(view.language))
    with st.container(horizontal=True, vertical_alignment="center", key="head"):
        _title(view)
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
    if "view" not in st.session_state:
        navigation()
        st.rerun()
    return cast(View, st.session_state["view"])


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


@cache
def _style(_language: str) -> str:
    return tables.render(
        "style.html",
        picture=_("Save as picture"),
        choose=_("Choose a file"),
        limit=_("or drop it here · Excel, CSV, ZIP · at most 200 MB"),
    )


@show.remembered
def _title(shown: View) -> None:
    show.html(
        "head.html",
        title=pick(plan().short_title.pair()),
        subtitle=pick(plan().title.pair()),
        day=numbers.day(shown.as_of) if shown.as_of else None,
        sample=answers.any_sample(shared_store(), shown.as_of),
    )
