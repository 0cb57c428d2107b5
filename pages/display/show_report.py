"""The buttons by which a page makes a document and hands it out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import streamlit as st

from data.intake import Progress
from data.plan import plan
from data.words import N_, _
from pages.display import numbers, show_choices, show_made
from pages.display.report import export
from pages.display.report.content import Content, Form, Question
from pages.display.show_frame import View
from queries.opened import shared_store

# The ends of the halves of a year, the later one first.
HALVES = ((12, 31), (6, 30))
_INTERNAL = {"without": N_("left out"), "with": N_("included")}
_LABELS = {"docx": "Word (DOCX)", "xlsx": "Excel (XLSX)"}


def until(view: View) -> date | None:
    """The last day of the period that a report is about: of a half of a year since the plan began; None: up to now."""
    last = view.as_of or view.today
    halves = (date(year, *end) for year in range(last.year, plan().begins.year - 1, -1) for end in HALVES)
    days = {one.isoformat(): one for one in halves if plan().begins <= one < last}
    told = {"": _("up to now"), **{name: _("up to {day}", day=numbers.day(one)) for name, one in days.items()}}
    return days.get(show_choices.chosen(_("Period"), "until", list(told), told.__getitem__))


def question(view: View) -> Question:
    """What a document of the page is made of; internal records only where staff ask for them."""
    internal = (
        view.viewer.internal
        and show_choices.segment(_("Internal records"), "internal", list(_INTERNAL), lambda one: _(_INTERNAL[one]))
        == "with"
    )
    return Question(shared_store(), view.as_of, view.today, replace(view.viewer, internal=internal))


def downloads(view: View, asked: Question, write: Callable[[], Content], chosen: tuple[str, ...]) -> None:
    """What the office adds to a document, and a button for each kind of file; a file is made when it is asked for."""
    form = _form()

    def make(kind: str, report: Progress) -> tuple[str, bytes]:
        return export.made(kind, asked, write, form, report)

    done = _("Every number in it was read back and agrees with the data.")
    show_made.offered((view, chosen, form), _LABELS, make, done)


def _form() -> Form:
    with st.container(horizontal=True):
        addressee = st.text_input(_("Addressed to (may stay empty)"), key="addressee", max_chars=40)
        red_head = st.text_input(_("Red head: issuing office (may stay empty)"), key="red-head", max_chars=20)
    return Form(addressee.strip(), red_head.strip())
