"""Texts of figures as SVG: the little HTML that Plotly reads in them, in lines, with an estimate of how wide they are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape, unescape
from unicodedata import east_asian_width

from pages.display.pictures.palettes import Ground, colour

# In heights of the type: a line, from a line's middle to where its letters stand, and the widths of signs.
LINE, BASELINE, WIDE, NARROW, BOLDER = 1.3, 0.36, 1.0, 0.56, 1.06
WIDTHS = {
    **dict.fromkeys("%@mwMW…—", 0.92),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ&", 0.66),
    **dict.fromkeys("ijl.,:;'|! ·", 0.32),
}
# Arrows, circles and boxes are as wide as Chinese characters in Chinese fonts.
SYMBOLS = range(0x2190, 0x2E80)
SMALLER = 0.7
ANCHORS = {"left": "start", "center": "middle", "right": "end"}
_TAG = re.compile(r"(<br\s*/?>|</?(?:b|i|sub|sup)>|<span\s+style=(?:'[^'<>]*'|\"[^\"<>]*\")\s*>|</span>)")
_COLOUR = re.compile(r"(?:^|;)\s*color\s*:\s*([^;]+)")


@dataclass(frozen=True)
class Run:
    """A piece of a line in one style; `colour` is empty where it is the text's own."""

    text: str
    bold: bool = False
    italic: bool = False
    colour: str = ""
    level: str = ""


@dataclass(frozen=True)
class Style:
    """How a whole text is written; `size` in pixels."""

    size: float
    colour: str
    ground: Ground
    align: str = "left"


@lru_cache(maxsize=4000)
def lines(html: str) -> tuple[tuple[Run, ...], ...]:
    """The lines of a text of a figure; signs that are no tag that Plotly knows stay text."""
    found: list[list[Run]] = [[]]
    styles = [Run("")]
    for piece in _TAG.split(html):
        if piece.startswith("<br") and _TAG.fullmatch(piece):
            found.append([])
        elif piece.startswith("</") and _TAG.fullmatch(piece):
            styles = styles[:-1] if len(styles) > 1 else styles
        elif _TAG.fullmatch(piece):
            styles.append(_styled(styles[-1], piece))
        elif piece:
            found[-1].append(replace(styles[-1], text=unescape(piece)))
    return tuple(tuple(line) for line in found)


def _styled(style: Run, tag: str) -> Run:
    name = tag.strip("<>").split()[0]
    if name == "span":
        given = _COLOUR.search(tag.partition("=")[2].strip("'\"> "))
        return replace(style, colour=given.group(1).strip()) if given else style
    changes = {"b": {"bold": True}, "i": {"italic": True}, "sub": {"level": "sub"}, "sup": {"level": "super"}}
    return replace(style, **changes[name])  # type: ignore[arg-type]


def plain(html: str) -> str:
    """A text without its tags, in one line."""
    return " ".join("".join(run.text for run in line) for line in lines(html))


def width(html: str, size: float) -> float:
    """How wide the widest line is, about, in pixels."""
    return max(_line_width(line) for line in lines(html)) * size


def height(html: str, size: float) -> float:
    return len(lines(html)) * LINE * size


def _line_width(line: Sequence[Run]) -> float:
    return sum(_run_width(run) for run in line)


def _run_width(run: Run) -> float:
    ems = sum(map(_ems, run.text))
    return ems * (BOLDER if run.bold else 1) * (SMALLER if run.level else 1)


@lru_cache(maxsize=8000)
def _ems(sign: str) -> float:
    is_wide = ord(sign) in SYMBOLS or east_asian_width(sign) in "WF"
    return WIDE if is_wide else WIDTHS.get(sign, NARROW)


def written(html: str, x: float, top: float, style: Style, turned: float = 0) -> str:
    """The text as SVG; `x` is its side or middle as it is aligned, `top` where its box begins; turned: degrees, about x and its middle."""
    fill, opacity = colour(style.colour, style.ground)
    faint = f' fill-opacity="{short(opacity)}"' if opacity < 1 else ""
    middle = top + height(html, style.size) / 2
    turn = f' transform="rotate({short(turned)} {short(x)} {short(middle)})"' if turned else ""
    first = top + (LINE / 2 + BASELINE) * style.size
    rows = [
        f'<tspan x="{short(x)}" y="{short(first + row * LINE * style.size)}">{_runs(line, style)}</tspan>'
        for row, line in enumerate(lines(html))
        if line
    ]
    anchor = ANCHORS[style.align]
    return f'<text font-size="{short(style.size)}" fill="{fill}"{faint} text-anchor="{anchor}"{turn}>{"".join(rows)}</text>'


def _runs(line: Sequence[Run], style: Style) -> str:
    return "".join(_run(run, style) for run in line)


def _run(run: Run, style: Style) -> str:
    text = escape(printable(run.text), quote=False)
    given = {
        "font-weight": "bold" if run.bold else "",
        "font-style": "italic" if run.italic else "",
        "fill": colour(run.colour, style.ground)[0] if run.colour else "",
        "baseline-shift": run.level,
        "font-size": short(style.size * SMALLER) if run.level else "",
    }
    attributes = "".join(f' {name}="{value}"' for name, value in given.items() if value)
    return f"<tspan{attributes}>{text}</tspan>" if attributes else text


def printable(text: str) -> str:
    """The text without what XML cannot hold."""
    return "".join(
        sign for sign in text if sign >= " " and not "\ud800" <= sign <= "\udfff" and sign not in "\ufffe\uffff"
    )


def short(place: float) -> str:
    """A place to a hundredth of a pixel, without what goes without saying."""
    return f"{place:.2f}".rstrip("0").rstrip(".")
