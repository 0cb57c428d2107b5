"""An answer in, a Plotly figure out. A figure's title is its conclusion; below it stand unit, source and date.

Text from outside (names of areas, schools, files) is escaped: Plotly reads a little HTML in every label.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from itertools import pairwise

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from data.words import _
from pages.display import colours, numbers, sentences, states
from queries.answers import Answer, Point, Trajectory
from queries.catalogue import Definition

FONT = "'Source Sans', 'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', sans-serif"
SIZE, SMALL_SIZE, TITLE_SIZE = 15, 13, 17
TITLE_LINE_HEIGHT, ABOVE_PLOT, BELOW_PLOT, PLOT_HEIGHT = 23, 46, 62, 270
# A title's line in half-width characters: what a phone can show.
TITLE_WIDTH = 40
# Labels at the ends of lines keep this share of the axis between them.
LABEL_DISTANCE = 0.072


@dataclass(frozen=True)
class Line:
    """One line of a chart: (period, value) pairs and the label at its end."""

    label: str
    colour: str
    points: Sequence[tuple[int, float]]
    width: float = 2.5
    dash: str = "solid"


def trajectory(answer: Answer, area: str) -> go.Figure:
    """One area's series against its target and the published figures."""
    chosen = answer.area(area)
    names = [one.area for one in answer.areas]
    own = Line(sentences.area(answer, area), colours.area(area, names), _pairs(answer.definition, chosen.points), 4)
    figure = go.Figure()
    lines = [*_published_lines(answer), own]
    for line in lines:
        figure.add_trace(_trace(answer.definition, line, markers=line is own))
    _dress(figure, answer, sentences.titled(answer, sentences.standing(answer, chosen)))
    _label_ends(figure, answer.definition, lines, chosen)
    _mark_target(figure, answer.definition, chosen)
    _period_axis(figure, answer.definition, [pair[0] for line in lines for pair in line.points])
    _value_axis(figure, answer.definition, lines, chosen)
    return figure


def areas(answer: Answer) -> go.Figure:
    """Small multiples: every area in a panel of its own on shared axes, the others in grey behind it."""
    names = [one.area for one in answer.areas]
    series = {one.area: _pairs(answer.definition, one.points) for one in answer.areas}
    figure = make_subplots(
        1,
        len(names),
        shared_yaxes=True,
        horizontal_spacing=0.025,
        subplot_titles=[_panel_title(answer, one) for one in answer.areas],
    )
    for column, one in enumerate(answer.areas, start=1):
        for other in names:
            if other != one.area:
                line = Line(sentences.area(answer, other), colours.MUTED, series[other], 1.5)
                figure.add_trace(_trace(answer.definition, line), row=1, col=column)
        line = Line(sentences.area(answer, one.area), colours.area(one.area, names), series[one.area], 3.5)
        figure.add_trace(_trace(answer.definition, line, markers=True), row=1, col=column)
        if one.target:
            figure.add_hline(
                float(one.target.value) * _scale(answer.definition),
                row=1,
                col=column,
                line={"color": colours.TARGET, "width": 1.5, "dash": "dash"},
            )
    _dress(figure, answer, sentences.districts(answer))
    figure.update_layout(margin_t=figure.layout.margin.t + 46, height=figure.layout.height + 46)
    for panel in figure.layout.annotations[: len(names)]:
        panel.update(font={"size": SIZE, "color": colours.TEXT}, yshift=6)
    _period_axis(figure, answer.definition, [pair[0] for pairs in series.values() for pair in pairs], sparse=True)
    _value_axis(figure, answer.definition, [Line("", "", pairs) for pairs in series.values()], answer.whole)
    return figure


