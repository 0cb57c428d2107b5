"""Annotations: where their boxes stand beside the point that they belong to, and their texts as SVG."""

from dataclasses import dataclass

from pages.display.pictures import lettering
from pages.display.pictures.lettering import short
from pages.display.pictures.palettes import Ground, colour
from pages.display.pictures.scales import Given

# Between a box's side and its text: Plotly's border and padding.
PAD = 2
THIRD = 1 / 3


@dataclass(frozen=True)
class Box:
    """A box in pixels, with y downwards; of a note, from its point."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def moved(self, x: float, y: float) -> "Box":
        return Box(self.left + x, self.top + y, self.width, self.height)

    def common(self, other: "Box") -> "Box":
        """What two boxes share; of no width or height where they share nothing."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        return Box(left, top, max(min(self.right, other.right) - left, 0), max(min(self.bottom, other.bottom) - top, 0))


def size(note: Given, font: Given) -> float:
    return float((note.get("font") or {}).get("size") or font["size"])


def box(note: Given, font: Given) -> Box:
    """A note's box from its point; font: the figure's own."""
    if note.get("showarrow", True) or (note.get("textangle") or 0):
        raise ValueError(f"no arrow and no turned note is drawn: {note.get('text')!r}")
    text, type_size = str(note.get("text") or ""), size(note, font)
    wide, high = lettering.width(text, type_size) + 2 * PAD, lettering.height(text, type_size) + 2 * PAD
    across = {"left": 0.0, "center": 0.5, "right": 1.0}[_anchor(note, "x", ("left", "center", "right"))]
    up = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[_anchor(note, "y", ("bottom", "middle", "top"))]
    left, top = -across * wide + float(note.get("xshift") or 0), -up * high - float(note.get("yshift") or 0)
    return Box(left, top, wide, high)


def _anchor(note: Given, letter: str, sides: tuple[str, str, str]) -> str:
    """The side that is named; else the middle of a text at a value, and towards the inside of one at a place of the plot."""
    named = note.get(f"{letter}anchor") or "auto"
    if named != "auto":
        return str(named)
    ref = str(note.get(f"{letter}ref") or letter)
    if ref != "paper" and not ref.endswith("domain"):
        return sides[1]
    place = float(note[letter])
    return sides[0] if place < THIRD else sides[2] if place > 2 * THIRD else sides[1]


def drawn(note: Given, x: float, y: float, font: Given, ground: Ground) -> str:
    """A note whose point is at x, y."""
    place = box(note, font).moved(x, y)
    align = note.get("align") or "center"
    text, own = str(note.get("text") or ""), note.get("font") or {}
    if len(lettering.lines(text)) == 1:  # its side stays where it is, however wide the type is in the end
        align = _anchor(note, "x", ("left", "center", "right"))
    inner = {"left": place.left + PAD, "center": place.left + place.width / 2, "right": place.right - PAD}[align]
    style = lettering.Style(size(note, font), own.get("color") or font["color"], ground, align)
    return _ground(note, place, ground) + lettering.written(text, inner, place.top + PAD, style)


def _ground(note: Given, place: Box, ground: Ground) -> str:
    if not note.get("bgcolor"):
        return ""
    fill, opacity = colour(note["bgcolor"], ground)
    return (
        f'<rect x="{short(place.left)}" y="{short(place.top)}" width="{short(place.width)}" height="{short(place.height)}"'
        f' fill="{fill}" fill-opacity="{short(opacity)}"/>'
    )
