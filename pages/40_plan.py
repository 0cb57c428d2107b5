"""The plan's clauses in short words, and what measures each of them."""

from data.plan import plan
from data.words import N_
from pages.display import show, show_frame
from queries import answers
from queries.opened import shared_store

TITLE = N_("The plan")
ICON = ":material/list_alt:"


@show.remembered
def clauses(view: show_frame.View) -> None:
    found = answers.overview(shared_store(), view.as_of)
    measures = {number: [one for one in found if one.definition.clause == number] for number in plan().clauses}
    show.html("plan.html", plan=plan(), measures=measures, as_of=view.as_of)


clauses(show_frame.view())
