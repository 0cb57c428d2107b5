"""The layout of official documents, GB/T 9704-2012: page, grid, type and styles. English ones have the same with Latin faces.

A4; margins 37, 28, 26 and 35 mm leave 156 × 225 mm for 22 lines of 28 characters: a grid of 580 twentieths of a point
a line, and 848 4096ths of a point less than 16 points a character.

The file names that grid, and the styles keep to the same measures by themselves: lines of 28.95 points, characters
0.3 points closer. For LibreOffice gives a character that is wider than its place in the grid two places.
"""

from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from data.words import _, language

LINE_PITCH, CHAR_SPACE, CLOSER = 580, -848, -6
LINE = Pt(28.95)
TEXT_WIDTH, TEXT_WIDTH_POINTS = Mm(156), 442
# A character of the grid in twentieths of a point: 156 mm over 28.
CHARACTER = 316
TITLE, BODY, PAGE_NUMBER, TABLE, RED_HEAD = Pt(22), Pt(16), Pt(14), Pt(10.5), Pt(48)
RED = RGBColor(0xE0, 0x00, 0x00)
BLACK = RGBColor(0, 0, 0)

TITLED, ADDRESSEE, SIGNED, CAPTION, CELL, HEAD_CELL, RED_HEADED, RED_LINE, PICTURE, LEGEND = (
    "Title", "Addressee", "Signature", "Caption", "Table text", "Table head", "Red head", "Red line", "Chart", "Chart caption",
)  # fmt: skip
INDENTED = "Body Text"


@dataclass(frozen=True)
class Face:
    """A typeface by the names that Windows knows it by: of Chinese signs and of all others."""

    chinese: str
    latin: str
    bold: bool = False
    italic: bool = False


_CHINESE = {
    "title": Face("方正小标宋简体", "方正小标宋简体"),
    "body": Face("仿宋_GB2312", "仿宋_GB2312"),
    "first": Face("黑体", "黑体"),
    "second": Face("楷体_GB2312", "楷体_GB2312"),
    "song": Face("宋体", "宋体"),
}
_LATIN = {
    "title": Face("方正小标宋简体", "Times New Roman", bold=True),
    "body": Face("仿宋_GB2312", "Times New Roman"),
    "first": Face("黑体", "Arial", bold=True),
    "second": Face("楷体_GB2312", "Times New Roman", italic=True),
    "song": Face("宋体", "Times New Roman"),
}


def faces() -> dict[str, Face]:
    """The faces of a document in the reader's language."""
    return _CHINESE if language().startswith("zh") else _LATIN


def document() -> Any:
    """An empty document with page, grid, styles and page numbers."""
    made = Document()
    _page(made.sections[0])
    _languages(made)
    _styles(made)
    made.settings.odd_and_even_pages_header_footer = True
    section = made.sections[0]
    _page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
    return made


def sample_mark(made: Any) -> None:
    """Says at the head of every page that the figures are invented."""
    section = made.sections[0]
    for header in (section.header, section.even_page_header):
        paragraph = header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(_("sample data"))


def _page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    # 22 lines of 29 points are a little more than 225 mm: 0.2 mm less is left below, or LibreOffice would find room for 21 only.
    section.top_margin, section.bottom_margin = Mm(37), Pt(98.6)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    # The dash of the page number stands 7 mm below the text.
    section.header_distance, section.footer_distance = Mm(20), Mm(25)
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    grid = OxmlElement("w:docGrid")
    for name, value in (("type", "linesAndChars"), ("linePitch", LINE_PITCH), ("charSpace", CHAR_SPACE)):
        grid.set(qn(f"w:{name}"), str(value))
    properties.append(grid)


def _languages(made: Any) -> None:
    """The language of the text, by which it is hyphenated, checked and read aloud."""
    defaults = made.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    told = OxmlElement("w:lang")
    # Of Latin letters and digits also in Chinese: by Chinese rules a line could break within a number.
    told.set(qn("w:val"), "en-GB")
    told.set(qn("w:eastAsia"), "zh-CN")
    defaults.append(told)


def _styles(made: Any) -> None:
    known = faces()
    normal = _style(made, "Normal", known["body"], BODY)
    _space(normal)
    indented = _style(made, INDENTED, known["body"], BODY)
    _indent(indented, first=2)
    indented.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    for name, face in (("Heading 1", "first"), ("Heading 2", "second"), ("Heading 3", "body"), ("Heading 4", "body")):
        heading = _style(made, name, known[face], BODY)
        heading.paragraph_format.keep_with_next = True
        _indent(heading, first=2)
    title = _style(made, TITLED, known["title"], TITLE)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _style(made, ADDRESSEE, known["body"], BODY)
    _indent(_style(made, SIGNED, known["body"], BODY), right=4)
    made.styles[SIGNED].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _small_styles(made, known)
    _red_styles(made, known)


