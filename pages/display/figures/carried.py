"""What carried a share, as a waterfall: from the one year's distance to the target, part by part, to the other's."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape

import plotly.graph_objects as go

from data.words import _
from pages.display import carried as words
from pages.display import colours, numbers, sentences
from pages.display.figures import look
from queries.answers import Answer, Point
from queries.preschool.carried import Carried, Kind

ROW_HEIGHT, ABOVE = 54, 30
# A row is a line of text and under it the bar.
BAR, LOWER, UPPER = 0.34, -0.17, 0.22
# The room for a share's value to the left of its bar, as a share of the plot.
ROOM = 0.2
MORE, FEWER = "#00695c", "#b3391b"


@dataclass(frozen=True)
class Bar:
    """A row: from where to where it reaches, as shares; what is written above and beside it."""

    label: str
    value: str
    begin: Fraction
    end: Fraction
    colour: str
    pattern: str = ""
    is_share: bool = False

    @property
    def begin_at(self) -> float:
        return float(self.begin * 100)

    @property
    def end_at(self) -> float:
        return float(self.end * 100)

    @property
    def lies_below(self) -> bool:
        """Whether it is a share below the target, to the left of the line that its bar begins at."""
        return self.is_share and self.end < self.begin


def carried(answer: Answer, area: str, one: Carried | None) -> go.Figure:
    """The first and the last bar reach from the target to the share, those between them from one share to the next."""
    figure = go.Figure()
    if one is None:
        look.dress(figure, answer, sentences.titled(answer, sentences.standing(answer, answer.area(area))))
        look.nothing_to_show(figure)
        return figure
    bars = _bars(answer, area, one)
    title = sentences.titled(answer, words.conclusion(answer, area, one))
    look.dress(figure, answer, title, plot_height=ROW_HEIGHT * len(bars), above=ABOVE)
    for row, bar in enumerate(bars):
        _add(figure, bar, len(bars) - 1 - row)
    _connect(figure, bars)
    _mark_target(figure, answer, area, one)
    places = [place for bar in bars for place in (bar.begin_at, bar.end_at)]
    left = ROOM * (max(places) - min(places)) if any(bar.lies_below for bar in bars) else 0.0
    # No zero on this axis: bars stand for distances to the target's line and for changes, which are labelled.
    figure.update_xaxes(range=[min(places) - left, max(places) + 0.1], visible=False)
    figure.update_yaxes(range=[-0.5, len(bars) - 0.5], visible=False)
    figure.update_layout(margin={"l": 8, "r": 70})
    return figure


def _bars(answer: Answer, area: str, one: Carried) -> list[Bar]:
    level = one.before.value or Fraction(0)
    bars = [_share(answer, area, one, one.before)]
    for part, points in words.shown(answer, area, one):
        # What changed on paper is hatched: it is no new place.
        pattern = "/" if Kind.RECLASSIFIED in part.kinds else ""
        shade = MORE if part.effect >= 0 else FEWER
        bars.append(Bar(words.label(answer, one, part), points, level, level + part.effect, shade, pattern))
        level += part.effect
    return [*bars, _share(answer, area, one, one.after)]


def _share(answer: Answer, area: str, one: Carried, point: Point) -> Bar:
    shown = numbers.bare(answer.definition, point.value, answer.area(area).target)
    name = numbers.period(point.period, answer.definition.period)
    return Bar(name, shown, one.target, point.value or one.target, colours.TEXT, is_share=True)


def _add(figure: go.Figure, bar: Bar, row: int) -> None:
    hatched = {"shape": bar.pattern, "fillmode": "overlay", "fgcolor": "white"}
    figure.add_trace(
        go.Bar(
            x=[bar.end_at - bar.begin_at],
            base=[bar.begin_at],
            y=[row + LOWER],
            orientation="h",
            width=BAR,
            name=escape(bar.label),
            legendgroup=_("distance to the target") if bar.is_share else _("change"),
            marker={"color": bar.colour, "pattern": hatched},
            hoverinfo="skip",
        )
    )
    look.beside(figure, escape(bar.label), x=0, xanchor="left", y=row + UPPER, yref="y", font={"size": look.SIZE})
    side = {"x": bar.end_at, "xanchor": "right", "xshift": -6}
    if not bar.lies_below:
        side = {"x": max(bar.begin_at, bar.end_at), "xanchor": "left", "xshift": 6}
    font = {"size": look.SIZE, "color": bar.colour}
    look.beside(figure, f"<b>{bar.value}</b>", xref="x", y=row + LOWER, yref="y", font=font, **side)


def _connect(figure: go.Figure, bars: Sequence[Bar]) -> None:
    """Thin lines from where a bar ends to where the next one begins."""
    for row, bar in enumerate(bars[:-1]):
        high = len(bars) - 1 - row + LOWER
        line = {"color": colours.MUTED, "width": 1}
        figure.add_shape(x0=bar.end_at, x1=bar.end_at, y0=high, y1=high - 1, line=line, layer="below")


def _mark_target(figure: go.Figure, answer: Answer, area: str, one: Carried) -> None:
    place = float(one.target * 100)
    figure.add_vline(place, line={"color": colours.TARGET, "width": 2, "dash": "dash"})
    text = look.target_text(answer.definition, answer.area(area))
    look.beside(figure, text, x=place, xref="x", y=1, yanchor="bottom", yshift=6)