def standing(answer: Answer) -> go.Figure:
    """A dot plot of where every area stands against the target: now (full) and at the due date (hollow)."""
    figure = go.Figure()
    names = [one.area for one in answer.areas]
    for one in reversed(answer.areas):
        _add_standing(figure, answer, one, colours.area(one.area, names))
    _dress(figure, answer, sentences.districts(answer))
    scale = _scale(answer.definition)
    if answer.whole.target:
        figure.add_vline(
            float(answer.whole.target.value) * scale, line={"color": colours.TARGET, "width": 2, "dash": "dash"}
        )
        figure.add_annotation(
            x=float(answer.whole.target.value) * scale,
            y=1,
            yref="paper",
            yanchor="bottom",
            showarrow=False,
            text=_target_text(answer.definition, answer.whole),
            font={"size": SMALL_SIZE},
        )
    shown = [point for one in answer.areas for point in _shown(one)]
    if shown:
        figure.add_annotation(
            text=_dots_key(answer, shown),
            x=0,
            xref="paper",
            xanchor="left",
            y=1,
            yref="paper",
            yanchor="bottom",
            showarrow=False,
            font={"size": SMALL_SIZE, "color": colours.SOFT_TEXT},
        )
    values = [float(point.value) * scale for point in shown if point.value is not None]
    figure.update_xaxes(
        range=_span(answer.definition, values, answer.whole),
        ticksuffix=_suffix(answer.definition),
        showgrid=True,
        gridcolor=colours.GRID,
    )
    figure.update_yaxes(
        tickfont={"size": SIZE},
        showgrid=False,
        categoryorder="array",
        categoryarray=[escape(sentences.area(answer, name)) for name in reversed(names)],
    )
    figure.update_layout(height=figure.layout.margin.t + BELOW_PLOT + 66 * len(names), margin_r=100)
    return figure


def composition(answer: Answer, area: str) -> go.Figure:
    """How an area's whole splits into its parts, period by period, as columns."""
    definition = answer.definition
    own = [point for point in answer.parts if point.area == area and point.value is not None]
    periods = sorted({point.period for point in own})
    scale = _scale(definition)
    figure = go.Figure()
    codes = [code for code in definition.parts if any(point.part == code for point in own)]
    for position, code in enumerate(codes):
        by_period = {point.period: point for point in own if point.part == code}
        if definition.unit == "share":
            values = [_part_share(by_period.get(period)) for period in periods]
        else:
            values = [by_period[period].value if period in by_period else None for period in periods]
        colour = colours.PARTS[position % len(colours.PARTS)]
        figure.add_trace(
            go.Bar(
                x=[numbers.period_short(period, definition.period) for period in periods],
                y=[None if amount is None else float(amount) * scale for amount in values],
                text=[numbers.bare(definition, amount) for amount in values],
                textposition="inside",
                insidetextanchor="middle",
                name=escape(sentences.part(definition, code)),
                marker={"color": colour, "line": {"color": "white", "width": 1}},
                textfont={"size": SMALL_SIZE, "color": "white" if position < 2 else colours.TEXT},
                hoverinfo="skip",
            )
        )
    _dress(figure, answer, sentences.titled(answer, sentences.parts(answer, area)))
    stacked = definition.unit != "mean"
    figure.update_layout(
        barmode="stack" if stacked else "group",
        bargap=0.35,
        showlegend=True,
        margin_r=8,
        legend={
            "orientation": "h",
            "y": 1.02,
            "yanchor": "bottom",
            "x": 0,
            "traceorder": "normal",
            "font": {"size": SIZE},
        },
    )
    figure.update_yaxes(visible=False, rangemode="tozero")
    figure.update_xaxes(tickfont={"size": SMALL_SIZE}, showgrid=False)
    return figure


def _dots_key(answer: Answer, shown: Sequence[Point]) -> str:
    """What the full and the hollow dots stand for."""
    first, last = (
        numbers.period_short(choice(point.period for point in shown), answer.definition.period) for choice in (min, max)
    )
    return f"● {last}" if first == last else f"○ {first}  ● {last}"


