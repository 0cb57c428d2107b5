"""Where the columns of a figure's bar traces stand: beside each other, on top of each other, or each by itself."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pages.display.pictures.scales import Given, Scale

# What Plotly leaves free between columns where a figure does not say.
GAP = 0.2


@dataclass(frozen=True)
class Column:
    """One column in the units of its axes: its sides across, and from where to where it reaches."""

    trace: Given
    index: int
    left: float
    right: float
    begin: float
    end: float

    @property
    def lies(self) -> bool:
        return self.trace.get("orientation") == "h"

    def axis(self, *, across: bool) -> str:
        """The name of the axis on which it stands (across), or along which it reaches."""
        letter = "y" if self.lies is across else "x"
        return self.trace.get(f"{letter}axis") or letter


def columns(data: Sequence[Given], layout: Given, scales: Mapping[str, Scale]) -> list[Column]:
    """Every column with a value, of the traces in their order."""
    groups: defaultdict[tuple[str, str], list[Given]] = defaultdict(list)
    for trace in data:
        if trace["type"] == "bar":
            groups[trace.get("xaxis") or "x", trace.get("yaxis") or "y"].append(trace)
    return [one for own in groups.values() for one in _group(own, layout, scales)]


def _group(traces: Sequence[Given], layout: Given, scales: Mapping[str, Scale]) -> Iterator[Column]:
    mode = layout.get("barmode") or "group"
    if mode not in ("group", "stack", "overlay"):
        raise ValueError(f"no columns are drawn in the mode {mode!r}")
    every = [place for trace in traces for place in _places(trace, scales)]
    distinct = sorted(set(every))
    step = min((later - earlier for earlier, later in pairwise(distinct)), default=1.0)
    room = step * (1 - float(layout.get("bargap", GAP)))
    share = len(traces) if mode == "group" and len(every) > len(distinct) else 1
    tops: defaultdict[tuple[float, bool], float] = defaultdict(float)
    for number, trace in enumerate(traces):
        middle = ((number % share) - (share - 1) / 2) * room / share
        for index, place in enumerate(_places(trace, scales)):
            size = _at(_values(trace), index)
            if size is None:
                continue
            base = float(_at(trace.get("base"), index) or 0)
            begin = tops[place, size < 0] if mode == "stack" else base
            tops[place, size < 0] += size
            yield Column(trace, index, *_sides(trace, index, place + middle, room / share), begin, begin + size)


def _sides(trace: Given, index: int, place: float, own: float) -> tuple[float, float]:
    width = _at(trace.get("width"), index)
    width = own if width is None else float(width)
    offset = _at(trace.get("offset"), index)
    left = place - width / 2 if offset is None else place + float(offset)
    return left, left + width


def _places(trace: Given, scales: Mapping[str, Scale]) -> list[float]:
    letter = "y" if trace.get("orientation") == "h" else "x"
    scale = scales[trace.get(f"{letter}axis") or letter]
    return [scale.number(value) for value in trace.get(letter) or ()]


def _values(trace: Given) -> Sequence[float | None]:
    return list(trace.get("x" if trace.get("orientation") == "h" else "y") or ())


def _at(given: object, index: int) -> float | None:
    """What a trace says of one column: a value for each, or one for all."""
    return given[index] if isinstance(given, list | tuple) else given  # type: ignore[return-value]
