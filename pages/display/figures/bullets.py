"""Several counts against their goals: a row each, on its own scale, so that unlike goals can be read side by side."""

from collections.abc import Sequence
from fractions import Fraction
from html import escape

import plotly.graph_objects as go

from data.words import _
from pages.display import colours, numbers, sentences, states
from pages.display.figures import look
from queries.answers import Answer

ROW_HEIGHT, BAR = 84, 0.2
# The bar lies in the lower part of its row, under its name and its figures.
ABOVE_BAR = 0.16


def bullets(found: Sequence[Answer], title: str) -> go.Figure:
    """Rows of the whole's newest counts: bar = count, upright line = goal, band = range; those without a goal are left out."""
    shown = [one for one in found if one.whole.target and one.whole.target.value]
    figure = go.Figure()
    look.dress_rows(
        figure,
        title,
        sentences.common_footing(shown),
        sample=any(one.sample for one in shown),
        plot_height=ROW_HEIGHT * max(len(shown), 1),
    )
    if not shown:
        look.nothing_to_show(figure)
        return figure
    for position, one in enumerate(reversed(shown)):
        _add_row(figure, one, position)
    figure.update_xaxes(range=[0, 1.02], visible=False)
    figure.update_yaxes(range=[-0.5, len(shown) - 0.5], visible=False)
    figure.update_layout(bargap=0, margin={"l": 12, "r": 16})
    return figure


def _add_row(figure: go.Figure, one: Answer, position: int) -> None:
    """The row's scale ends at the goal, the range's upper end, or the count, whichever is largest."""
    target, latest = one.whole.target, one.whole.latest
    if target is None or target.value is None:
        return
    count, goal = (latest.value or Fraction(0)) if latest else Fraction(0), Fraction(target.value)
    upper = Fraction(target.upper) if target.upper is not None else goal
    full = max(count, upper)
    height = position - ABOVE_BAR
    state = states.state(one.whole.status)
    lower, higher = height - BAR, height + BAR
    figure.add_shape(type="rect", x0=0, x1=1, y0=lower, y1=higher, fillcolor=colours.GRID, line_width=0, layer="below")
    if upper > goal:
        band = {"type": "rect", "x0": float(goal / full), "x1": float(upper / full), "y0": lower, "y1": higher}
        figure.add_shape(**band, fillcolor=colours.MUTED, line_width=0, layer="below")
    figure.add_trace(
        go.Bar(
            x=[float(count / full)],
            y=[height],
            width=BAR,
            orientation="h",
            name=escape(sentences.title(one.definition)),
            legendgroup=_("share of the goal"),
            marker={"color": state.colour},
            hoverinfo="skip",
        )
    )
    mark = {"color": colours.TARGET, "width": 3}
    figure.add_shape(
        type="line", x0=float(goal / full), x1=float(goal / full), y0=lower - 0.04, y1=higher + 0.04, line=mark
    )
    text = f"{escape(sentences.title(one.definition))}<br><b>{escape(reached(one))}</b> "
    look.beside(
        figure,
        f"{text}<span style='color:{state.colour}'>{state.label}</span>",
        x=0,
        xanchor="left",
        align="left",
        y=higher,
        yref="y",
        yanchor="bottom",
        yshift=3,
        font={"size": look.SIZE},
    )


def reached(one: Answer) -> str:
    """The count beside its goal, and what is missing: 11 / 15, 4 teachers short."""
    definition, whole = one.definition, one.whole
    if whole.latest is None or whole.target is None:
        return _("no data")
    goal = numbers.target(definition, whole.target).removeprefix("≥ ")
    shown = f"{numbers.short(definition, whole.latest, whole.target)} / {goal}"
    return _("{shown}, {gap} short", shown=shown, gap=numbers.gap(whole, definition)) if whole.gap else shown
