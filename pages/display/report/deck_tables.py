"""Tables on slides: native ones, in type that can be read, over as many slides as that needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pptx.util import Pt

from data.handed_out import Table
from data.words import _
from pages.display import colours, numbers
from pages.display.report import deck_text

SIZE, SIDE, ABOVE = 14, 6.0, 4.0
# A plain grid without fills of its own, by the number that Office gave it.
_STYLE = "{5940675A-B579-460E-94D1-54222C63F5DA}"
# Nothing that a table says is longer than this in one cell.
MOST_IN_CELL, MOST_LINES = 200, 6


@dataclass(frozen=True)
class Page:
    """Rows of a table that fit on one slide, as texts, with the widths of columns and the heights of rows in points."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    right: tuple[bool, ...]


def pages_of(table: Table, room: tuple[float, float]) -> list[Page]:
    """The table's rows in portions that fit into so many points across and down; the header stands on each."""
    rows = [tuple(shown(cell) for cell in row) for row in table.rows]
    widths = _widths([table.header, *rows], room[0])
    right = tuple(
        any(isinstance(row[at], (int, float, Decimal, Fraction)) for row in table.rows)
        for at in range(len(table.header))
    )
    head = _height(table.header, widths)
    found: list[Page] = []
    portion: list[tuple[str, ...]] = []
    heights: list[float] = []
    for row in rows:
        height = _height(row, widths)
        if portion and head + sum(heights) + height > room[1]:
            found.append(Page(table.header, tuple(portion), widths, (head, *heights), right))
            portion, heights = [], []
        portion.append(row)
        heights.append(height)
    return [*found, Page(table.header, tuple(portion), widths, (head, *heights), right)]


def shown(cell: object) -> str:
    """A cell as a reader sees it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if isinstance(cell, int):
        return numbers.whole(cell)
    if isinstance(cell, (float, Decimal, Fraction)):
        return numbers.printed(cell if isinstance(cell, Fraction) else Decimal(str(cell)))
    if isinstance(cell, datetime):
        return numbers.minute(cell)
    if isinstance(cell, date):
        return numbers.day(cell)
    text = str(cell)
    return text if len(text) <= MOST_IN_CELL else f"{text[:MOST_IN_CELL]}…"


def _widths(rows: Sequence[Sequence[str]], room: float) -> tuple[float, ...]:
    """Columns as wide as what stands in them; where that is too wide, the wide ones give way."""
    letter = SIZE * deck_text.CHARACTER
    wanted = [
        max(deck_text.widest(row[at]) for row in rows) * letter * 1.25 + 2 * SIDE + 4 for at in range(len(rows[0]))
    ]
    if sum(wanted) <= room:
        return tuple(wanted) if sum(wanted) > room * 0.6 else tuple(one * room * 0.6 / sum(wanted) for one in wanted)
    limit = max(wanted)
    while sum(min(one, limit) for one in wanted) > room and limit > 20:
        limit *= 0.97
    found = [min(one, limit) for one in wanted]
    return tuple(one * room / sum(found) for one in found)


def _height(row: Sequence[str], widths: Sequence[float]) -> float:
    lines = max(
        min(deck_text.lines_of(text, width - 2 * SIDE, SIZE), MOST_LINES)
        for text, width in zip(row, widths, strict=True)
    )
    return lines * SIZE * deck_text.LINE + 2 * ABOVE


def add_table(shapes: Any, page: Page, left: float, top: float, alternative: str) -> None:
    """The page as a table of PowerPoint's, which repeats nothing by itself: its first row is the header."""
    box = (Pt(left), Pt(top), Pt(sum(page.widths)), Pt(sum(page.heights)))
    frame = shapes.add_table(len(page.rows) + 1, len(page.header), *box)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alternative)
    table = frame.table
    table.horz_banding = False
    frame._element.graphic.graphicData.tbl.tblPr[0].text = _STYLE
    for at, width in enumerate(page.widths):
        table.columns[at].width = Pt(width)
    for line, row in enumerate((page.header, *page.rows)):
        table.rows[line].height = Pt(page.heights[line])
        for at, text in enumerate(row):
            _write_cell(table.cell(line, at), text, is_header=line == 0, right=page.right[at])


def _write_cell(cell: Any, text: str, *, is_header: bool, right: bool) -> None:
    cell.margin_left = cell.margin_right = Pt(SIDE)
    cell.margin_top = cell.margin_bottom = Pt(ABOVE - 1)
    looks = {"bold": is_header, "align": "r" if right else "l", "colour": colours.WHOLE if is_header else colours.TEXT}
    deck_text.write(cell.text_frame, [" ".join(text.splitlines())], SIZE, **looks)
    if is_header:
        cell.fill.solid()
        cell.fill.fore_color.rgb = deck_text.rgb(colours.GRID)
