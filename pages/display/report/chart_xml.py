"""A `Chart` in the words of DrawingML, as PowerPoint, Word and LibreOffice read and edit it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from lxml import etree

from data.words import language
from pages.display import colours
from pages.display.report.chart_axes import ACROSS, UP, axes_of
from pages.display.report.chart_book import Where, laid_out, row_names
from pages.display.report.chart_labels import labels_of
from pages.display.report.chart_layout import Size, layout_of, size_for
from pages.display.report.chart_parts import (
    EMU,
    LANGUAGES,
    RELATIONSHIPS,
    A,
    C,
    Element,
    filled,
    marked,
    numbers_of,
    painted,
    points_of,
    stroked,
    texts_of,
    title_of,
    type_of_text,
    val,
)
from pages.display.report.charts import Chart, Kind, Look, Series

__all__ = ["Size", "native"]


def native(chart: Chart, size: Size) -> tuple[bytes, bytes]:
    """The chart's part and the workbook of its numbers; the part names the workbook by the relationship rId1."""
    chart = replace(chart, series=tuple(one for one in chart.series if one.heights))
    sheet, categories, where = laid_out(chart)
    space = C.chartSpace(
        val(C.date1904, 0),
        val(C.lang, LANGUAGES[language()]),
        val(C.roundedCorners, 0),
        _chart(chart, size, categories, where),
        C.spPr(A.noFill(), A.ln(A.noFill())),
        type_of_text(size.type, colours.TEXT),
        C.externalData(val(C.autoUpdate, 0), {f"{{{RELATIONSHIPS}}}id": "rId1"}),
    )
    xml = etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True)
    return bytes(xml), sheet.workbook()


def _chart(chart: Chart, size: Size, categories: str, where: Sequence[Where]) -> Element:
    listed = [one for one in chart.series if _is_listed(chart, one)]
    legend = [one.name for one in listed] if len(listed) > 1 else []
    plot = C.plotArea(layout_of(chart, size, legend), *_plots(chart, size, categories, where), *axes_of(chart, size))
    title = [title_of(chart.title, size.type + 1), val(C.autoTitleDeleted, 0)] if chart.title else []
    return C.chart(
        *(title or [val(C.autoTitleDeleted, 1)]),
        plot,
        *([_legend(chart, size)] if legend else []),
        val(C.plotVisOnly, 1),
        val(C.dispBlanksAs, "span" if chart.kind == Kind.LINES else "gap"),
    )


def _is_listed(chart: Chart, one: Series) -> bool:
    """Whether a legend must tell what a series is: not where its name stands at its line or above the chart."""
    told = [chart.title, *(label.text.replace("\n", " ") for label in one.labels.values())]
    named = any(text.startswith(one.name) for text in told)
    return one.listed and not named


def _legend(chart: Chart, size: Size) -> Element:
    hidden = [at for at, one in enumerate(_numbered(chart, row_names(chart))) if not _is_listed(chart, one)]
    entries = [C.legendEntry(val(C.idx, at), val(C.delete, 1)) for at in hidden]
    return C.legend(val(C.legendPos, "b"), *entries, val(C.overlay, 0), type_of_text(size.type, colours.TEXT))


def _numbered(chart: Chart, rows: Sequence[Series]) -> list[Series]:
    """As programs number them: columns before lines; of places the longest first, or LibreOffice loses points."""
    if chart.kind == Kind.PLACES:
        return sorted((*rows, *chart.series), key=lambda one: -len(one.heights))
    return sorted(chart.series, key=lambda one: not one.columns)


def _plots(chart: Chart, size: Size, categories: str, where: Sequence[Where]) -> Iterator[Element]:
    rows = row_names(chart)
    found = {id(one): cells for one, cells in zip((*rows, *chart.series), where, strict=True)}
    written = [
        (one.columns, _series(chart, one, number, size_for(chart, one, size), categories, found[id(one)]))
        for number, one in enumerate(_numbered(chart, rows))
    ]
    for columns, group in groupby(written, key=lambda pair: pair[0]):
        series = [element for _columns, element in group]
        yield _columns_plot(chart, series) if columns else _lines_plot(chart, series)


