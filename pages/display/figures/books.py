"""A foundation's donations, grants and balance, year by year, as columns beside each other."""

from html import escape

import plotly.graph_objects as go

from data.words import _
from pages.display import colours, numbers, sentences
from pages.display.figures import look
from queries.answers import Answer, Point

COLOURS = (0, 2, 3)


def books(answer: Answer, area: str) -> go.Figure:
    """The figure itself (donations) and its parts, in the order of the definition."""
    definition, chosen = answer.definition, answer.area(area)
    figure = go.Figure()
    title = _("Donations: {sentence}", sentence=sentences.standing(answer, chosen))
    look.dress(figure, answer, title, above=20)
    series = {_("Donations"): [one for one in chosen.points if one.value is not None]}
    for code in definition.parts:
        series[sentences.part(definition, code)] = [
            one for one in answer.parts if (one.area, one.part) == (area, code) and one.value is not None
        ]
    points = [one for of_one in series.values() for one in of_one]
    if not points:
        look.nothing_to_show(figure)
        return figure
    for (name, own), colour in zip(series.items(), COLOURS, strict=False):
        figure.add_trace(_columns(answer, name, own, colour))
    look.period_axis(figure, definition, [one.period for one in points])
    first, last = (look.place(definition, pick(one.period for one in points)) for pick in (min, max))
    figure.update_xaxes(range=[first - 0.5, last + 0.5])
    figure.update_yaxes(visible=False, rangemode="tozero")
    figure.update_layout(barmode="group", bargap=0.22)
    key = "   ".join(
        f"<span style='color:{colours.part_text(colour)}'>■ {escape(name)}</span>"
        for name, colour in zip(series, COLOURS, strict=False)
    )
    look.beside(figure, key, x=0, xanchor="left", y=1, yanchor="bottom", yshift=8, font={"size": look.SMALL_SIZE})
    return figure


def _columns(answer: Answer, name: str, points: list[Point], colour: int) -> go.Bar:
    definition = answer.definition
    return go.Bar(
        x=[look.place(definition, one.period) for one in points],
        y=[look.height(definition, one) for one in points],
        text=[numbers.decimal((one.value or 0) * numbers.scale(definition), 0) for one in points],
        textposition="outside",
        textangle=0,
        cliponaxis=False,
        name=escape(name),
        marker={"color": colours.part(colour)},
        textfont={"size": look.FOOT_SIZE, "color": colours.part_text(colour)},
        hoverinfo="skip",
    )
