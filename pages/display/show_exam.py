"""Choosing the exam that a page is about."""

from data.words import _
from pages.display import exam as said
from pages.display import show, show_choices, show_frame
from queries.exams import setup
from queries.exams.access import may_see_schools
from queries.opened import shared_store


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
