"""Every school against its own earlier years: small multiples on shared axes."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from pages.display import colours, numbers, states
from pages.display.figures import look
from queries.answers import Answer
from queries.progress import Status

COLUMNS, PANEL_HEIGHT, PANEL_TITLE = 2, 130, 46
# The longest line of a panel's title in half-width characters: what half a phone can show.
NAME_WIDTH = 18


@dataclass(frozen=True)
class Panel:
    """One school: its area gives the colour; points: (period, height) pairs; newest and change stand in its title."""

    name: str
    area: str
    points: Sequence[tuple[int, float]]
    newest: str
    change: str
    better: bool | None


def own_years(answer: Answer, title: str, panels: Sequence[Panel]) -> go.Figure:
    """The panels under a title; the answer gives unit, source and the mark of sample data."""
    drawn = [panel for panel in panels if panel.points]
    if not drawn:
        figure = go.Figure()
        look.dress(figure, answer, title)
        look.nothing_to_show(figure)
        return figure
    rows = -(-len(drawn) // COLUMNS)
    names = [look.wrapped(panel.name, NAME_WIDTH) for panel in drawn]
    room = PANEL_TITLE + look.LINE * max(len(lines) for lines in names)
    height = rows * PANEL_HEIGHT + (rows - 1) * (room + look.TICKS)
    figure = make_subplots(
        rows,
        COLUMNS,
        horizontal_spacing=0.06,
        vertical_spacing=(room + look.TICKS) / height if rows > 1 else 0,
        subplot_titles=[_title(panel, lines) for panel, lines in zip(drawn, names, strict=True)],
    )
    figure.update_annotations(font={"size": look.SIZE, "color": colours.TEXT}, yshift=4)
    for position, panel in enumerate(drawn):
        row, column = divmod(position, COLUMNS)
        figure.add_trace(_line(answer, panel), row=row + 1, col=column + 1)
    look.dress(figure, answer, title, plot_height=height, above=room - 20)
    _share_axes(figure, answer, drawn)
    return figure


def _share_axes(figure: go.Figure, answer: Answer, panels: Sequence[Panel]) -> None:
    points = [point for panel in panels for point in panel.points]
    look.period_axis(figure, answer.definition, [period for period, _height in points])
    look.value_axis(figure, answer.definition, [height for _period, height in points], answer.whole)
    figure.update_xaxes(ticklabelstandoff=6)
    figure.update_yaxes(nticks=4)
    # The panels share their axes, so the first column's numbers serve all; on a phone there is no room for more.
    figure.update_yaxes(showticklabels=False, col=COLUMNS)
    if len(panels) % COLUMNS:  # the place that is left over
        figure.update_xaxes(visible=False, row=-(-len(panels) // COLUMNS), col=COLUMNS)
        figure.update_yaxes(visible=False, row=-(-len(panels) // COLUMNS), col=COLUMNS)


def _line(answer: Answer, panel: Panel) -> go.Scatter:
    colour = colours.area(panel.area, [one.area for one in answer.areas])
    return go.Scatter(
        x=[look.place(answer.definition, period) for period, _height in panel.points],
        y=[height for _period, height in panel.points],
        name=escape(panel.name),
        mode="lines+markers",
        line={"color": colour, "width": 3.5},
        marker={"size": 9, "color": colour},
        text=[numbers.period(period, answer.definition.period) for period, _height in panel.points],
        hovertemplate=f"{escape(panel.name)}  %{{text}}  %{{y:,.0f}}<extra></extra>",
        showlegend=False,
    )


def _title(panel: Panel, lines: Sequence[str]) -> str:
    status = {True: Status.ACHIEVED, False: Status.MISSED, None: Status.NOT_JUDGED}[panel.better]
    colour = states.state(status).colour
    name = "<br>".join(map(escape, lines))
    return f"<b>{name}</b><br>{panel.newest} <span style='color:{colour}'>{escape(panel.change)}</span>"
