"""A document as DOCX. Every number stands between two bookmarks, and a part of the file says which question each answers."""

import io
from collections import Counter
from datetime import date, datetime, time
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, RGBColor
from docx.text.paragraph import Paragraph as TextParagraph
from lxml import etree

from data.handed_out import clean
from data.words import pick
from pages.display import bound, figures, numbers, slides
from pages.display.bound import Source
from pages.display.report import official, reading, word_charts
from pages.display.report.chart_xml import Size
from pages.display.report.content import Block, Cell, Chart, Content, Form, Heading, Paragraph, Table

SOURCES = "/customXml/numbers.xml"
NAMESPACE = "urn:education-plan:numbers"
BOOKMARK = "_q"
_CUSTOM_XML = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
# What captions call tables and charts, and Word the row of their numbers.
TABLE, FIGURE = {"zh": "表", "en": "Table"}, {"zh": "图", "en": "Figure"}
CHART = Size(official.TEXT_WIDTH_POINTS, 200, 10)
# A table of so many rows is not parted by the end of a page.
SHORT = 12
_GREY = "F2F2F2"


def docx_bytes(content: Content, form: Form) -> bytes:
    """The file, in the layout of official documents."""
    return _Writing(content, form).finished()


class _Writing:
    """One document while it is written. sources: of the numbers so far, in the order of their bookmarks."""

    def __init__(self, content: Content, form: Form) -> None:
        self.document, self.sources = official.document(), list[Source]()
        self.styles = {one.name: one.style_id for one in self.document.styles}
        self.captions = Counter[str]()
        if content.sample:
            official.sample_mark(self.document)
        if form.red_head:
            self._red_head(form.red_head)
        self._paragraph(content.title, official.TITLED)
        self._paragraph("", official.ADDRESSEE)
        if form.addressee:
            self._paragraph(pick({"zh": f"{form.addressee}：", "en": f"{form.addressee}:"}), official.ADDRESSEE)
        for block in content.blocks:
            self._block(block)
        self._signature(form.red_head or content.signature, content.day)
        for line in content.notes:
            self._paragraph(pick({"zh": f"（{line}）", "en": f"({line})"}))
        self._properties(content)

    def finished(self) -> bytes:
        package = self.document.part.package
        part = Part(PackURI(SOURCES), "application/xml", _sources(self.sources), package)
        self.document.part.relate_to(part, _CUSTOM_XML)
        file = io.BytesIO()
        self.document.save(file)
        return file.getvalue()

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._paragraph(block.text, f"Heading {block.level}")
            case Paragraph():
                self._paragraph(block.text)
            case Table():
                self._table(block)
            case Chart():
                self._chart(block)

    def _paragraph(self, text: str, style: str = official.INDENTED) -> Any:
        paragraph = self._styled(self.document.add_paragraph(), style)
        self._write(paragraph, text)
        return paragraph

    def _styled(self, paragraph: Any, style: str) -> Any:
        """Gives a paragraph its style by the id; python-docx would look through all styles for each."""
        paragraph._p.style = self.styles[style]
        return paragraph

    def _write(self, paragraph: Any, text: str, colour: str = "") -> None:
        for piece in bound.pieces(text):
            if piece.source:
                self._mark(paragraph, "start", piece.source)
            run = paragraph.add_run(clean(piece.text))
            if colour:
                run.font.color.rgb = RGBColor.from_string(colour.removeprefix("#").upper())
            if piece.source:
                self._mark(paragraph, "end")

    def _mark(self, paragraph: Any, side: str, source: Source | None = None) -> None:
        """The beginning or the end of a number's bookmark; its name begins so that Word keeps it out of sight."""
        if source:
            self.sources.append(source)
        mark, number = OxmlElement(f"w:bookmark{side.capitalize()}"), str(len(self.sources))
        mark.set(qn("w:id"), number)
        if source:
            mark.set(qn("w:name"), BOOKMARK + number)
        paragraph._p.append(mark)

    def _red_head(self, name: str) -> None:
        self._paragraph(name, official.RED_HEADED)
        self._paragraph("", official.RED_LINE)
        for _line in range(2):
            self._paragraph("", official.ADDRESSEE)

    def _signature(self, office: str, day: date) -> None:
        self._paragraph("", official.ADDRESSEE)
        if office:
            self._paragraph(office, official.SIGNED).paragraph_format.keep_with_next = True
        self._paragraph(numbers.day(day), official.SIGNED)

    def _table(self, table: Table) -> None:
        self._caption(TABLE, table.caption)
        widths = _widths(table)
        made = self.document.add_table(rows=0, cols=len(widths), style="Table Grid")
        made.autofit, made.alignment = False, WD_TABLE_ALIGNMENT.CENTER
        for column, width in zip(made._tbl.tblGrid.gridCol_lst, widths, strict=True):
            column.w = width
        self._row(made, tuple(Cell(title) for title in table.header), widths, head=True, keep=True)
        together = len(table.rows) <= SHORT
        for number, row in enumerate(table.rows, start=1):
            self._row(made, row, widths, keep=together and number < len(table.rows))
        self._styled(self.document.add_paragraph(), official.CELL)  # keeps what follows off the table's lower edge

    def _caption(self, kind: dict[str, str], text: str, style: str = official.CAPTION) -> None:
        """What a table or a chart shows, with a number that follows when one is put in or taken out."""
        name = kind["en"]
        self.captions[name] += 1
        paragraph = self._styled(self.document.add_paragraph(), style)
        paragraph.add_run(pick(kind) + pick({"zh": "", "en": " "}))
        paragraph._p.append(official.field(f"SEQ {name}", paragraph.add_run(str(self.captions[name]))))
        self._write(paragraph, f"  {text}")

    def _row(
        self, made: Any, cells: tuple[Cell, ...], widths: list[Emu], *, head: bool = False, keep: bool = False
    ) -> None:
        row = made._tbl.add_tr()
        properties = row.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if head:
            properties.append(OxmlElement("w:tblHeader"))  # stands again on the next page
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            place = row.add_tc()
            place.width = width
            if head:
                _shade(place)
            paragraph = self._styled(TextParagraph(place.p_lst[0], made), official.HEAD_CELL if head else official.CELL)
            if keep:
                paragraph.paragraph_format.keep_with_next = True
            if not head and column:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            self._write(paragraph, cell.text, cell.colour)

    def _chart(self, chart: Chart) -> None:
        drawn = chart.draw()
        for one in reading.charts(slides.of_figure("", drawn)):
            paragraph = self._styled(self.document.add_paragraph(), official.PICTURE)
            paragraph.paragraph_format.keep_with_next = True
            word_charts.add_chart(paragraph, one, CHART, figures.alternative(drawn))
        self._caption(FIGURE, chart.caption, official.LEGEND)

    def _properties(self, content: Content) -> None:
        told = self.document.core_properties
        told.title, told.author, told.comments = bound.plain(content.title), content.signature, ""
        told.created = told.modified = datetime.combine(content.day, time())


def _widths(table: Table) -> list[Emu]:
    shares = table.widths or (1,) * len(table.header)
    return [Emu(int(official.TEXT_WIDTH) * share // sum(shares)) for share in shares]


def _shade(place: Any) -> None:
    shading = OxmlElement("w:shd")
    for name, value in {"val": "clear", "color": "auto", "fill": _GREY}.items():
        shading.set(qn(f"w:{name}"), value)
    place.get_or_add_tcPr().append(shading)


def _sources(sources: list[Source]) -> bytes:
    root = etree.Element(f"{{{NAMESPACE}}}numbers", nsmap={None: NAMESPACE})
    for number, source in enumerate(sources, start=1):
        one = etree.SubElement(root, f"{{{NAMESPACE}}}number", name=f"{BOOKMARK}{number}")
        for fact in source:
            etree.SubElement(one, f"{{{NAMESPACE}}}about").text = clean(fact)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
