"""Assigned scores of a joint exam, simulated: which rule and bands applied, and what raw scores became."""

from data.words import N_, _
from pages.display import exam_assigned as said
from pages.display import figures, show, show_choices, show_exam, show_frame, terms
from queries import answers
from queries.exams.assigned import rules
from queries.exams.assigned_figures import AssignedFigures, assigned_figures, chosen_rule, subjects_of
from queries.opened import shared_store
from queries.suppression import SMALL

TITLE = N_("Assigned scores")
SECTION = N_("Joint exams")
ICON = ":material/stairs:"


def asked(view: show_frame.View, exam: str, subject: str, rule: str) -> AssignedFigures:
    return assigned_figures(shared_store(), exam, subject, rule, viewer=view.viewer, as_of=view.as_of)


@show.remembered
def drawn(view: show_frame.View, exam: str, subject: str, rule: str) -> None:
    found, sample = asked(view, exam, subject, rule), answers.any_sample(shared_store(), view.as_of)
    figure = figures.assigned(found, said.title(found), said.footing(found, sample=sample), sample=sample)
    show.figure(figure, f"assigned-{exam}-{subject}-{rule}")


@show.remembered
def tables(view: show_frame.View, exam: str, subject: str, rule: str) -> None:
    found = asked(view, exam, subject, rule)
    english = answers.answer(shared_store(), "schools_with_leader", view.as_of).english
    show.html("exam_assigned.html", said=said, found=found, english=english, few=SMALL, as_of=view.as_of)


view = show_exam.view()
with show.row():
    of = show_exam.chosen(view, TITLE)
    exam, rule = of.id, chosen_rule(of) if of.assigned_rule in rules() else None
    subjects = subjects_of(of, rule) if rule else ()
    if subjects:
        subject = show_choices.segment(_("Subject"), "subject", subjects, terms.subject)
if not rule or not subjects:
    show.note(said.no_rule(of))
    show.end()
show.html("exam_assigned_head.html", said=said, rule=rule)
found = asked(view, exam, subject, rule.id)
if not found.units:
    show.note(said.few())
    show.end()
drawn(view, exam, subject, rule.id)
tables(view, exam, subject, rule.id)
sample, file = answers.any_sample(shared_store(), view.as_of), f"assigned-{exam}-{subject}-{rule.id}"
with show.row():
    show.csv_download(file, said.SCORE_COLUMNS, lambda: said.score_rows(found), sample=sample)
    show.download(_("Save as Excel"), f"{file}.xlsx", lambda: said.workbook(found, sample=sample))
