"""Text on slides: cut to its place, in its language, never with signs that a file cannot hold."""

from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.util import Pt

from data.handed_out import clean
from data.words import language
from pages.display.figures.look import clipped, width, wrapped
from pages.display.report.chart_parts import LANGUAGES

# How wide a half-width character is, as a share of its size; bold ones are wider.
CHARACTER, BOLD_CHARACTER = 0.53, 0.6
LINE = 1.2


def fitted(text: str, room: float, largest: int, smallest: int, lines: int, *, bold: bool = False) -> tuple[int, str]:
    """The largest size at which the text has so many lines; at the smallest one more line is allowed, then it is cut."""
    for size in range(largest, smallest - 1, -1):
        if len(wrapped(text, characters(room, size, bold=bold))) <= lines:
            return size, text
    limit = characters(room, smallest, bold=bold)
    if len(wrapped(text, limit)) <= lines + 1:
        return smallest, text
    kept = clipped(text, (lines + 1) * limit)
    while len(wrapped(kept, limit)) > lines + 1:
        kept = f"{kept[:-2]}…"
    return smallest, kept


def characters(room: float, size: float, *, bold: bool = False) -> int:
    """How many half-width characters of a size fit into so many points."""
    return max(int(room / (size * (BOLD_CHARACTER if bold else CHARACTER))), 2)


def lines_of(text: str, room: float, size: float) -> int:
    """How many lines a text takes at a size in so many points."""
    return sum(max(len(wrapped(line, characters(room, size))), 1) for line in text.split("\n"))


def write(frame: Any, paragraphs: Sequence[str], size: float | None = None, **looks: Any) -> None:
    """Puts paragraphs into a text frame. looks: bold, colour ("#rrggbb"), align ("l", "r" or "ctr")."""
    for number, text in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        for one in list(paragraph.runs):
            paragraph._p.remove(one._r)
        if looks.get("align"):
            paragraph.alignment = {"l": PP_ALIGN.LEFT, "r": PP_ALIGN.RIGHT, "ctr": PP_ALIGN.CENTER}[looks["align"]]
        run = paragraph.add_run()
        run.text = clean(" ".join(text.split("\v")))
        _look(run, size, looks)


def _look(run: Any, size: float | None, looks: dict[str, Any]) -> None:
    properties = run._r.get_or_add_rPr()
    properties.set("lang", tag())
    properties.set("altLang", LANGUAGES["en"] if language() == "zh_CN" else LANGUAGES["zh_CN"])
    if size:
        run.font.size = Pt(size)
    if looks.get("bold") is not None:
        run.font.bold = looks["bold"]
    if looks.get("colour"):
        run.font.color.rgb = rgb(looks["colour"])


def rgb(colour: str) -> RGBColor:
    """A colour "#rrggbb" as PowerPoint's."""
    make: Any = RGBColor
    return make(*(int(colour[at : at + 2], 16) for at in (1, 3, 5)))  # type: ignore[no-any-return]


def tag() -> str:
    """The reader's language as documents name it, so that spelling is checked in it."""
    return LANGUAGES[language()]


def widest(text: str) -> int:
    return max((width(line) for line in text.split("\n")), default=0)
