"""Clause 24: which report is due when, what was made and published and what is late, and what nobody has planned."""

from data.words import N_, _
from pages.display import (
    figures,
    report_calendar,
    sentences,
    show,
    show_choices,
    show_frame,
    show_intake,
    terms,
)
from pages.display import show_report_calendar as asked
from queries import answers
from queries import report_calendar as behind
from queries.opened import shared_store

TITLE = N_("Calendar of reports")
SECTION = N_("Meetings")
ICON = ":material/calendar_month:"

EVERY, ON_TIME = report_calendar.EVERY, "monitoring_reports_on_time"


def known(view: show_frame.View) -> tuple[behind.Report, ...]:
    return behind.reports(shared_store(), view.as_of, view.today)


def answer(view: show_frame.View) -> answers.Answer:
    return answers.answer(shared_store(), ON_TIME, view.as_of, view.viewer)


def names(view: show_frame.View) -> dict[str, str]:
    """What every office is called."""
    on_time = answer(view)
    return {one: sentences.area(on_time, one) for one in dict.fromkeys(one.office for one in known(view))}


@show.remembered
def drawn(view: show_frame.View, year: int, office: str, state: str) -> None:
    on_time, found, areas = answer(view), known(view), names(view)
    shown = report_calendar.chosen(found, year, office, state)
    of_year = report_calendar.chosen(found, year, office, EVERY)
    show.html("cards.html", cards=[(on_time, on_time.whole)], as_of=view.as_of)
    title, footing = report_calendar.summary(of_year, year), sentences.footing(on_time, _("days"))
    figure = figures.report_calendar_figure(shown, title, footing, areas, sample=on_time.sample)
    show.figure(figure, f"reports-{year}-{office}-{state}")
    show.html(
        "report_calendar.html",
        notes=report_calendar.unplanned(behind.unplanned(shared_store(), view.as_of)),
        late=report_calendar.LOOKS[behind.State.LATE],
        shown=shown,
        every=of_year,
        areas=areas,
        words=report_calendar,
        terms=terms,
    )


view = show_frame.view()
found, offices = known(view), names(view)
show_intake.done()
with show.row():
    years = sorted({str(one.year) for one in found}, reverse=True) or [str((view.as_of or view.today).year)]
    year = int(show_choices.chosen(_("Year"), "year", years))
    office = show_choices.chosen(_("Office"), "office", [EVERY, *offices], lambda one: offices.get(one, _("all")))
    states = [EVERY, *behind.State]
    state = show_choices.chosen(_("State"), "state", states, report_calendar.state)
drawn(view, year, office, state)
shown = report_calendar.chosen(found, year, office, state)
if shown:
    rows = report_calendar.rows(shown, offices)
    show.table_downloads(_("reports"), report_calendar.columns(), lambda: rows, sample=answer(view).sample)
if show.is_recorded():
    show.end()
if view.as_of:
    show.html("notice.html", text=_("An earlier state is shown; reports are entered in the present one."))
elif asked.enter(view, report_calendar.chosen(found, year, office, EVERY)):
    show.again()
