"""Decisions on the time axis of a course: an upright line at the day of each, its number above the plot."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from data.words import _
from pages.display import colours, decisions, numbers
from pages.display.figures import look
from queries.catalogue import Definition
from queries.decisions import Decision
from queries.periods import position_of

# The room that the numbers take above the plot: over the label of a due date, in pixels.
ROW = 20
# So many half-width characters fit side by side above the plot on a phone.
FITTING = 30
# A decision is mostly about the newest figure, and so taken after it: the axis goes on by as much as this, in years.
BEYOND = 1.0
MARK = "decision"


@dataclass(frozen=True)
class Mark:
    """A decision at its place on the time axis, in years, with its number in the list below the chart."""

    place: float
    number: int
    decision: Decision


def marks(definition: Definition, periods: Sequence[int], taken: Sequence[Decision]) -> list[Mark]:
    """The decisions within the periods of a chart or in the year after them, in the order of time."""
    if not taken or not periods:
        return []
    first, last = (look.place(definition, one) for one in (min(periods), max(periods)))
    listed = decisions.numbered(taken)
    found = [Mark(position_of(one.decided_on, definition.period), listed[one.decision_id], one) for one in taken]
    return sorted((one for one in found if first <= one.place <= last + BEYOND), key=lambda one: one.number)


def mark(figure: go.Figure, found: Sequence[Mark]) -> None:
    """Draws the lines and names them; where names would touch, one stands for several."""
    if not found:
        return
    first, last = figure.layout.xaxis.range
    last = max(last, found[-1].place + (found[-1].place - first) / 50)
    figure.update_xaxes(range=[first, last])
    for one in found:
        figure.add_vline(one.place, line={"color": colours.SOFT_TEXT, "width": 1.2}, name=MARK)
    for group, label in _named(found, last - first):
        look.beside(
            figure,
            label,
            x=sum(one.place for one in group) / len(group),
            xref="x",
            y=1,
            yanchor="bottom",
            yshift=ROW - 2,
            font={"size": look.FOOT_SIZE, "color": colours.TEXT},
            hovertext="<br>".join(_told(one) for one in group),
            name=MARK,
        )


def _named(found: Sequence[Mark], span: float) -> list[tuple[list[Mark], str]]:
    """The marks with their names; those whose names would touch share one. The first name says what the numbers are of."""
    groups: list[list[Mark]] = []
    for one in found:
        names = [_label(groups[-1], first=len(groups) == 1), _label([one], first=False)] if groups else []
        room = sum(look.width(f"{name} ") for name in names) / 2 / FITTING * span
        if groups and one.place - groups[-1][-1].place < room:
            groups[-1].append(one)
        else:
            groups.append([one])
    return [(group, _label(group, first=group is groups[0])) for group in groups]


def _label(group: Sequence[Mark], *, first: bool) -> str:
    numbers_of = f"{group[0].number}" if len(group) == 1 else f"{group[0].number}–{group[-1].number}"
    if not first:
        return f"◆ {numbers_of}"
    return "◆ " + (
        _("decision {number}", number=numbers_of) if len(group) == 1 else _("decisions {numbers}", numbers=numbers_of)
    )


def _told(one: Mark) -> str:
    taken = one.decision
    lines = look.wrapped(f"{one.number}. {numbers.day(taken.decided_on)}  {taken.task}", look.TITLE_WIDTH)
    state = f"{decisions.look(taken).shape} {decisions.standing(taken)}"
    return "<br>".join(escape(line) for line in (*lines, state))
