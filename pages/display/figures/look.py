"""What all figures have in common: type, title, foot, the mark of sample data, axes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import TypeAlias

import plotly.graph_objects as go

from data.words import _
from pages.display import colours, numbers, sentences
from pages.display.figures.draft import Draft
from queries.answers import Answer, Point, Trajectory
from queries.catalogue import Definition
from queries.periods import position, reporting_date

FONT = "'Source Sans', 'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', sans-serif"
SIZE, SMALL_SIZE, FOOT_SIZE, TITLE_SIZE, MARK_SIZE = 15, 13, 12, 17, 54
TITLE_LINE, LINE, FOOT_LINE = 23, 20, 17
ABOVE_PLOT, TICKS, PLOT_HEIGHT = 34, 52, 270
# Lines of title and foot in half-width characters: what a phone can show.
TITLE_WIDTH, FOOT_WIDTH = 38, 54
CHARACTER = 7.6
# Marks that no line ends with, and that none begins with; a last line that is no wider than this stands too much alone.
OPENING, CLOSING, ORPHAN = "（“《「【([", "，。；：、）”》」】！？,.;:!?)]", 4
# Behind words that a line or a grid would cross.
VEIL = "rgba(255,255,255,0.85)"
MOST_TICKS = 7
# What can be given the common look: a figure of several plots is none of the former.
Drawn: TypeAlias = Draft | go.Figure
# The names of the notes that stand around a plot and not in it.
AROUND = ("footing", "sample")
# An axis that ends here or before has ticks between whole numbers.
SMALL_AXIS = 3


def dress(figure: Drawn, answer: Answer, title: str, *, plot_height: int = PLOT_HEIGHT, above: int = 0) -> None:
    """Gives a figure of an answer the common look; `plot_height` and the room `above` the plot are in pixels."""
    dress_rows(figure, title, sentences.footing(answer), sample=answer.sample, plot_height=plot_height, above=above)


def dress_rows(
    figure: Drawn, title: str, footing: str, *, sample: bool, plot_height: int = PLOT_HEIGHT, above: int = 0
) -> None:
    """The same for a figure of rows: what stands below it, and whether some of them are invented, is said by the caller."""
    lines, foot = wrapped(title, TITLE_WIDTH), wrapped(footing, FOOT_WIDTH)
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
        meta={"title": title, "footing": footing},
        # Nothing of this is set before. Merging would cost Plotly three times as much.
        overwrite=True,
    )
    figure.update_xaxes(automargin="width", zeroline=False)
    figure.update_yaxes(automargin=True, zeroline=False)
    beside(figure, _lines(foot), x=0, y=0, yshift=4 - TICKS, xanchor="left", yanchor="top", align="left",
           font={"size": FOOT_SIZE, "color": colours.SOFT_TEXT}, name="footing")  # fmt: skip
    if sample:
        mark = {"size": MARK_SIZE, "color": "rgba(91, 102, 115, 0.13)"}
        beside(figure, _("sample data"), x=0.5, y=0.5, textangle=-18, font=mark, name="sample")


@dataclass(frozen=True)
class Undressed:
    """A figure without its own title, foot and mark of sample data, which stand beside it as words."""

    figure: go.Figure
    title: str
    footing: str
    sample: bool


def undressed(figure: go.Figure) -> Undressed:
    """What `dress_rows` put around a figure, taken off again: the plot keeps its size, the figure loses the room."""
    bare = go.Figure(figure)
    marks = {one.name for one in figure.layout.annotations}
    kept = [one for one in figure.layout.annotations if one.name not in AROUND]
    title, footing = (str(figure.layout.meta[name]) for name in ("title", "footing"))
    above, below = frame(title, footing)
    bare.update_layout(
        title=None,
        height=figure.layout.height - above - below,
        margin={"t": figure.layout.margin.t - above, "b": figure.layout.margin.b - below},
    )
    bare.layout.annotations = kept
    return Undressed(bare, title, footing, "sample" in marks)


def frame(title: str, footing: str) -> tuple[int, int]:
    """The room in pixels that a figure's title takes above its plot, and its foot below."""
    above = TITLE_LINE * len(wrapped(title, TITLE_WIDTH)) + ABOVE_PLOT - LINE
    return above, FOOT_LINE * len(wrapped(footing, FOOT_WIDTH))


