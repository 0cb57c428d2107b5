"""Where the plot of a chart stands, so that names, labels, axes and legend find room."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pages.display.figures.look import width
from pages.display.report.chart_parts import C, Element, manual
from pages.display.report.charts import Chart, Kind, Series

# How many half-width characters a point of type takes in its own size.
_CHARACTER = 0.52
# More categories than these have their names upright, in smaller type.
_MOST_LYING, SMALL = 14, 0.7


@dataclass(frozen=True)
class Size:
    """Of a chart and of its type, in points."""

    width: float
    height: float
    type: float = 12.0


def layout_of(chart: Chart, size: Size, legend: Sequence[str]) -> Element:
    """The plot leaves room for the names of rows, the labels behind lines, the axes and the legend's names."""
    letter = size.type * _CHARACTER
    left = _left(chart, size) + (size.type * 1.5 if chart.up.title else 0)
    right = max((_behind(chart, one, letter) for one in chart.series), default=0) + letter * 2
    right = min(right, size.width * 0.34)
    title = (size.type + 1) * 2.0 * (1 + (width(chart.title) * letter > size.width)) if chart.title else 0
    top = title + size.type * 1.8
    below = size.type * 1.3 * (_category_lines(chart, size.width - left - right, letter) + 0.8)
    bottom = below + _legend_height(legend, size) + (size.type * 1.5 if chart.across.title else 0)
    shares = (left / size.width, top / size.height)
    spans = (1 - (left + right) / size.width, max(0.2, 1 - (top + bottom) / size.height))
    return C.layout(manual(*shares, *spans, target="inner"))


def _legend_height(names: Sequence[str], size: Size) -> float:
    if not names:
        return 0.0
    entries = sum(width(name) * size.type * _CHARACTER + size.type * 4 for name in names)
    return size.type * (0.7 + 1.4 * -(-entries // (size.width * 0.9)))


def _left(chart: Chart, size: Size) -> float:
    letter = size.type * _CHARACTER
    if chart.rows:
        return min(max(width(name) for _place, name in chart.rows) * letter + letter * 3, size.width * 0.36)
    if not chart.up.shown:
        return letter * 3
    return max(len(f"{round(edge or 0):,}") for edge in (chart.up.low, chart.up.high)) * letter + letter * 5


def _behind(chart: Chart, one: Series, letter: float) -> float:
    """How far the labels reach that stand behind the last point."""
    last = max((at for at, height in enumerate(one.heights) if height is not None), default=0)
    texts = [label.text for at, label in one.labels.items() if label.side == "r" and (chart.rows or at == last)]
    return max((width(line) * letter for text in texts for line in text.split("\n")), default=0) * 1.08


def _category_lines(chart: Chart, room: float, letter: float) -> int:
    if chart.kind == Kind.PLACES:
        return 1
    each = room / max(len(chart.categories), 1)
    longest = max((width(name) for name in chart.categories), default=1) * letter
    if turns(chart):
        return min(8, round(longest * SMALL / letter * _CHARACTER / 1.3) + 1)
    return min(5, -(-int(longest) // max(int(each * 0.8), 1)))


def turns(chart: Chart) -> bool:
    """Whether the names of the categories stand upright, as there are too many to lie."""
    return len(chart.categories) > _MOST_LYING


def size_for(chart: Chart, one: Series, size: Size) -> Size:
    """Names of rows may need smaller type."""
    return replace(size, type=min(size.type, _row_type(chart, size))) if chart.rows else size


def _row_type(chart: Chart, size: Size) -> float:
    """Type that fits between two rows."""
    return max(8.0, size.height * 0.72 / max(len(chart.rows), 1) / 1.25)
