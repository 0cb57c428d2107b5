"""One school, or a class of it, in a joint exam beside its peers: all who sat, its district, schools alike or chosen ones."""

from data.words import N_, _
from pages.display import exam as said
from pages.display import exam_gains, exam_rows, exam_unit_rows, figures, show, show_choices, show_exam, show_frame
from pages.display import exam_unit as told
from queries import answers
from queries.exams import figures as units
from queries.exams import peers, peers_more
from queries.exams.access import may_see_classes
from queries.exams.consistency import of_units
from queries.exams.statistics import Rate
from queries.opened import shared_store

TITLE = N_("School report")
SECTION = N_("Joint exams")
ICON = ":material/school:"


def asked(view: show_frame.View, chosen: told.Chosen) -> peers.Report:
    found = chosen.exam, chosen.school, chosen.peers, chosen.track, chosen.class_name
    return peers.report(shared_store(), *found, view.viewer, view.as_of, chosen=chosen.members)


def more(view: show_frame.View, found: peers.Report) -> peers_more.More:
    return peers_more.more(shared_store(), found, view.viewer, view.as_of)


def rows(view: show_frame.View, chosen: told.Chosen) -> list[list[object]]:
    found = asked(view, chosen)
    return exam_unit_rows.rows(found, more(view, found))


def classes(view: show_frame.View, chosen: told.Chosen, subject: str) -> units.Table:
    asked = shared_store(), chosen.exam, said.of_link(subject), chosen.track
    return units.table(*asked, school=chosen.school, viewer=view.viewer, as_of=view.as_of)


def class_rows(view: show_frame.View, chosen: told.Chosen, subject: str) -> list[list[object]]:
    found = classes(view, chosen, subject)
    return exam_rows.table_rows(found, of_units(shared_store(), found, chosen.school, view.as_of))


@show.remembered
def report(view: show_frame.View, chosen: told.Chosen, note: str) -> None:
    pages = {one.address for one in show_frame.page_files()}
    views = [(page, name) for page, name in told.VIEWS if page in pages]
    found, track = asked(view, chosen), said.track_in_link(chosen.track)
    facts = {"said": said, "told": told, "found": found, "more": more(view, found), "track": track, "as_of": view.as_of}
    show.html("exam_unit.html", note=note, rates=list(Rate), views=views, **facts)
    sample = answers.any_sample(shared_store(), view.as_of)
    show.figure(figures.exam_profile(found, sample=sample), f"exam-{chosen.exam}-{chosen.school}")
    show.html("exam_unit_more.html", gains=exam_gains, **facts)


@show.remembered
def classes_of(view: show_frame.View, chosen: told.Chosen, subject: str) -> None:
    found, track = classes(view, chosen, subject), said.track_in_link(chosen.track)
    measures = of_units(shared_store(), found, chosen.school, view.as_of)
    facts = {"rates": list(Rate), "school": chosen.school, "track": track, "as_of": view.as_of, "consistency": measures}
    show.html("exam_classes.html", said=said, found=found, units=told.by_name(found.units), **facts)


view = show_exam.view()
show_exam.for_staff(view, TITLE)
with show.row():
    exam = show_exam.chosen(view, TITLE)
    if not exam.schools:
        show.note(told.no_school())
        show.end()
    chosen, note = show_exam.unit_and_peers(view, exam)
chosen, note = show_exam.named_peers(exam, chosen, note)
report(view, chosen, note)
sample, file = answers.any_sample(shared_store(), view.as_of), f"exam-{exam.id}-{chosen.school}"
show.table_downloads(file, exam_unit_rows.COLUMNS, lambda: rows(view, chosen), sample=sample)
if may_see_classes(view.viewer) and peers.classes(shared_store(), exam.id, chosen.school, view.viewer, view.as_of):
    subject = show_choices.segment(_("Subject"), "subject", said.subjects(exam), said.subject)
    classes_of(view, chosen, subject)
    made = exam_rows.COLUMNS, lambda: class_rows(view, chosen, subject)
    show.table_downloads(f"classes-{exam.id}-{chosen.school}-{subject}", *made, sample=sample)
