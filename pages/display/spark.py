"""A spark line as an SVG picture that fits in a line of text."""

from base64 import b64encode
from collections.abc import Sequence
from fractions import Fraction

from pages.display import colours

WIDTH, HEIGHT, COURSE_HEIGHT, MARGIN = 132, 34, 56, 4


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
    path = " ".join(f"{_short(x)},{_short(y)}" for x, y in places)
    goal = (
        ""
        if target is None
        else (
            f'<line x1="0" x2="{WIDTH}" y1="{_short(height(target))}" y2="{_short(height(target))}" stroke="{colours.TARGET}" stroke-dasharray="4 3"/>'
        )
    )
    x, y = places[-1]
    return _uri(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{goal}'
        f'<polyline points="{path}" fill="none" stroke="{colours.WHOLE}" stroke-width="2.2"/>'
        f'<circle cx="{_short(x)}" cy="{_short(y)}" r="3.6" fill="{colour}"/></svg>'
    )


def course(values: Sequence[float | None], reach: tuple[float, float], colour: str) -> str:
    """A data URI of a series on an axis that pictures share, 0 as a line; gaps where there is no value, the last one marked."""
    low, high = min(reach[0], 0.0), max(reach[1], 0.0)
    step = (WIDTH - 2 * MARGIN) / max(len(values) - 1, 1)

    def height(value: float) -> float:
        return COURSE_HEIGHT - MARGIN - (value - low) / ((high - low) or 1) * (COURSE_HEIGHT - 2 * MARGIN)

    places = [None if one is None else (MARGIN + index * step, height(one)) for index, one in enumerate(values)]
    known = [one for one in places if one is not None]
    if not known:
        return ""
    steps = [
        f"{'M' if index == 0 or places[index - 1] is None else 'L'}{_short(one[0])} {_short(one[1])}"
        for index, one in enumerate(places)
        if one is not None
    ]
    x, y = known[-1]
    zero = _short(height(0))
    return _uri(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {COURSE_HEIGHT}">'
        f'<line x1="0" x2="{WIDTH}" y1="{zero}" y2="{zero}" stroke="{colours.MUTED}"/>'
        f'<path d="{"".join(steps)}" fill="none" stroke="{colours.SOFT_TEXT}" stroke-width="2"/>'
        f'<circle cx="{_short(x)}" cy="{_short(y)}" r="3.6" fill="{colour}"/></svg>'
    )


def _short(place: float) -> str:
    """A place to a tenth of a pixel, without what goes without saying: hundreds of pictures stand on one page."""
    return f"{round(place, 1):g}"


def _uri(svg: str) -> str:
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
