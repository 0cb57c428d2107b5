"""A Plotly figure taken apart: for every panel its traces, lines, words and axes as plain values."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape

import plotly.graph_objects as go

Values = Mapping[str, object]
# Day 1 of spreadsheets.
_FIRST_DAY = date(1899, 12, 30)
NEAR = 1e-6


@dataclass(frozen=True)
class Trace:
    """One trace. xs, ys: numbers; days as spreadsheets count them, names as the numbers of their rows."""

    given: Values
    xs: tuple[float | None, ...]
    ys: tuple[float | None, ...]
    bases: tuple[float, ...] = ()

    @property
    def is_bar(self) -> bool:
        return self.given["type"] == "bar"

    @property
    def name(self) -> str:
        return plain(self.given.get("legendgroup") or self.given.get("name") or "")

    @property
    def point_name(self) -> str:
        """What its points are, where its name as a series is another."""
        return plain(self.given.get("name") or "") if self.given.get("legendgroup") else ""


@dataclass(frozen=True)
class Line:
    """A straight line or a box of the figure: its corners, and whether it runs over the whole width or height."""

    x: tuple[float, float]
    y: tuple[float, float]
    across: bool
    upright: bool
    box: bool
    colour: str
    width: float
    dash: str


@dataclass(frozen=True)
class Words:
    """A text of the figure; x, y: None where it does not stand at a value but at the share `at` of the plot."""

    text: str
    x: float | None
    y: float | None
    at: tuple[float, float]
    colour: str
    bold: bool


@dataclass(frozen=True)
class Panel:
    """One pair of axes with everything on it. places: names of values on the x axis; rows: of values on the y axis."""

    traces: tuple[Trace, ...]
    lines: tuple[Line, ...]
    words: tuple[Words, ...]
    x_axis: Values
    y_axis: Values
    places: Mapping[float, str]
    rows: Mapping[float, str]
    title: str
    stacked: bool


def panels(figure: go.Figure) -> tuple[Panel, ...]:
    """The panels of a figure without title and foot, in the order of its traces."""
    given = figure.to_dict()
    layout, traces = given["layout"], given["data"]
    pairs = list(dict.fromkeys((one.get("xaxis") or "x", one.get("yaxis") or "y") for one in traces)) or [("x", "y")]
    return tuple(_panel(layout, traces, pair, alone=len(pairs) == 1) for pair in pairs)


def plain(text: object) -> str:
    """A label of Plotly's without its HTML; lines stay lines."""
    lines = re.sub(r"<br\s*/?>", "\n", str(text))
    return unescape(re.sub(r"<[^<>]+>", "", lines)).strip()


def joined(text: object) -> str:
    """The same in one line."""
    return in_line(plain(text))


def in_line(text: str) -> str:
    """Words that have lost their HTML already, in one line."""
    return re.sub(r"(?<=[\u2e80-\uffef]) (?=[\u2e80-\uffef])", "", " ".join(text.split("\n")))


def _panel(layout: Values, traces: Sequence[Values], pair: tuple[str, str], *, alone: bool) -> Panel:
    x_axis, y_axis = (_axis(layout, name) for name in pair)
    own = [one for one in traces if (one.get("xaxis") or "x", one.get("yaxis") or "y") == pair]
    x_names, y_names = _names(x_axis, own, "x"), _names(y_axis, own, "y")
    meta = layout.get("meta")
    kept = meta.get("places", ()) if isinstance(meta, dict) else ()
    words = list(_words(layout, pair, (x_axis, y_axis), (x_names, y_names), alone=alone))
    title = next((one.text for one in words if one.x is one.y is None and one.at == (-1.0, -1.0)), "")
    return Panel(
        tuple(_trace(one, x_names, y_names) for one in own),
        tuple(_lines(layout, pair, x_names, y_names)),
        tuple(one for one in words if one.at != (-1.0, -1.0)),
        x_axis,
        y_axis,
        {float(place): str(name) for place, name in kept},
        {float(place): name for name, place in y_names.items()} or _ticks(y_axis),
        title,
        layout.get("barmode") == "stack",
    )


def _axis(layout: Values, name: str) -> Values:
    found = layout.get(f"{name[0]}axis{name[1:]}")
    return found if isinstance(found, dict) else {}