def _part_share(point: Point | None) -> Fraction | None:
    return point.value if point else None


def _shown(one: Trajectory) -> list[Point]:
    """The newest figure, and the one that the target was due on."""
    found = [one.latest] if one.latest else []
    due = _due_point(one)
    return [*found, due] if due and due is not one.latest else found


def _due_point(one: Trajectory) -> Point | None:
    if one.target is None or one.target.due is None:
        return None
    return next(
        (point for point in reversed(one.points) if point.value is not None and point.period <= one.target.due.year),
        None,
    )


def _add_standing(figure: go.Figure, answer: Answer, one: Trajectory, colour: str) -> None:
    latest, due = one.latest, _due_point(one)
    scale, name = _scale(answer.definition), escape(sentences.area(answer, one.area))
    if latest is None or latest.value is None:
        figure.add_trace(go.Scatter(x=[None], y=[name], mode="markers", hoverinfo="skip"))
        figure.add_annotation(
            x=0.01,
            xref="paper",
            xanchor="left",
            y=name,
            text=_("no data"),
            showarrow=False,
            font={"color": colours.SOFT_TEXT},
        )
        return
    now = float(latest.value) * scale
    if due and due.value is not None and due is not latest:
        then = float(due.value) * scale
        figure.add_trace(
            go.Scatter(
                x=[then, now], y=[name, name], mode="lines", line={"color": colour, "width": 2}, hoverinfo="skip"
            )
        )
        figure.add_trace(
            go.Scatter(
                x=[then],
                y=[name],
                mode="markers",
                hoverinfo="skip",
                marker={"size": 15, "color": "white", "line": {"color": colour, "width": 2.5}},
            )
        )
    state = states.state(one.status)
    label = f"<b>{numbers.point(answer.definition, latest, one.target)}</b> {state.label}"
    rightmost = max(now, float(due.value) * scale) if due and due.value is not None else now
    figure.add_trace(
        go.Scatter(x=[now], y=[name], mode="markers", marker={"size": 17, "color": colour}, hoverinfo="skip")
    )
    figure.add_annotation(
        x=rightmost,
        y=name,
        xshift=14,
        xanchor="left",
        text=label,
        bgcolor="rgba(255,255,255,0.85)",
        showarrow=False,
        font={"size": SIZE, "color": state.colour},
    )


def _pairs(definition: Definition, points: Sequence[Point]) -> list[tuple[int, float]]:
    return [(point.period, float(point.value) * _scale(definition)) for point in points if point.value is not None]


def _published_lines(answer: Answer) -> list[Line]:
    names = list(dict.fromkeys(one.area for one in answer.published))
    own = [point.period for one in answer.areas for point in one.points if point.value is not None]
    first, last = (min(own), max(own)) if own else (0, 9999)
    return [
        Line(
            sentences.area(answer, name),
            colours.published(position),
            [
                (one.period, float(one.value) * 100)
                for one in answer.published
                if one.area == name and first <= one.period <= last
            ],
            2,
            "dot",
        )
        for position, name in enumerate(names)
    ]


def _trace(definition: Definition, line: Line, *, markers: bool = False) -> go.Scatter:
    alone = len(line.points) == 1
    return go.Scatter(
        x=[pair[0] for pair in line.points],
        y=[pair[1] for pair in line.points],
        name=escape(line.label),
        mode="lines+markers" if markers or alone else "lines",
        line={"color": line.colour, "width": line.width, "dash": line.dash},
        marker={"size": 9 if markers else 7, "color": line.colour},
        text=[numbers.period(pair[0], definition.period) for pair in line.points],
        hovertemplate=f"{escape(line.label)}  %{{text}}  %{{y:,.1f}}{_suffix(definition)}<extra></extra>",
        hoverinfo="skip" if line.colour == colours.MUTED else None,
        showlegend=False,
    )