def _columns_plot(chart: Chart, series: Sequence[Element]) -> Element:
    grouping = [val(C.grouping, "stacked" if chart.stacked else "clustered"), val(C.varyColors, 0)]
    ends = [val(C.gapWidth, 40)] + ([val(C.overlap, 100)] if chart.stacked else [])
    ids = [val(C.axId, ACROSS), val(C.axId, UP)]
    return C.barChart(val(C.barDir, "col"), *grouping, *series, *ends, *ids)


def _lines_plot(chart: Chart, series: Sequence[Element]) -> Element:
    ids = [val(C.axId, ACROSS), val(C.axId, UP)]
    if chart.kind != Kind.PLACES:
        head = [val(C.grouping, "standard"), val(C.varyColors, 0)]
        return C.lineChart(*head, *series, val(C.marker, 1), *ids)
    return C.scatterChart(val(C.scatterStyle, "lineMarker"), val(C.varyColors, 0), *series, *ids)


def _series(chart: Chart, one: Series, number: int, size: Size, categories: str, where: Where) -> Element:
    head = [
        val(C.idx, number),
        val(C.order, number),
        C.tx(C.strRef(C.f(where.name), C.strCache(*texts_of([one.name])))),
    ]
    looks = [filled(one.look), val(C.invertIfNegative, 0)] if one.columns else [stroked(one.look), marked(one.look)]
    own = [_own(one, at, look) for at, look in sorted(one.looks.items())]
    labels = [labels_of(one, size, stacked=chart.stacked)] if one.labels or one.value_format else []
    errors = [_errors(one)] if one.reaches or one.upright else []
    heights = numbers_of(where.heights, one.heights, one.value_format)
    if chart.kind == Kind.PLACES:
        return C.ser(
            *head,
            *looks,
            *own,
            *labels,
            *errors,
            C.xVal(numbers_of(where.places, one.places)),
            C.yVal(heights),
            val(C.smooth, 0),
        )
    cat = C.cat(C.strRef(C.f(categories), C.strCache(*texts_of(chart.categories))))
    smooth = [] if one.columns else [val(C.smooth, 0)]
    return C.ser(*head, *looks, *own, *labels, *errors, cat, C.val(heights), *smooth)


def _own(one: Series, at: int, look: Look) -> Element:
    idx = val(C.idx, at)
    if one.columns:
        return C.dPt(idx, val(C.invertIfNegative, 0), val(C.bubble3D, 0), filled(look))
    if (look.marker, look.size) == (one.look.marker, one.look.size):
        look = replace(look, size=look.size + 1)  # LibreOffice passes over a marker that differs by its colour only
    stroke = stroked(look)
    stroke.insert(0, A.solidFill(painted(look.colour or colours.TEXT)))  # LibreOffice takes a marker's colour from here
    return C.dPt(idx, marked(look), val(C.bubble3D, 0), stroke)


def _errors(one: Series) -> Element:
    line = C.spPr(A.ln(A.solidFill(painted(one.look.colour or colours.TEXT)), {"w": str(round(1.25 * EMU))}))
    if one.upright:
        dotted = A.ln(A.solidFill(painted(one.look.colour)), val(A.prstDash, "sysDot"), {"w": str(EMU)})
        kind = [val(C.errBarType, "minus"), val(C.errValType, "percentage"), val(C.noEndCap, 1)]
        return C.errBars(val(C.errDir, "y"), *kind, val(C.val, 100), C.spPr(dotted))
    kind = [val(C.errBarType, "both"), val(C.errValType, "cust"), val(C.noEndCap, 0)]
    # LibreOffice draws numbers that stand here, not such that are named by their cells; those are in the sheet too.
    ends = [make(C.numLit(*points_of(one.reaches))) for make in (C.plus, C.minus)]
    return C.errBars(val(C.errDir, one.reach), *kind, *ends, line)
