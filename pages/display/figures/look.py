"""What all figures have in common: type, title, foot, the mark of sample data, axes."""

import re
from collections.abc import Sequence
from html import escape, unescape

import plotly.graph_objects as go

from data.words import _
from pages.display import colours, numbers, sentences
from queries.answers import Answer, Point, Trajectory
from queries.catalogue import Definition

FONT = "'Source Sans', 'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', sans-serif"
SIZE, SMALL_SIZE, FOOT_SIZE, TITLE_SIZE, MARK_SIZE = 15, 13, 12, 17, 54
TITLE_LINE, LINE, FOOT_LINE = 23, 20, 17
ABOVE_PLOT, TICKS, PLOT_HEIGHT = 34, 44, 270
# Lines of title and foot in half-width characters: what a phone can show.
TITLE_WIDTH, FOOT_WIDTH = 40, 54
CHARACTER = 7.6


def dress(figure: go.Figure, answer: Answer, title: str, *, plot_height: int = PLOT_HEIGHT, above: int = 0) -> None:
    """Gives a figure the common look; `plot_height` and the room `above` the plot are in pixels."""
    lines, foot = wrapped(title, TITLE_WIDTH), wrapped(sentences.footing(answer), FOOT_WIDTH)
    top = ABOVE_PLOT + above + TITLE_LINE * len(lines)
    bottom = TICKS + FOOT_LINE * len(foot)
    height = top + plot_height + bottom
    figure.update_layout(
        template="none",
        # Plotly hangs the lines of a title below the first one only where that is anchored at its bottom.
        title={
            "text": f"<b>{_lines(lines)}</b>",
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
        margin={"l": 8, "r": 16, "t": top, "b": bottom},
        paper_bgcolor="white",
        plot_bgcolor="white",
        dragmode=False,
        hovermode="closest",
    )
    figure.update_xaxes(automargin="width", zeroline=False)
    figure.update_yaxes(automargin=True, zeroline=False)
    beside(figure, _lines(foot), x=0, y=0, yshift=4 - TICKS, xanchor="left", yanchor="top", align="left",
           font={"size": FOOT_SIZE, "color": colours.SOFT_TEXT})  # fmt: skip
    if answer.sample:
        mark = {"size": MARK_SIZE, "color": "rgba(91, 102, 115, 0.13)"}
        beside(figure, _("sample data"), x=0.5, y=0.5, textangle=-18, font=mark, name="sample")


def beside(figure: go.Figure, text: str, **place: object) -> None:
    """A text at a place of the whole plot (0 to 1 from left and bottom)."""
    figure.add_annotation(text=text, showarrow=False, **{"xref": "paper", "yref": "paper", **place})


def nothing_to_show(figure: go.Figure) -> None:
    beside(figure, _("no data"), x=0.5, y=0.5, font={"size": TITLE_SIZE, "color": colours.SOFT_TEXT})
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)


def period_axis(figure: go.Figure, definition: Definition, periods: Sequence[int]) -> None:
    """A tick for every period; a school year in two lines, so that six of them fit on a phone."""
    ticks = sorted(set(periods))
    if ticks:
        figure.update_xaxes(
            tickmode="array",
            tickvals=ticks,
            ticktext=[period_tick(tick, definition) for tick in ticks],
            tickangle=0,
            range=[ticks[0] - 0.3, ticks[-1] + 0.3],
            showgrid=False,
            tickfont={"size": SMALL_SIZE},
        )


def period_tick(period: int, definition: Definition) -> str:
    return numbers.period_short(period, definition.period).replace("/", "<br>/")


def value_axis(figure: go.Figure, definition: Definition, values: Sequence[float], one: Trajectory) -> None:
    figure.update_yaxes(
        range=span(definition, values, one),
        ticksuffix=suffix(definition),
        gridcolor=colours.GRID,
        showgrid=True,
        tickformat=",.0f",
        nticks=6,
    )


def span(definition: Definition, values: Sequence[float], one: Trajectory) -> list[float]:
    """Axes of shares and counts start at 0, so that heights can be compared; a mean may start higher."""
    reached = [*values, *([target_height(definition, one)] if one.target else [])] or [1.0]
    if definition.unit == "mean":
        margin = (max(reached) - min(reached) or 1) * 0.6
        return [max(0.0, min(reached) - margin), max(reached) + margin]
    return [0, max(max(reached) * 1.12, 100 if definition.unit == "share" else 1)]


def pairs(definition: Definition, points: Sequence[Point]) -> list[tuple[int, float]]:
    """(period, height in the chart) of the points that have a value."""
    return [(point.period, height(definition, point)) for point in points if point.value is not None]


def height(definition: Definition, point: Point) -> float:
    """A value in the units of a chart's axis: shares in per cent."""
    return float(point.value or 0) * scale(definition)


def target_height(definition: Definition, one: Trajectory) -> float:
    return float(one.target.value) * scale(definition) if one.target else 0.0


def target_text(definition: Definition, one: Trajectory) -> str:
    return _("target {target}", target=numbers.target(definition, one.target))


def due_point(one: Trajectory) -> Point | None:
    """The figure that the target's due date was judged on: the last one up to it."""
    if one.target is None or one.target.due is None:
        return None
    year = one.target.due.year
    return next((point for point in reversed(one.points) if point.value is not None and point.period <= year), None)


def scale(definition: Definition) -> int:
    return 100 if definition.unit == "share" else 1


def suffix(definition: Definition) -> str:
    return "%" if definition.unit == "share" else ""


def width(text: str) -> int:
    """How wide a text is in half-width characters; a Chinese one takes two."""
    return sum(2 if ord(sign) >= 0x2E80 else 1 for sign in text)


def wrapped(text: str, limit: int) -> list[str]:
    """The text in lines of at most `limit` half-width characters; Chinese may break after any character."""
    lines: list[str] = []
    line = ""
    for word in re.findall(r"[\u2e80-\uffef]|[^\u2e80-\uffef\s]+\s*|\s+", text):
        if line and width(line) + width(word.rstrip()) > limit and word[0] not in "，。；：、）":
            lines.append(line.rstrip())
            line = ""
        line += word
    return [*lines, line.rstrip()] if line.strip() else lines


def alternative(figure: go.Figure) -> str:
    """What a reader who cannot see the figure is told: its title."""
    return unescape(re.sub(r"<br>", " ", re.sub(r"</?b>", "", str(figure.layout.title.text or ""))))


def _lines(lines: Sequence[str]) -> str:
    return "<br>".join(escape(line) for line in lines)
