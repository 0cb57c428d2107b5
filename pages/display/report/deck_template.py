"""The template of slides: 16:9, one master and two layouts with placeholders, colours and fonts of our own."""

import re
from collections.abc import Mapping
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.util import Pt

from pages.display import colours

WIDTH, HEIGHT, MARGIN = 960, 540, 36
COVER, CONTENT = 0, 1
TITLE_SIZE, BODY_SIZE, FOOT_SIZE = 28, 18, 11
LATIN, CHINESE = "Arial", "Microsoft YaHei"

# Where things stand, in points: left, top, width, height.
Box = tuple[float, float, float, float]
TITLE: Box = (MARGIN, 20, WIDTH - 2 * MARGIN, 76)
BODY: Box = (MARGIN, 104, WIDTH - 2 * MARGIN, 366)
SOURCE: Box = (MARGIN, 476, 700, 32)
FOOTER: Box = (MARGIN, 508, 700, 20)
NUMBER: Box = (WIDTH - MARGIN - 60, 508, 60, 20)
MARK: Box = (WIDTH - MARGIN - 130, 478, 130, 24)
RULE: Box = (MARGIN, 472, WIDTH - 2 * MARGIN, 0.75)
COVER_TITLE: Box = (72, 150, WIDTH - 144, 130)
COVER_BODY: Box = (72, 300, WIDTH - 144, 100)
COVER_BAND: Box = (0, 0, 24, HEIGHT)

_PLACEHOLDERS = {  # kind: (type, number, box)
    "title": ('type="title"', TITLE),
    "body": ('type="body" idx="1"', BODY),
    "source": ('type="body" sz="quarter" idx="13"', SOURCE),
    "footer": ('type="ftr" sz="quarter" idx="11"', FOOTER),
    "number": ('type="sldNum" sz="quarter" idx="12"', NUMBER),
    "cover": ('type="ctrTitle"', COVER_TITLE),
    "subtitle": ('type="subTitle" idx="1"', COVER_BODY),
}
_SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_NUMBER = (
    '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum"><a:rPr lang="en-US"/><a:t>‹#›</a:t></a:fld>'
)
_THEME = {
    "dk1": colours.TEXT, "lt1": "#ffffff", "dk2": colours.WHOLE, "lt2": colours.GRID, "accent1": colours.part(0),
    "accent2": colours.part(1), "accent3": colours.part(2), "accent4": colours.part(3), "accent5": colours.part(4),
    "accent6": colours.part(5), "hlink": colours.part(1), "folHlink": colours.part_text(4),
}  # fmt: skip
_PAINT = {"text": "tx1", "dark": "tx2", "white": "bg1"}


def blank() -> Any:
    """A presentation without slides; its layouts are COVER and CONTENT."""
    made = Presentation()
    made.slide_width, made.slide_height = Pt(WIDTH), Pt(HEIGHT)
    master = made.slide_master
    for number, layout in reversed(list(enumerate(made.slide_layouts))):
        if number not in (0, 5):
            made.slide_layouts.remove(layout)
    _set_theme(master)
    _fill(master, "title", "body", "footer", "number")
    _style(master)
    _fill(made.slide_layouts[COVER], "cover", "subtitle", band=COVER_BAND)
    _fill(made.slide_layouts[CONTENT], "title", "source", "footer", "number", band=RULE)
    for layout, name in zip(made.slide_layouts, ("Cover", "Content"), strict=True):
        layout._element.cSld.set("name", name)
    made.slide_layouts[CONTENT]._element.set("type", "obj")
    _drop_extras(made)
    return made


