"""Colours, lines and markers of Plotly's traces as a `Look`."""

import re
from collections.abc import Mapping

from pages.display import colours
from pages.display.report.charts import Look
from pages.display.report.panels import Trace

# Plotly measures in pixels of a page, documents in points.
POINTS = 0.75
# What lies on a line that is thicker than this is seen through it: programs differ in which series is on top.
THICK, THROUGH = 9.0, 0.6


def of_trace(trace: Trace) -> Look:
    """How a trace looks as a whole."""
    given, line, marker = trace.given, _part(trace.given, "line"), _part(trace.given, "marker")
    mode = str(given.get("mode") or "")
    drawn = "lines" in mode
    colour, opacity = _colour((line if drawn else marker).get("color") or marker.get("color"))
    fading = given.get("opacity") if given.get("opacity") is not None else 1.0
    symbol = marker.get("symbol")
    size = marker.get("size")
    return Look(
        colour if opacity else "",
        width_of(line) if drawn else 0.0,
        str(line.get("dash") or "solid"),
        (str(symbol) if isinstance(symbol, str) else "circle") if "markers" in mode else "",
        round(float(size) * POINTS) if isinstance(size, (int, float)) else 7,
        _is_hollow(marker, symbol),
        opacity * float(str(fading)) * (THROUGH if drawn and width_of(line) > THICK else 1.0),
        bool(_part(marker, "pattern").get("shape")),
    )


def of_points(trace: Trace, whole: Look) -> dict[int, Look]:
    """The points of a trace that look otherwise than the whole: own colours, symbols and sizes."""
    marker = _part(trace.given, "marker")
    count = len(trace.xs)
    lists = {key: list(value) for key in ("color", "symbol", "size") if _is_list(value := marker.get(key))}  # type: ignore[call-overload]
    found = {}
    for position in range(count) if lists else ():
        own = {key: values[position] for key, values in lists.items()}
        colour, _opacity = _colour(own.get("color") or marker.get("color"))
        symbol = str(own.get("symbol") or whole.marker)
        size = round(float(own["size"]) * POINTS) if "size" in own else whole.size
        one = Look(
            colour,
            whole.width,
            whole.dash,
            symbol if whole.marker else "",
            size,
            symbol.endswith("-open"),
            whole.opacity,
        )
        if one != whole:
            found[position] = one
    return found


def width_of(line: Mapping[str, object]) -> float:
    return float(str(line.get("width") or 2)) * POINTS


def _is_hollow(marker: Mapping[str, object], symbol: object) -> bool:
    return marker.get("color") == "white" or (isinstance(symbol, str) and symbol.endswith("-open"))


def _colour(given: object) -> tuple[str, float]:
    """A colour as "#rrggbb", and how much it covers."""
    if isinstance(given, str) and given.startswith("rgba"):
        red, green, blue, opacity = (float(one) for one in re.findall(r"[\d.]+", given))
        return f"#{int(red):02x}{int(green):02x}{int(blue):02x}", opacity
    return (given if isinstance(given, str) and given.startswith("#") else colours.WHOLE), 1.0


def outlined(trace: Trace, look: Look) -> Look:
    """A hollow marker takes the colour of its outline."""
    outline = _part(_part(trace.given, "marker"), "line").get("color")
    if not look.hollow or not isinstance(outline, str) or not outline.startswith("#"):
        return look
    return Look(outline, look.width, look.dash, look.marker, look.size, True, look.opacity, look.pattern)


def _part(given: Mapping[str, object], key: str) -> Mapping[str, object]:
    found = given.get(key)
    return found if isinstance(found, dict) else {}


def _is_list(value: object) -> bool:
    return value is not None and not isinstance(value, (str, int, float))
