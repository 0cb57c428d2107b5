"""The plan's clauses in short words, what measures each of them, and how that stands in every area."""

from data.plan import plan
from data.words import N_
from pages.display import show, show_frame
from queries import answers, standings
from queries.answers import Viewer
from queries.opened import shared_store

TITLE = N_("The plan")
ICON = ":material/list_alt:"


@show.remembered
def clauses(view: show_frame.View) -> None:
    found = answers.overview(shared_store(), view.as_of, view.viewer)
    every = answers.visible(Viewer(internal=True)).values()
    show.html(
        "plan.html",
        plan=plan(),
        measures={number: [one for one in found if one.definition.clause == number] for number in plan().clauses},
        hidden={one.clause for one in every if one.id not in answers.visible(view.viewer)},
        pages={group.id: show_frame.pages_of(group.id) for group in plan().groups},
        lines={line.group.id: line.cells for line in standings.matrix(found) if line.group},
        as_of=view.as_of,
    )


clauses(show_frame.view())
