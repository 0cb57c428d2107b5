"""One indicator: its course, its areas, what it means, and where every figure comes from."""

from data.plan import plan
from data.words import N_, _
from pages.display import carried, decisions, figures, sentences, show, show_choices, show_frame, signals
from queries import answers
from queries import decisions as decided
from queries.opened import shared_store
from queries.sources import sources

TITLE = N_("Indicator")
ICON = ":material/show_chart:"


@show.remembered
def charts(view: show_frame.View, name: str, area: str) -> None:
    found = answers.answer(shared_store(), name, view.as_of, view.viewer)
    show.html("cards.html", cards=[(found, found.area(area))], as_of=view.as_of)
    show.html("carried_line.html", answer=found, one=found.area(area), as_of=view.as_of, words=carried)
    noted = decided.about(decided.decisions(shared_store(), view.viewer, view.as_of, view.today), name, area)
    show.figure(figures.trajectory(found, area, noted), f"{name}-{area}")
    marks = decisions.numbered(noted)
    show.html("decisions_about.html", found=noted, marks=marks, indicator=name, words=decisions, as_of=view.as_of)
    if signals.enough(found.area(area)):
        show.figure(figures.control(figures.series_of(found, area)), f"{name}-signals-{area}")
    show.figure(figures.areas(found), f"{name}-areas")
    if found.parts:
        show.figure(figures.composition(found, area), f"{name}-parts-{area}")


@show.remembered
def evidence(view: show_frame.View, name: str, area: str) -> None:
    found = answers.answer(shared_store(), name, view.as_of, view.viewer)
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
visible = answers.visible(view.viewer)
with show.row():
    name = show_choices.chosen(_("Indicator"), "id", list(visible), lambda one: sentences.title(visible[one]))
    found = answers.answer(shared_store(), name, view.as_of, view.viewer)
    names = [one.area for one in found.areas]
    area = show_choices.segment(
        _("Area"), "area", names, lambda one: sentences.area(found, one), default=found.leading.area
    )
charts(view, name, area)
show.csv_download(name, sentences.COLUMNS, lambda: sentences.rows(found), sample=found.sample)
evidence(view, name, area)
