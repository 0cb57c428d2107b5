"""A figure that is laid out as SVG, from its ground up."""

from pages.display.pictures import bars, grids, lines, marks, notes
from pages.display.pictures.plot import Plot
from pages.display.pictures.scales import Given


def drawn(found: Plot) -> str:
    """Shapes below, grids, columns, lines, numbers, shapes above, notes. ValueError: a trace or shape of another kind."""
    shapes = found.layout.get("shapes") or ()
    if strange := {str(trace["type"]) for trace in found.data} - {"bar", "scatter"}:
        raise ValueError(f"no picture is drawn of {', '.join(sorted(strange))}")
    pieces = [
        *(_shape(found, one) for one in shapes if one.get("layer") == "below"),
        *(grids.grid(found, axis) for axis in found.axes.values()),
        *(bars.drawn(found, one) for one in found.columns),
        *(lines.drawn(found, one) for one in found.data if one["type"] == "scatter"),
        *(bars.text(found, one) for one in found.columns),
        *(grids.numbers(found, axis) for axis in found.axes.values()),
        *(_shape(found, one) for one in shapes if one.get("layer") != "below"),
        *(_note(found, one) for one in found.layout.get("annotations") or ()),
    ]
    return "".join(pieces)


def _note(found: Plot, one: Given) -> str:
    return notes.drawn(one, found.place(one, "x"), found.place(one, "y"), found.font, found.ground)


def _shape(found: Plot, one: Given) -> str:
    ends = [found.place(one, letter, end) for end in "01" for letter in "xy"]
    faint = float(one.get("opacity") or 1)
    line = one.get("line") or {}
    thick = float(2 if line.get("width") is None else line["width"])
    stroke = marks.stroke(found.ground, line) if thick else ""
    kind = one.get("type") or "rect"
    if kind == "line" or (kind == "rect" and (ends[0] == ends[2] or ends[1] == ends[3])):
        return marks.path(ends[0], ends[1], ends[2], ends[3], stroke) if stroke else ""
    if kind != "rect":
        raise ValueError(f"no shape is drawn of the type {kind!r}")
    fill = marks.fill(found.ground, one["fillcolor"], faint) if one.get("fillcolor") else ' fill="none"'
    return marks.rectangle(marks.between(ends[0], ends[1], ends[2], ends[3]), fill + stroke)
