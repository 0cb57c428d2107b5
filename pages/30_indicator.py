"""One indicator: its course, its areas, what it means, and where every figure comes from."""

import streamlit as st

from data.plan import plan
from data.words import N_, _
from pages.display import figures, sentences, show, show_choices, show_frame
from queries import answers
from queries.opened import shared_store
from queries.sources import sources

TITLE = N_("Indicator")
ICON = ":material/show_chart:"


@show.remembered
def charts(view: show_frame.View, name: str, area: str) -> None:
    found = answers.answer(shared_store(), name, view.as_of)
    show.html("cards.html", cards=[(found, found.area(area))], as_of=view.as_of)
    show.figure(figures.trajectory(found, area), f"{name}-{area}")
    show.figure(figures.areas(found), f"{name}-areas")
    if found.parts:
        show.figure(figures.composition(found, area), f"{name}-parts-{area}")


@show.remembered
def evidence(view: show_frame.View, name: str, area: str) -> None:
    found = answers.answer(shared_store(), name, view.as_of)
    latest = found.area(area).latest
    show.html(
        "evidence.html",
        answer=found,
        area=area,
        as_of=view.as_of,
        points=sentences.newest_first(found),
        clause=plan().clauses[found.definition.clause],
        sources=sources(shared_store(), name, latest.period, area, view.as_of) if latest else (),
    )


view = show_frame.view()
visible = answers.visible()
with st.container(horizontal=True, vertical_alignment="bottom"):
    name = show_choices.chosen(_("Indicator"), "id", list(visible), lambda one: sentences.title(visible[one]))
    found = answers.answer(shared_store(), name, view.as_of)
    names = [one.area for one in found.areas]
    area = show_choices.segment(_("Area"), "area", names, lambda one: sentences.area(found, one))
charts(view, name, area)
show.csv_download(name, sentences.COLUMNS, lambda: sentences.rows(found), sample=found.sample)
evidence(view, name, area)
