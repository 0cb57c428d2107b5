"""Lines of a joint exam: who reaches them, which scores carry a pupil there, who is near, and what if the line moved?"""

from data.words import N_, _
from pages.display import exam_lines as said
from pages.display import show, show_choices, show_exam, show_frame, tables, terms
from queries import answers
from queries.exams.access import may_see_classes
from queries.exams.line_figures import REACH, LineFigures, line_figures
from queries.opened import shared_store
from queries.suppression import SMALL

TITLE = N_("Score lines")
SECTION = N_("Joint exams")
ICON = ":material/horizontal_rule:"

ALL = "all"


def asked(view: show_frame.View, exam: str, line: str, track: str, school: str = ALL) -> LineFigures:
    chosen = None if school == ALL else school
    return line_figures(shared_store(), exam, line, track, school=chosen, viewer=view.viewer, as_of=view.as_of)


@show.remembered
def moved(view: show_frame.View, exam: str, line: str, track: str, by: int) -> None:
    found = asked(view, exam, line, track)
    show.html("exam_lines_moved.html", said=said, found=found, by=by, moves=said.moves(found), few=SMALL)


@show.remembered
def subjects(view: show_frame.View, exam: str, line: str, track: str, method: str) -> None:
    show.html("exam_lines.html", said=said, terms=terms, found=asked(view, exam, line, track), method=method)


@show.remembered
def units(view: show_frame.View, exam: str, line: str, track: str, school: str, subject: str) -> None:
    found = asked(view, exam, line, track, school)
    english = answers.answer(shared_store(), "schools_with_leader", view.as_of).english
    facts = {"subject": subject, "english": english, "as_of": view.as_of}
    show.html("exam_lines_units.html", said=said, terms=terms, found=found, **facts)


view = show_exam.view()
with show.row():
    of = show_exam.chosen(view, TITLE)
    exam = of.id
    if drawn := of.lines:
        names = list(dict.fromkeys(one.name for one in drawn))
        line = show_choices.segment(_("Line"), "line", names, terms.line, default=names[-1])
        tracks = [one.track for one in drawn if one.name == line]
        track = show_choices.segment(_("Track"), "track", tracks, terms.track, default=tracks[-1])
        method = show_choices.segment(_("Effective score by"), "method", said.METHODS)
if not drawn:
    show.note(said.no_lines(of))
    show.html("exam_lines_none.html", address=tables.link("exam_setup", exam=exam))
    show.end()
found = asked(view, exam, line, track)
show.html("exam_lines_head.html", said=said, found=found)
moved(view, exam, line, track, show_choices.slid(_("Move the line by (marks)"), "move", -REACH, REACH))
subjects(view, exam, line, track, method)
with show.row():
    schools = {ALL: _("whole exam"), **{one.institution_id: one.name for one in of.schools}}
    offered = list(schools) if may_see_classes(view.viewer) else []
    school = show_choices.chosen(_("School"), "school", offered, lambda one: schools[one]) if offered else ALL
    told = said.subjects_of_units(found)
    subject = show_choices.segment(_("Subject"), "subject", told, terms.subject) if told else ""
units(view, exam, line, track, school, subject)
found, sample = asked(view, exam, line, track, school), answers.any_sample(shared_store(), view.as_of)
with show.row():
    file = f"lines-{exam}-{line}-{track}"
    show.csv_download(file, said.UNIT_COLUMNS, lambda: said.unit_rows(found), sample=sample)
    show.download(_("Save as Excel"), f"{file}.xlsx", lambda: said.workbook(found, sample=sample))
