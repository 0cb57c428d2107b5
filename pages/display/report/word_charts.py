"""Native charts in Word documents: a chart part with its workbook, shown in the line of a paragraph."""

from typing import Any

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.text.paragraph import Paragraph
from lxml import etree

from data.handed_out import clean
from pages.display.report.chart_layout import Size
from pages.display.report.chart_parts import EMU, A, C
from pages.display.report.chart_xml import native
from pages.display.report.charts import Chart

_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = (
    '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent/><wp:docPr/><wp:cNvGraphicFramePr/></wp:inline></w:drawing>'
)


def add_chart(paragraph: Paragraph, chart: Chart, size: Size, alternative: str) -> None:
    """Puts the chart at the end of the paragraph; alternative: what a reader who cannot see it is told."""
    part: Any = paragraph.part
    number = len([one for one in part.package.iter_parts() if "/word/charts/" in one.partname]) + 1
    xml, workbook = native(chart, size)
    drawn = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, xml, part.package)
    book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), _XLSX_TYPE, workbook, part.package)
    drawn.relate_to(book, f"{_OFFICE}/package")  # the first relationship of a part is rId1, as the chart says
    shown = part.relate_to(drawn, f"{_OFFICE}/chart")
    paragraph.add_run()._r.append(_drawing(shown, number, size, clean(alternative)))


def _drawing(relation: str, number: int, size: Size, alternative: str) -> Any:
    drawing = parse_xml(_DRAWING)
    inline = drawing[0]
    extent, properties = inline[0], inline[1]
    extent.set("cx", str(round(size.width * EMU)))
    extent.set("cy", str(round(size.height * EMU)))
    for name, value in {"id": str(1000 + number), "name": f"chart {number}", "descr": alternative}.items():
        properties.set(name, value)
    reference = C.chart({f"{{{_OFFICE}}}id": relation})
    data = A.graphicData(reference, {"uri": etree.QName(reference).namespace})
    inline.append(A.graphic(data))
    return drawing
