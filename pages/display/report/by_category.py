"""Columns and lines over categories, read from a panel of a figure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from data.words import _
from pages.display import colours
from pages.display.report import looks
from pages.display.report.across import due, goals, level, upper_end
from pages.display.report.charts import Axis, Chart, Kind, Label, Look, Series
from pages.display.report.panels import Panel, Trace, in_line, joined
from pages.display.report.shared import (
    NEAR_ENOUGH,
    Used,
    axis_of,
    drawn_range,
    error_bars,
    merged,
    remarks,
    shown_texts,
    text_label,
)

# A column of the sheet that is not drawn.
Given = tuple[str, tuple[float | None, ...]]
# A category's own words stand within this of its place.
NEAR = 0.5


def chart_over_categories(panel: Panel, kind: Kind) -> Chart:
    used = Used(panel)
    places = _category_places(panel)
    index = {place: number for number, place in enumerate(places)}
    categories = tuple(_category_names(panel, used, places))
    low, high = _value_reach(panel)
    reach = (low, high)
    tops = [upper_end(line, len(places)) for line in panel.lines if line.across and line.box]
    dues = [one for line in panel.lines if line.upright and not line.box for one in due(used, line, index, high)]
    series: list[Series] = []
    also: list[Given] = []
    for group in merged(_unfolded(panel)):
        one = _of_categories(used, group, index, reach)
        parts, given = _floating(group, one, index) if group[0].bases else (_named_behind(one, reach), [])
        series += parts
        also += given
    across = [line for line in panel.lines if line.across and line.y[0] == line.y[1]]
    levels = [level(used, line, series, reach) for line in across]
    left_over = [line for line in panel.lines if line.box and not line.across]
    notes = [
        *remarks(used, [one.name for one in series]),
        *([_("Bands behind the columns are not drawn.")] if left_over else []),
    ]
    notes += [_("Equal distances stand for unequal times.")] if kind == Kind.LINES and not _even(places) else []
    return Chart(
        kind,
        (*series, *levels, *tops, *goals(panel, places), *dues),
        categories,
        panel.stacked or bool(also),
        Axis(),
        axis_of(panel.y_axis, low, high),
        in_line(panel.title),
        notes=tuple(notes),
        also=tuple(also),
    )


def _unfolded(panel: Panel) -> Panel:
    """A trace that goes over the categories several times, with gaps between, as several traces."""
    return replace(panel, traces=tuple(part for trace in panel.traces for part in _runs(trace)))


def _runs(trace: Trace) -> Iterator[Trace]:
    given = [x for x in trace.xs if x is not None]
    if len(given) == len(set(given)):
        yield trace
        return
    gaps = [-1, *(at for at, x in enumerate(trace.xs) if x is None), len(trace.xs)]
    for number, (before, after) in enumerate(pairwise(gaps), start=1):
        if after - before > 1:
            about = {**trace.given, "text": None, "name": f"{trace.name} {number}" if number > 1 else trace.name}
            about["repeats"] = number > 1
            yield Trace(about, trace.xs[before + 1 : after], trace.ys[before + 1 : after])


def _category_places(panel: Panel) -> list[float]:
    """Where the categories stand, with those between them that have no figure where all stand at equal steps."""
    return sorted({x for trace in panel.traces for x in trace.xs if x is not None})


def _even(places: Sequence[float]) -> bool:
    steps = [later - earlier for earlier, later in pairwise(places)]
    return not steps or max(steps) - min(steps) < 0.01 * max(steps)


def _category_names(panel: Panel, used: Used, places: Sequence[float]) -> Iterator[str]:
    bands = _bands(panel)
    points = {trace.xs[0]: joined(trace.given.get("name") or "") for trace in panel.traces if len(trace.xs) == 1}
    for place in places:
        row = next((one for one in panel.words if one.y is None and one.x is not None and one.at[1] == 0
                    and abs(one.x - place) < NEAR), None)  # fmt: skip
        own = used.take(row) if row and panel.x_axis.get("tickmode") != "array" and place not in panel.places else ""
        yield own or panel.places.get(place) or bands.get(place) or points.get(place) or f"{place:g}"


def _bands(panel: Panel) -> dict[float, str]:
    """What columns are called on pointing at them, where the figure says it."""
    found = {}
    for trace in panel.traces:
        custom = trace.given.get("customdata")
        if trace.is_bar and custom is not None:
            found.update({x: str(row[0]) for x, row in zip(trace.xs, custom, strict=True) if x is not None})  # type: ignore[call-overload]
    return found


def _value_reach(panel: Panel) -> tuple[float, float]:
    """The ends of the value axis: as drawn, but not narrower than the numbers; a little room above for labels."""
    ends = [end for trace in panel.traces for end in _ends(trace)]
    if panel.stacked:
        sums: dict[float, float] = {}
        for trace in panel.traces:
            for x, y in zip(trace.xs, trace.ys, strict=True):
                if x is not None and y is not None and trace.is_bar:
                    sums[x] = sums.get(x, 0.0) + y
        ends += sums.values()
    ends += [edge for line in panel.lines if line.across for edge in line.y]
    ends += [0.0] if any(trace.is_bar and not trace.bases for trace in panel.traces) else []
    drawn = drawn_range(panel.y_axis)
    if drawn is None or any(trace.bases for trace in panel.traces):
        room = (max(ends) - min(ends) or 1.0) * 0.12
        return (min(ends) - room if min(ends) else 0.0), max(ends) + room
    return min([drawn[0], *ends]), max([drawn[1], *ends])


def _ends(trace: Trace) -> list[float]:
    if trace.bases:
        return [*trace.bases, *(base + (y or 0.0) for base, y in zip(trace.bases, trace.ys, strict=True))]
    reach = [float(one) for one in error_bars(trace, "error_y")] or [0.0] * len(trace.ys)
    return [end for y, r in zip(trace.ys, reach, strict=True) if y is not None for end in (y - r, y + r)]


def _of_categories(used: Used, group: Sequence[Trace], index: dict[float, int], reach: tuple[float, float]) -> Series:
    """One series of the traces that have one name, a height for every category."""
    first = group[0]
    heights: list[float | None] = [None] * len(index)
    labels: dict[int, Label] = {}
    looks_: dict[int, Look] = {}
    reaches = [0.0] * len(index)
    whole = looks.outlined(first, looks.of_trace(first))
    for trace in group:
        own = looks.outlined(trace, looks.of_trace(trace))
        single = looks.of_points(trace, own)
        texts, errors = shown_texts(trace), error_bars(trace, "error_y")
        for position, (x, y) in enumerate(zip(trace.xs, trace.ys, strict=True)):
            if x is None or y is None:
                continue
            at = index[x]
            heights[at] = abs(y) if trace.bases else y
            if (look := single.get(position, own)) != whole:
                looks_[at] = look
            if errors:
                reaches[at] = errors[position]
            if texts and texts[position]:
                labels[at] = text_label(trace, texts[position])
    labels.update(_beside(used, first, heights, index, reach))
    names = tuple(in_line(trace.point_name) for trace in group) if any(trace.point_name for trace in group) else ()
    shown = _value_format(labels, heights)
    return Series(
        in_line(first.name),
        tuple(heights),
        columns=first.is_bar,
        look=whole,
        looks=looks_,
        labels={} if shown else labels,
        value_format=shown,
        reaches=tuple(reaches) if any(reaches) else (),
        points=names if len(names) == len(index) else (),
        listed=not first.given.get("repeats") and (whole.colour != colours.MUTED or not used.panel.title),
    )


def _value_format(labels: dict[int, Label], heights: Sequence[float | None]) -> str:
    """The number format that writes every height as its label does; empty where none does: then they stay texts."""
    given = [(labels.get(at), height) for at, height in enumerate(heights) if height is not None]
    if not given or any(label is None for label, _height in given):
        return ""
    for suffix in ("%", ""):
        for places in range(4):
            if all(label and label.text == f"{height:,.{places}f}{suffix}" for label, height in given):
                digits = "#,##0" + ("." + "0" * places if places else "")
                return digits + ('"%"' if suffix else "")
    return ""


def _beside(
    used: Used, trace: Trace, heights: Sequence[float | None], index: dict[float, int], reach: tuple[float, float]
) -> Iterator[tuple[int, Label]]:
    """Words of the figure that belong to points of a series: at its end with its name, or at a point."""
    name, places = in_line(trace.name), list(index)
    last = max((at for at, height in enumerate(heights) if height is not None), default=None)
    if last is None:
        return
    for one in used.free:
        text = in_line(one.text).removeprefix("■").strip()
        is_name = one.at[0] == 1 and name and (text == name or text.startswith(f"{name} "))
        if is_name and not trace.is_bar and one.y is not None:
            used.take(one)
            lift = (one.y - (heights[last] or 0.0)) / (reach[1] - reach[0])
            yield last, Label(one.text, "r", one.colour or colours.TEXT, one.bold, lift)
        elif one.x is not None and one.y is not None:
            at = min(range(len(places)), key=lambda number: abs(places[number] - (one.x or 0.0)))
            height = heights[at]
            if abs(places[at] - one.x) < NEAR and height is not None:
                used.take(one)
                below = not trace.is_bar and one.y < height - NEAR_ENOUGH
                side = "ctr" if trace.bases else "outEnd" if trace.is_bar else "b" if below else "t"
                yield at, Label(one.text, side, one.colour or colours.TEXT, one.bold)


def _named_behind(one: Series, reach: tuple[float, float]) -> list[Series]:
    """A line that ends early has its name at the right end too, at an unseen point, where no other line runs through it."""
    last = max((at for at, height in enumerate(one.heights) if height is not None), default=0)
    label, end = one.labels.get(last), len(one.heights) - 1
    if label is None or label.side != "r" or last == end:
        return [one]
    height = (one.heights[last] or 0.0) + label.lift * (reach[1] - reach[0])
    unseen = Series(
        _("{name}: place of its name", name=one.name),
        (*(None for _at in range(end)), height),
        look=Look(""),
        labels={end: replace(label, lift=0.0)},
        listed=False,
    )
    rest = {at: own for at, own in one.labels.items() if at != last}
    return [replace(one, labels=rest, listed=False), unseen]


def _floating(group: Sequence[Trace], one: Series, index: dict[float, int]) -> tuple[list[Series], list[Given]]:
    """Columns that begin above the axis: an unseen series carries them, another one their labels; their signs go to the sheet."""
    starts: list[float | None] = [None] * len(index)
    changes: list[float | None] = [None] * len(index)
    for trace in group:
        for x, y, base in zip(trace.xs, trace.ys, trace.bases, strict=True):
            if x is not None and y is not None:
                starts[index[x]], changes[index[x]] = base, y
    pairs = [(start, change) for start, change in zip(starts, changes, strict=True)]
    carries = tuple(None if a is None or b is None else min(a, a + b) for a, b in pairs)
    ends = tuple(None if a is None or b is None else a + b for a, b in pairs)
    sides = {at: replace(label, side="b" if (changes[at] or 0.0) < 0 else "t") for at, label in one.labels.items()}
    unseen = Series(_("{name}: carried by", name=one.name), carries, columns=True, look=Look(""), listed=False)
    top = Series(_("{name}: ends at", name=one.name), ends, look=Look(""), labels=sides, listed=False)
    given = [
        (_("{name}: begins at", name=one.name), tuple(starts)),
        (_("{name}: signed", name=one.name), tuple(changes)),
    ]
    return [unseen, replace(one, labels={}), top], given
