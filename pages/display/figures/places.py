"""Which places a district can have when weights and scores are not quite what was printed, as bars with the place on them."""

from html import escape

import plotly.graph_objects as go

from data.words import _
from pages.display import appraisal as said
from pages.display import colours, sentences
from pages.display.figures import look
from queries.answers import Answer
from queries.appraisal import Year
from queries.appraisal.firmness import Range, ranges

ROW_HEIGHT = 64
BAR = 20


def places(answer: Answer, year: Year) -> go.Figure:
    """A row a district in the order of the year; the bar reaches from its best to its worst possible place."""
    figure = go.Figure()
    found = ranges(year)
    look.dress(figure, answer, said.how_firm(year), plot_height=ROW_HEIGHT * max(len(found), 1), above=12)
    if not found:
        look.nothing_to_show(figure)
        return figure
    names = [one.area for one in answer.areas]
    for row, one in enumerate(found):
        _add_row(figure, answer, one, row, colours.area(one.area, names))
    figure.update_xaxes(
        range=[0.6, len(found) + 0.9],
        tickvals=list(range(1, len(found) + 1)),
        ticktext=[said.place_number(place) for place in range(1, len(found) + 1)],
        gridcolor=colours.GRID,
    )
    figure.update_yaxes(visible=False, range=[len(found) - 0.4, -0.75])
    figure.update_layout(margin={"l": 20, "r": 20})
    return figure


def _add_row(figure: go.Figure, answer: Answer, one: Range, row: int, colour: str) -> None:
    reach = {"x": [one.best, one.worst], "y": [row, row], "name": _("possible places")}
    bar = {"line": {"color": colour, "width": BAR}, "opacity": 0.25}
    figure.add_trace(go.Scatter(**reach, **bar, mode="lines", hoverinfo="skip"))
    dot = {"size": 17, "color": colour}
    figure.add_trace(go.Scatter(x=[one.place], y=[row], name=_("place"), mode="markers", marker=dot, hoverinfo="skip"))
    text = f"<b>{escape(sentences.area(answer, one.area))}</b> {escape(said.possible(one))}"
    font = {"size": look.SMALL_SIZE, "color": colour}
    look.beside(figure, text, x=0, xanchor="left", y=row, yref="y", yshift=24, font=font)
