"""Are we on target, where not, how far off, since when?"""

from collections import Counter

import streamlit as st

from data.plan import plan
from data.words import N_, _, pick
from pages.display import show, show_choices, show_frame, states
from queries import answers
from queries.opened import shared_store
from queries.progress import Status

TITLE = N_("Overview")
ICON = ":material/dashboard:"

ALL = "all"
ORDERS = {"status": N_("worst first"), "gap": N_("largest gap first"), "plan": N_("order of the plan")}


def place(answer: answers.Answer, order: str) -> tuple[bool, float]:
    """Where an indicator stands in the chosen order; equal places keep the plan's order."""
    whole = answer.whole
    if order == "status":
        return False, list(Status).index(whole.status)
    if order == "gap":
        return not whole.gap, -float(answers.relative_gap(whole))
    return False, 0


@show.remembered
def body(view: show_frame.View, group: str, status: str, order: str) -> None:
    found = answers.overview(shared_store(), view.as_of)
    counts = Counter(one.whole.status for one in found if one.definition.targets)
    kept = [one for one in found if group in (ALL, one.definition.group.id) and status in (ALL, one.whole.status)]
    show.html(
        "overview.html",
        counts=[(one, counts[one]) for one in Status if counts[one]],
        answers=sorted(kept, key=lambda one: place(one, order)),
        as_of=view.as_of,
        today=view.today,
    )


groups = {one.id: one for one in plan().groups}
with st.container(horizontal=True):
    group = show_choices.chosen(
        _("Part of the plan"),
        "group",
        [ALL, *groups],
        lambda one: pick(groups[one].title.pair()) if one in groups else _("all parts"),
    )
    status = show_choices.chosen(
        _("Status"),
        "status",
        [ALL, *Status],
        lambda one: states.state(Status(one)).label if one != ALL else _("every status"),
    )
    order = show_choices.chosen(_("Order"), "order", list(ORDERS), lambda one: _(ORDERS[one]))
body(show_frame.view(), group, status, order)
