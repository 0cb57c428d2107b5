"""The smallest parts of a chart in DrawingML: values, numbers, lines, fills, markers, text."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from lxml.builder import ElementMaker

from data.handed_out import clean
from data.words import language
from pages.display import colours
from pages.display.report.charts import Look

_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAPS = {"c": _C, "a": _A, "r": RELATIONSHIPS}
C, A = ElementMaker(namespace=_C, nsmap=_MAPS), ElementMaker(namespace=_A, nsmap=_MAPS)
# lxml says nothing of its types.
Element = Any

EMU = 12700
LANGUAGES = {"zh_CN": "zh-CN", "en": "en-GB"}
_DASHES = {"dash": "dash", "dot": "sysDot", "dashdot": "dashDot", "longdash": "lgDash"}
_MARKERS = {
    "circle": "circle", "circle-open": "circle", "triangle-up": "triangle", "triangle-down": "triangle",
    "diamond": "diamond", "diamond-open": "diamond", "square": "square", "hexagon": "square", "x": "x",
    "line-ns": "square", "line-ew": "dash",
}  # fmt: skip


def val(make: Callable[..., Element], value: object) -> Element:
    return make({"val": str(value)})


def manual(x: float, y: float, w: float | None = None, h: float | None = None, target: str = "") -> Element:
    parts = [val(C.layoutTarget, target)] if target else []
    if target:
        parts += [val(C.xMode, "edge"), val(C.yMode, "edge")]
    parts += [val(C.x, f"{x:.5f}"), val(C.y, f"{y:.5f}")]
    parts += [val(C.w, f"{w:.5f}"), val(C.h, f"{h:.5f}")] if w is not None and h is not None else []
    return C.manualLayout(*parts)


def title_of(text: str, type_size: float) -> Element:
    rich = C.rich(A.bodyPr(), A.lstStyle(), *paragraphs(text, type_size, colours.TEXT, bold=True))
    return C.title(C.tx(rich), val(C.overlay, 0))


def filled(look: Look) -> Element:
    if not look.colour:
        return C.spPr(A.noFill(), A.ln(A.noFill()))
    if look.pattern:
        colours_ = A.fgClr(painted("#ffffff")), A.bgClr(painted(look.colour))
        return C.spPr(A.pattFill(*colours_, {"prst": "wdUpDiag"}), A.ln(A.noFill()))
    return C.spPr(A.solidFill(painted(look.colour, look.opacity)), A.ln(A.noFill()))


def stroked(look: Look) -> Element:
    if not look.width or not look.colour:
        return C.spPr(A.ln(A.noFill()))
    dash = [val(A.prstDash, _DASHES[look.dash])] if look.dash in _DASHES else []
    line = A.ln(
        A.solidFill(painted(look.colour, look.opacity)),
        *dash,
        A.round(),
        {"w": str(round(look.width * EMU)), "cap": "flat"},
    )
    return C.spPr(line)


def marked(look: Look) -> Element:
    if not look.marker or not look.colour:
        return C.marker(val(C.symbol, "none"))
    seen = painted(look.colour, look.opacity)
    fill = painted(_tint(look.colour)) if look.hollow else seen
    outline = A.ln(A.solidFill(painted(look.colour, look.opacity)), {"w": str(round(1.5 * EMU))})
    return C.marker(
        val(C.symbol, _MARKERS.get(look.marker, "circle")),
        val(C.size, min(max(look.size, 2), 72)),
        C.spPr(A.solidFill(fill), outline),
    )


def painted(colour: str, opacity: float = 1.0) -> Element:
    alpha = [val(A.alpha, round(opacity * 100_000))] if opacity < 1 else []
    return A.srgbClr(*alpha, {"val": colour.lstrip("#")})


def _tint(colour: str) -> str:
    """A light shade of a colour: white would be unseen where a program draws no outlines."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * 0.35):02x}" for part in parts)


def type_of_text(type_size: float, colour: str, turned: str = "") -> Element:
    body = A.bodyPr({"rot": turned, "vert": "horz"} if turned else {})
    defaults = A.pPr(A.defRPr(A.solidFill(painted(colour)), {"sz": str(round(type_size * 100))}))
    return C.txPr(body, A.lstStyle(), A.p(defaults, A.endParaRPr({"lang": LANGUAGES[language()]})))


def paragraphs(text: str, type_size: float, colour: str, *, bold: bool) -> Iterator[Element]:
    properties = {"lang": LANGUAGES[language()], "sz": str(round(type_size * 100)), "b": str(int(bold))}
    for line in text.split("\n"):
        run = A.r(A.rPr(A.solidFill(painted(colour)), properties), A.t(clean(line)))
        yield A.p(A.pPr(A.defRPr({"sz": properties["sz"]})), run)


def numbers_of(where: str, values: Sequence[float | None], number_format: str = "") -> Element:
    return C.numRef(C.f(where), C.numCache(*points_of(values, number_format)))


def points_of(values: Sequence[float | None], number_format: str = "") -> Iterator[Element]:
    yield C.formatCode(number_format or "General")
    yield val(C.ptCount, len(values))
    for at, value in enumerate(values):
        if value is not None:
            yield C.pt(C.v(repr(float(value))), {"idx": str(at)})


def texts_of(texts: Sequence[str]) -> Iterator[Element]:
    yield val(C.ptCount, len(texts))
    for at, text in enumerate(texts):
        yield C.pt(C.v(clean(text)), {"idx": str(at)})


def parts_shown(*, value: bool) -> list[Element]:
    kinds = {
        "showLegendKey": 0,
        "showVal": int(value),
        "showCatName": 0,
        "showSerName": 0,
        "showPercent": 0,
        "showBubbleSize": 0,
    }
    return [val(getattr(C, name), on) for name, on in kinds.items()]
