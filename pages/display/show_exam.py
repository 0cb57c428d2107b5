"""Choosing the exam that a page is about, and the state of it that is shown."""

from dataclasses import replace

from data.words import _
from pages.display import exam as said
from pages.display import exam_unit, show, show_choices, show_frame
from queries.exams import peers, setup
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


def unit_and_peers(view: show_frame.View, found: setup.Exam) -> tuple[exam_unit.Chosen, str]:
    """A school or a class of it and the kind of peers that it is put beside; and why some peers are not offered."""
    store, names = shared_store(), exam_unit.schools(found)
    school = show_choices.chosen(_("School"), "school", list(names), lambda one: names[one])
    classes = peers.classes(store, found.id, school, view.viewer, view.as_of)
    options = exam_unit.classes(classes)
    of = show_choices.chosen(_("Class"), "class", options, exam_unit.class_name) if classes else options[0]
    track = show_choices.segment(_("Track"), "track", said.tracks(found), said.track)
    similar, class_name = bool(peers.similar(store, found, school, view.as_of)), exam_unit.class_of(of)
    kinds = exam_unit.choices(of_class=class_name is not None, has_similar=similar)
    beside = peers.Peers(show_choices.segment(_("Peers"), "peers", kinds, exam_unit.peers))
    note = "" if similar else exam_unit.no_similar(found)
    return exam_unit.Chosen(found.id, school, class_name, said.track_of(track), beside, ()), note


def named_peers(found: setup.Exam, chosen: exam_unit.Chosen, note: str) -> tuple[exam_unit.Chosen, str]:
    """The same with the schools that the reader chooses, if these are to be the peers; without any all who sat are."""
    if chosen.peers != peers.Peers.CHOSEN:
        return chosen, note
    names = exam_unit.schools(found)
    named = show_choices.picked(_("Schools to compare with"), "with", list(names), lambda one: names[one])
    members = tuple(one for one in named if one != chosen.school)
    if members:
        return chosen._replace(members=members), note
    return chosen._replace(peers=peers.Peers.CITY), exam_unit.none_chosen()


def for_staff(view: show_frame.View, title: str) -> None:
    """Ends a page about single schools for those who may not see them, saying so."""
    if not may_see_schools(view.viewer):
        show.html("captions.html", captions=[], heading=_(title))
        show.note(said.schools_note(view.viewer))
        show.end()
