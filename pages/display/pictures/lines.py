"""Lines and points of scatter traces as SVG, with their intervals and texts."""

from collections.abc import Iterable, Iterator, Sequence

from pages.display.pictures import lettering, marks, symbols
from pages.display.pictures.lettering import short
from pages.display.pictures.palettes import Ground
from pages.display.pictures.plot import Plot
from pages.display.pictures.scales import Given

# Plotly's own, where a figure does not say.
MARKER_SIZE, CAP, THICK = 6.0, 4.0, 2.0
# What a smooth line is pulled by, as a share of the way between a point's neighbours.
SPLINE = 6.0
BESIDE = 3.0

# Where a point lies, and whether its axes hold it.
Place = tuple[float, float, bool]


def drawn(found: Plot, trace: Given) -> str:
    """A scatter trace: its intervals, its line, cut off at the plot's sides, and the points that the axes hold."""
    across, up = found.sides(trace)
    places = [
        None if x is None or y is None else (across.at(x), up.at(y), across.holds(x) and up.holds(y))
        for x, y in zip(trace.get("x") or (), trace.get("y") or (), strict=True)
    ]
    if trace.get("fill") not in (None, "none") or trace.get("connectgaps"):
        raise ValueError(f"no line is filled, and none is drawn across gaps: {trace.get('name')!r}")
    mode = trace.get("mode") or "lines+markers"
    points = [(index, one[0], one[1]) for index, one in enumerate(places) if one and one[2]]
    pieces = [_errors(found, trace, points)]
    if "lines" in mode:
        line = _line(found, trace, places)
        beyond = any(one and not one[2] for one in places)
        pieces.append(marks.within(found.panel(trace), line) if beyond else line)
    if "markers" in mode:
        pieces += [_marker(found.ground, trace, *point) for point in points]
    if "text" in mode:
        pieces += [_point_text(found, trace, *point) for point in points]
    return "".join(pieces)


def _line(found: Plot, trace: Given, places: Sequence[Place | None]) -> str:
    line = trace.get("line") or {}
    pieces = ["L".join(f"{short(x)} {short(y)}" for x, y in one) for one in _unbroken(places)]
    if line.get("shape") == "spline":
        pieces = [_curve(one) for one in _unbroken(places)]
    elif line.get("shape") not in (None, "linear"):
        raise ValueError(f"no line is drawn in the shape {line['shape']!r}")
    path = "".join(f"M{piece}" for piece in pieces)
    return f'<path d="{path}" fill="none" stroke-linejoin="round"{marks.stroke(found.ground, line)}/>' if path else ""


def _unbroken(places: Iterable[Place | None]) -> Iterator[list[tuple[float, float]]]:
    """The points between gaps."""
    own: list[tuple[float, float]] = []
    for one in (*places, None):
        if one is not None:
            own.append(one[:2])
        elif own:
            yield own
            own = []


def _curve(points: Sequence[tuple[float, float]]) -> str:
    """A smooth line through the points (Catmull–Rom), as Bézier curves."""
    padded = [points[0], *points, points[-1]]
    pieces = [f"{short(points[0][0])} {short(points[0][1])}"]
    for before, one, other, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        pulls = [one[side] + (other[side] - before[side]) / SPLINE for side in (0, 1)]
        pulls += [other[side] - (after[side] - one[side]) / SPLINE for side in (0, 1)]
        pieces.append("C" + " ".join(map(short, (*pulls, *other))))
    return "".join(pieces)


def _marker(ground: Ground, trace: Given, index: int, x: float, y: float) -> str:
    marker = trace.get("marker") or {}
    symbol = str(marks.each(marker.get("symbol"), index) or "circle")
    shade = marks.each(marker.get("color"), index) or (trace.get("line") or {}).get("color") or marks.LINE
    line, faint = marker.get("line") or {}, float(marker.get("opacity") or 1)
    width = float(line.get("width") or 0)
    if symbol.endswith("-open"):
        style = ' fill="none"' + marks.stroke(ground, {"color": shade, "width": width or 1})
    elif symbol == symbols.UPRIGHT:
        style = ' fill="none"' + marks.stroke(ground, line)
    else:
        style = marks.fill(ground, shade, faint) + (marks.stroke(ground, line) if width else "")
    radius = float(marks.each(marker.get("size"), index) or MARKER_SIZE) / 2
    return symbols.marker(symbol.removesuffix("-open"), x, y, radius, style)


def _errors(found: Plot, trace: Given, points: Sequence[tuple[int, float, float]]) -> str:
    return "".join(_bars(found, trace, letter, points) for letter in "xy" if trace.get(f"error_{letter}"))


def _bars(found: Plot, trace: Given, letter: str, points: Sequence[tuple[int, float, float]]) -> str:
    """Intervals of one axis: a line to both sides of the point, with a stroke across at its ends."""
    error = trace[f"error_{letter}"]
    axis = found.sides(trace)[0 if letter == "x" else 1]
    pieces, beyond = [], False
    cap = float(CAP if error.get("width") is None else error["width"])
    for index, x, y in points:
        half = float(marks.each(error["array"], index) or 0)
        if not half:
            continue
        value = axis.scale.number(trace[letter][index])
        low, high = sorted((axis.at(value - half), axis.at(value + half)))
        beyond = beyond or not (axis.holds(value - half) and axis.holds(value + half))
        if letter == "x":
            ends = f"M{short(low)} {short(y - cap)}v{short(2 * cap)}m0 {short(-cap)}H{short(high)}m0 {short(-cap)}v{short(2 * cap)}"
        else:
            ends = f"M{short(x - cap)} {short(low)}h{short(2 * cap)}m{short(-cap)} 0V{short(high)}m{short(-cap)} 0h{short(2 * cap)}"
        pieces.append(ends)
    line = marks.stroke(found.ground, {"color": error.get("color"), "width": error.get("thickness") or THICK})
    path = f'<path d="{"".join(pieces)}" fill="none"{line}/>' if pieces else ""
    return marks.within(found.panel(trace), path) if beyond else path


def _point_text(found: Plot, trace: Given, index: int, x: float, y: float) -> str:
    text = str(marks.each(trace.get("text"), index) or "")
    if not text:
        return ""
    upright, across = str(marks.each(trace.get("textposition"), index) or "middle center").split()
    font = {**found.font, **(trace.get("textfont") or {})}
    radius = (
        float(marks.each((trace.get("marker") or {}).get("size"), index) or 0) / 2 + 1
        if "markers" in trace["mode"]
        else 0.0
    )
    high = lettering.height(text, font["size"])
    top = {"top": y - radius - high, "middle": y - high / 2, "bottom": y + radius}[upright]
    side = {"left": x - radius - BESIDE, "center": x, "right": x + radius + BESIDE}[across]
    align = {"left": "right", "center": "center", "right": "left"}[across]
    return lettering.written(text, side, top, lettering.Style(font["size"], font["color"], found.ground, align))
