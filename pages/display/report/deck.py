"""Slides as a PowerPoint file: native charts and tables, the conclusion as title, the source at the foot."""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.parts.chart import ChartPart
from pptx.parts.embeddedpackage import EmbeddedXlsxPart
from pptx.util import Pt

from data.handed_out import clean
from data.words import _
from pages.display import colours, numbers
from pages.display.report import deck_template as template
from pages.display.report import deck_text
from pages.display.report.chart_layout import Size
from pages.display.report.chart_xml import native
from pages.display.report.charts import Chart
from pages.display.report.deck_tables import Page, add_table, pages_of
from pages.display.report.deck_template import Box
from pages.display.report.reading import charts
from pages.display.slides import Slide

SMALLEST_TITLE, CHART_TYPE, PANEL_TYPE, NOTE_SIZE = 20, 14, 11, 12
# Panels of one figure that stand on one slide, and how many lines of remarks stand below a chart.
MOST_PANELS, NOTE_LINES = 6, 2
GAP = 12.0
SAMPLE_COLOUR = "#8a5a00"

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class _Sheet:
    """One slide of the file: a portion of what is shown, and whether there is more of it."""

    slide: Slide
    number: int
    count: int
    charts: tuple[Chart, ...] = ()
    table: Page | None = None
    sentences: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())


def deck(
    title: str, slides: Sequence[Slide], *, version: str, day: date, progress: Progress = lambda _share, _text: None
) -> bytes:
    """A PowerPoint file in the reader's language: a cover with title, day and version, then the slides.

    version: the line that names the data; day: when it is made. progress gets the share that is done and the title of
    the slide that is being made; what it raises stops the work, and nothing is left behind.
    """
    made = template.blank()
    _describe(made, title, day)
    _cover(made, title, version, day)
    for number, slide in enumerate(slides):
        progress(number / max(len(slides), 1), slide.title)
        for sheet in _sheets(slide):
            _add(made, sheet, version)
    progress(1.0, _("saving"))
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def _describe(made: Any, title: str, day: date) -> None:
    about = made.core_properties
    about.title, about.author, about.last_modified_by = clean(title)[:255], "", ""
    about.language = deck_text.tag()
    about.created = about.modified = datetime(day.year, day.month, day.day)


def _cover(made: Any, title: str, version: str, day: date) -> None:
    page = made.slides.add_slide(made.slide_layouts[template.COVER])
    head, below = page.placeholders[0], page.placeholders[1]
    size, text = deck_text.fitted(title, template.COVER_TITLE[2], 40, 28, 2, bold=True)
    deck_text.write(head.text_frame, [text], size)
    deck_text.write(below.text_frame, [numbers.day(day), version])


# What goes on which slide


def _sheets(slide: Slide) -> Iterator[_Sheet]:
    """A slide in portions that can be read: panels, rows of a table, sentences; one that has nothing says so."""
    shown = charts(slide)
    portions: list[dict[str, Any]] = [{"charts": group} for group in _groups(shown)]
    for portion in portions[:1]:
        portion["sentences"] = slide.sentences
    if slide.table is not None and slide.table.rows:
        portions += [{"table": page} for page in pages_of(slide.table, template.BODY[2:])]
    if slide.sentences and not shown:
        portions = [*({"sentences": group} for group in _in_pages(slide.sentences)), *portions]
    if not portions:
        portions = [{"sentences": (_nothing(slide),)}]
    for number, portion in enumerate(portions, start=1):
        notes = tuple(dict.fromkeys(note for chart in portion.get("charts", ()) for note in chart.notes))
        yield _Sheet(slide, number, len(portions), notes=notes, **portion)