def _label_ends(figure: go.Figure, definition: Definition, lines: Sequence[Line], one: Trajectory) -> None:
    """Writes each line's name and newest value behind its end, moved apart where they would overlap."""
    drawn = [line for line in lines if line.points]
    if not drawn:
        figure.add_annotation(
            text=_("no data"),
            x=0.5,
            y=0.5,
            xref="paper",
            yref="paper",
            showarrow=False,
            font={"size": TITLE_SIZE, "color": colours.SOFT_TEXT},
        )
        return
    ends = [line.points[-1][1] for line in drawn]
    values = [pair[1] for line in drawn for pair in line.points]
    low, high = _span(definition, values, one)
    last = max(line.points[-1][0] for line in drawn)
    for line, place in zip(drawn, spread(ends, (high - low) * LABEL_DISTANCE), strict=True):
        label = f"{escape(line.label)} {_number_text(definition, line.points[-1][1])}"
        if line.points[-1][0] != last:
            label += f" ({numbers.period_short(line.points[-1][0], definition.period)})"
        bold = line.width > 3
        figure.add_annotation(
            x=last,
            y=place,
            xanchor="left",
            xshift=12,
            showarrow=False,
            text=f"<b>{label}</b>" if bold else label,
            font={"size": SIZE if bold else SMALL_SIZE, "color": line.colour},
        )


def spread(positions: Sequence[float], distance: float) -> list[float]:
    """The positions moved as little as a simple sweep can, so that neighbours are at least `distance` apart."""
    order = sorted(range(len(positions)), key=lambda index: positions[index])
    moved = list(positions)
    for lower, upper in pairwise(order):
        moved[upper] = max(moved[upper], moved[lower] + distance)
    shift = sum(moved[index] - positions[index] for index in order) / (len(order) or 1)
    return [place - shift for place in moved]


def _number_text(definition: Definition, amount: float) -> str:
    return numbers.bare(definition, Fraction(amount).limit_denominator(10**9) / _scale(definition))


def _dress(figure: go.Figure, answer: Answer, title: str) -> None:
    """The common look, the title that says the conclusion, and the foot with unit, source and date."""
    lines = wrapped(title, TITLE_WIDTH)
    # Plotly hangs the lines of a title below the first one only where that is anchored at its bottom.
    top = ABOVE_PLOT + TITLE_LINE_HEIGHT * len(lines)
    height = top + PLOT_HEIGHT + BELOW_PLOT
    figure.update_layout(
        template="none",
        title={
            "text": f"<b>{'<br>'.join(escape(line) for line in lines)}</b>",
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "pad": {"l": 8},
            "y": 1 - 26 / height,
            "yanchor": "bottom",
            "font": {"size": TITLE_SIZE, "color": colours.TEXT},
            "automargin": False,
        },
        font={"family": FONT, "size": SMALL_SIZE, "color": colours.TEXT},
        height=height,
        showlegend=False,
        margin={"l": 8, "r": 150, "t": top, "b": BELOW_PLOT},
        paper_bgcolor="white",
        plot_bgcolor="white",
        dragmode=False,
        hovermode="closest",
    )
    figure.add_annotation(
        text=escape(sentences.footing(answer)),
        x=0,
        y=0,
        xref="paper",
        yref="paper",
        yshift=-36,
        xanchor="left",
        yanchor="top",
        showarrow=False,
        font={"size": 12, "color": colours.SOFT_TEXT},
    )
    if answer.sample:
        figure.add_annotation(
            text=_("sample data"),
            x=0.5,
            y=0.5,
            xref="paper",
            yref="paper",
            showarrow=False,
            textangle=-18,
            font={"size": 54, "color": "rgba(91, 102, 115, 0.13)"},
            name="sample",
        )
    figure.update_xaxes(automargin=True, zeroline=False)
    figure.update_yaxes(automargin=True, zeroline=False)


