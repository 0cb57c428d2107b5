"""The parts of an area's figure as rows of dots against the target: the newest one full, the first one hollow."""

from collections.abc import Sequence
from html import escape

import plotly.graph_objects as go

from data.words import _
from pages.display import colours, numbers, sentences, states
from pages.display.figures import look
from queries.answers import Answer, Point, Trajectory
from queries.progress import Status

ROW_HEIGHT, ABOVE = 54, 40


def dots(answer: Answer, area: str, title: str) -> go.Figure:
    """A row for every part that has a figure, in the definition's order."""
    definition, one = answer.definition, answer.area(area)
    figure = go.Figure()
    rows = [(code, own) for code in definition.parts if (own := _course(answer, area, code))]
    look.dress(figure, answer, title, plot_height=ROW_HEIGHT * max(len(rows), 3), above=ABOVE)
    if not rows:
        look.nothing_to_show(figure)
        return figure
    for position, (code, own) in enumerate(reversed(rows)):
        _add_row(figure, answer, one, sentences.part(definition, code), own, position)
    values = [look.height(definition, point) for _code, own in rows for point in own]
    place = look.target_height(definition, one)
    if place is not None:
        figure.add_vline(place, line={"color": colours.TARGET, "width": 2, "dash": "dash"})
        look.beside(figure, look.target_text(definition, one), x=place, xref="x", y=1, yanchor="bottom")
    key = {"size": look.SMALL_SIZE, "color": colours.SOFT_TEXT}
    look.beside(figure, _key(answer, rows), x=0, xanchor="left", y=1, yanchor="bottom", yshift=20, font=key)
    reach = [0, max(*values, place or 0) * 1.12 or 1]
    figure.update_xaxes(range=reach, ticksuffix=look.suffix(definition), gridcolor=colours.GRID, nticks=6)
    figure.update_yaxes(showticklabels=False, showgrid=False, range=[-0.5, len(rows) - 0.3])
    figure.update_layout(margin={"l": 20, "r": 130})
    return figure


def _course(answer: Answer, area: str, code: str) -> list[Point]:
    return [one for one in answer.parts if (one.area, one.part) == (area, code) and one.value is not None]


def _period(answer: Answer, point: Point) -> str:
    return numbers.period_short(point.period, answer.definition.period)


def _key(answer: Answer, rows: Sequence[tuple[str, Sequence[Point]]]) -> str:
    periods = sorted({point.period for _code, own in rows for point in (own[0], own[-1])})
    first, last = (numbers.period_short(period, answer.definition.period) for period in (periods[0], periods[-1]))
    return f"● {last}" if first == last else f"○ {first}  ● {last}"


def _add_row(figure: go.Figure, answer: Answer, one: Trajectory, name: str, own: Sequence[Point], row: int) -> None:
    definition, newest = answer.definition, own[-1]
    state = states.state(_status(one, newest))
    places = [look.height(definition, point) for point in (own[0], newest)]
    if own[0] is not newest:
        hollow = {"size": 12, "color": "white", "line": {"color": state.colour, "width": 2}}
        line = {"line": {"color": state.colour, "width": 2}, "legendgroup": _("change")}
        first = {"marker": hollow, "legendgroup": _period(answer, own[0])}
        figure.add_trace(go.Scatter(x=places, y=[row, row], mode="lines", hoverinfo="skip", **line))
        figure.add_trace(go.Scatter(x=places[:1], y=[row], mode="markers", hoverinfo="skip", **first))
    full = {"marker": {"size": 14, "color": state.colour}, "legendgroup": _period(answer, newest), "name": escape(name)}
    figure.add_trace(go.Scatter(x=places[1:], y=[row], mode="markers", hoverinfo="skip", **full))
    place = {"x": 0, "xanchor": "left", "y": row, "yref": "y", "yshift": 17, "bgcolor": look.VEIL}
    look.beside(figure, escape(name), font={"size": look.SMALL_SIZE}, **place)
    figure.add_annotation(
        x=max(places),
        y=row,
        xshift=12,
        xanchor="left",
        showarrow=False,
        bgcolor=look.VEIL,
        text=f"<b>{numbers.bare(definition, newest.value, one.target)}</b> {state.label}",
        font={"size": look.SMALL_SIZE, "color": state.colour},
    )


def _status(one: Trajectory, point: Point) -> Status:
    """Whether a part's own figure meets the target of the whole."""
    if one.target is None or one.target.value is None or point.value is None:
        return Status.NOT_JUDGED
    above = point.value > one.target.value
    met = point.value == one.target.value or above == (one.target.comparison == ">=")
    return Status.ACHIEVED if met else Status.MISSED
