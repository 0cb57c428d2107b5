"""Clauses 14 and 24: is this school, or the city, getting better from exam to exam, and is it more than luck?"""

from data.words import N_, _
from pages.display import exam as exam_names
from pages.display import exam_gains, exam_trend_rows, figures, show, show_choices, show_exam, show_frame
from pages.display import exam_trend as said
from queries.exams import evenness, gained, progress
from queries.exams.access import may_see_classes
from queries.opened import shared_store

TITLE = N_("Over time")
SECTION = N_("Joint exams")
ICON = ":material/trending_up:"


@show.remembered
def course(view: show_frame.View, series: str, subject: str, code: str) -> None:
    found = progress.followed(shared_store(), series, subject, view.as_of, view.viewer)
    drawn = {f"course-{subject}-{code}": figures.course_figure(found, code)}
    if said.has_limits(found, code):
        drawn[f"limits-{subject}-{code}"] = figures.control_figure(found, code)
    show.side_by_side(drawn)
    show.html("notice.html", text=said.notice(found, code, view.viewer))
    show.html("exam_trend_panels.html", said=said, found=found, code=code, as_of=view.as_of)
    show.html("exam_trend_lines.html", said=said, found=found, code=code)


@show.remembered
def gains(view: show_frame.View, exam: str, subject: str, code: str, school: str | None) -> None:
    found = gained.gained(shared_store(), exam, subject, view.as_of, view.viewer, school)
    show.figure(figures.gains_figure(found, code), f"value-added-{exam}-{subject}-{school or ''}")
    show.html("exam_trend_gains.html", said=said, gains=exam_gains, found=found, as_of=view.as_of)


@show.remembered
def balance(view: show_frame.View, exam: str) -> None:
    found = evenness.evenness(shared_store(), exam, view.as_of, view.viewer)
    show.html("exam_trend_balance.html", said=said, gains=exam_gains, found=found, as_of=view.as_of)


view = show_exam.view()
every = {one.id: one for one in progress.series(shared_store(), view.as_of)}
if not every:
    show.heading(_(TITLE))
    show.note(said.no_series())
    show.end()
with show.row():
    series = show_choices.chosen(_("Exams"), "series", list(every), lambda one: said.series(every[one]))
    names = [one or said.ALL_PAPERS for one in progress.subjects(shared_store(), every[series], view.as_of)]
    subject = said.code(show_choices.chosen(_("Subject"), "subject", names, said.subject))
    found = progress.followed(shared_store(), series, subject, view.as_of, view.viewer)
    codes = [said.CITY, *(one.code for one in found.courses)]
    label = _("Area or school") if found.schools else _("Area")
    code = said.code(show_choices.chosen(label, "unit", codes, lambda one: said.unit(found, one)))
    exams = {one.id: one for one in reversed(every[series].exams)}
    exam = show_choices.chosen(
        _("Value added and balance of"), "exam", list(exams), lambda one: exam_names.exam(exams[one])
    )
if len(exams) == 1:
    show.note(said.one_exam(every[series]))
else:
    course(view, series, subject, code)
measured = exam in [one.id for one in gained.measured(shared_store(), view.as_of)]
added = gained.gained(shared_store(), exam, subject, view.as_of, view.viewer) if measured else None
if added:
    gains(view, exam, subject, code, None)
    if may_see_classes(view.viewer) and code in [one.code for one in found.schools]:
        gains(view, exam, subject, "", code)
else:
    show.note(exam_gains.no_entry())
balance(view, exam)
even, file = evenness.evenness(shared_store(), exam, view.as_of, view.viewer), f"exams-{subject or said.ALL_PAPERS}"
with show.row():
    rows, columns = lambda: exam_trend_rows.course_rows(found), exam_trend_rows.COURSE_COLUMNS
    show.csv_download(file, columns, rows, sample=found.sample)
    show.download(_("Save as Excel"), f"{file}.xlsx", lambda: exam_trend_rows.workbook(found, added, even))
