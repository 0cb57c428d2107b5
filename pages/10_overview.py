"""Are we on target, where not, how far off, since when? What is due next, what moved, what was lost again?"""

from datetime import date

from data import arrivals
from data.plan import plan
from data.words import N_, _
from pages.display import overview, sentences, show, show_choices, show_frame
from pages.display.overview import ALL, LENGTHS, STATUSES
from queries import answers, standings
from queries.changes import moved
from queries.opened import shared_store

TITLE = N_("Overview")
ICON = ":material/dashboard:"

Chosen = tuple[str, str, str, str, str]


def every(view: show_frame.View) -> tuple[answers.Answer, ...]:
    return answers.overview(shared_store(), view.as_of, view.viewer)


def names(view: show_frame.View) -> list[str]:
    return [one.name for one in arrivals.areas(shared_store(), view.moment)]


@show.remembered
def body(view: show_frame.View, shown: date, since: date | None, alone: bool, chosen: Chosen) -> None:
    """The plan by part and area, what is due, lost and moved, and the list; one that was chosen stands first, without these."""
    found, (group, area, status, order, length) = every(view), chosen
    lines = standings.matrix(found)
    listed = overview.fitting(found, group, area, status)
    show.html(
        "overview.html",
        overview=overview,
        found=found,
        lines=lines,
        names=list(lines[0].cells),
        alone=alone,
        dues=standings.deadlines(found, shown),
        lost=standings.relapses(found),
        moved=overview.movers(moved(shared_store(), min(since, shown), shown, view.viewer)) if since else [],
        since=since,
        sections=overview.sections(listed, order, length),
        left_out=len(listed) - overview.MOST if length == LENGTHS[0] else 0,
        order=order,
        parameters={"group": group, "area": area, "status": status, "as_of": view.as_of},
        area=None if area == plan().whole else area,
        area_name=sentences.area(found[0], area) if found else area,
        as_of=view.as_of,
        today=shown,
    )


view = show_frame.view()
shown = view.as_of or view.today
alone = bool({"group", "area", "status"} & set(show_choices.given()))
since = None if alone else show_choices.day("since", standings.compared_day(shared_store(), shown))
area = show_choices.parameter("area", names(view), plan().whole) if alone else plan().whole
order, length = (show_choices.parameter(name, known, known[0]) for name, known in overview.LINKED.items())
with show.row():
    group = show_choices.chosen(_("Part of the plan"), "group", overview.groups(), overview.group_label)
    status = show_choices.chosen(_("Status"), "status", [ALL, *STATUSES], overview.status_label)
body(view, shown, since, alone, (group, area, status, order, length))
sample = answers.any_sample(shared_store(), view.as_of)
show.csv_download("overview", overview.COLUMNS, lambda: overview.rows(every(view)), sample=sample)
