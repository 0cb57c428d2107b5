"""Charts with two axes of numbers, also such whose heights are named rows, read from a panel of a figure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from data.words import _
from pages.display import colours
from pages.display.report import looks
from pages.display.report.charts import Chart, Kind, Label, Look, Series
from pages.display.report.panels import Line, Panel, Trace, in_line, joined
from pages.display.report.shared import (
    NEAR_ENOUGH,
    Used,
    axis_of,
    axis_remarks,
    drawn_range,
    error_bars,
    line_look,
    merged,
    named_line,
    remarks,
    shown_texts,
    text_label,
    times,
)

# More rows than these in one chart are not read; the others follow in further charts.
MOST_ROWS = 20
# A row's words stand within this of its height; where they stand above its points, these within NEIGHBOUR.
ROW, NEIGHBOUR = 0.05, 0.6
# Half the height of an upright stroke, in rows.
STROKE = 0.32


def chart_over_places(panel: Panel) -> Chart:
    used = Used(panel)
    rows = dict(panel.rows) or _row_words(used)
    x_reach, y_reach = _place_reach(panel, "x"), _place_reach(panel, "y", rows)
    lines = [
        _straight(used, line, x_reach, y_reach)
        for line in panel.lines
        if not line.box and (line.across or line.upright)
    ]
    boxes = [_outline(used, line) for line in panel.lines if line.box and not line.across and not line.upright]
    series = [one for group in merged(panel) if _is_given(group) for one in _with_interval(_of_places(used, group))]
    listed = [one.name for one in series if one.listed]
    notes = [*remarks(used, [*rows.values(), *(listed if len(listed) > 1 else [])]), *axis_remarks(panel.x_axis)]
    flipped = (reach := drawn_range(panel.y_axis)) is not None and reach[0] > reach[1]
    chart = Chart(
        Kind.PLACES,
        (*[one for one in series if one.look.colour], *boxes, *lines, *[one for one in series if not one.look.colour]),
        across=axis_of(panel.x_axis, *x_reach),
        up=replace(
            axis_of(panel.y_axis, *y_reach),
            low=y_reach[0] if rows else axis_of(panel.y_axis, *y_reach).low,
            shown=not rows
            and panel.y_axis.get("showticklabels") is not False
            and panel.y_axis.get("visible") is not False,
        ),
        title=in_line(panel.title),
        rows=tuple(sorted(rows.items(), reverse=True)),
        notes=tuple(notes),
    )
    return _turned(chart) if flipped else chart


def _is_given(group: Sequence[Trace]) -> bool:
    """Whether any of the traces has a point; a row without figures has a trace without one."""
    return any(None not in pair for trace in group for pair in zip(trace.xs, trace.ys, strict=True))


def _turned(chart: Chart) -> Chart:
    """Rows that were counted downwards, counted upwards, so that no program has to turn its axis."""
    series = tuple(replace(one, heights=tuple(times(height, -1.0) for height in one.heights)) for one in chart.series)
    low, high = chart.up.low, chart.up.high
    up = replace(chart.up, low=times(high, -1.0), high=times(low, -1.0))
    return replace(
        chart, series=series, up=up, rows=tuple(sorted(((-place, name) for place, name in chart.rows), reverse=True))
    )


def _row_words(used: Used) -> dict[float, str]:
    """Names of rows that the figure writes at the left, each at the row's height or a little above it."""
    levels = [line.y[0] for line in used.panel.lines if line.across]
    found = [one for one in used.free if one.x is None and one.y is not None and one.at[0] == 0 and one.y not in levels]
    heights = sorted({y for trace in used.panel.traces for y in trace.ys if y is not None})
    if len(found) < 2:
        return {}
    own = {}
    for one in found:
        near = min(heights, key=lambda height: abs(height - (one.y or 0.0)), default=one.y)
        around = [height for height in heights if -ROW < (one.y or 0.0) - height < NEIGHBOUR]
        middle = (min(around) + max(around)) / 2 if around else one.y
        place = near if near is not None and abs(near - (one.y or 0.0)) < ROW else middle
        own[float(place or 0.0)] = used.take(one)
    return own