def _mark_target(figure: go.Figure, definition: Definition, one: Trajectory) -> None:
    if one.target is None:
        return
    figure.add_hline(
        float(one.target.value) * _scale(definition),
        line={"color": colours.TARGET, "width": 2, "dash": "dash"},
        annotation={
            "text": _target_text(definition, one),
            "font": {"size": SMALL_SIZE, "color": colours.TARGET},
            "xanchor": "left",
            "x": 0,
            "bgcolor": "rgba(255,255,255,0.8)",
        },
        annotation_position="top left",
    )
    due = _due_point(one)
    if due and one.target.due:
        figure.add_vline(due.period, line={"color": colours.SOFT_TEXT, "width": 1, "dash": "dot"})


def _target_text(definition: Definition, one: Trajectory) -> str:
    text = _("target {target}", target=numbers.target(definition, one.target))
    if one.target and one.target.due:
        return text + _(" by {day}", day=numbers.day(one.target.due))
    return text


def _panel_title(answer: Answer, one: Trajectory) -> str:
    state = states.state(one.status)
    shown = numbers.point(answer.definition, one.latest, one.target)
    return f"<b>{escape(sentences.area(answer, one.area))}</b> {shown}<br><span style='color:{state.colour}'>{state.label}</span>"


def _period_axis(figure: go.Figure, definition: Definition, periods: Sequence[int], *, sparse: bool = False) -> None:
    ticks = sorted(set(periods))
    if sparse and len(ticks) > 3:
        ticks = [ticks[0], ticks[-1]]
    figure.update_xaxes(
        tickmode="array",
        tickvals=ticks,
        ticktext=[_axis_period(tick, definition) for tick in ticks],
        range=[min(periods) - 0.3, max(periods) + 0.3] if periods else None,
        showgrid=False,
        tickfont={"size": SMALL_SIZE},
    )


def _axis_period(tick: int, definition: Definition) -> str:
    return numbers.period_short(tick, definition.period)


def _value_axis(figure: go.Figure, definition: Definition, lines: Sequence[Line], one: Trajectory) -> None:
    values = [pair[1] for line in lines for pair in line.points]
    figure.update_yaxes(
        range=_span(definition, values, one),
        ticksuffix=_suffix(definition),
        gridcolor=colours.GRID,
        showgrid=True,
        tickformat=",.0f",
        nticks=6,
    )


def _span(definition: Definition, values: Sequence[float], one: Trajectory) -> list[float]:
    """Axes of shares and counts start at 0, so that heights can be compared; a mean may start higher."""
    reached = [*values, *([float(one.target.value) * _scale(definition)] if one.target else [])] or [1.0]
    if definition.unit == "mean":
        margin = (max(reached) - min(reached) or 1) * 0.6
        return [max(0.0, min(reached) - margin), max(reached) + margin]
    return [0, max(max(reached) * 1.12, 100 if definition.unit == "share" else 1)]


def _scale(definition: Definition) -> int:
    return 100 if definition.unit == "share" else 1


def _suffix(definition: Definition) -> str:
    return "%" if definition.unit == "share" else ""


def alternative(figure: go.Figure) -> str:
    """What a reader who cannot see the figure is told: its title."""
    return str(figure.layout.title.text or "").replace("<b>", "").replace("</b>", "").replace("<br>", "")


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` half-width characters; a Chinese character takes two and may end a line."""
    lines, line, used = [], "", 0
    for word in re.findall(r"[\u2e80-\uffef]|[^\u2e80-\uffef\s]+\s*|\s+", text):
        size = sum(2 if ord(sign) >= 0x2E80 else 1 for sign in word.rstrip())
        if used + size > width and line and word[0] not in "，。；：、）%":
            lines.append(line.rstrip())
            line, used = "", 0
        line += word
        used += size + len(word) - len(word.rstrip())
    return [*lines, line.rstrip()] if line.strip() else lines


__all__ = ["alternative", "areas", "composition", "spread", "standing", "trajectory", "wrapped"]
