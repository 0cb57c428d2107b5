"""SVG as PNG, in fonts that this machine has: never a box where a Chinese character should be."""

import logging
import re
from collections.abc import Sequence
from functools import lru_cache
from html import unescape
from pathlib import Path

import resvg_py

from data.problem import Refused
from data.words import _
from pages.display.figures import look
from pages.display.pictures import fonts
from pages.display.pictures.fonts import Font

SCALE = 2
# A font that has these, in the form of the mainland, and letters has what a picture needs.
PROBE = "达园数区A0"
# Other fonts are taken before those whose names say this.
ODD = ("mono", "serif", "song", "ming", "kai", "宋", "明", "楷")
HEAVY = ("Bold", "Black", "Italic", "Oblique", "Light")
# What is printed for a sign that no font has (the sign for missing type), and what is no sign of its own.
MISSING, UNSEEN = "〓", frozenset("\n\t\u00a0\u200b\ufeff")
FAMILIES = tuple(one.strip(" '") for one in look.FONT.split(","))
_LOG = logging.getLogger(__name__)


def png(drawn: str, *, scale: float = SCALE, background: str | None = None, places: Sequence[Path] = ()) -> bytes:
    """A picture as PNG. drawn: as SVG; scale: pixels per pixel of the SVG; background: behind a bare one, else it is clear.

    places: folders of fonts; without them the system's. Refused: no font there has Chinese characters and letters.
    """
    installed = fonts.installed(tuple(places) or fonts.folders())
    signs = _signs(drawn)
    chosen = _chosen(signs, installed)
    others = _others(signs, chosen, installed)
    family = _family(chosen[0])
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=_kept_in_line(_without_boxes(drawn, signs, (*chosen, *others)), signs, chosen),
            zoom=scale,
            background=background,
            skip_system_fonts=True,
            font_files=sorted({str(one.path) for one in (*chosen, *others)}),
            font_family=family,
            sans_serif_family=family,
        )
    )


def _signs(drawn: str) -> frozenset[str]:
    """The signs that are written in a picture."""
    return frozenset(unescape(re.sub(r"<[^>]*>", "", drawn))) - UNSEEN


def _chosen(signs: frozenset[str], installed: Sequence[Font]) -> list[Font]:
    """The faces of the font that the picture is written in: the first family of the pages' own that is there, else another."""
    able = [one for one in installed if one.families and all(map(one.has, PROBE))]
    if not able:
        raise Refused(
            _(
                "No font on this computer has Chinese characters, so no picture can be written. Install one, such as the package fonts-noto-cjk on Debian or Microsoft YaHei on Windows, and start the program again."
            )
        )
    best = min(able, key=lambda one: (_rank(one), sum(not one.has(sign) for sign in signs)))
    if _rank(best) >= len(FAMILIES):
        _tell(
            f"Pictures are written in {_family(best)}: none of {', '.join(FAMILIES)} is installed with Chinese characters"
        )
    return [best, *(one for one in able if one is not best and _family(best) in one.families)]


def _rank(font: Font) -> int:
    """The place in the pages' list of fonts; after them those that are read well, then the rest."""
    preferred = [FAMILIES.index(name) for name in font.families if name in FAMILIES]
    odd = any(word in name.lower() for name in font.families for word in ODD)
    return min(preferred, default=len(FAMILIES) + odd)


def _family(font: Font) -> str:
    return next((name for name in FAMILIES if name in font.families), font.families[0])


def _others(signs: frozenset[str], chosen: Sequence[Font], installed: Sequence[Font]) -> list[Font]:
    """Further fonts for the signs that the chosen one lacks."""
    found: list[Font] = []
    for sign in sorted(signs):
        if not any(one.has(sign) for one in (*chosen, *found)):
            able = [one for one in installed if one.families and one.has(sign)]
            found += sorted(able, key=lambda one: (_rank(one), any(word in one.path.stem for word in HEAVY)))[:1]
    return found


def _kept_in_line(drawn: str, signs: frozenset[str], chosen: Sequence[Font]) -> str:
    """The picture with an unseen Chinese character beside every sign that the chosen font lacks.

    resvg writes a whole line in the other font where that has all of it, as it has where the line is English.
    """
    lacking = {
        sign: f'{sign}<tspan font-size="0.01">{PROBE[0]}</tspan>'
        for sign in signs
        if not any(one.has(sign) for one in chosen)
    }
    table = str.maketrans(lacking)
    return re.sub(">[^<]+<", lambda text: text[0].translate(table), drawn) if lacking else drawn


def _without_boxes(drawn: str, signs: frozenset[str], have: Sequence[Font]) -> str:
    """The picture with the sign for missing type where no font has what is written."""
    for sign in sorted(signs):
        if not any(one.has(sign) for one in have):
            _tell(f"No font has the sign U+{ord(sign):04X}; pictures have {MISSING} in its place")
            drawn = drawn.replace(sign, MISSING)
    return drawn


@lru_cache(maxsize=1000)
def _tell(what: str) -> None:
    """Said in the log once, not for every picture."""
    _LOG.warning(what)
