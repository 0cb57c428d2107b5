"""A figure as SVG: whole, with title, source, state of the data and the mark of invented ones, or bare in a given room."""

from collections.abc import Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from pages.display import colours
from pages.display.figures import look
from pages.display.pictures import lettering, strokes
from pages.display.pictures.lettering import Style, short
from pages.display.pictures.notes import Box
from pages.display.pictures.palettes import GROUNDS, Ground
from pages.display.pictures.plot import laid_out
from pages.display.pictures.scales import Given

# Of a whole picture, in pixels: how wide it is, the air around it and above its foot.
WIDTH, AIR, ABOVE_FOOT = 1000, 16, 6
# A bare figure is never laid out narrower than this, so that its labels leave the plot some room.
NARROWEST = 560
MARK_COLOUR, MARK_TURNED = "rgba(91,102,115,0.13)", -18


def svg(figure: go.Figure, *, state: str = "", width: int = WIDTH, ground: Ground = "light") -> str:
    """A figure of a page as it is handed out, as tall as on the page. state: a line below the source, such as the data's version.

    ValueError: the figure holds something that no picture is drawn of.
    """
    given = figure.to_dict()
    layout, mark = _undressed(given["layout"])
    title = _wrapped(f"<b>{escape(layout['meta']['title'])}</b>", width, look.TITLE_SIZE)
    foot = [
        line for text in (layout["meta"]["footing"], state) for line in _wrapped(escape(text), width, look.FOOT_SIZE)
    ]
    above = AIR + len(title) * look.TITLE_LINE
    room = Box(AIR / 2, above, width - AIR, layout["height"])
    bold = [f"<b>{line}</b>" for line in title]
    pieces = [
        _lines(bold, AIR, look.TITLE_LINE, Style(look.TITLE_SIZE, colours.TEXT, ground)),
        _plot(given["data"], layout, room, ground, mark),
        _lines(
            foot,
            room.bottom + ABOVE_FOOT,
            look.FOOT_LINE,
            Style(look.FOOT_SIZE, colours.SOFT_TEXT, ground),
        ),
    ]
    size = (float(width), room.bottom + ABOVE_FOOT + len(foot) * look.FOOT_LINE + AIR)
    floor = f'<rect width="100%" height="100%" fill="{GROUNDS[ground]}"/>'
    return _picture(floor + "".join(pieces), size, 1, layout)


def bare(figure: go.Figure, width: int, height: int, *, ground: Ground = "light", type_scale: float = 1) -> str:
    """A figure without title, foot, mark and ground, filling a room of so many pixels, all type and lines so much larger.

    Where the room is too small for that, as much larger as they can be without touching. Where its plot begins and ends
    from above is said by `data-plot`, for whoever shows it in pieces. ValueError: as for `svg`.
    """
    given = figure.to_dict()
    layout, _mark_text = _undressed(given["layout"])
    scale = min(type_scale, height / layout["height"], width / NARROWEST)
    room = Box(0, 0, width / scale, height / scale)
    found = laid_out(given["data"], layout, room, ground)
    return _picture(strokes.drawn(found), (room.width, room.height), scale, layout, found.area)


def _undressed(layout: Given) -> tuple[dict[str, Any], str]:
    """The layout of a figure without what stands around its plot, as `figures.undressed`, and its mark of invented data."""
    if not (layout.get("title") or {}).get("text"):
        return dict(layout), ""
    above, below = look.frame(layout["meta"]["title"], layout["meta"]["footing"])
    margin, notes = layout["margin"], layout.get("annotations") or ()
    bare_layout = {
        **layout,
        "height": layout["height"] - above - below,
        "margin": {**margin, "t": margin["t"] - above, "b": margin["b"] - below},
        "annotations": [one for one in notes if one.get("name") not in look.AROUND],
    }
    return bare_layout, next((str(one["text"]) for one in notes if one.get("name") == "sample"), "")


def _wrapped(html: str, width: float, size: float) -> list[str]:
    """A text in lines that fit across a picture, as HTML without the tags around it."""
    text, room = lettering.plain(html), width - 2 * AIR
    limit = int(room * look.width(text) / (lettering.width(html, size) or 1))
    lines = look.wrapped(text, limit)
    while limit > 1 and any(lettering.width(f"<b>{escape(line)}</b>", size) > room for line in lines):
        limit -= 1
        lines = look.wrapped(text, limit)
    return [escape(line) for line in lines]


def _lines(texts: Sequence[str], top: float, line: float, style: Style) -> str:
    return "".join(lettering.written(text, AIR, top + row * line, style) for row, text in enumerate(texts))


def _plot(data: Sequence[Given], layout: Given, room: Box, ground: Ground, mark: str) -> str:
    found = laid_out(data, layout, room, ground)
    return strokes.drawn(found) + (_mark(mark, found.area, ground) if mark else "")


def _mark(text: str, area: Box, ground: Ground) -> str:
    style = Style(look.MARK_SIZE, MARK_COLOUR, ground, "center")
    top = area.top + (area.height - lettering.height(text, look.MARK_SIZE)) / 2
    return lettering.written(text, area.left + area.width / 2, top, style, MARK_TURNED)


def _picture(drawn: str, size: tuple[float, float], scale: float, layout: Given, plot: Box | None = None) -> str:
    """size: in the figure's own pixels; scale: how many pixels of the picture are one of them; plot: a place to be named."""
    width, height = size
    named = f' data-plot="{short(plot.top)} {short(plot.bottom)}"' if plot else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{short(width * scale)}" height="{short(height * scale)}"'
        f' viewBox="0 0 {short(width)} {short(height)}"{named} font-family="{look.FONT}" xml:space="preserve" role="img"'
        f' aria-label="{escape(lettering.printable(layout["meta"]["title"]))}">{drawn}</svg>'
    )
