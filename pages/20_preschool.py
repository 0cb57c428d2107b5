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
    for one, column in zip(found, st.columns(2), strict=False):
        with column:
            show.figure(figures.trajectory(one, area), f"{one.definition.id}-{area}")
            st.caption(sentences.source(one))


@show.remembered
def districts(view: show_frame.View, area: str) -> None:
    for name, column in zip(LINES, st.columns(2), strict=True):
        with column:
            show.figure(figures.standing(answers.answer(shared_store(), name, view.as_of)), f"{name}-areas")
    inclusive = answers.answer(shared_store(), LINES[0], view.as_of)
    show.figure(figures.composition(inclusive, area), f"ownership-{area}")


@show.remembered
def planner(view: show_frame.View, area: str, line: str) -> None:
    found = answers.answer(shared_store(), line, view.as_of)
    plan = answers.gap_planner(shared_store(), line, area, view.as_of)
    if plan is None:
        st.info(sentences.standing(found, found.area(area)))
        return
    st.markdown(f"**{sentences.planner(plan, found, area)}**")
    show.html("planner.html", plan=plan, definition=answers.answer(shared_store(), LINES[0], view.as_of).definition)


view = show_frame.view()
found = answers.answer(shared_store(), LINES[0], view.as_of)
area = show_choices.segment(
    _("Area"), "area", [one.area for one in found.areas], lambda one: sentences.area(found, one)
)
shares(view, area)
show.heading(_("Where the districts stand"))
districts(view, area)
show.heading(_("Gap planner"))
line = show_choices.segment(_("Line to reach"), "line", LINES, lambda one: sentences.title(answers.visible()[one]))
planner(view, area, line)
