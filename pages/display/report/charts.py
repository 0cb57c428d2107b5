"""A chart as office programs know it: categories or places, series of numbers, axes. Made from a slide's figure, written by `chart_xml`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from pages.display import colours


class Kind(Enum):
    """COLUMNS and LINES stand over categories and may be mixed; PLACES has two axes of numbers."""

    COLUMNS = "columns"
    LINES = "lines"
    PLACES = "places"


@dataclass(frozen=True)
class Label:
    """A text at a point. side: t, b, l, r or ctr; lift: how far above the point it is moved, as a share of the axis."""

    text: str
    side: str = "t"
    colour: str = colours.TEXT
    bold: bool = False
    lift: float = 0.0


@dataclass(frozen=True)
class Look:
    """How a column, a line or a marker looks. colour: "#rrggbb", or "" for one that is not seen; width: points, 0 for no line.

    marker: Plotly's name of a symbol, or "" for none; hollow: its middle is white; opacity: 0 to 1.
    """

    colour: str = colours.WHOLE
    width: float = 0.0
    dash: str = "solid"
    marker: str = ""
    size: int = 7
    hollow: bool = False
    opacity: float = 1.0
    pattern: bool = False


@dataclass(frozen=True)
class Series:
    """Numbers under one name. heights: one a category, or with `places` one a place; None where there is none.

    looks, labels: of single points, by their number; value_format: shows every number in this Excel format.
    reaches: how far an error bar goes to both sides, along the axis `reach` (x or y); upright: it falls to the axis.
    points: what the single points are called; listed: whether the legend has it.
    """

    name: str
    heights: tuple[float | None, ...]
    places: tuple[float | None, ...] = ()
    columns: bool = False
    look: Look = field(default_factory=Look)
    looks: Mapping[int, Look] = field(default_factory=dict)
    labels: Mapping[int, Label] = field(default_factory=dict)
    value_format: str = ""
    reaches: tuple[float, ...] = ()
    reach: str = "y"
    upright: bool = False
    points: tuple[str, ...] = ()
    listed: bool = True


@dataclass(frozen=True)
class Axis:
    """low, high: None where the program chooses; number_format: Excel's; shown: whether it has numbers and lines across."""

    low: float | None = None
    high: float | None = None
    number_format: str = "General"
    title: str = ""
    shown: bool = True
    step: float | None = None


@dataclass(frozen=True)
class Chart:
    """across, up: the axes; across counts only where places are numbers. title: of one panel among others.

    rows: names beside the heights of a chart that has rows; notes: in words, what the drawing itself does not show;
    also: further columns of the workbook, as numbers that the drawing was made from.
    """

    kind: Kind
    series: tuple[Series, ...]
    categories: tuple[str, ...] = ()
    stacked: bool = False
    across: Axis = field(default_factory=Axis)
    up: Axis = field(default_factory=Axis)
    title: str = ""
    rows: tuple[tuple[float, str], ...] = ()
    notes: tuple[str, ...] = ()
    also: tuple[tuple[str, tuple[float | None, ...]], ...] = ()
