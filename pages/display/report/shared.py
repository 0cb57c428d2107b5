"""What charts over categories and charts over places take from a figure alike: lines, words, axes, remarks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import floor, log10

from data.words import _
from pages.display import colours
from pages.display.report import looks
from pages.display.report.charts import Axis, Label, Look
from pages.display.report.panels import Line, Panel, Trace, Values, Words, in_line, joined

NEAR_ENOUGH = 1e-9
DATE_FORMAT = "yyyy"
# What stands before a name in a key.
SIGNS = " ●○◇◆▲▼✕■━┈╌─"


@dataclass
class Used:
    """Which words of a figure have found their place in the chart; the others are told beside it."""

    panel: Panel
    used: set[int] = field(default_factory=set)

    def take(self, wanted: Words) -> str:
        self.used.add(id(wanted))
        return in_line(wanted.text)

    @property
    def free(self) -> list[Words]:
        return [one for one in self.panel.words if id(one) not in self.used]


def merged(panel: Panel) -> list[list[Trace]]:
    """The traces by what they are called: one name is one series."""
    groups: dict[tuple[str, bool], list[Trace]] = {}
    for number, trace in enumerate(panel.traces):
        groups.setdefault((trace.name or str(number), trace.is_bar), []).append(trace)
    return list(groups.values())


def named_line(used: Used, line: Line) -> Words | None:
    """What the figure calls a line: words that stand at its height, or at its top."""

    def meant(one: Words) -> bool:
        if line.across and one.x is None and one.y is not None:
            return abs(one.y - line.y[0]) <= NEAR_ENOUGH * max(1.0, abs(line.y[0]))
        return not line.across and one.y is None and one.x is not None and abs(one.x - line.x[0]) <= NEAR_ENOUGH

    return min((one for one in used.free if meant(one)), key=lambda one: one.at[0] == 1, default=None)


def line_look(line: Line) -> Look:
    return Look(line.colour, max(line.width, 1) * looks.POINTS, line.dash)


def error_bars(trace: Trace, key: str) -> list[float]:
    errors = trace.given.get(key)
    values = errors.get("array") if isinstance(errors, dict) else None
    return [] if values is None else [float(one) for one in values]


def drawn_range(axis: Values) -> tuple[float, float] | None:
    found = axis.get("range")
    if found is None or any(isinstance(one, str) for one in found):  # type: ignore[attr-defined]
        return None
    low, high = (float(one) for one in found)  # type: ignore[attr-defined]
    return low, high


def times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor + 0.0  # never -0


def shown_texts(trace: Trace) -> list[str]:
    if not trace.is_bar and "text" not in str(trace.given.get("mode") or ""):
        return []
    given = trace.given.get("text")
    return [] if given is None else [joined(one) for one in given]  # type: ignore[attr-defined]


def text_label(trace: Trace, text: str) -> Label:
    font = trace.given.get("textfont")
    colour = str(font.get("color") or colours.TEXT) if isinstance(font, dict) else colours.TEXT
    inside = trace.is_bar and trace.given.get("textposition") == "inside"
    sides = {"bottom": "b", "middle right": "r", "middle left": "l"}
    place = trace.given.get("textposition")
    side = next((sign for key, sign in sides.items() if isinstance(place, str) and place.startswith(key)), "t")
    return Label(
        text, "ctr" if inside else "outEnd" if trace.is_bar else side, "#ffffff" if colour == "white" else colour
    )


def axis_of(axis: Values, low: float, high: float) -> Axis:
    step = _step(high - low)
    low = floor(low / step + NEAR_ENOUGH) * step if axis.get("type") != "date" else low
    suffix = '"%"' if axis.get("ticksuffix") == "%" else ""
    digits = DATE_FORMAT if axis.get("type") == "date" else "#,##0" if step >= 1 else "0.0" if step >= 0.1 else "0.00"
    title = axis.get("title")
    words = plain_title(title)
    return Axis(
        low,
        high,
        digits + suffix,
        words,
        axis.get("visible") is not False,
        _years(high - low) if axis.get("type") == "date" else step,
    )


def _years(days: float) -> float:
    """One year between the lines, or so many that there are at most eight."""
    return 365.25 * -(-days // (8 * 365.25))


def _step(span: float) -> float:
    """A round distance between five or six lines: 1, 2 or 5 times a power of ten."""
    power = 10.0 ** floor(log10(span / 5))
    return next(power * one for one in (1, 2, 5, 10) if power * one >= span / 6)


def plain_title(title: object) -> str:
    return joined(title.get("text") or "") if isinstance(title, dict) else ""


def axis_remarks(axis: Values) -> Iterator[str]:
    """A last tick that stands for everything beyond it."""
    texts = axis.get("ticktext")
    last = joined(list(texts)[-1]) if texts is not None and len(list(texts)) else ""  # type: ignore[call-overload]
    if last.startswith("≥"):
        yield _("The axis ends at {text}.", text=last)


def remarks(used: Used, names: Sequence[str]) -> Iterator[str]:
    """Words of the figure that have no place in the chart; keys that only repeat names of series and rows are left out."""
    known = {name.strip(SIGNS) for name in names}
    for one in used.free:
        pieces = [piece.strip(SIGNS) for piece in re.split(r"\n|\s{2,}|(?=[●■])", one.text)]
        if not all(piece in known for piece in pieces if piece):
            yield in_line(one.text)
