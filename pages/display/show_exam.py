"""Choosing the exam that a page is about, and the state of it that is shown."""

from dataclasses import replace

from data.words import _
from pages.display import exam as said
from pages.display import show, show_choices, show_frame
from queries.exams import setup
from queries.exams.access import changed_since, may_see_schools
from queries.opened import shared_store


def view() -> show_frame.View:
    """What a page about an exam depends on: for who may not see schools its results as they are known now.

    Two states of an exam side by side would tell what a single late or corrected pupil brought, whatever each withholds.
    """
    asked = show_frame.view()
    store = shared_store()
    if asked.as_of is None or may_see_schools(asked.viewer) or not setup.exams(store, asked.as_of):
        return asked
    if not changed_since(store, store.version_at(asked.moment)):
        return asked
    show.note(
        _(
            "Exam results changed after that day. They are shown as they are known now, lest two states tell of single pupils."
        )
    )
    return replace(asked, as_of=None, version=store.version)


def chosen(view: show_frame.View, title: str) -> setup.Exam:
    """The exam of the link, else the usual one. Where there are no results at all the page says who owes them, and ends."""
    known = {one.id: one for one in setup.exams(shared_store(), view.as_of)}
    if not known:
        show.html("captions.html", captions=[], heading=_(title))
        show.note(said.lacking())
        show.end()
    usual = setup.usual(shared_store(), view.as_of)
    exam = show_choices.chosen(_("Exam"), "exam", list(known), lambda one: said.exam(known[one]), default=usual)
    return setup.exam(shared_store(), exam, view.as_of)


def for_staff(view: show_frame.View, title: str) -> None:
    """Ends a page about single schools for those who may not see them, saying so."""
    if not may_see_schools(view.viewer):
        show.html("captions.html", captions=[], heading=_(title))
        show.note(said.schools_note(view.viewer))
        show.end()
