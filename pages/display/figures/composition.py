"""How an area's whole splits into its parts, period by period, as columns."""

from html import escape
from itertools import accumulate, pairwise

import plotly.graph_objects as go

from pages.display import colours, numbers, sentences
from pages.display.figures import look
from pages.display.figures.course import spread
from queries.answers import Answer, Point

LIGHT_FROM = 2
# Names of parts keep this share of the plot's height between them.
NAME_DISTANCE = 0.08


def composition(answer: Answer, area: str) -> go.Figure:
    """Stacked columns for shares and counts; means stand beside each other, as they do not add up."""
    definition = answer.definition
    figure = go.Figure()
    look.dress(figure, answer, sentences.titled(answer, sentences.parts(answer, area)))
    own = [point for point in answer.parts if point.area == area and point.value is not None]
    if not own:
        look.nothing_to_show(figure)
        return figure
    codes = [code for code in definition.parts if any(point.part == code for point in own)]
    for position, code in enumerate(codes):
        figure.add_trace(_columns(answer, [point for point in own if point.part == code], position))
    stacked = definition.parts_add_up and definition.unit in ("share", "count")
    figure.update_layout(barmode="stack" if stacked else "group", bargap=0.3)
    figure.update_yaxes(visible=False, rangemode="tozero")
    look.period_axis(figure, definition, [point.period for point in own])
    newest = max(point.period for point in own)
    places = sorted({look.place(definition, point.period) for point in own})
    step = min((later - earlier for earlier, later in pairwise(places)), default=1.0)
    figure.update_xaxes(range=[places[0] - step / 2, places[-1] + step / 2])
    last = {point.part: look.height(definition, point) for point in own if point.period == newest}
    heights = [last.get(code, 0.0) for code in codes]
    highest = max(look.height(definition, point) for point in own)
    _label_parts(figure, answer, codes, heights, highest, stacked=stacked)
    return figure


def _columns(answer: Answer, points: list[Point], position: int) -> go.Bar:
    definition = answer.definition
    return go.Bar(
        x=[look.place(definition, point.period) for point in points],
        y=[look.height(definition, point) for point in points],
        text=[numbers.bare(definition, point.value) for point in points],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        name=escape(sentences.part(definition, points[0].part)),
        marker={"color": colours.part(position), "line": {"color": "white", "width": 1}},
        textfont={"size": look.SMALL_SIZE, "color": "white" if position < LIGHT_FROM else colours.TEXT},
        hoverinfo="skip",
    )


def _label_parts(
    figure: go.Figure, answer: Answer, codes: list[str], heights: list[float], highest: float, *, stacked: bool
) -> None:
    """Names the parts beside the last column, at their heights, instead of in a legend.

    highest: the highest single column of all periods, which columns side by side need room for.
    """
    tops = list(accumulate(heights))
    whole = (tops[-1] if stacked else highest) or 1.0
    places = [
        (top - height / 2) / whole if stacked else 1 - (position + 0.5) / len(codes)
        for position, (top, height) in enumerate(zip(tops, heights, strict=True))
    ]
    figure.update_yaxes(range=[0, whole])
    widest = 0
    # Thin parts lie closer together than their names are high.
    for position, (code, place) in enumerate(zip(codes, spread(places, NAME_DISTANCE, 1.0), strict=True)):
        name = sentences.part(answer.definition, code)
        widest = max(widest, look.width(name))
        font = {"size": look.SMALL_SIZE, "color": colours.part_text(position)}
        look.beside(figure, f"■ {escape(name)}", x=1, xanchor="left", xshift=4, y=place, font=font)
    figure.update_layout(margin_r=round(34 + widest * look.CHARACTER))
