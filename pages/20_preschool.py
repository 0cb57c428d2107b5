"""Clause 27: are enough children in inclusive and in public kindergartens, where not, and what would close the gap?"""

import streamlit as st

from data.words import N_, _
from pages.display import figures, sentences, show, show_choices, show_frame
from queries import answers
from queries.opened import shared_store

TITLE = N_("Preschool")
ICON = ":material/child_care:"

LINES = ["inclusive_share", "public_share"]


@show.remembered
def shares(view: show_frame.View, area: str) -> None:
    found = [answers.answer(shared_store(), name, view.as_of) for name in (*LINES, "gross_enrolment")]
    show.html("cards.html", cards=[(one, one.area(area)) for one in found], as_of=view.as_of)
    show.side_by_side({f"{one.definition.id}-{area}": figures.trajectory(one, area) for one in found[:2]})
    show.html(
        "captions.html", captions=[sentences.source(one) for one in found[:2]], heading=_("Where the districts stand")
    )


@show.remembered
def districts(view: show_frame.View, area: str) -> None:
    found = {name: answers.answer(shared_store(), name, view.as_of) for name in LINES}
    show.side_by_side({f"{name}-areas": figures.standing(one) for name, one in found.items()})
    show.figure(figures.composition(found[LINES[0]], area), f"ownership-{area}")
    show.html("captions.html", captions=[], heading=_("Gap planner"))


@show.remembered
def planner(view: show_frame.View, area: str, line: str) -> None:
    found = answers.answer(shared_store(), line, view.as_of)
    plan = answers.gap_planner(shared_store(), line, area, view.as_of)
    if plan is None:
        st.info(sentences.standing(found, found.area(area)))
        return
    show.html(
        "planner.html",
        sentence=sentences.planner(plan, found, area),
        plan=plan,
        definition=answers.answer(shared_store(), LINES[0], view.as_of).definition,
    )


view = show_frame.view()
found = answers.answer(shared_store(), LINES[0], view.as_of)
area = show_choices.segment(
    _("Area"), "area", [one.area for one in found.areas], lambda one: sentences.area(found, one)
)
shares(view, area)
districts(view, area)
line = show_choices.segment(_("Line to reach"), "line", LINES, lambda one: sentences.title(answers.visible()[one]))
planner(view, area, line)
