"""What is expected by when, what has arrived, how old and how complete it is, and what must be asked for."""

from collections import Counter

from data import arrivals
from data.arrivals import Arrival, Missing, State
from data.plan import plan
from data.words import N_, _
from pages.display import deliveries, show, show_choices, show_frame
from queries import answers
from queries.opened import shared_store

TITLE = N_("Data quality")
SECTION = N_("Data")
ICON = ":material/fact_check:"

ALL = "all"


def names(view: show_frame.View) -> dict[str, str]:
    """What every area is called, the plan's whole first."""
    return {one.name: deliveries.area(one) for one in arrivals.areas(shared_store(), view.moment)}


def known(view: show_frame.View) -> tuple[Arrival, ...]:
    return arrivals.arrivals(shared_store(), view.moment, view.as_of or view.today)


def asked_for(view: show_frame.View, area: str, state: str) -> list[Missing]:
    """The missing items of all periods that fit the choice."""
    found = arrivals.missing(shared_store(), view.moment, view.as_of or view.today)
    return [one for one in found if area in (ALL, one.area) and state in (ALL, one.state)]


@show.remembered
def body(view: show_frame.View, period: int, area: str, state: str) -> None:
    found = [one for one in known(view) if area in (ALL, one.area)]
    owed = [one for one in found if one.period == period]
    counts = Counter(one.state for one in owed)
    fitting = [line for line in deliveries.lines(owed) if state in (ALL, *(one.state for one in line.cells.values()))]
    every = names(view)
    show.html(
        "quality.html",
        deliveries=deliveries,
        sentence=deliveries.summary(owed, period),
        counts=[(one, counts[one]) for one in State if counts[one]],
        lines=fitting,
        whenever=[one for one in found if one.period is None and state in (ALL, one.state)],
        items=asked_for(view, area, state),
        names=every if area == ALL else {area: every[area]},
        every=every,
        today=view.as_of or view.today,
    )


view = show_frame.view()
today = view.as_of or view.today
periods = sorted({one.period for one in known(view) if one.period} or {plan().begins.year})
past = [one.period for one in known(view) if one.period and one.due and one.due < today]
areas = names(view)
with show.row():
    period = show_choices.chosen(_("Period"), "period", [*map(str, periods)], default=str(max(past or periods)))
    area = show_choices.chosen(_("Area"), "area", [ALL, *areas], lambda one: areas.get(one, _("all areas")))
    state = show_choices.chosen(
        _("State"),
        "state",
        [ALL, *State],
        lambda one: deliveries.look(State(one)).label if one != ALL else _("every state"),
    )
body(view, int(period), area, state)
items = asked_for(view, area, state)
if items:
    show.csv_download(
        _("missing-items"),
        deliveries.columns(),
        lambda: deliveries.rows(items, areas),
        sample=answers.any_sample(shared_store(), view.as_of),
    )
