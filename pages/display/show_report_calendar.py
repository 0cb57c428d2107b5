"""The form that says of a report when it was made and published."""

from collections.abc import Sequence

from data.contract import contracts
from data.words import _
from pages.display import report_calendar, show, show_choices, show_entered, show_frame
from queries.report_calendar import Report

DATASET = "monitoring_report"
ASKED = ("made_on", "published_on")


def enter(view: show_frame.View, found: Sequence[Report]) -> bool:
    """Asks which report it is, those that are not published first, and for its days. True where they were published."""
    listed = {code(one): one for one in sorted(found, key=lambda one: one.is_published)}
    if not listed:
        return False
    show.heading(_("Enter that a report was made or published"))
    chosen = show_choices.chosen(_("Report"), "report", list(listed), lambda one: report_calendar.brief(listed[one]))
    one = listed[chosen]
    stored = {**vars(one), "area": one.office}
    row = {name: stored[name] for name in contracts()[DATASET].columns if name not in ASKED}
    made = show_entered.Form(
        f"report-{chosen}",
        DATASET,
        {name: stored[name] for name in ASKED},
        row,
        _("Enter it"),
        _("entered on the page “Calendar of reports”"),
        past=ASKED,
    )
    return show_entered.form(view, made)


def code(one: Report) -> str:
    """What names a report in a link."""
    return f"{one.year}-{one.office}-{one.report}"