def _place_reach(panel: Panel, key: str, rows: dict[float, str] | None = None) -> tuple[float, float]:
    axis = panel.x_axis if key == "x" else panel.y_axis
    ends = [end for trace in panel.traces for end in _place_ends(trace, key)] or [0.0, 1.0]
    edges = [edge for line in panel.lines if line.box for edge in (line.x if key == "x" else line.y)]
    drawn = drawn_range(axis)
    if rows:
        return round(min([*ends, *rows]) - 0.6, 3), round(max([*ends, *rows]) + 0.6, 3)
    if drawn is not None:
        return min(*drawn, *ends, *edges), max(*drawn, *ends, *edges)
    lines = [
        one
        for line in panel.lines
        for one in (line.x if key == "x" and line.upright else line.y if key == "y" and line.across else ())
    ]
    found = [*ends, *edges, *lines]
    room = (max(found) - min(found) or 1.0) * 0.05
    return min(found) - room, max(found) + room


def _place_ends(trace: Trace, key: str) -> list[float]:
    values = trace.xs if key == "x" else trace.ys
    reach = error_bars(trace, f"error_{key}") or [0.0] * len(values)
    return [end for value, r in zip(values, reach, strict=True) if value is not None for end in (value - r, value + r)]


def _of_places(used: Used, group: Sequence[Trace]) -> Series:
    first = group[0]
    whole = looks.outlined(first, looks.of_trace(first))
    xs: list[float | None] = []
    ys: list[float | None] = []
    names: list[str] = []
    labels: dict[int, Label] = {}
    own_looks: dict[int, Look] = {}
    reaches: list[float] = []
    for trace in group:
        own = looks.outlined(trace, looks.of_trace(trace))
        if xs and whole.width and xs[-1] is not None:  # lines of one name in several rows are not joined
            _append(xs, ys, names, reaches, (None, None, "", 0.0))
        single, errors = looks.of_points(trace, own), error_bars(trace, "error_x") or error_bars(trace, "error_y")
        texts, told = shown_texts(trace), _told(trace)
        for position, (x, y) in enumerate(zip(trace.xs, trace.ys, strict=True)):
            at = len(xs)
            if (look := single.get(position, own)) != whole:
                own_looks[at] = look
            if texts and texts[position]:
                labels[at] = text_label(trace, texts[position])
            error = errors[position] if errors else 0.0
            _append(xs, ys, names, reaches, (x, y, told[position] if told else trace.point_name, error))
            if label := _at_point(used, x, y, whole) if whole.marker or whole.width else None:
                labels[at] = label
    along = "x" if error_bars(first, "error_x") else "y"
    return Series(
        in_line(first.name), tuple(ys), tuple(xs), look=whole, looks=own_looks, labels=labels,
        reaches=tuple(reaches) if any(reaches) else (), reach=along,
        points=tuple(names) if any(names) else (), listed=bool(whole.colour),
    )  # fmt: skip


def _with_interval(one: Series) -> Iterator[Series]:
    """The series, and before it the reaches of its points as lines, which every program draws alike."""
    if one.reaches:
        xs: list[float | None] = []
        ys: list[float | None] = []
        for x, y, reach in zip(one.places, one.heights, one.reaches, strict=True):
            if x is not None and y is not None:
                along = one.reach == "x"
                xs += [x - reach, x + reach, None] if along else [x, x, None]
                ys += [y, y, None] if along else [y - reach, y + reach, None]
        line = Look(one.look.colour, 1.5)
        yield Series(_("{name}: interval", name=one.name), tuple(ys), tuple(xs), look=line, listed=False)
    yield _as_strokes(one) if one.look.marker == "line-ns" else replace(one, reaches=())


def _as_strokes(one: Series) -> Series:
    """Upright strokes as short lines: programs have no such marker."""
    points = [(x, y) for x, y in zip(one.places, one.heights, strict=True) if x is not None and y is not None]
    return replace(
        one,
        heights=tuple(height for _x, y in points for height in (y - STROKE, y + STROKE, None)),
        places=tuple(place for x, _y in points for place in (x, x, None)),
        points=tuple(name for name in one.points for _at in range(3)),
        look=replace(one.look, colour=colours.WHOLE, width=2.25, marker=""),
        looks={},
        reaches=(),
    )