def _names(axis: Values, traces: Sequence[Values], key: str) -> dict[str, int]:
    """The row of every name on an axis of names; nothing for an axis of numbers or days."""
    if axis.get("type") == "date":
        return {}
    ordered = [str(name) for name in _listed(axis.get("categoryarray"))]
    ordered += [one for trace in traces for one in _listed(trace.get(key)) if isinstance(one, str)]
    return {plain(name): row for row, name in enumerate(dict.fromkeys(ordered))}


def _ticks(axis: Values) -> dict[float, str]:
    texts, values = _listed(axis.get("ticktext")), _listed(axis.get("tickvals"))
    return {float(str(value)): joined(text) for value, text in zip(values, texts, strict=True)} if texts else {}


def _listed(values: object) -> list[object]:
    return [] if values is None else list(values)  # type: ignore[call-overload]


def number(value: object, names: Mapping[str, int]) -> float | None:
    """A value of a figure as a number: a day as spreadsheets count it, a name as its row."""
    if value is None:
        return None
    if not isinstance(value, str):
        found = float(value)  # type: ignore[arg-type]
        return found if found == found else None
    if plain(value) in names:
        return float(names[plain(value)])
    return float((date.fromisoformat(value[:10]) - _FIRST_DAY).days)


def _trace(given: Values, x_names: Mapping[str, int], y_names: Mapping[str, int]) -> Trace:
    xs = tuple(number(one, x_names) for one in _listed(given.get("x")))
    ys = tuple(number(one, y_names) for one in _listed(given.get("y")))
    bases = tuple(number(one, {}) or 0.0 for one in _listed(given.get("base")))
    return Trace(given, xs, ys, bases)


def _lines(layout: Values, pair: tuple[str, str], x: Mapping[str, int], y: Mapping[str, int]) -> Iterator[Line]:
    for one in _dicts(layout.get("shapes")):
        x_ref, y_ref = str(one.get("xref") or "x").split(), str(one.get("yref") or "y").split()
        if (x_ref[0], y_ref[0]) != pair:
            continue
        corners = [number(one.get(key), names) or 0.0 for key, names in (("x0", x), ("x1", x), ("y0", y), ("y1", y))]
        style = one.get("line")
        line = style if isinstance(style, dict) else {}
        box = one.get("type") == "rect"
        colour = str((one.get("fillcolor") if box else line.get("color")) or "#000000")
        yield Line(
            (corners[0], corners[1]),
            (corners[2], corners[3]),
            len(x_ref) > 1,
            len(y_ref) > 1,
            box,
            colour,
            float(line.get("width") or 0),
            str(line.get("dash") or "solid"),
        )


def _words(
    layout: Values,
    pair: tuple[str, str],
    axes: tuple[Values, Values],
    names: tuple[Mapping[str, int], Mapping[str, int]],
    *,
    alone: bool,
) -> Iterator[Words]:
    for one in _dicts(layout.get("annotations")):
        refs = [str(one.get(key) or key[0]).split()[0] for key in ("xref", "yref")]
        at = tuple(float(value) if isinstance(value := one.get(key), (int, float)) else 0.0 for key in ("x", "y"))
        if not alone and refs == ["paper", "paper"]:
            if not _over(axes, at):
                continue
            at = (-1.0, -1.0)  # the panel's title
        elif any(ref not in ("paper", own) for ref, own in zip(refs, pair, strict=True)):
            continue
        inside = [
            ref == own and "domain" not in str(one.get(key))
            for ref, own, key in zip(refs, pair, ("xref", "yref"), strict=True)
        ]
        places = [
            number(one.get(key), table) if within else None
            for key, table, within in zip(("x", "y"), names, inside, strict=True)
        ]
        if not alone and not any(inside):
            at = (-1.0, -1.0)
        font = one.get("font")
        colour = str(font.get("color") or "") if isinstance(font, dict) else ""
        raw = str(one.get("text") or "")
        inner = re.search(r"color:\s*(#[0-9a-fA-F]{6})", raw)
        yield Words(
            plain(raw), places[0], places[1], (at[0], at[1]), inner[1] if inner else colour, raw.startswith("<b>")
        )


def _over(axes: tuple[Values, Values], at: tuple[float, ...]) -> bool:
    """Whether a place of the whole picture is the top of a panel."""
    x, y = ([float(str(edge)) for edge in _listed(axis.get("domain"))] or [0.0, 1.0] for axis in axes)
    return abs((x[0] + x[1]) / 2 - at[0]) < NEAR and abs(y[1] - at[1]) < NEAR


def _dicts(values: object) -> list[dict[str, object]]:
    return [one for one in _listed(values) if isinstance(one, dict)]
