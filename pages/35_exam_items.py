"""The items of a joint exam's paper: which are too hard, which hardly tell pupils apart, what wrong options draw, and what
knowledge points and abilities pupils lack."""

from data.words import N_, _
from pages.display import exam as exam_names
from pages.display import exam_items as said
from pages.display import figures, show, show_choices, show_exam, show_frame, terms
from queries.exams import items, setup
from queries.opened import shared_store

TITLE = N_("Items")
SECTION = N_("Joint exams")
ICON = ":material/rule:"

WHOLE = "all"


def asked(view: show_frame.View, exam: str, subject: str, school: str) -> items.Analysis:
    chosen = None if school == WHOLE else school
    return items.analysis(shared_store(), exam, subject, chosen, view.as_of, view.viewer)


@show.remembered
def overview(view: show_frame.View, exam: str, subject: str, school: str) -> None:
    found = asked(view, exam, subject, school)
    show.figure(figures.exam_items_figure(found), f"items-{exam}-{subject}")
    facts = {"raising": said.raising(found), "as_of": view.as_of}
    show.html("exam_items.html", said=said, terms=terms, found=found, **facts)


@show.remembered
def options(view: show_frame.View, exam: str, subject: str, school: str, code: str) -> None:
    found = asked(view, exam, subject, school)
    show.html("exam_item_options.html", said=said, one=found.item(code), school=found.school)


@show.remembered
def specification(view: show_frame.View, exam: str, subject: str, school: str) -> None:
    found = asked(view, exam, subject, school)
    show.html("exam_item_specification.html", said=said, found=found, table=found.specification)


def downloads(found: items.Analysis) -> None:
    name = f"items-{found.paper.exam_id}-{found.paper.subject}"
    with show.row():
        show.csv_download(name, said.COLUMNS, lambda: said.rows(found), sample=found.sample)
        show.download(_("Save as Excel"), f"{name}.xlsx", lambda: said.workbook(found))


view = show_exam.view()
papers = items.papers(shared_store(), view.as_of)
if not papers:
    show.html("captions.html", captions=[], heading=_(TITLE))
    show.note(said.lacking())
    show.end()
with show.row():
    known = {one.id: exam_names.exam(one) for one in setup.exams(shared_store(), view.as_of)}
    exams = list(dict.fromkeys(one.exam_id for one in papers))
    exam = show_choices.chosen(_("Exam"), "exam", exams, lambda one: known.get(one, one))
    subject = show_choices.segment(
        _("Subject"), "subject", [one.subject for one in papers if one.exam_id == exam], terms.subject
    )
    listed = items.schools(shared_store(), exam, subject, view.as_of, view.viewer)
    schools = {WHOLE: _("whole exam"), **{one.institution_id: one.name for one in listed}}
    school = show_choices.chosen(_("School"), "school", list(schools), lambda one: schools[one]) if listed else WHOLE
found = asked(view, exam, subject, school)
if found.few:
    show.note(said.few())
    show.end()
overview(view, exam, subject, school)
downloads(found)
codes = [one.code for one in found.items if one.options]
if codes:
    options(view, exam, subject, school, show_choices.chosen(_("Item number"), "item", codes, said.name))
specification(view, exam, subject, school)