def _append(
    xs: list[float | None],
    ys: list[float | None],
    names: list[str],
    reaches: list[float],
    point: tuple[float | None, float | None, str, float],
) -> None:
    xs.append(point[0])
    ys.append(point[1])
    names.append(point[2])
    reaches.append(point[3])


def _told(trace: Trace) -> list[str]:
    """What the figure says on pointing at each point: the sheet has it too."""
    given = trace.given.get("hovertext") if trace.given.get("hovertext") is not None else trace.given.get("text")
    found = [] if given is None or isinstance(given, str) else [joined(one) for one in given]  # type: ignore[attr-defined]
    return found if len(found) == len(trace.xs) else []


def _at_point(used: Used, x: float | None, y: float | None, look: Look) -> Label | None:
    """Words that stand at a point, which is a marker."""
    if x is None or y is None or not look.marker:
        return None
    for one in used.free:
        if one.x is not None and one.y is not None and abs(one.x - x) <= NEAR_ENOUGH * max(1, abs(x)) and one.y == y:
            used.take(one)
            return Label(one.text, "r", one.colour or colours.TEXT, one.bold)
    return None


def _straight(used: Used, line: Line, x: tuple[float, float], y: tuple[float, float]) -> Series:
    """A line across or upright as a series of its two ends, named where it ends."""
    words = named_line(used, line)
    name = used.take(words) if words else ""
    xs, ys = (x, line.y) if line.across else (line.x, y)
    along = (line.x[0] - x[0]) / (x[1] - x[0])
    others = [one.x[0] for one in used.panel.lines if one.upright and not one.box and one.x[0] != line.x[0]]
    first = any(line.x[0] < one for one in others)
    side = "l" if first or (not others and along > 0.8) else "r" if others or along < 0.1 else "t"
    label = {0 if line.across else 1: Label(name, "t" if line.across else side, colours.TEXT)} if name else {}
    return Series(name or _("line"), ys, xs, look=line_look(line), labels=label, listed=False)


def _outline(used: Used, box: Line) -> Series:
    (left, right), (low, high) = box.x, box.y
    found = next((one for one in used.free if one.x is not None and one.y == high and left <= one.x <= right), None)
    name = used.take(found) if found else _("band")
    label = {2: Label(name, "t", colours.TEXT, True)}
    xs, ys = (left, left, (left + right) / 2, right, right, left), (low, high, high, high, low, low)
    return Series(name, ys, xs, look=Look("#d9a066", 0.75), labels=label, listed=False)


def in_windows(chart: Chart) -> Iterator[Chart]:
    """A chart of many rows as several of at most MOST_ROWS."""
    if len(chart.rows) <= MOST_ROWS:
        yield chart
        return
    parts = -(-len(chart.rows) // MOST_ROWS)
    share = -(-len(chart.rows) // parts)
    for first in range(0, len(chart.rows), share):
        rows = chart.rows[first : first + share]
        low, high = rows[-1][0] - 0.6, rows[0][0] + 0.6
        series = tuple(found for one in chart.series if (found := _cut(one, low, high)))
        yield replace(chart, series=series, rows=rows, up=replace(chart.up, low=low, high=high))


def _cut(one: Series, low: float, high: float) -> Series | None:
    """The part of a series that lies between two heights; upright lines become shorter."""
    if not one.listed and one.look.width and len(one.heights) == 2 and one.places[0] == one.places[1]:
        return replace(one, heights=(low, high))
    kept = [at for at, height in enumerate(one.heights) if height is None or low <= height <= high]
    if all(one.heights[at] is None for at in kept):
        return None
    new = {at: number for number, at in enumerate(kept)}
    return replace(
        one,
        heights=tuple(one.heights[at] for at in kept),
        places=tuple(one.places[at] for at in kept),
        looks={new[at]: look for at, look in one.looks.items() if at in new},
        labels={new[at]: label for at, label in one.labels.items() if at in new},
        reaches=tuple(one.reaches[at] for at in kept) if one.reaches else (),
        points=tuple(one.points[at] for at in kept) if one.points else (),
    )
