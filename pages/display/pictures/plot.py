"""A figure laid out: the room of its plot within margins, its axes in pixels, and where its places of reference lie."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pages.display.pictures import lettering, notes
from pages.display.pictures.columns import Column, columns
from pages.display.pictures.notes import Box
from pages.display.pictures.palettes import Ground
from pages.display.pictures.reach import reach
from pages.display.pictures.scales import Axis, Given, Scale, Tick, scales

# Between an axis and the numbers beside or below it, and between those of neighbours, in pixels.
BESIDE, BELOW, BETWEEN = 4.0, 1.0, 6.0


@dataclass(frozen=True)
class Plot:
    """data, layout: the figure's own; area: the room of the plot in the picture; axes: by their names."""

    data: Sequence[Given]
    layout: Given
    ground: Ground
    area: Box
    axes: Mapping[str, Axis]
    columns: Sequence[Column]

    @property
    def font(self) -> Given:
        found: Given = self.layout["font"]
        return found

    def place(self, one: Given, letter: str, end: str = "") -> float:
        """Where a shape's end or a note's point lies, in pixels: at a value, or at a share of an axis or of the plot."""
        ref, value = str(one.get(f"{letter}ref") or letter), one[f"{letter}{end}"]
        name = ref.removesuffix(" domain")
        if ref == name and name != "paper":
            return self.axes[name].at(value)
        begin, far = _sides(self.area, letter) if name == "paper" else (self.axes[name].begin, self.axes[name].end)
        return begin + float(value) * (far - begin)

    def sides(self, trace: Given) -> tuple[Axis, Axis]:
        """The axes on which a trace is drawn."""
        return self.axes[trace.get("xaxis") or "x"], self.axes[trace.get("yaxis") or "y"]

    def panel(self, trace: Given) -> Box:
        """The room of a trace's own axes."""
        across, up = self.sides(trace)
        left, top = min(across.begin, across.end), min(up.begin, up.end)
        return Box(left, top, across.length, up.length)


def _sides(area: Box, letter: str) -> tuple[float, float]:
    return (area.left, area.right) if letter == "x" else (area.bottom, area.top)


def laid_out(data: Sequence[Given], layout: Given, room: Box, ground: Ground) -> Plot:
    """The figure in the room of a picture; margins are as wide as the axes' numbers need."""
    found = scales(layout, data)
    drawn = columns(data, layout, found)
    margin = {side: float((layout.get("margin") or {}).get(side, 0)) for side in "lrtb"}
    for _round in range(2):  # the numbers on an axis depend on its length, and that on the margins
        area = Box(
            room.left + margin["l"], room.top + margin["t"],
            max(room.width - margin["l"] - margin["r"], 1.0), max(room.height - margin["t"] - margin["b"], 1.0),
        )  # fmt: skip
        axes = {name: _axis(one, area, drawn, data, layout) for name, one in found.items()}
        margin |= {"l": max(margin["l"], _left(axes, layout)), "r": max(margin["r"], _right(axes, layout, area))}
    return Plot(data, layout, ground, area, axes, drawn)


def _axis(scale: Scale, area: Box, drawn: Sequence[Column], data: Sequence[Given], layout: Given) -> Axis:
    begin, end = _sides(area, scale.letter)
    low, high = scale.given.get("domain") or (0.0, 1.0)
    begin, end = begin + low * (end - begin), begin + high * (end - begin)
    return Axis(scale, begin, end, *reach(scale, abs(end - begin), drawn, data, layout))


def label_size(axis: Axis, layout: Given) -> float:
    return float((axis.scale.given.get("tickfont") or {}).get("size") or layout["font"]["size"])


def title(axis: Axis) -> str:
    return str((axis.scale.given.get("title") or {}).get("text") or "")


def title_size(axis: Axis, layout: Given) -> float:
    return float(((axis.scale.given.get("title") or {}).get("font") or {}).get("size") or layout["font"]["size"])


def labels(axis: Axis, layout: Given) -> list[Tick]:
    """The ticks whose texts are written: every one, or every second, third … where they would touch."""
    given = axis.scale.given
    if not axis.scale.visible or given.get("showticklabels") is False:
        return []
    every, size = axis.ticks(), label_size(axis, layout)
    steps = (step for step in range(1, len(every) + 1) if not _touch(axis, every[::step], size))
    return every[:: next(steps, 1)] if every else []


def _touch(axis: Axis, ticks: Sequence[Tick], size: float) -> bool:
    ends: list[tuple[float, float]] = []
    for number, text in ticks:
        half = lettering.width(text, size) / 2 + BETWEEN / 2 if axis.scale.letter == "x" else size / 2
        ends.append((axis.at(number) - half, axis.at(number) + half))
    ends.sort()
    return any(later[0] < earlier[1] for earlier, later in pairwise(ends))


def beside(axis: Axis) -> float:
    return (BELOW if axis.scale.letter == "x" else BESIDE) + float(axis.scale.given.get("ticklabelstandoff") or 0)


def widest(axis: Axis, layout: Given) -> float:
    size = label_size(axis, layout)
    return max((lettering.width(text, size) for _number, text in labels(axis, layout)), default=0.0)


def _left(axes: Mapping[str, Axis], layout: Given) -> float:
    """What the axes that stand at the plot's left side need beside it."""
    needs = [0.0]
    for one in axes.values():
        if one.scale.letter == "y" and one.scale.given.get("automargin") and _is_outermost(one, axes):
            own = widest(one, layout)
            named = title_size(one, layout) * lettering.LINE + BESIDE if title(one) and one.scale.visible else 0.0
            needs.append((own + beside(one) if own else 0.0) + named + BESIDE)
    return max(needs)


def _is_outermost(axis: Axis, axes: Mapping[str, Axis]) -> bool:
    anchor = axes.get(axis.scale.given.get("anchor") or "x")
    return anchor is None or not (anchor.scale.given.get("domain") or (0.0, 1.0))[0]


def _right(axes: Mapping[str, Axis], layout: Given, area: Box) -> float:
    """What the notes behind the plot and the last number below it need on its right."""
    needs = [0.0]
    for one in axes.values():
        if one.scale.letter == "x":
            size = label_size(one, layout)
            needs += [
                one.at(number) + lettering.width(text, size) / 2 + BESIDE - area.right
                for number, text in labels(one, layout)
            ]
    behind = (one for one in layout.get("annotations") or () if (one.get("xref"), one.get("x")) == ("paper", 1))
    return max(needs + [notes.box(one, layout["font"]).right for one in behind])
