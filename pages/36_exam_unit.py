"""One school, or a class of it, in a joint exam beside its peers: all who sat, its district, schools of similar intake."""

from data import arrivals
from data.words import N_, _
from pages.display import exam as said
from pages.display import exam_rows, figures, show, show_choices, show_exam, show_frame
from pages.display import exam_unit as told
from queries import answers
from queries.exams import figures as units
from queries.exams import peers
from queries.exams.access import may_see_classes
from queries.exams.statistics import Rate
from queries.opened import shared_store

TITLE = N_("School report")
SECTION = N_("Joint exams")
ICON = ":material/school:"

Chosen = tuple[str, str, str, str, str]  # exam, school, class, track, peers


def asked(view: show_frame.View, chosen: Chosen) -> peers.Report:
    exam, school, of, track, beside = chosen
    found = peers.Peers(beside), said.track_of(track), told.class_of(of)
    return peers.report(shared_store(), exam, school, *found, view.viewer, view.as_of)


def classes(view: show_frame.View, exam: str, school: str, track: str, subject: str) -> units.Table:
    chosen = said.of_link(subject), said.track_of(track)
    return units.table(shared_store(), exam, *chosen, school=school, viewer=view.viewer, as_of=view.as_of)


@show.remembered
def report(view: show_frame.View, chosen: Chosen, note: str) -> None:
    pages = {one.address for one in show_frame.page_files()}
    views = [(page, name) for page, name in told.VIEWS if page in pages]
    found, facts = asked(view, chosen), {"rates": list(Rate), "views": views, "as_of": view.as_of}
    show.html("exam_unit.html", said=said, told=told, found=found, track=chosen[3], note=note, **facts)
    sample = answers.any_sample(shared_store(), view.as_of)
    show.figure(figures.exam_profile(found, sample=sample), f"exam-{chosen[0]}-{chosen[1]}")


@show.remembered
def classes_of(view: show_frame.View, exam: str, school: str, track: str, subject: str) -> None:
    found = classes(view, exam, school, track, subject)
    facts = {"rates": list(Rate), "school": school, "track": track, "as_of": view.as_of}
    show.html("exam_classes.html", said=said, found=found, units=told.by_name(found.units), **facts)


view = show_exam.view()
show_exam.for_staff(view, TITLE)
with show.row():
    found = show_exam.chosen(view, TITLE)
    exam, names = found.id, told.schools(found, [one.name for one in arrivals.areas(shared_store(), view.moment)])
    if not names:
        show.note(told.no_school())
        show.end()
    school = show_choices.chosen(_("School"), "school", list(names), lambda one: names[one])
    listed = peers.classes(shared_store(), exam, school, view.viewer, view.as_of)
    of = (
        show_choices.chosen(_("Class"), "class", told.classes(listed), told.class_name) if listed else told.WHOLE_SCHOOL
    )
    track = show_choices.segment(_("Track"), "track", said.tracks(found), said.track)
    similar = bool(peers.similar(shared_store(), found, school, view.as_of))
    choices = told.choices(of_class=of != told.WHOLE_SCHOOL, has_similar=similar)
    beside = show_choices.segment(_("Peers"), "peers", choices, told.peers)
chosen = (exam, school, of, track, beside)
report(view, chosen, "" if similar else told.no_similar(found))
sample = answers.any_sample(shared_store(), view.as_of)
show.table_downloads(f"exam-{exam}-{school}", told.COLUMNS, lambda: told.rows(asked(view, chosen)), sample=sample)
if may_see_classes(view.viewer) and listed:
    subject = show_choices.segment(_("Subject"), "subject", said.subjects(found), said.subject)
    classes_of(view, exam, school, track, subject)
    made = f"classes-{exam}-{school}-{subject}"
    show.table_downloads(
        made,
        exam_rows.COLUMNS,
        lambda: exam_rows.table_rows(classes(view, exam, school, track, subject)),
        sample=sample,
    )
