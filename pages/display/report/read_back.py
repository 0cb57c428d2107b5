"""Reads a finished document back, finds every number in it again, and refuses it where one is wrong or accounted for by nothing.

Numbers without a source are only those of headings, captions, fields (pages, tables, charts) and dates.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from babel.dates import get_month_names
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from data.problem import Refused
from data.words import _, locale
from pages.display import sentences
from pages.display.bound import Piece, Source
from pages.display.report.asked_again import NUMBER, AskedAgain
from pages.display.report.word import NAMESPACE, SOURCES

# Named in a refusal.
MOST = 3
_ORDINAL = re.compile(r"^\(?\d+[).]")
_PLACE = 40


@dataclass(frozen=True)
class Mismatch:
    """A number, where it stands, and what should stand there (empty: nothing, as no question is known for it)."""

    found: str
    place: str
    right: str

    def __str__(self) -> str:
        if not self.right:
            return _("“{found}” in {place} is accounted for by no query", found=self.found, place=self.place)
        return _("“{found}” in {place} should be “{right}”", found=self.found, place=self.place, right=self.right)


def checked(content: bytes, again: AskedAgain) -> bytes:
    """The document as it is; `Refused` with its first mismatches where there are some."""
    found = mismatches(content, again)
    if found:
        raise refusal(found)
    return content


def refusal(found: list[Mismatch]) -> Refused:
    named = _("; ").join(map(str, found[:MOST]))
    return Refused(
        _(
            "The document was not made, as {count} of its numbers do not agree with the data: {named}. If data were published meanwhile, make it again.",
            count=len(found),
            named=named,
        )
    )


def mismatches(content: bytes, again: AskedAgain) -> list[Mismatch]:
    """Every number of a document that is wrong, in the order of the text."""
    document: Any = Document(io.BytesIO(content))
    sources = _sources(document)
    found: list[Mismatch] = []
    for paragraph, place in _paragraphs(document):
        for piece in _pieces(paragraph, sources):
            found += _wrong(piece, place, again, _style(paragraph))
    for row, place in _rows(document):
        found += _misplaced(row, place, sources, again)
    return found


def _sources(document: Any) -> dict[str, Source]:
    """Which question each bookmark answers."""
    part = next(one for one in document.part.package.iter_parts() if one.partname == SOURCES)
    root = etree.fromstring(part.blob)
    return {str(one.get("name")): tuple(fact.text or "" for fact in one) for one in root.iter(f"{{{NAMESPACE}}}number")}


def _paragraphs(document: Any) -> Iterator[tuple[Any, str]]:
    """Every paragraph of text, tables, heads and feet, with words for where it stands."""
    heading = ""
    for element in document.element.body.iter(qn("w:p")):
        text = "".join(one.text or "" for one in element.iter(qn("w:t")))
        if _style(element).startswith("Heading"):
            heading = text
        row = next(element.iterancestors(qn("w:tr")), None)
        yield element, _place(heading, text if row is None else _row_text(row))
    for section in document.sections:
        for part in (section.header, section.even_page_header, section.footer, section.even_page_footer):
            for element in part._element.iter(qn("w:p")):
                yield element, _("the head or foot of the page")


def _place(heading: str, text: str) -> str:
    beginning = text if len(text) <= _PLACE else f"{text[:_PLACE]}…"
    return _("“{heading}”: “{text}”", heading=heading, text=beginning) if heading else f"“{beginning}”"


def _row_text(row: Any) -> str:
    cells = ("".join(one.text or "" for one in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc")))
    return " | ".join(cells)


def _style(paragraph: Any) -> str:
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if found is None else str(found.get(qn("w:val")))


def _pieces(paragraph: Any, sources: dict[str, Source]) -> list[Piece]:
    """The paragraph's text in parts: between bookmarks with their source, without the fields that programs count."""
    found: list[Piece] = []
    source: Source | None = None
    for element in paragraph.iter(qn("w:t"), qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
        if element.tag == qn("w:bookmarkStart"):
            source = sources.get(str(element.get(qn("w:name"))), ("",))
            found.append(Piece("", source))
        elif element.tag == qn("w:bookmarkEnd"):
            source = None
            found.append(Piece(""))
        elif not any(parent.tag == qn("w:fldSimple") for parent in element.iterancestors()):
            last = found.pop() if found else Piece("", source)
            found.append(Piece(last.text + (element.text or ""), source))
    return found


def _wrong(piece: Piece, place: str, again: AskedAgain, style: str) -> Iterator[Mismatch]:
    if piece.source is not None:
        right = again.wrong(piece.source, piece.text)
        if right is not None:
            yield Mismatch(piece.text, place, right)
        return
    text = _ORDINAL.sub("", piece.text) if style.startswith("Heading") else piece.text
    for number in NUMBER.findall(_dates().sub("", text)):
        yield Mismatch(number, place, "")


def _dates() -> re.Pattern[str]:
    """A whole date as the reader's language writes it: 2022年7月8日, 8 July 2022 or July 8, 2022."""
    months = "|".join(get_month_names("wide", locale=locale()).values())
    return re.compile(
        rf"\d{{4}}年\d{{1,2}}月\d{{1,2}}日|(?:{months}) \d{{1,2}}, \d{{4}}|\d{{1,2}} (?:{months}) \d{{4}}"
    )


def _rows(document: Any) -> Iterator[tuple[Any, str]]:
    for row in document.element.body.iter(qn("w:tr")):
        yield row, _("the row “{text}”", text=_row_text(row))


def _misplaced(row: Any, place: str, sources: dict[str, Source], again: AskedAgain) -> Iterator[Mismatch]:
    """Numbers of one area in the row of another: right by themselves, but not there."""
    first, *others = row.findall(qn("w:tc"))
    label = "".join(one.text or "" for one in first.iter(qn("w:t")))
    for cell in others:
        for piece in _pieces(cell, sources):
            area = _area(piece.source, again)
            if area and area != label:
                yield Mismatch(piece.text, place, _("a number of {area}", area=label))


def _area(source: Source | None, again: AskedAgain) -> str:
    """The name of the area that a row of areas must have for a number to stand in it; empty where it has none."""
    match source:
        case ("value", name, area, _, _) | ("gap", name, area):
            found = again.answer(name)
        case ("score" | "place" | "change" | "gain", body, _, area):
            found = again.answer(again.indicator(body))
        case (kind, body, _, area, _) if kind.startswith("item "):
            found = again.answer(again.indicator(body))
        case _:
            return ""
    return sentences.area(found, area)
