"""From where to where an axis reaches whose figure does not say it: as far as what is drawn on it, with some air, as Plotly does."""

from collections.abc import Iterator, Sequence

from pages.display.pictures import notes
from pages.display.pictures.columns import Column
from pages.display.pictures.scales import Given, Scale

# Air at both ends, as a share of the axis.
AIR = 0.05
# A marker keeps its size divided by this from the ends, and at least so many pixels.
MARKER, LEAST = 1.6, 3.0

# A number, and the pixels that must be free below and above it.
Needed = tuple[float, float, float]


def reach(
    scale: Scale, length: float, drawn: Sequence[Column], data: Sequence[Given], layout: Given
) -> tuple[float, float]:
    """The axis's lowest and highest number; `length` in pixels."""
    if scale.given.get("range") is not None:
        low, high = (scale.number(end) for end in scale.given["range"])
        return low, high
    needed = [*_of_columns(scale, length, drawn), *_of_lines(scale, length, data), *_of_marks(scale, layout)]
    if scale.given.get("rangemode") == "tozero":
        needed.append((0.0, 0.0, 0.0))
    return _fitted(needed, length) if needed else (-1.0, 6.0)


def _fitted(needed: Sequence[Needed], length: float) -> tuple[float, float]:
    """The ends at which the pair that needs most room has just what it needs."""
    lows: dict[float, float] = {}
    highs: dict[float, float] = {}
    for number, below, above in needed:
        lows[below] = min(number, lows.get(below, number))
        highs[above] = max(number, highs.get(above, number))
    units = max(
        (above - below) / max(length - below_room - above_room, 1.0)
        for below_room, below in lows.items()
        for above_room, above in highs.items()
    )
    if units <= 0:
        return min(lows.values()) - 1, max(highs.values()) + 1
    return (
        min(number - units * room for room, number in lows.items()),
        max(number + units * room for room, number in highs.items()),
    )


def _of_columns(scale: Scale, length: float, drawn: Sequence[Column]) -> Iterator[Needed]:
    air = AIR * length
    for one in drawn:
        if one.axis(across=True) == scale.name:
            yield from ((one.left, 0.0, 0.0), (one.right, 0.0, 0.0))
        elif one.axis(across=False) == scale.name:
            for end in (one.begin, one.end):
                yield (end, air, air) if end else (0.0, 0.0, 0.0)


def _of_lines(scale: Scale, length: float, data: Sequence[Given]) -> Iterator[Needed]:
    for trace in data:
        if trace["type"] != "scatter" or (trace.get(f"{scale.letter}axis") or scale.letter) != scale.name:
            continue
        room = _room(scale, length, trace)
        reaches = (trace.get(f"error_{scale.letter}") or {}).get("array")
        for index, value in enumerate(trace.get(scale.letter) or ()):
            if value is not None:
                number, half = scale.number(value), float(reaches[index] or 0) if reaches else 0.0
                yield number, room, room
                if half:
                    yield from (
                        (number - half, AIR * length, AIR * length),
                        (number + half, AIR * length, AIR * length),
                    )


def _room(scale: Scale, length: float, trace: Given) -> float:
    """Markers stay whole; lines alone begin and end at the sides."""
    marker = trace.get("marker") or {}
    if "markers" in (trace.get("mode") or ""):
        sizes = marker.get("size") or 6
        return float(max(max(sizes) if isinstance(sizes, list | tuple) else sizes, 0)) / MARKER + AIR * length
    return 0.0 if scale.letter == "x" and "text" not in (trace.get("mode") or "") else LEAST + AIR * length


def _of_marks(scale: Scale, layout: Given) -> Iterator[Needed]:
    for shape in layout.get("shapes") or ():
        if (shape.get(f"{scale.letter}ref") or scale.letter) == scale.name:
            yield from ((scale.number(shape[f"{scale.letter}{end}"]), 1.0, 1.0) for end in "01")
    for note in layout.get("annotations") or ():
        if (note.get(f"{scale.letter}ref") or scale.letter) == scale.name:
            box = notes.box(note, layout["font"])
            sides = (-box.left, box.right) if scale.letter == "x" else (box.bottom, -box.top)
            yield scale.number(note[scale.letter]), max(sides[0], 0.0), max(sides[1], 0.0)
