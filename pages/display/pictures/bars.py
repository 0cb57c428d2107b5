"""Columns of bar traces as SVG, with their hatching and texts."""

from pages.display.pictures import lettering, marks
from pages.display.pictures.columns import Column
from pages.display.pictures.lettering import short
from pages.display.pictures.notes import Box
from pages.display.pictures.palettes import Ground
from pages.display.pictures.plot import Plot
from pages.display.pictures.scales import Given

HATCH_APART, HATCH_WIDTH = 8.0, 2.4
# Between a column's side and its text.
INSIDE = 3.0


def _box(found: Plot, one: Column) -> Box:
    """Where the column stands in the picture, cut off at the sides of its panel."""
    across, along = found.axes[one.axis(across=True)], found.axes[one.axis(across=False)]
    sides, ends = (across.at(one.left), across.at(one.right)), (along.at(one.begin), along.at(one.end))
    if one.lies:
        return marks.between(ends[0], sides[0], ends[1], sides[1]).common(found.panel(one.trace))
    return marks.between(sides[0], ends[0], sides[1], ends[1]).common(found.panel(one.trace))


def drawn(found: Plot, one: Column) -> str:
    marker, box = one.trace.get("marker") or {}, _box(found, one)
    shade = marks.each(marker.get("color") or marks.LINE, one.index)
    line = marker.get("line") or {}
    style = marks.fill(found.ground, shade, float(marker.get("opacity") or 1)) + (
        marks.stroke(found.ground, line) if line.get("width") else ""
    )
    hatch = _hatch(found.ground, box, marker.get("pattern") or {})
    return marks.rectangle(box, style) + hatch


def _hatch(ground: Ground, box: Box, pattern: Given) -> str:
    """Slanting lines, cut off at the column's sides."""
    if not pattern.get("shape"):
        return ""
    if pattern["shape"] != "/":
        raise ValueError(f"no column is hatched with {pattern['shape']!r}")
    line = marks.stroke(ground, {"color": pattern.get("fgcolor") or marks.LINE, "width": HATCH_WIDTH})
    number = int((box.width + box.height) / HATCH_APART) + 1
    slants = "".join(
        f"M{short(box.left + place * HATCH_APART - box.height)} {short(box.bottom)}l{short(box.height)} {short(-box.height)}"
        for place in range(1, number + 1)
    )
    return marks.within(box, f'<path d="{slants}"{line}/>')


def text(found: Plot, one: Column) -> str:
    """The text in a column's middle or beyond its end, small enough not to be wider than the column."""
    said = str(marks.each(one.trace.get("text"), one.index) or "")
    where = marks.each(one.trace.get("textposition"), one.index) or "auto"
    if not said or where == "none":
        return ""
    if where not in ("inside", "outside") or (where == "outside" and one.lies):
        raise ValueError(f"no text of a column is drawn {where!r}")
    font, box = {**found.font, **(one.trace.get("textfont") or {})}, _box(found, one)
    wide, high = lettering.width(said, font["size"]), lettering.height(said, font["size"])
    scale = min(1.0, (box.width - INSIDE) / wide)
    if where == "inside":
        scale = min(scale, box.height / high)
    size = max(float(font["size"]) * scale, 1.0)
    top = box.top + (box.height - high * scale) / 2 if where == "inside" else box.top - high * scale
    style = lettering.Style(size, font["color"], found.ground, "center")
    return lettering.written(said, box.left + box.width / 2, top, style)
