"""Clauses 19 and 20: how the districts were appraised, in which order, where points were lost, and how firm the order is."""

from data.contract import contracts
from data.words import N_, _, pick
from pages.display import appraisal as said
from pages.display import colours, figures, sentences, show, show_choices, show_frame
from queries import answers, appraisal
from queries.appraisal import firmness
from queries.opened import shared_store

TITLE = N_("Appraisal")
SECTION = N_("Parts of the plan")
GROUP = "accountability"
ICON = ":material/leaderboard:"


@show.remembered
def order(view: show_frame.View, body: str, number: int) -> None:
    found, years, year = asked(view, body, number)
    areas = [one.area for one in found.areas]
    show.html(
        "appraisal.html",
        said=said,
        answer=found,
        year=year,
        years=years,
        areas=areas[1:],
        absent=[area for area in areas[1:] if area not in {one.area for one in year.districts}],
        owner=pick(contracts()["appraisal"].owner.pair()),
        colour=lambda area: colours.area(area, areas),
        as_of=view.as_of,
    )
    drawn = {f"{body}-scores": figures.compared(found, said.moved(found, year))}
    show.side_by_side({**drawn, f"{body}-{number}-places": figures.places(found, year)})


@show.remembered
def items(view: show_frame.View, body: str, number: int) -> None:
    found, _years, year = asked(view, body, number)
    show.html("captions.html", captions=[], heading=_("Where points were won and lost"))
    lowest = min(one.score for one in year.districts)
    show.side_by_side(
        {f"{body}-{number}-{one.area}": figures.waterfall(found, number, one, lowest) for one in year.districts}
    )
    show.html("appraisal_items.html", said=said, answer=found, year=year)


@show.remembered
def how_firm(view: show_frame.View, body: str, number: int) -> None:
    found, _years, year = asked(view, body, number)
    show.html("captions.html", captions=[], heading=_("How firm the order is"))
    steps = [(one, firmness.steps(year, one.appraised.area)) for one in year.standings]
    show.html("appraisal_firmness.html", said=said, answer=found, pairs=firmness.pairs(year), steps=steps)


def asked(
    view: show_frame.View, body: str, number: int
) -> tuple[answers.Answer, tuple[appraisal.Year, ...], appraisal.Year]:
    found = answers.answer(shared_store(), appraisal.BODIES[body].indicator, view.as_of, view.viewer)
    years = appraisal.years(shared_store(), body, view.as_of)
    return found, years, next(one for one in years if one.year == number)


view = show_frame.view()
with show.row():
    body = show_choices.segment(_("Body"), "body", list(appraisal.BODIES), lambda one: _(appraisal.BODIES[one].name))
    years = appraisal.years(shared_store(), body, view.as_of)
    number = int(show_choices.segment(_("Year"), "year", [str(one.year) for one in reversed(years)])) if years else 0
found = answers.answer(shared_store(), appraisal.BODIES[body].indicator, view.as_of, view.viewer)
if years:
    order(view, body, number)
    show.csv_download(f"appraisal-{body}", said.COLUMNS, lambda: said.rows(years, body), sample=found.sample)
    items(view, body, number)
    how_firm(view, body, number)
else:
    show.note(sentences.standing(found, found.whole))