def _groups(shown: Sequence[Chart]) -> list[tuple[Chart, ...]]:
    """Panels stand together, as evenly as it goes; parts of one long chart each have a slide of their own."""
    if not shown or not shown[0].title:
        return [(one,) for one in shown]
    parts = -(-len(shown) // MOST_PANELS)
    size = -(-len(shown) // parts)
    return [tuple(shown[first : first + size]) for first in range(0, len(shown), size)]


def _in_pages(sentences: Sequence[str]) -> Iterator[tuple[str, ...]]:
    page: list[str] = []
    height = 0.0
    for one in sentences:
        needed = _sentence_height(one, template.BODY[2])
        if page and height + needed > template.BODY[3]:
            yield tuple(page)
            page, height = [], 0.0
        page.append(one)
        height += needed
    yield tuple(page)


def _sentence_height(text: str, room: float) -> float:
    lines = deck_text.lines_of(text, room - 20, template.BODY_SIZE)
    return (lines * deck_text.LINE + 0.45) * template.BODY_SIZE


def _nothing(slide: Slide) -> str:
    if slide.figure is not None or slide.table is not None:
        return _("No data: there is nothing to draw for this view in this state of the data.")
    return _("This view is empty: there is neither a chart nor a table for it.")


# One slide


def _add(made: Any, sheet: _Sheet, version: str) -> None:
    page = made.slides.add_slide(made.slide_layouts[template.CONTENT])
    slide = sheet.slide
    ending = f" ({sheet.number}/{sheet.count})" if sheet.count > 1 else ""
    title = " ".join(slide.title.split()) + ending
    size, text = deck_text.fitted(title, template.TITLE[2], template.TITLE_SIZE, SMALLEST_TITLE, 2, bold=True)
    deck_text.write(page.shapes.title.text_frame, [text], size)
    _foot(page, slide, version)
    hidden = _body(page, sheet, title)
    _notes(page, [title, slide.footing, *sheet.notes, *hidden])


def _foot(page: Any, slide: Slide, version: str) -> None:
    source = next(one for one in page.placeholders if one.placeholder_format.idx == 13)
    size, text = deck_text.fitted(slide.footing, template.SOURCE[2], template.FOOT_SIZE, 9, 2)
    deck_text.write(source.text_frame, [text], size, colour=colours.SOFT_TEXT)
    for kind, words in (("footer", version), ("number", "")):
        page.shapes._spTree.append(parse_xml(template.placeholder(kind, page.shapes._next_shape_id)))
        shape = page.shapes[-1]
        shape._element.spPr.clear()
        if words:
            deck_text.write(shape.text_frame, [words], template.FOOT_SIZE, colour=colours.SOFT_TEXT)
    if slide.sample:
        _mark(page)


def _mark(page: Any) -> None:
    """The mark of sample data, which nobody overlooks and nobody takes for a part of the chart."""
    left, top, wide, high = (Pt(edge) for edge in template.MARK)
    box = page.shapes.add_textbox(left, top, wide, high)
    box.name = "sample"
    box.line.color.rgb = deck_text.rgb(SAMPLE_COLOUR)
    box.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    deck_text.write(box.text_frame, [_("sample data")], 14, bold=True, colour=SAMPLE_COLOUR, align="ctr")


def _body(page: Any, sheet: _Sheet, title: str) -> list[str]:
    """Fills the slide between title and foot; returns sentences that found no room and go to the speaker's notes."""
    left, top, wide, high = template.BODY
    if sheet.table is not None:
        add_table(page.shapes, sheet.table, left, top, clean(title))
        return []
    if not sheet.charts:
        _sentences(page, sheet.sentences, template.BODY)
        return []
    notes, hidden = _told(sheet.notes, wide)
    below = (lines := deck_text.lines_of(notes, wide, NOTE_SIZE)) * NOTE_SIZE * deck_text.LINE + 4 if notes else 0.0
    drawn = wide * 0.64 if sheet.sentences else wide
    _grid(page, sheet.charts, (left, top, drawn, high - below), title)
    if notes:
        box = (left, top + high - below, wide, lines * NOTE_SIZE * deck_text.LINE)
        _text_box(page, [notes], box, NOTE_SIZE, colours.SOFT_TEXT)
    if sheet.sentences:
        _sentences(page, sheet.sentences, (left + drawn + GAP, top, wide - drawn - GAP, high - below))
    return hidden


def _told(notes: Sequence[str], wide: float) -> tuple[str, list[str]]:
    """What is said below a chart, in at most NOTE_LINES lines; what does not fit."""
    said = ""
    for number, note in enumerate(notes):
        longer = f"{said} · {note}" if said else note
        if deck_text.lines_of(longer, wide, NOTE_SIZE) > NOTE_LINES:
            rest = list(notes[number:])
            return f"{said} · {_('more in the notes')}" if said else _("more in the notes"), rest
        said = longer
    return said, []


def _grid(page: Any, shown: Sequence[Chart], box: Box, title: str) -> None:
    columns = 1 if len(shown) == 1 else 2 if len(shown) in (2, 4) else 3
    rows = -(-len(shown) // columns)
    wide, high = (box[2] - GAP * (columns - 1)) / columns, (box[3] - GAP * (rows - 1)) / rows
    for number, chart in enumerate(shown):
        row, column = divmod(number, columns)
        left, top = box[0] + column * (wide + GAP), box[1] + row * (high + GAP)
        size = Size(wide, high, CHART_TYPE if len(shown) == 1 else PANEL_TYPE)
        _add_chart(page, chart, (left, top, wide, high), size, ": ".join(filter(None, (title, chart.title))))


def _add_chart(page: Any, chart: Chart, box: Box, size: Size, alternative: str) -> None:
    package = page.part.package
    number = package.__dict__["charts"] = package.__dict__.get("charts", 0) + 1
    xml, workbook = native(chart, size)
    part = ChartPart.load(PackURI(f"/ppt/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, package, xml)
    name = PackURI(f"/ppt/embeddings/chart{number}.xlsx")
    book = EmbeddedXlsxPart(name, CONTENT_TYPE.SML_SHEET, package, workbook)
    part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)  # the first relationship of a part is rId1, as the chart says
    shown = page.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    frame = page.shapes._add_chart_graphicFrame(shown, *(Pt(edge) for edge in box))
    frame.nvGraphicFramePr.cNvPr.set("descr", clean(alternative))


def _sentences(page: Any, sentences: Sequence[str], box: Box) -> None:
    """Sentences as points, in smaller type where they would not fit."""
    size: float = template.BODY_SIZE
    while (
        size > 12
        and sum(deck_text.lines_of(one, box[2] - 20, size) * deck_text.LINE + 0.45 for one in sentences) * size > box[3]
    ):
        size -= 1
    points = [f"• {one}" for one in sentences] if len(sentences) > 1 else list(sentences)
    _text_box(page, points, box, size, colours.TEXT, hanging=len(sentences) > 1)


def _text_box(
    page: Any, paragraphs: Sequence[str], box: Box, size: float, colour: str, *, hanging: bool = False
) -> None:
    shape = page.shapes.add_textbox(*(Pt(edge) for edge in box))
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    deck_text.write(frame, paragraphs, size, colour=colour)
    for paragraph in frame.paragraphs if hanging else ():
        paragraph.space_after = Pt(size * 0.4)


def _notes(page: Any, paragraphs: Sequence[str]) -> None:
    deck_text.write(page.notes_slide.notes_text_frame, [one for one in paragraphs if one])
