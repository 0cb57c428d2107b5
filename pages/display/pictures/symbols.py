"""The markers of points, in Plotly's shapes."""

from collections.abc import Sequence
from math import sqrt

from pages.display.pictures.lettering import short

Corners = Sequence[tuple[float, float]]

# Corners of a marker whose radius is 1, with y downwards.
_X, _HEXAGON, _TRIANGLE = 0.8 / sqrt(2), sqrt(3) / 2, 2 / sqrt(3)
_CROSS = ((0, 1), (1, 2), (2, 1), (1, 0), (2, -1), (1, -2), (0, -1), (-1, -2), (-2, -1), (-1, 0), (-2, 1), (-1, 2))
CORNERS: dict[str, Corners] = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((1.3, 0), (0, 1.3), (-1.3, 0), (0, -1.3)),
    "triangle-up": ((-_TRIANGLE, 0.5), (_TRIANGLE, 0.5), (0, -1)),
    "triangle-down": ((-_TRIANGLE, -0.5), (_TRIANGLE, -0.5), (0, 1)),
    "hexagon": ((_HEXAGON, -0.5), (_HEXAGON, 0.5), (0, 1), (-_HEXAGON, 0.5), (-_HEXAGON, -0.5), (0, -1)),
    "x": tuple((_X * x, _X * y) for x, y in _CROSS),
}
UPRIGHT = "line-ns"


def marker(symbol: str, x: float, y: float, radius: float, style: str) -> str:
    """A marker as SVG. symbol: without “-open”; style: SVG's attributes for fill and stroke.

    ValueError: a symbol that is not drawn here.
    """
    if symbol == "circle":
        return f'<circle cx="{short(x)}" cy="{short(y)}" r="{short(radius)}"{style}/>'
    if symbol == UPRIGHT:
        return f'<path d="M{short(x)} {short(y - radius)}V{short(y + radius)}"{style}/>'
    if symbol not in CORNERS:
        raise ValueError(f"no marker is drawn for the symbol {symbol!r}")
    corners = "L".join(f"{short(x + radius * dx)} {short(y + radius * dy)}" for dx, dy in CORNERS[symbol])
    return f'<path d="M{corners}Z"{style}/>'
