"""A series with the limits within which it moves by itself (XmR), so that noise is not taken for news.

Unlike other charts of shares this one does not start at 0: what is read is the distance to the limits.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape

import plotly.graph_objects as go

from data.words import _
from pages.display import colours, numbers, sentences, signals
from pages.display.figures import look
from pages.display.figures.course import LABEL_DISTANCE, spread
from pages.display.figures.draft import Draft
from queries.answers import Answer
from queries.xmr import Chart, Rule, Signal, assurance, chart

GOOD, BAD, NEITHER = "#00695c", "#b3391b", "#8a5a00"
SHAPES = {Rule.OUTSIDE: "diamond", Rule.TREND: "triangle-up", Rule.NEAR_LIMIT: "square", Rule.ONE_SIDE: "hexagon"}
# Room above and below the outermost point or limit, for the labels of signals.
ROOM = 0.28


@dataclass(frozen=True)
class Series:
    """What is drawn. values: exact, in the order of time; names and ticks: each one's period in full and for the axis.

    scale: what a value is multiplied with for the axis; text: a value in words; direction: what is wanted (up, down, none).
    """

    title: str
    values: tuple[Fraction, ...]
    names: tuple[str, ...]
    ticks: tuple[str, ...]
    text: Callable[[Fraction], str]
    footing: str
    sample: bool
    scale: Fraction = Fraction(1)
    suffix: str = ""
    direction: str = "none"
    goal: Fraction | None = None
    goal_text: str = ""


def control(series: Series) -> go.Figure:
    """Points, mean and limits; points that are no noise by shape, colour and a label that names the rule."""
    found = chart(series.values)
    figure = Draft()
    look.dress_rows(figure, _title(series, found), series.footing, sample=series.sample, above=14)
    if found is None:
        look.nothing_to_show(figure)
        return figure.made()
    _add_points(figure, series, found)
    levels = {
        _("upper limit"): found.limits.upper,
        _("mean"): found.limits.mean,
        _("lower limit"): found.limits.lower,
    }
    reach = _reach(series, found)
    _add_levels(figure, series, levels, reach)
    for one in found.signals:
        _label(figure, series, one, found)
    figure.update_yaxes(range=reach, ticksuffix=series.suffix, gridcolor=colours.GRID, nticks=5)
    _time_axis(figure, series)
    return figure.made()


def series_of(answer: Answer, area: str) -> Series:
    """An area's figures as a series; without those that are missing or not given."""
    definition, one = answer.definition, answer.area(area)
    points = [point for point in one.complete if point.value is not None]
    goal = Fraction(one.target.value) if one.target and one.target.value is not None else None
    return Series(
        _("{title} ({area})", title=sentences.title(definition), area=sentences.area(answer, area)),
        tuple(point.value for point in points if point.value is not None),
        tuple(numbers.period(point.period, definition.period) for point in points),
        tuple(look.period_tick(point.period, definition) for point in points),
        lambda value: numbers.bare(definition, value),
        sentences.footing(answer),
        answer.sample,
        numbers.scale(definition),
        look.suffix(definition),
        definition.direction,
        goal,
        look.target_text(definition, one) if goal is not None else "",
    )


def _title(series: Series, found: Chart | None) -> str:
    if found is None:
        return _("{title}: {sentence}", title=series.title, sentence=_("no data"))
    goal = None
    if series.goal is not None:
        goal = assurance(found.limits, series.goal, higher_is_better=series.direction != "down")
    return _("{title}: {sentence}", title=series.title, sentence=signals.sentence(found, series.names, goal))


def _height(series: Series, value: Fraction) -> float:
    return float(value * series.scale)


def _reach(series: Series, found: Chart) -> list[float]:
    every = [*found.values, found.limits.lower, found.limits.upper, *([series.goal] if series.goal is not None else [])]
    heights = [_height(series, one) for one in every]
    room = (max(heights) - min(heights) or abs(heights[0]) or 1.0) * ROOM
    return [min(heights) - room, max(heights) + room]


