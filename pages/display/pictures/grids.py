"""Axes as SVG: grids, lines, the numbers beside them and their titles."""

from pages.display.pictures import lettering, marks, plot
from pages.display.pictures.plot import Plot
from pages.display.pictures.scales import Axis

# Plotly's own, where a figure does not say.
GRID = "#eeeeee"


def _crossing(found: Plot, axis: Axis) -> Axis:
    """The axis at whose beginning the numbers of this one stand."""
    other = "y" if axis.scale.letter == "x" else "x"
    return found.axes[axis.scale.given.get("anchor") or other + axis.scale.name[1:]]


def grid(found: Plot, axis: Axis) -> str:
    given = axis.scale.given
    if not axis.scale.visible or not _is_drawn(found, axis):
        return ""
    crossing = _crossing(found, axis)
    places = [axis.at(number) for number, _text in axis.ticks()] if given.get("showgrid") is not False else []
    line = marks.stroke(found.ground, {"color": given.get("gridcolor") or GRID, "width": 1})
    drawn = "".join(_across(axis, place, crossing.begin, crossing.end, line) for place in places)
    if not (given.get("showline") or given.get("linecolor")):
        return drawn
    side = marks.stroke(found.ground, {"color": given.get("linecolor") or marks.LINE, "width": 1})
    return drawn + _across(crossing, crossing.begin, axis.begin, axis.end, side)


def _is_drawn(found: Plot, axis: Axis) -> bool:
    """Plotly draws an axis that has a trace or a pair of its own; a figure of subplots may have left one without."""
    other = _crossing(found, axis)
    return bool(found.layout.get(f"{other.scale.letter}axis{other.scale.name[1:]}") or other.scale.name in ("x", "y"))


def _across(axis: Axis, place: float, begin: float, end: float, style: str) -> str:
    ends = (place, begin, place, end) if axis.scale.letter == "x" else (begin, place, end, place)
    return marks.path(*ends, style)


def numbers(found: Plot, axis: Axis) -> str:
    if not axis.scale.visible or not _is_drawn(found, axis):
        return ""
    side, size = _crossing(found, axis).begin, plot.label_size(axis, found.layout)
    shade = (axis.scale.given.get("tickfont") or {}).get("color") or found.font["color"]
    pieces = []
    for number, text in plot.labels(axis, found.layout):
        if axis.scale.letter == "x":
            style = lettering.Style(size, shade, found.ground, "center")
            pieces.append(lettering.written(text, axis.at(number), side + plot.beside(axis), style))
        else:
            style = lettering.Style(size, shade, found.ground, "right")
            top = axis.at(number) - lettering.height(text, size) / 2
            pieces.append(lettering.written(text, side - plot.beside(axis), top, style))
    return "".join(pieces) + _axis_title(found, axis, side)


def _axis_title(found: Plot, axis: Axis, side: float) -> str:
    text, middle = plot.title(axis), (axis.begin + axis.end) / 2
    if not text:
        return ""
    size, taken = plot.title_size(axis, found.layout), plot.label_size(axis, found.layout) * lettering.LINE
    style = lettering.Style(size, found.font["color"], found.ground, "center")
    if axis.scale.letter == "x":
        return lettering.written(text, middle, side + plot.beside(axis) + taken, style)
    left = side - plot.widest(axis, found.layout) - plot.beside(axis) - plot.BESIDE - size * lettering.LINE / 2
    return lettering.written(text, left, middle - lettering.height(text, size) / 2, style, -90)
