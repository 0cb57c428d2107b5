"""Pictures of many figures as files, and what a file may be called."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

import plotly.graph_objects as go

from pages.display.pictures.drawing import svg
from pages.display.pictures.palettes import Ground
from pages.display.pictures.raster import png

Kind = Literal["png", "svg"]

KINDS: tuple[Kind, ...] = ("png", "svg")
# Of Chinese characters: three bytes each, of the 255 that a file's name may have.
LONGEST = 70
# Windows reads these as devices, whatever follows the first full stop.
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)


def write(
    figures: Mapping[str, go.Figure],
    folder: Path,
    *,
    kinds: Sequence[Kind] = KINDS,
    state: str = "",
    ground: Ground = "light",
) -> list[Path]:
    """The files of the figures by their names, in a folder that is made if need be; a file of that name is replaced.

    state: as for `svg`. Refused, ValueError: as for `png` and `svg`; files that were written before remain.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, figure in zip(names(figures), figures.values(), strict=True):
        for kind in kinds:
            written.append(folder / f"{name}.{kind}")
            written[-1].write_bytes(made(figure, kind, state=state, ground=ground))
    return written


def made(figure: go.Figure, kind: Kind, *, state: str = "", ground: Ground = "light") -> bytes:
    """The content of a picture's file."""
    drawn = svg(figure, state=state, ground=ground)
    return png(drawn) if kind == "png" else drawn.encode()


def names(given: Iterable[str]) -> list[str]:
    """Names of files without their endings, all different also where capitals are not told apart; none is a path."""
    found: list[str] = []
    taken: set[str] = set()
    for one in given:
        name = plain = _name(one)
        number = 1
        while name.lower() in taken:
            number += 1
            name = f"{plain}-{number}"
        taken.add(name.lower())
        found.append(name)
    return found


def _name(text: str) -> str:
    name = re.sub(r"[^\w-]+", "-", text).strip("-")[:LONGEST] or "figure"
    return f"_{name}" if name.lower() in DEVICES else name
