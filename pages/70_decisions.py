"""What meetings have decided about indicators: what is overdue, who answers for it, who closed what; note one, close one."""

from data import arrivals
from data.words import N_, _
from pages.display import decisions, deliveries, sentences, show, show_choices, show_decisions, show_frame, show_intake
from queries import answers
from queries import decisions as behind
from queries.opened import shared_store

TITLE = N_("Decisions")
SECTION = N_("Meetings")
ICON = ":material/task_alt:"

EVERY = decisions.EVERY


def known(view: show_frame.View) -> tuple[behind.Decision, ...]:
    return behind.decisions(shared_store(), view.viewer, view.as_of, view.today)


def names(view: show_frame.View) -> dict[str, str]:
    """What every area is called, the plan's whole first."""
    return {one.name: deliveries.area(one) for one in arrivals.areas(shared_store(), view.moment)}


@show.remembered
def listed(view: show_frame.View, shown: str, owner: str, indicator: str) -> None:
    found = known(view)
    show.html(
        "decisions.html",
        summary=decisions.summary(found),
        every=found,
        shown=decisions.chosen(found, shown, owner, indicator),
        areas=names(view),
        words=decisions,
        as_of=view.as_of,
    )


view = show_frame.view()
found, visible = known(view), answers.visible(view.viewer)
show_intake.done()
with show.row():
    shown = show_choices.segment(
        _("State"), "state", list(decisions.SHOWN), lambda one: _(decisions.SHOWN[one]), default=decisions.PENDING
    )
    owners = [EVERY, *sorted({one.owner for one in found})]
    owner = show_choices.chosen(_("Responsible"), "owner", owners, lambda one: _("all") if one == EVERY else one)
    indicator = show_choices.chosen(
        _("Indicator"),
        "indicator",
        [EVERY, *visible],
        lambda one: _("all") if one == EVERY else sentences.title(visible[one]),
    )
listed(view, shown, owner, indicator)
chosen = decisions.chosen(found, shown, owner, indicator)
if chosen:
    sample = any(one.sample for one in chosen)
    show.table_downloads(
        _("decisions"), decisions.columns(), lambda: decisions.rows(chosen, names(view)), sample=sample
    )
if show.is_recorded():
    show.end()
if view.as_of:
    show.html("notice.html", text=_("An earlier state is shown; decisions are noted and closed in the present one."))
else:
    show_decisions.note(view, indicator if indicator != EVERY else None, names(view))
    show_decisions.close(view, found if indicator == EVERY else behind.about(found, indicator))
