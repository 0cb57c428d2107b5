"""The course of an indicator over time, as lines: one area against its target, or all areas side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from html import escape
from itertools import pairwise
from math import inf

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from data.words import _
from pages.display import colours, numbers, sentences, states
from pages.display.figures import look, marked
from queries.answers import Answer, Trajectory
from queries.catalogue import Definition
from queries.decisions import Decision

# Labels at the ends of lines, of two lines each, keep this share of the axis between them.
LABEL_DISTANCE = 0.135
PANEL_COLUMNS, PANEL_HEIGHT, PANEL_TITLE = 2, 150, 46
# The longest line of a panel's title in half-width characters: what half a phone can show.
PANEL_NAME_WIDTH = 18


@dataclass(frozen=True)
class Line:
    """One line of a chart: (period, height) pairs, and the name and newest value that are written at its end.

    running: the periods that are not over, whose figures are not the last word.
    """

    label: str
    newest: str
    colour: str
    points: Sequence[tuple[int, float]]
    width: float = 2.5
    dash: str = "solid"
    running: frozenset[int] = frozenset()


def trajectory(answer: Answer, area: str, taken: Sequence[Decision] = ()) -> go.Figure:
    """One area's series against its target and the published figures; taken: the decisions about it, to be marked."""
    definition, chosen = answer.definition, answer.area(area)
    figure = go.Figure()
    own = _line(answer, area, 4)
    lines = [line for line in (*_published_lines(answer), own) if line.points]
    marks = marked.marks(definition, [period for line in lines for period, _height in line.points], taken)
    above = 14 + (marked.ROW if marks else 0)
    look.dress(figure, answer, sentences.titled(answer, sentences.standing(answer, chosen)), above=above)
    if not lines:
        look.nothing_to_show(figure)
        return figure
    for line in lines:
        figure.add_trace(_trace(definition, line, markers=line is own))
    values = [height for line in lines for _period, height in line.points]
    look.period_axis(figure, definition, [period for line in lines for period, _height in line.points])
    look.value_axis(figure, definition, values, chosen)
    _label_ends(figure, definition, lines, look.span(definition, values, chosen))
    _mark_target(figure, definition, chosen)
    marked.mark(figure, marks)
    return figure


