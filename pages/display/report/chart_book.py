"""The workbook inside a chart: where its numbers stand, so that whoever edits the chart finds them in words and in full."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from data.handed_out import Book
from data.words import _
from pages.display.report.charts import Chart, Kind, Label, Look, Series

SHEET = "data"


@dataclass
class Columns:
    """The sheet's columns in the order in which they were asked for."""

    columns: list[tuple[str, Sequence[object]]] = field(default_factory=list)

    def add(self, title: str, cells: Sequence[object]) -> str:
        """A further column; returns where its cells are, as charts write it."""
        self.columns.append((title, cells))
        letter = _letter(len(self.columns) - 1)
        end = f":${letter}${len(cells) + 1}" if len(cells) > 1 else ""
        return f"{SHEET}!${letter}$2{end}"

    @property
    def title_of_last(self) -> str:
        """Where the newest column's title is."""
        return f"{SHEET}!${_letter(len(self.columns) - 1)}$1"

    def workbook(self) -> bytes:
        book = Book()
        sheet = book.sheet(SHEET)
        sheet.freeze_panes(1, 0)
        for column, (title, cells) in enumerate(self.columns):
            sheet.set_column(column, column, 16)
            book.write(sheet, 0, column, title, bold=True)
            for row, cell in enumerate(cells, start=1):
                book.write(sheet, row, column, cell)
        return book.finished()


@dataclass(frozen=True)
class Where:
    """The cells of one series: its name, its numbers, the places of these and the lengths of their error bars."""

    name: str
    heights: str
    places: str = ""
    reaches: str = ""


def laid_out(chart: Chart) -> tuple[Columns, str, list[Where]]:
    """The sheet of a chart, where its categories are, and where each series is, that of the rows' names first."""
    sheet = Columns()
    categories = sheet.add(_("category"), chart.categories) if chart.kind != Kind.PLACES else ""
    found = [_series(sheet, one) for one in (*row_names(chart), *chart.series)]
    for title, values in chart.also:
        sheet.add(title, values)
    return sheet, categories, found


def row_names(chart: Chart) -> tuple[Series, ...]:
    """For a chart with rows an unseen series at its left edge whose labels are the names of the rows."""
    if not chart.rows:
        return ()
    heights, names = tuple(place for place, _name in chart.rows), tuple(name for _place, name in chart.rows)
    labels = {at: Label(name, "l") for at, name in enumerate(names)}
    places = (chart.across.low,) * len(heights)
    return (Series(_("rows"), heights, places, look=Look(""), labels=labels, points=names, listed=False),)


def _series(sheet: Columns, one: Series) -> Where:
    if one.points:
        sheet.add(_("{name}: points", name=one.name), one.points)
    places = sheet.add(_("{name}: across", name=one.name), one.places) if one.places else ""
    heights = sheet.add(one.name, one.heights)
    name = sheet.title_of_last
    reaches = sheet.add(_("{name}: ±", name=one.name), one.reaches) if one.reaches else ""
    return Where(name, heights, places, reaches)


def _letter(column: int) -> str:
    """A column's letters: 0 → A, 26 → AA."""
    first, last = divmod(column, 26)
    return (_letter(first - 1) if first else "") + chr(ord("A") + last)
