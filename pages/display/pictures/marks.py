"""What all drawings are made of, as SVG: strokes, fills, rectangles, and what is cut off at the sides of a panel."""

from typing import Any

from pages.display.pictures.lettering import short
from pages.display.pictures.notes import Box
from pages.display.pictures.palettes import Ground, colour
from pages.display.pictures.scales import Given

# Plotly's own, where a figure does not say.
LINE = "#444444"
DASHES = {"solid": (), "dot": (1, 1), "dash": (3, 3), "longdash": (5, 5), "dashdot": (3, 1, 1, 1)}
LEAST_DASH = 3.0


def within(panel: Box, inside: str) -> str:
    """What is cut off at the sides of a panel; for drawings that reach beyond it, as PNG is slow at this."""
    left, top, wide, high = map(short, (panel.left, panel.top, panel.width, panel.height))
    return (
        f'<svg x="{left}" y="{top}" width="{wide}" height="{high}" viewBox="{left} {top} {wide} {high}">{inside}</svg>'
    )


def stroke(ground: Ground, line: Given, name: str = LINE, thick: float = 2.0) -> str:
    given = line.get("width")
    width = thick if given is None else float(given)
    shade, opacity = colour(line.get("color") or name, ground)
    dash = line.get("dash") or "solid"
    if dash not in DASHES:
        raise ValueError(f"no line is drawn as {dash!r}")
    lengths = " ".join(short(part * max(width, LEAST_DASH)) for part in DASHES[dash])
    return (
        f' stroke="{shade}" stroke-width="{short(width)}"'
        + (f' stroke-opacity="{short(opacity)}"' if opacity < 1 else "")
        + (f' stroke-dasharray="{lengths}"' if lengths else "")
    )


def fill(ground: Ground, shade: str, faint: float = 1.0) -> str:
    found, opacity = colour(shade, ground)
    seen = opacity * faint
    return f' fill="{found}"' + (f' fill-opacity="{short(seen)}"' if seen < 1 else "")


def rectangle(box: Box, style: str) -> str:
    left, top, wide, high = map(short, (box.left, box.top, box.width, box.height))
    return f'<rect x="{left}" y="{top}" width="{wide}" height="{high}"{style}/>'


def between(x0: float, y0: float, x1: float, y1: float) -> Box:
    return Box(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))


def path(x0: float, y0: float, x1: float, y1: float, style: str) -> str:
    return f'<path d="M{short(x0)} {short(y0)}L{short(x1)} {short(y1)}"{style}/>'


def each(given: Any, index: int) -> Any:
    """What a trace says of one point: a value for each, or one for all."""
    return given[index] if isinstance(given, list | tuple) else given