def _set_theme(master: Any) -> None:
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = part.blob.decode("utf-8")
    paints = "".join(f'<a:{name}><a:srgbClr val="{colour[1:].upper()}"/></a:{name}>' for name, colour in _THEME.items())
    fonts = "".join(
        f'<a:{kind}><a:latin typeface="{LATIN}"/><a:ea typeface="{CHINESE}"/><a:cs typeface=""/>'
        f'<a:font script="Hans" typeface="{CHINESE}"/></a:{kind}>'
        for kind in ("majorFont", "minorFont")
    )
    scheme = f'<a:clrScheme name="plan">{paints}</a:clrScheme>'
    text = re.sub(r"<a:clrScheme.*?</a:clrScheme>", scheme, text, flags=re.DOTALL)
    text = re.sub(
        r"<a:fontScheme.*?</a:fontScheme>", f'<a:fontScheme name="plan">{fonts}</a:fontScheme>', text, flags=re.DOTALL
    )
    part._blob = text.replace('name="Office Theme"', 'name="Education plan"').encode("utf-8")


def _fill(page: Any, *kinds: str, band: Box | None = None) -> None:
    """Gives a master or a layout exactly these placeholders, and a coloured band behind them."""
    tree = page.shapes._spTree
    for shape in list(page.shapes):
        tree.remove(shape._element)
    if band:
        tree.append(parse_xml(_band(band)))
    for number, kind in enumerate(kinds, start=2):
        tree.append(parse_xml(placeholder(kind, number)))


def placeholder(kind: str, number: int, text: str = "") -> str:
    """The XML of a placeholder with its place and type; `number` is the shape's on its page."""
    about, box = _PLACEHOLDERS[kind]
    size, paint, bold, align, anchor = {
        "title": (TITLE_SIZE, "dark", 1, "l", "ctr"),
        "cover": (40, "dark", 1, "l", "b"),
        "subtitle": (20, "text", 0, "l", "t"),
        "body": (BODY_SIZE, "text", 0, "l", "t"),
        "number": (FOOT_SIZE, "text", 0, "r", "ctr"),
    }.get(kind, (FOOT_SIZE, "text", 0, "l", "t"))
    run = f'<a:defRPr sz="{size * 100}" b="{bold}"><a:solidFill><a:schemeClr val="{_PAINT[paint]}"/></a:solidFill></a:defRPr>'
    level = f'<a:lvl1pPr marL="0" indent="0" algn="{align}"><a:buNone/>{run}</a:lvl1pPr>'
    content = _NUMBER if kind == "number" else f'<a:r><a:rPr lang="en-US"/><a:t>{text or kind}</a:t></a:r>'
    return (
        f'<p:sp {_SPACES}><p:nvSpPr><p:cNvPr id="{number}" name="{kind}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {about}/></p:nvPr></p:nvSpPr><p:spPr>{_place(box)}</p:spPr>"
        f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:normAutofit/></a:bodyPr>'
        f"<a:lstStyle>{level}</a:lstStyle><a:p>{content}</a:p></p:txBody></p:sp>"
    )


def _place(box: Box) -> str:
    left, top, width, height = (round(edge * 12700) for edge in box)
    return (
        f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    )


def _band(box: Box) -> str:
    return (
        f'<p:sp {_SPACES}><p:nvSpPr><p:cNvPr id="30" name="band"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr>{_place(box)}<a:solidFill><a:schemeClr val="tx2"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
    )


def _style(master: Any) -> None:
    """The master's own sizes: what is typed into a new slide looks like what is made here."""
    sizes: Mapping[str, tuple[int, str]] = {"titleStyle": (TITLE_SIZE, "l"), "bodyStyle": (BODY_SIZE, "l")}
    for style in master._element.iter():
        name = str(style.tag).rpartition("}")[2]
        if name in sizes:
            first = style[0]
            first.set("algn", sizes[name][1])
            for run in first.iter():
                if str(run.tag).endswith("}defRPr"):
                    run.set("sz", str(sizes[name][0] * 100))


def _drop_extras(made: Any) -> None:
    """Without the picture and the printer's settings that python-pptx's own template brings along."""
    for owner in (made.part.package, made.part):
        for number, relation in list(owner._rels.items()):
            if relation.reltype.endswith(("/thumbnail", "/printerSettings")):
                owner._rels.pop(number)
