"""Targets, limits and due dates of a figure as series of a chart over categories."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from data.words import _
from pages.display import colours
from pages.display.report.charts import Label, Look, Series
from pages.display.report.panels import Line, Panel, Words
from pages.display.report.shared import NEAR_ENOUGH, Used, line_look, named_line


def level(used: Used, line: Line, series: Sequence[Series], reach: tuple[float, float]) -> Series:
    """A line across as a series of one number, named at an end where it disturbs no other label."""
    count, span = len(series[0].heights), reach[1] - reach[0]
    look = line_look(line)
    if count == 1:
        look = replace(look, marker="line-ew", size=14)
    words = named_line(used, line) or _end_words(used, line)
    name = used.take(words) if words else _("target") if line.colour == colours.TARGET else ""
    behind = words is not None and words.at[0] == 1 and words.x is None and not _is_taken(series, line, span, count - 1)
    at = count - 1 if behind or _is_taken(series, line, span, 0) else 0
    label = Label(name, "r" if behind else "t", line.colour)
    if behind and words is not None and words.y is not None:
        label = replace(label, lift=(words.y - line.y[0]) / span)
    return Series(
        name or _("line"), (line.y[0],) * count, look=look, labels={at: label} if name else {}, listed=not name
    )


def _is_taken(series: Sequence[Series], line: Line, span: float, at: int) -> bool:
    """Whether a label stands at a category near the line."""
    for one in series:
        height, label = one.heights[at], one.labels.get(at)
        if label and label.side in ("t", "r") and height is not None and abs(height - line.y[0]) < 0.08 * span:
            return True
    return False


def _end_words(used: Used, line: Line) -> Words | None:
    """Limits are named at the right end, moved apart where they lie close: the nearest words."""
    ends = [one for one in used.free if one.at[0] == 1 and one.x is None and one.y is not None]
    if line.colour != colours.SOFT_TEXT:
        return None
    return min(ends, key=lambda one: abs((one.y or 0.0) - line.y[0]), default=None)


def upper_end(line: Line, count: int) -> Series:
    name = _("upper end of the target")
    look = Look(colours.SOFT_TEXT, 1.0, "dot")
    return Series(
        name, (max(line.y),) * count, look=look, labels={0: Label(name, "t", colours.SOFT_TEXT)}, listed=False
    )


def goals(panel: Panel, places: Sequence[float]) -> Iterator[Series]:
    """Short marks within single rows as one series of marks."""
    heights: list[float | None] = [None] * len(places)
    for line in panel.lines:
        if not line.across and not line.upright and not line.box and line.y[0] == line.y[1] and line.width > 1:
            middle = sum(line.x) / 2
            heights[min(range(len(places)), key=lambda at: abs(places[at] - middle))] = line.y[0]
    if any(one is not None for one in heights):
        yield Series(_("goal"), tuple(heights), look=Look(colours.TARGET, marker="line-ew", size=24))


def due(used: Used, line: Line, index: dict[float, int], high: float) -> Iterator[Series]:
    """An upright line at a category as a point at the top that falls to the axis; between categories it is told in words."""
    at = next((number for place, number in index.items() if abs(place - line.x[0]) < NEAR_ENOUGH), None)
    if at is None or line.x[0] != line.x[1]:
        return
    words = named_line(used, line)
    name = used.take(words) if words else _("line")
    heights = tuple(high if number == at else None for number in range(len(index)))
    yield Series(
        name,
        heights,
        look=replace(line_look(line), marker=""),
        labels={at: Label(name, "t", colours.SOFT_TEXT)},
        upright=True,
        listed=False,
    )
