"""Where every area stands against the target, as a dot plot."""

from collections.abc import Sequence
from html import escape

import plotly.graph_objects as go

from data.words import _
from pages.display import colours, numbers, sentences, states
from pages.display.figures import look
from queries.answers import Answer, Point, Trajectory

ROW_HEIGHT, ABOVE = 64, 40


def standing(answer: Answer) -> go.Figure:
    """Areas as rows: the newest figure as a full dot, the one the target was due on as a hollow one."""
    definition, whole = answer.definition, answer.whole
    figure = go.Figure()
    names = [one.area for one in answer.areas]
    look.dress(figure, answer, sentences.districts(answer), plot_height=ROW_HEIGHT * len(names), above=ABOVE)
    for one in reversed(answer.areas):
        _add_row(figure, answer, one, colours.area(one.area, names))
    place = look.target_height(definition, whole)
    if place is not None:
        figure.add_vline(place, line={"color": colours.TARGET, "width": 2, "dash": "dash"})
        side = "center" if place else "left"  # at 0, half of it would stand outside the picture
        look.beside(figure, look.target_text(definition, whole), x=place, xref="x", xanchor=side, y=1, yanchor="bottom")
    shown = [point for one in answer.areas for point in _dots(answer, one)]
    if shown:
        key = {"size": look.SMALL_SIZE, "color": colours.SOFT_TEXT}
        look.beside(figure, _key(answer, shown), x=0, xanchor="left", y=1, yanchor="bottom", yshift=20, font=key)
    values = [look.height(definition, point) for point in shown]
    reach = look.span(definition, values, whole)
    figure.update_xaxes(range=reach, ticksuffix=look.suffix(definition), gridcolor=colours.GRID, nticks=6)
    rows = [escape(sentences.area(answer, name)) for name in reversed(names)]
    figure.update_yaxes(showticklabels=False, showgrid=False, categoryorder="array", categoryarray=rows)
    for row in rows:  # above its dots: beside them, a long name would leave a phone no room for them
        name = {"x": 0, "xanchor": "left", "xshift": 6, "y": row, "yref": "y", "yshift": 20}
        look.beside(figure, row, **name, font={"size": look.SIZE})
    labels = [f"{numbers.point(definition, one.latest)} {states.state(one.status).label}" for one in answer.areas]
    # A dot at full marks stands near the end of the axis, and its label beyond it.
    figure.update_layout(margin={"l": 20, "r": max(110, round(16 + max(map(look.width, labels)) * look.CHARACTER))})
    return figure


def _dots(answer: Answer, one: Trajectory) -> list[Point]:
    """The newest figure, and before it the one that the target was due on where that is another; none where it is not given."""
    if one.latest and one.latest.suppressed:
        return []
    due = look.due_point(answer.definition, one)
    return [point for point in ((due if due is not one.latest else None), one.latest) if point]


def _name(answer: Answer, point: Point) -> str:
    return numbers.period_short(point.period, answer.definition.period)


def _key(answer: Answer, shown: Sequence[Point]) -> str:
    """What the hollow and the full dots stand for."""
    years = sorted({point.period for point in shown})
    first, last = (numbers.period_short(year, answer.definition.period) for year in (years[0], years[-1]))
    return f"● {last}" if first == last else f"○ {first}  ● {last}"


def _add_row(figure: go.Figure, answer: Answer, one: Trajectory, colour: str) -> None:
    row = escape(sentences.area(answer, one.area))
    dots = _dots(answer, one)
    if not dots or one.latest is None:
        figure.add_trace(go.Scatter(x=[None], y=[row], mode="markers", hoverinfo="skip"))
        shown = escape(numbers.point(answer.definition, one.latest))
        look.beside(figure, shown, x=0.02, xanchor="left", y=row, yref="y", font={"color": colours.SOFT_TEXT})
        return
    places = [look.height(answer.definition, dot) for dot in dots]
    if len(dots) > 1:
        hollow = {"size": 15, "color": "white", "line": {"color": colour, "width": 2.5}}
        line = {"line": {"color": colour, "width": 2}, "name": _("change")}
        first = {"marker": hollow, "name": _name(answer, dots[0])}
        figure.add_trace(go.Scatter(x=places, y=[row, row], mode="lines", hoverinfo="skip", **line))
        figure.add_trace(go.Scatter(x=places[:1], y=[row], mode="markers", hoverinfo="skip", **first))
    full = {"marker": {"size": 17, "color": colour}, "name": _name(answer, dots[-1])}
    figure.add_trace(go.Scatter(x=places[-1:], y=[row], mode="markers", hoverinfo="skip", **full))
    state = states.state(one.status)
    figure.add_annotation(
        x=max(places),
        y=row,
        xshift=14,
        xanchor="left",
        showarrow=False,
        bgcolor="rgba(255,255,255,0.85)",
        text=f"<b>{numbers.point(answer.definition, one.latest, one.target)}</b> {state.label}",
        font={"size": look.SIZE, "color": state.colour},
    )
