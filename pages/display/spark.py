"""A spark line as an SVG picture that fits in a line of text."""

from base64 import b64encode
from collections.abc import Sequence
from fractions import Fraction

from pages.display import colours

WIDTH, HEIGHT, MARGIN = 132, 34, 4


def spark(values: Sequence[Fraction], target: Fraction | None, colour: str) -> str:
    """A data URI of the series' shape, its newest point marked and the target dashed; '' where there is no series."""
    if not values:
        return ""
    reached = [*values, *([target] if target is not None else [])]
    low, high = min(reached), max(reached)

    def height(value: Fraction) -> float:
        share = (value - low) / (high - low) if high > low else Fraction(1, 2)
        return float(HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN))

    step = (WIDTH - 2 * MARGIN) / max(len(values) - 1, 1)
    places = [(MARGIN + index * step, height(value)) for index, value in enumerate(values)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    goal = (
        ""
        if target is None
        else (
            f'<line x1="0" x2="{WIDTH}" y1="{height(target):.1f}" y2="{height(target):.1f}" stroke="{colours.TARGET}" stroke-dasharray="4 3"/>'
        )
    )
    x, y = places[-1]
    return _uri(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">{goal}'
        f'<polyline points="{path}" fill="none" stroke="{colours.WHOLE}" stroke-width="2.2"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.6" fill="{colour}"/></svg>'
    )


def _uri(svg: str) -> str:
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
