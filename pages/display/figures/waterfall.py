"""Where the points of an appraisal were lost: from full marks down, item by item, to the score."""

from fractions import Fraction
from html import escape

import plotly.graph_objects as go

from data.words import _
from pages.display import appraisal as said
from pages.display import colours, numbers
from pages.display.figures import look
from queries.answers import Answer
from queries.appraisal import HUNDRED, Appraised

ROW_HEIGHT, NAME_WIDTH, NAME_LINES = 36, 20, 2
# How much wider than the losses the plot is, to leave room for the names.
NAMES_ROOM = Fraction(5, 2)
MOST_TICKS = 4


def waterfall(answer: Answer, year: int, one: Appraised, lowest: Fraction) -> go.Figure:
    """One district's items, the largest loss first. lowest: the least score of the year, so that districts share an axis."""
    figure = go.Figure()
    ordered = sorted(one.items, key=lambda item: -one.loss(item))
    look.dress(figure, answer, said.lost_most(answer, year, one), plot_height=ROW_HEIGHT * (len(ordered) + 1), above=12)
    colour = colours.area(one.area, [area.area for area in answer.areas])
    ends = _ends([one.loss(item) for item in ordered])
    rows = list(range(len(ordered)))
    figure.add_trace(
        go.Bar(
            y=rows,
            name=_("points lost"),
            x=[float(one.loss(item)) for item in ordered],
            base=[float(end) for end in ends],
            orientation="h",
            marker={"color": colour, "opacity": 0.85},
            width=0.62,
            hoverinfo="skip",
        )
    )
    score = {"size": 16, "color": colour, "symbol": "diamond"}
    place = {"x": [float(one.score)], "y": [len(ordered)], "name": _("Score of the year")}
    figure.add_trace(go.Scatter(**place, mode="markers", marker=score, hoverinfo="skip"))
    for row, (item, end) in enumerate(zip(ordered, ends, strict=True)):
        text = numbers.signed(-one.loss(item), 2)
        font = {"size": look.SMALL_SIZE, "color": colours.TEXT}
        look.beside(figure, text, x=float(end), xref="x", y=row, yref="y", xanchor="right", xshift=-4, font=font)
    figure.add_annotation(
        x=float(one.score), y=len(ordered), xshift=12, xanchor="left", showarrow=False,
        text=f"<b>{numbers.decimal(one.score, 2)}</b>", font={"size": look.SIZE, "color": colour},
    )  # fmt: skip
    _axes(figure, [item.name for item in ordered], lowest)
    return figure


def _ends(losses: list[Fraction]) -> list[Fraction]:
    """What is left after each loss."""
    left, found = HUNDRED, []
    for loss in losses:
        left -= loss
        found.append(left)
    return found


def _axes(figure: go.Figure, names: list[str], lowest: Fraction) -> None:
    """The axis is cut: bars show losses, each beginning where the one above ends, and no whole score.

    The names stand left of the bars within the plot, in the half of it that the bars leave free.
    """
    figure.update_xaxes(
        range=[float(HUNDRED - (HUNDRED - lowest) * NAMES_ROOM) - 0.5, 100.5],
        tickvals=_ticks(lowest),
        gridcolor=colours.GRID,
        zeroline=False,
    )
    figure.update_yaxes(visible=False, range=[len(names) + 0.6, -0.7])
    for row, name in enumerate([*map(_name, names), [_("Score of the year")]]):
        text = "<br>".join(map(escape, name))
        place: dict[str, object] = {"x": 0, "xanchor": "left", "y": row, "yref": "y", "align": "left"}
        shown = text if row < len(names) else f"<b>{text}</b>"
        look.beside(figure, shown, font={"size": look.SMALL_SIZE}, **place)
    figure.add_vline(100, line={"color": colours.TARGET, "width": 2, "dash": "dash"})
    look.beside(figure, _("full marks 100"), x=100, xref="x", xanchor="right", y=1, yanchor="bottom")


def _ticks(lowest: Fraction) -> list[int]:
    """Round numbers of points from the lowest score to full marks, at most five."""
    step = next((step for step in (1, 2, 5, 10, 20) if (HUNDRED - lowest) / step <= MOST_TICKS), 25)
    return [tick for tick in range(0, 101, step) if tick >= lowest - step]


def _name(name: str) -> list[str]:
    lines = look.wrapped(name, NAME_WIDTH)
    return lines if len(lines) <= NAME_LINES else [*lines[: NAME_LINES - 1], lines[NAME_LINES - 1][:-1] + "…"]