def _small_styles(made: Any, known: dict[str, Face]) -> None:
    """Tables, their captions and charts: with lines as close as their type."""
    for name, face, alignment in (
        (CAPTION, "first", WD_ALIGN_PARAGRAPH.CENTER),
        (LEGEND, "first", WD_ALIGN_PARAGRAPH.CENTER),
        (HEAD_CELL, "first", WD_ALIGN_PARAGRAPH.CENTER),
        (CELL, "body", WD_ALIGN_PARAGRAPH.LEFT),
        (PICTURE, "body", WD_ALIGN_PARAGRAPH.CENTER),
        ("Header", "song", WD_ALIGN_PARAGRAPH.CENTER),
    ):
        style = _style(made, name, known[face], TABLE)
        style.paragraph_format.alignment = alignment
        style.paragraph_format.line_spacing = 1.0
        _closer(style, 0)
    caption, cell = made.styles[CAPTION], made.styles[CELL]
    caption.paragraph_format.keep_with_next = True
    for style in (caption, made.styles[LEGEND]):
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(8), Pt(4)
    for style in (cell, made.styles[HEAD_CELL]):
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2)


def _red_styles(made: Any, known: dict[str, Face]) -> None:
    """The issuing office's name 35 mm below the text's upper edge, and a red line across the page."""
    head = _style(made, RED_HEADED, known["title"], RED_HEAD)
    head.font.color.rgb = RED
    head.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.paragraph_format.space_before, head.paragraph_format.line_spacing = Mm(35), 1.0
    line = _style(made, RED_LINE, known["body"], BODY)
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in {"val": "single", "sz": "12", "space": "11", "color": str(RED)}.items():
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    line.element.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc")


def _style(made: Any, name: str, face: Face, size: Any) -> Any:
    """A style by name, made where the template has none, with nothing of the template's look."""
    known = {one.name for one in made.styles}
    style = made.styles[name] if name in known else made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if name != "Normal":
        style.base_style = made.styles["Normal"]
    for old in (style.element.find(qn("w:rPr")), _paragraph_look(style)):
        if old is not None:
            style.element.remove(old)
    _put_face(style, face)
    style.font.size, style.font.bold, style.font.italic = size, face.bold, face.italic
    style.font.color.rgb = BLACK
    if name.startswith("Heading "):
        _outline(style, int(name[-1]))
    style.quick_style = True
    return style


def _paragraph_look(style: Any) -> Any:
    return style.element.find(qn("w:pPr"))


def _outline(style: Any, level: int) -> None:
    """By its outline level a heading stands in the navigation pane."""
    told = OxmlElement("w:outlineLvl")
    told.set(qn("w:val"), str(level - 1))
    style.element.get_or_add_pPr().append(told)


def _put_face(style: Any, face: Face) -> None:
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name, value in (("ascii", face.latin), ("hAnsi", face.latin), ("eastAsia", face.chinese), ("cs", face.latin)):
        fonts.set(qn(f"w:{name}"), value)
    if not language().startswith("zh"):
        return
    fonts.set(qn("w:hint"), "eastAsia")  # quotation marks and the like are Chinese signs


def _space(normal: Any) -> None:
    """What all other styles begin with."""
    look = normal.paragraph_format
    look.space_before = look.space_after = Pt(0)
    look.line_spacing_rule, look.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    look.widow_control = False  # a line that is moved would leave a page of 21
    told = OxmlElement("w:snapToGrid")
    told.set(qn("w:val"), "0")
    normal.element.get_or_add_pPr().insert_element_before(told, "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
    _closer(normal, CLOSER)


def _closer(style: Any, amount: int) -> None:
    """The distance of characters, in twentieths of a point."""
    told = OxmlElement("w:spacing")
    told.set(qn("w:val"), str(amount))
    style.element.get_or_add_rPr().insert_element_before(told, "w:w", "w:kern", "w:position", "w:sz", "w:szCs")


def _indent(style: Any, *, first: int = 0, right: int = 0) -> None:
    """Indents in characters, which follow the size of the type; beside them what they come to, for programs that know none."""
    indents = style.element.get_or_add_pPr().get_or_add_ind()
    for name, amount in (("firstLine", first), ("right", right)):
        if amount:
            indents.set(qn(f"w:{name}Chars"), str(amount * 100))
            indents.set(qn(f"w:{name}"), str(amount * CHARACTER))


def _page_number(footer: Any, side: Any) -> None:
    """— 1 —, one character in from the outer edge."""
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    inner = "right" if side == WD_ALIGN_PARAGRAPH.RIGHT else "left"
    indents = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indents.set(qn(f"w:{inner}Chars"), "100")
    indents.set(qn(f"w:{inner}"), str(int(PAGE_NUMBER.pt * 20)))
    _song(paragraph.add_run("— "))
    paragraph._p.append(field("PAGE", _song(paragraph.add_run("1"))))
    _song(paragraph.add_run(" —"))


def _song(run: Any) -> Any:
    face, fonts = faces()["song"], run._r.get_or_add_rPr().get_or_add_rFonts()
    for name, value in (("ascii", face.latin), ("hAnsi", face.latin), ("eastAsia", face.chinese)):
        fonts.set(qn(f"w:{name}"), value)
    run.font.size = PAGE_NUMBER
    return run


def field(instruction: str, run: Any) -> Any:
    """A field that shows the run until a program computes it."""
    told = OxmlElement("w:fldSimple")
    told.set(qn("w:instr"), instruction)
    told.append(run._r)
    return told
