"""The axes of a chart."""

from collections.abc import Iterator

from pages.display import colours
from pages.display.report.chart_layout import SMALL, Size, turns
from pages.display.report.chart_parts import EMU, A, C, Element, painted, title_of, type_of_text, val
from pages.display.report.charts import Axis, Chart, Kind

ACROSS, UP = "111111111", "222222222"


def axes_of(chart: Chart, size: Size) -> Iterator[Element]:
    if chart.kind == Kind.PLACES:
        yield _value_axis(chart.across, "b", (ACROSS, UP), size, chart.up.low)
    else:
        yield _category_axis(chart, size)
    yield _value_axis(chart.up, "l", (UP, ACROSS), size, chart.across.low)


def _category_axis(chart: Chart, size: Size) -> Element:
    names = (
        type_of_text(size.type * SMALL, colours.TEXT, "-5400000")
        if turns(chart)
        else type_of_text(size.type, colours.TEXT, "0")
    )
    line = C.spPr(A.ln(A.solidFill(painted(colours.MUTED)), {"w": str(EMU)}))
    return C.catAx(
        val(C.axId, ACROSS), C.scaling(val(C.orientation, "minMax")), val(C.delete, 0), val(C.axPos, "b"),
        val(C.majorTickMark, "none"), val(C.minorTickMark, "none"), val(C.tickLblPos, "low"), line,
        names, val(C.crossAx, UP), val(C.crosses, "min"), val(C.auto, 0), val(C.lblOffset, 100), val(C.noMultiLvlLbl, 1),
    )  # fmt: skip


def _value_axis(axis: Axis, side: str, ids: tuple[str, str], size: Size, other_low: float | None) -> Element:
    ends = [val(make, repr(edge)) for make, edge in ((C.max, axis.high), (C.min, axis.low)) if edge is not None]
    grid = [C.majorGridlines(C.spPr(A.ln(A.solidFill(painted(colours.GRID)), {"w": "9525"})))] if axis.shown else []
    title = [title_of(axis.title, size.type)] if axis.title else []
    crosses = val(C.crossesAt, repr(other_low)) if other_low is not None else val(C.crosses, "min")
    return C.valAx(
        val(C.axId, ids[0]), C.scaling(val(C.orientation, "minMax"), *ends), val(C.delete, 0 if axis.shown else 1),
        val(C.axPos, side), *grid, *title, C.numFmt({"formatCode": axis.number_format, "sourceLinked": "0"}),
        val(C.majorTickMark, "none"), val(C.minorTickMark, "none"), val(C.tickLblPos, "low"),
        C.spPr(A.ln(A.noFill())), type_of_text(size.type, colours.SOFT_TEXT, "0"), val(C.crossAx, ids[1]), crosses,
        val(C.crossBetween, "midCat" if side == "b" else "between"), *([val(C.majorUnit, axis.step)] if axis.step else []),
    )  # fmt: skip
