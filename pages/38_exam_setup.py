"""What an exam is: its papers and cut-offs, its lines, the pupils due to sit it. What is entered goes the way of a file.

The papers are for staff: beside the rates that everybody sees, their reference means would tell which subjects are weak.
"""

import streamlit as st

from data.words import N_, _
from pages.display import exam_setup, sentences, show, show_choices, show_exam_setup, show_frame, show_intake
from queries import answers
from queries.exams import register
from queries.opened import shared_store

TITLE = N_("Exam set-up")
SECTION = N_("Joint exams")
ICON = ":material/tune:"


@show.remembered
def about(view: show_frame.View, dataset: str, exam: str) -> None:
    """What a change of the table bears on, and the way by file."""
    later = register.measured_from(register.registered(shared_store(), view.as_of), exam)
    show.html("exam_setup.html", dataset=dataset, told=exam_setup.bears_on(dataset, later))


view = show_frame.view()
found = {one.id: one for one in register.registered(shared_store(), view.as_of)}
show_intake.done()
new = answers.may_read(view.viewer, "exam") and view.as_of is None
if not found and not new:
    text = _("No exam was set up by then.") if view.as_of else exam_setup.for_staff(view.viewer, "exam", ())
    show.html("notice.html", text=text)
    st.stop()
with st.container(horizontal=True, vertical_alignment="bottom"):
    exams = [*found, *([exam_setup.NEW] if new else [])]
    exam = show_choices.chosen(_("Exam"), "exam", exams, lambda one: exam_setup.exam(found, one))
    tables = register.DATASETS
    usual = next(one for one in tables if answers.may_read(view.viewer, one))
    dataset = (
        show_choices.segment(_("Table"), "table", tables, sentences.dataset, default=usual)
        if exam in found
        else tables[0]
    )
why_not = exam_setup.for_staff(view.viewer, dataset, register.rows(shared_store(), dataset, exam, view.as_of))
if why_not:
    show.html("notice.html", text=why_not)
    st.stop()
about(view, dataset, exam)
if exam == exam_setup.NEW:
    entered = show_exam_setup.new_papers(found)
elif dataset == "exam":
    entered = show_exam_setup.papers(view, found, exam)
else:
    entered = (show_exam_setup.lines if dataset == "exam_line" else show_exam_setup.roll)(view, found, exam)
if entered and view.as_of is None:
    show_exam_setup.save(view, entered)