def name_rows(figure: Draft, names: Sequence[str], texts: Sequence[str]) -> None:
    """Names rows 0, 1, … upwards at the left; foot and key then begin at the figure's edge, where a phone has room for them.

    texts: the names as Plotly reads them.
    """
    room = round(14 + max(map(width, names), default=0) * 1.05 * CHARACTER * FOOT_SIZE / SIZE)
    figure.update_yaxes(
        tickmode="array", tickvals=list(range(len(texts))), ticktext=list(texts), tickfont={"size": FOOT_SIZE},
        showgrid=False, automargin=False,
    )  # fmt: skip
    figure.layout["margin"]["l"] = room
    for one in figure.layout["annotations"]:
        if one.get("name") in ("footing", "key"):
            one["xshift"] = 8 - room


def beside(figure: Drawn, text: str, **place: object) -> None:
    """A text at a place of the whole plot (0 to 1 from left and bottom)."""
    figure.add_annotation(text=text, showarrow=False, **{"xref": "paper", "yref": "paper", **place})


def nothing_to_show(figure: Drawn) -> None:
    beside(figure, _("no data"), x=0.5, y=0.5, font={"size": TITLE_SIZE, "color": colours.SOFT_TEXT})
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)


def name_places(figure: Drawn, names: Mapping[float, str]) -> None:
    """Keeps what the places on the axis are called, those without a tick included: a chart in a document names them all."""
    figure.layout["meta"] = {**figure.layout["meta"], "places": [[place, name] for place, name in names.items()]}


def period_axis(figure: go.Figure, definition: Definition, periods: Sequence[int]) -> None:
    """A tick for every period, or for so many of them that they fit on a phone; a school year in two lines."""
    found = sorted(set(periods))
    name_places(figure, {place(definition, one): numbers.period_short(one, definition.period) for one in found})
    ticks = _ticks(definition, found)
    if ticks:
        first, last = place(definition, found[0]), place(definition, found[-1])
        margin = 0.3 * min(1.0, (last - first) / max(len(ticks) - 1, 1) or 1.0)
        figure.update_xaxes(
            tickmode="array",
            tickvals=[place(definition, tick) for tick in ticks],
            ticktext=[period_tick(tick, definition) for tick in ticks],
            tickangle=0,
            ticklabelstandoff=8,  # below the value axis's 0, which the first period would touch on a phone
            range=[first - margin, last + margin],
            showgrid=False,
            tickfont={"size": SMALL_SIZE},
        )


