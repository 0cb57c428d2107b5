"""Words at the points of a chart."""

from pages.display import colours
from pages.display.report.chart_layout import Size
from pages.display.report.chart_parts import A, C, Element, manual, painted, paragraphs, parts_shown, type_of_text, val
from pages.display.report.charts import Label, Series

# About the share of a chart's height that its plot takes.
_PLOT = 0.8
# Columns on which a dark number could not be read.
_DARK = ("#12355b", "#3f78bb")


def labels_of(one: Series, size: Size, *, stacked: bool) -> Element:
    own = [_label(at, label, one, size, stacked=stacked) for at, label in sorted(one.labels.items())]
    if not one.value_format:
        return C.dLbls(*own, *parts_shown(value=False))
    inside = one.look.colour in _DARK
    text = type_of_text(size.type * 0.9, "#ffffff" if inside else colours.TEXT)
    number_format = C.numFmt({"formatCode": one.value_format, "sourceLinked": "0"})
    return C.dLbls(*own, number_format, C.spPr(A.noFill(), A.ln(A.noFill())), text, *parts_shown(value=True))


def _label(at: int, label: Label, one: Series, size: Size, *, stacked: bool) -> Element:
    bold = label.bold or one.look.width > 3 * 0.75
    colour = label.colour if label.colour.startswith("#") else colours.TEXT
    rich = C.rich(
        A.bodyPr({"wrap": "none"}), A.lstStyle(), *paragraphs(label.text, size.type * 0.92, colour, bold=bold)
    )
    moved = [C.layout(manual(0, -label.lift * _PLOT))] if abs(label.lift) > 0.005 else []
    return C.dLbl(
        val(C.idx, at),
        *moved,
        C.tx(rich),
        _behind_words(one),
        type_of_text(size.type * 0.92, colour),
        val(C.dLblPos, _side(label.side, one, stacked=stacked)),
        *parts_shown(value=True),
    )


def _behind_words(one: Series) -> Element:
    """White behind words that lines would cross."""
    seen = not one.columns and one.look.colour
    return C.spPr(A.solidFill(painted("#ffffff", 0.75)) if seen else A.noFill(), A.ln(A.noFill()))


def _side(side: str, one: Series, *, stacked: bool) -> str:
    """A side that programs know for this kind of series: with another one they call the file damaged."""
    if not one.columns:
        return "t" if side == "outEnd" else side
    return "ctr" if side == "ctr" or stacked else "outEnd"