def _add_points(figure: Draft, series: Series, found: Chart) -> None:
    flags = found.flags
    figure.add_scatter(
        x=list(range(len(flags))),
        y=[_height(series, one) for one in found.values],
        mode="lines+markers",
        name=escape(series.title),
        line={"color": colours.MUTED, "width": 2},
        marker={
            "color": [colours.WHOLE if one is None else _colour(series, one.side) for one in flags],
            "symbol": ["circle" if one is None else SHAPES[one.rule] for one in flags],
            "size": [8 if one is None else 13 for one in flags],
        },
        text=[f"{escape(name)}  {series.text(one)}" for name, one in zip(series.names, found.values, strict=True)],
        hovertemplate="%{text}<extra></extra>",
    )


def _colour(series: Series, side: int) -> str:
    """Good or bad news where one direction is wanted."""
    if series.direction == "none":
        return NEITHER
    return GOOD if (side > 0) == (series.direction == "up") else BAD


def _add_levels(figure: Draft, series: Series, levels: dict[str, Fraction], reach: list[float]) -> None:
    """The mean, the limits and the target as lines that say what they are behind the plot."""
    widest = 0
    apart = len(set(levels.values())) == len(levels)
    places = spread([_height(series, one) for one in levels.values()], LABEL_DISTANCE * (reach[1] - reach[0]))
    for position, (name, value) in enumerate(levels.items()):
        middle = position == 1
        line = {"color": colours.SOFT_TEXT, "width": 1.5, "dash": "solid" if middle else "dash"}
        figure.add_hline(_height(series, value), line=line, layer="below")
        if middle or apart:  # limits that lie on the mean need no second and third label there
            lines = [name, series.text(value)]
            widest = max(widest, *(look.width(one) for one in lines))
            font = {"size": look.FOOT_SIZE, "color": colours.SOFT_TEXT}
            place = {"x": 1, "xanchor": "left", "xshift": 6, "y": places[position], "yref": "y", "align": "left"}
            look.beside(figure, "<br>".join(map(escape, lines)), font=font, **place)
    if series.goal is not None:
        figure.add_hline(_height(series, series.goal), line={"color": colours.TARGET, "width": 2, "dash": "dot"})
        font = {"size": look.SMALL_SIZE, "color": colours.TEXT}
        place = {"x": 0, "xanchor": "left", "y": _height(series, series.goal), "yref": "y", "yanchor": "bottom"}
        look.beside(figure, escape(series.goal_text), font=font, **place)
    figure.layout["margin"]["r"] = round(18 + widest * look.CHARACTER)


def _label(figure: Draft, series: Series, one: Signal, found: Chart) -> None:
    """The rule's name above or below the signal's points, over their middle, but never beyond the plot's sides."""
    values, up = found.values[one.first : one.last + 1], one.flag.side > 0
    middle = (one.first + one.last) / 2
    along = middle / max(len(found.values) - 1, 1)
    look.beside(
        figure,
        f"<b>{escape(signals.label(one.flag))}</b>",
        x=middle,
        xref="x",
        xanchor="left" if along < 0.25 else "right" if along > 0.75 else "center",
        y=_height(series, max(values) if up else min(values)),
        yref="y",
        yanchor="bottom" if up else "top",
        yshift=9 if up else -9,
        bgcolor="rgba(255,255,255,0.8)",
        font={"size": look.SMALL_SIZE, "color": _colour(series, one.flag.side)},
    )


def _time_axis(figure: Draft, series: Series) -> None:
    """Equal steps from one value to the next, whatever lies between them; as many names as a phone can show."""
    look.name_places(figure, dict(enumerate(one.replace("<br>", "") for one in series.ticks)))
    places: Sequence[int] = range(0, len(series.ticks), -(-len(series.ticks) // look.MOST_TICKS))
    figure.update_xaxes(
        tickmode="array",
        tickvals=list(places),
        ticktext=[series.ticks[place] for place in places],
        tickangle=0,
        range=[-0.5, len(series.ticks) - 0.5],
        showgrid=False,
    )