def _ticks(definition: Definition, found: Sequence[int]) -> list[int]:
    """Periods at equal steps; days lie where they happen to, so of them those that are far enough from the one before."""
    if definition.period != "day" or not found:
        return list(found[:: -(-len(found) // MOST_TICKS)]) if found else []
    apart = (place(definition, found[-1]) - place(definition, found[0])) / MOST_TICKS
    ticks = [found[0]]
    for period in found[1:]:
        if place(definition, period) - place(definition, ticks[-1]) >= apart:
            ticks.append(period)
    return ticks


def place(definition: Definition, period: int) -> float:
    """Where a period stands on the time axis."""
    return position(period, definition.period)


def period_tick(period: int, definition: Definition) -> str:
    return re.sub("([/-])", r"<br>\1", numbers.period_short(period, definition.period), count=1)


def value_axis(figure: go.Figure, definition: Definition, values: Sequence[float], one: Trajectory) -> None:
    reach = span(definition, values, one)
    figure.update_yaxes(
        range=reach,
        ticksuffix=suffix(definition),
        gridcolor=colours.GRID,
        showgrid=True,
        tickformat=",.0f" if reach[1] > SMALL_AXIS else ",.2~f",
        nticks=6,
    )


def span(definition: Definition, values: Sequence[float], one: Trajectory) -> list[float]:
    """Axes of shares and counts start at 0, so that heights can be compared; a mean may start higher."""
    goals = (one.target.value, one.target.upper) if one.target else ()
    reached = [*values, *(float(Fraction(goal) * numbers.scale(definition)) for goal in goals if goal is not None)] or [
        1.0
    ]
    if definition.unit in ("mean", "ratio"):
        margin = (max(reached) - min(reached) or 1) * 0.6
        return [max(0.0, min(reached) - margin), max(reached) + margin]
    if definition.unit == "share" and one.target and one.target.comparison == "<=":
        return [0, max(reached) * 1.5 or 1.0]  # a share to keep small would be a flat line on an axis to 100 %
    return [0, max(max(reached) * 1.12, 100 if definition.unit == "share" else 1)]


def pairs(definition: Definition, points: Sequence[Point]) -> list[tuple[int, float]]:
    """(period, height in the chart) of the points that have a value."""
    return [(point.period, height(definition, point)) for point in points if point.value is not None]


def height(definition: Definition, point: Point) -> float:
    """A value in the units of a chart's axis: shares in per cent."""
    return float((point.value or 0) * numbers.scale(definition))


def target_height(definition: Definition, one: Trajectory) -> float | None:
    """Where the target's line stands; None where there is no target or one that is no value."""
    if one.target is None or one.target.value is None:
        return None
    return float(Fraction(one.target.value) * numbers.scale(definition))


def target_text(definition: Definition, one: Trajectory) -> str:
    return _("target {target}", target=numbers.target(definition, one.target))


def due_point(definition: Definition, one: Trajectory) -> Point | None:
    """The figure that the target's due date was judged on: the last one up to it."""
    if one.target is None or one.target.due is None:
        return None
    due = one.target.due
    given = [point for point in reversed(one.points) if point.value is not None]
    return next((point for point in given if reporting_date(point.period, definition.period) <= due), None)


def suffix(definition: Definition) -> str:
    return "%" if definition.unit == "share" else ""


def width(text: str) -> int:
    """How wide a text is in half-width characters; a Chinese one takes two."""
    return sum(2 if ord(sign) >= 0x2E80 else 1 for sign in text)


def clipped(text: str, limit: int) -> str:
    """The text, cut and marked as cut where it is wider than `limit` half-width characters."""
    if width(text) <= limit:
        return text
    kept = text
    while width(kept) > limit - 1:
        kept = kept[:-1]
    return f"{kept}…"


def wrapped(text: str, limit: int) -> list[str]:
    """The text in lines of at most `limit` half-width characters; Chinese may break after any character.

    A closing mark never begins a line and an opening one never ends it, for which they may hang over; a last line of a
    character or two gets more from the lines above it.
    """
    words = re.findall(r"[\u2e80-\uffef“”]|[^\u2e80-\uffef\s“”]+\s*|\s+", text)
    lines = _filled(words, limit)
    for narrower in range(limit - 1, limit // 2, -1):
        if len(lines) < 2 or width(lines[-1]) > ORPHAN:
            break
        tried = _filled(words, narrower)
        if len(tried) > len(lines):
            break
        lines = tried
    return lines


def _filled(words: Sequence[str], limit: int) -> list[str]:
    """Lines as full as they can be."""
    lines: list[str] = []
    line: list[str] = []
    for word in words:
        full = width("".join(line)) + width(word.rstrip()) > limit
        if full and not _only(word, CLOSING) and not all(_only(one, OPENING) for one in line):
            opening: list[str] = []
            while _only(line[-1], OPENING):
                opening.insert(0, line.pop())
            lines.append("".join(line).rstrip())
            line = opening
        line.append(word)
    last = "".join(line).rstrip()
    return [*lines, last] if last else lines


def _only(word: str, marks: str) -> bool:
    """Whether a word consists of these marks."""
    return bool(word.strip()) and not word.strip().strip(marks)


def alternative(figure: go.Figure) -> str:
    """What a reader who cannot see the figure is told: its title."""
    return str(figure.layout.meta["title"])


def _lines(lines: Sequence[str]) -> str:
    return "<br>".join(escape(line) for line in lines)