def areas(answer: Answer) -> go.Figure:
    """Small multiples: every area in a panel of its own on shared axes, the others in grey behind it."""
    rows = -(-len(answer.areas) // PANEL_COLUMNS)
    names = [look.wrapped(sentences.area(answer, one.area), PANEL_NAME_WIDTH) for one in answer.areas]
    title = PANEL_TITLE + look.LINE * max(len(lines) for lines in names)
    height = rows * PANEL_HEIGHT + (rows - 1) * (title + look.TICKS)
    figure = make_subplots(
        rows,
        PANEL_COLUMNS,
        horizontal_spacing=0.06,
        vertical_spacing=(title + look.TICKS) / height if rows > 1 else 0,
        subplot_titles=[_panel_title(answer, one, lines) for one, lines in zip(answer.areas, names, strict=True)],
    )
    figure.update_annotations(font={"size": look.SIZE, "color": colours.TEXT}, yshift=4)
    lines = {one.area: _line(answer, one.area, 3.5) for one in answer.areas}
    for position, one in enumerate(answer.areas):
        _add_panel(figure, answer.definition, one, lines, position)
    look.dress(figure, answer, sentences.districts(answer), plot_height=height, above=title - 20)
    points = [point for line in lines.values() for point in line.points]
    periods = [period for period, _height in points]
    look.period_axis(figure, answer.definition, [min(periods), max(periods)] if periods else [])
    kind = answer.definition.period
    look.name_places(figure, {look.place(answer.definition, one): numbers.period_short(one, kind) for one in periods})
    look.value_axis(figure, answer.definition, [height for _period, height in points], answer.whole)
    figure.update_yaxes(nticks=4)
    # The panels share their axes, so the first column's numbers serve all; on a phone there is no room for more.
    figure.update_yaxes(showticklabels=False, col=PANEL_COLUMNS)
    return figure


def compared(answer: Answer, title: str) -> go.Figure:
    """The areas that have figures in one chart, where what counts is how they stand to each other."""
    definition = answer.definition
    figure = go.Figure()
    look.dress(figure, answer, title, above=14)
    lines = [line for line in (_line(answer, one.area, 3) for one in answer.areas) if line.points]
    if not lines:
        look.nothing_to_show(figure)
        return figure
    for line in lines:
        figure.add_trace(_trace(definition, line, markers=True))
    values = [height for line in lines for _period, height in line.points]
    judged = next((one for one in answer.areas if one.target), answer.whole)
    look.period_axis(figure, definition, [period for line in lines for period, _height in line.points])
    look.value_axis(figure, definition, values, judged)
    _label_ends(figure, definition, lines, look.span(definition, values, judged))
    _mark_target(figure, definition, judged)
    return figure


def spread(positions: Sequence[float], distance: float, highest: float = inf) -> list[float]:
    """The positions moved as little as a simple sweep can: neighbours at least `distance` apart, none over `highest`."""
    order = sorted(range(len(positions)), key=lambda index: positions[index])
    moved = list(positions)
    for lower, upper in pairwise(order):
        moved[upper] = max(moved[upper], moved[lower] + distance)
    shift = sum(moved[index] - positions[index] for index in order) / (len(order) or 1)
    over = max((place - shift for place in moved), default=0) - highest
    return [place - shift - max(0.0, over) for place in moved]


def _line(answer: Answer, area: str, width: float) -> Line:
    definition, one = answer.definition, answer.area(area)
    drawn = next((point for point in reversed(one.points) if point.value is not None), None)
    newest = numbers.bare(definition, drawn.value, one.target) if drawn else ""
    if drawn and drawn.period in answer.running:
        newest = _("{value} so far", value=newest)
    colour, points = colours.area(area, [other.area for other in answer.areas]), look.pairs(definition, one.points)
    return Line(sentences.area(answer, area), newest, colour, points, width, running=answer.running)


def _published_lines(answer: Answer) -> list[Line]:
    """The nation's and the province's figures within the years that the plan's areas have."""
    own = [point.period for one in answer.areas for point in one.points if point.value is not None]
    first, last = (min(own), max(own)) if own else (0, 9999)
    names = list(dict.fromkeys(one.area for one in answer.published))
    lines = []
    for position, name in enumerate(names):
        within = [one for one in answer.published if one.area == name and first <= one.period <= last]
        newest = numbers.bare(answer.definition, within[-1].value) if within else ""
        points = [(one.period, float(one.value) * 100) for one in within]
        lines.append(Line(sentences.area(answer, name), newest, colours.published(position), points, 2, "dot"))
    return lines


def _trace(definition: Definition, line: Line, *, markers: bool = False) -> go.Scatter:
    muted = line.colour == colours.MUTED
    places = 3 if definition.unit == "ratio" else 1
    label = f"{escape(line.label)}  %{{text}}  %{{y:,.{places}f}}{look.suffix(definition)}<extra></extra>"
    return go.Scatter(
        x=[look.place(definition, period) for period, _height in line.points],
        y=[height for _period, height in line.points],
        name=escape(line.label),
        mode="lines+markers" if markers or len(line.points) == 1 else "lines",
        line={"color": line.colour, "width": line.width, "dash": line.dash},
        marker={
            "size": 9 if markers else 7,
            "color": line.colour,
            "symbol": ["circle-open" if period in line.running else "circle" for period, _height in line.points],
        },
        text=[sentences.period(definition, period, line.running) for period, _height in line.points],
        hovertemplate=None if muted else label,
        hoverinfo="skip" if muted else None,
        showlegend=False,
    )


def _label_ends(figure: go.Figure, definition: Definition, lines: Sequence[Line], reach: list[float]) -> None:
    """Writes each line's name and newest value behind its end, moved apart where they would overlap."""
    last = max(line.points[-1][0] for line in lines)
    distance = (reach[1] - reach[0]) * LABEL_DISTANCE
    places = spread([line.points[-1][1] for line in lines], distance, reach[1] - distance / 3)
    widest = 0
    for line, place in zip(lines, places, strict=True):
        period, value = line.points[-1][0], line.newest
        if period != last:
            value += f" ({numbers.period_short(period, definition.period)})"
        text = f"{escape(line.label)}<br>{value}"
        bold = line.width > 3
        font = {"size": look.SIZE if bold else look.SMALL_SIZE, "color": line.colour}
        # Behind the plot, not behind the last point: on a wide screen the target's line runs on past that.
        place_of_text = {"x": 1, "xanchor": "left", "xshift": 12, "y": place, "yref": "y", "align": "left"}
        look.beside(figure, f"<b>{text}</b>" if bold else text, font=font, **place_of_text)
        widest = max(widest, look.width(line.label), look.width(value))
    figure.update_layout(margin_r=round(24 + widest * look.CHARACTER))


def _mark_target(figure: go.Figure, definition: Definition, one: Trajectory) -> None:
    place = look.target_height(definition, one)
    if one.target is None or place is None:
        return
    if one.target.upper is not None:  # a range: its lower end is the line, the band reaches to its upper one
        upper = float(Fraction(one.target.upper) * numbers.scale(definition))
        figure.add_hrect(place, upper, fillcolor=colours.GRID, opacity=0.7, line_width=0, layer="below")
    figure.add_hline(
        place,
        line={"color": colours.TARGET, "width": 2, "dash": "dash"},
        annotation={
            "text": look.target_text(definition, one),
            "font": {"size": look.SMALL_SIZE, "color": colours.TARGET},
            "xanchor": "left",
            "x": 0,
            "bgcolor": "rgba(255,255,255,0.8)",
        },
        annotation_position="top left",
    )
    due = look.due_point(definition, one)
    if due and one.target.due:
        figure.add_vline(
            look.place(definition, due.period), line={"color": colours.SOFT_TEXT, "width": 1, "dash": "dot"}
        )
        look.beside(
            figure,
            _("due {day}", day=numbers.day(one.target.due)),
            x=look.place(definition, due.period),
            xref="x",
            y=1,
            yanchor="bottom",
            font={"size": look.FOOT_SIZE, "color": colours.SOFT_TEXT},
        )


def _add_panel(
    figure: go.Figure, definition: Definition, one: Trajectory, lines: dict[str, Line], position: int
) -> None:
    row, column = position // PANEL_COLUMNS + 1, position % PANEL_COLUMNS + 1
    for name, line in lines.items():
        if name != one.area:
            grey = replace(line, colour=colours.MUTED, width=1.5)
            figure.add_trace(_trace(definition, grey), row=row, col=column)
    figure.add_trace(_trace(definition, lines[one.area], markers=True), row=row, col=column)
    place = look.target_height(definition, one)
    if place is not None:
        dash = {"color": colours.TARGET, "width": 1.5, "dash": "dash"}
        figure.add_hline(place, row=row, col=column, line=dash)


def _panel_title(answer: Answer, one: Trajectory, lines: Sequence[str]) -> str:
    state = states.state(one.status)
    # Without its unit, which the foot names: a panel is narrow on a phone.
    shown = escape(numbers.short(answer.definition, one.latest, one.target))
    name = "<br>".join(map(escape, lines))
    return f"<b>{name}</b><br>{shown} <span style='color:{state.colour}'>{state.label}</span>"
