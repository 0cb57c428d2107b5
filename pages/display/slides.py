"""One thing that is shown in a meeting or handed out: a conclusion, the chart or the words behind it, where it is from.

A page becomes slides by itself: every chart is one, and what stands between charts is one for each of its headings.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import plotly.graph_objects as go
from lxml import html as markup
from lxml.html import HtmlElement

from data.handed_out import Table
from pages.display import figures, recorded

# What explains a page's figures to somebody who reads at a desk; within a template the class `at-desk` says so of a part.
FOR_READING = frozenset({"evidence", "carried_line", "notice"})
# Of the sources below charts only the heading is kept: every chart names its own.
ONLY_HEADINGS = frozenset({"captions"})

# Words beside a table that are no longer than this stand at its foot instead of on a slide of their own.
REMARK = 120


@dataclass(frozen=True)
class Slide:
    """A title in words and, below it, a chart, a table, sentences or a page's own words; at the foot unit, source and date.

    figure: without its own title and foot; html: what a page shows, escaped; name: what a file of it may be called, and by
    which an agenda picks it; sample: whether it shows invented data.
    """

    name: str
    title: str
    footing: str = ""
    sample: bool = False
    figure: go.Figure | None = None
    table: Table | None = None
    sentences: tuple[str, ...] = ()
    html: str = ""


def of_figure(name: str, drawn: go.Figure) -> Slide:
    """A chart of a page as a slide."""
    bare = figures.undressed(drawn)
    return Slide(name, bare.title, bare.footing, bare.sample, bare.figure)


def of_page(found: recorded.Recording, *, sample: bool) -> tuple[Slide, ...]:
    """The slides of a page; of one that could not be shown, a slide that says why. sample: of what is no chart."""
    if found.gone:
        return (Slide("gone", found.title, sentences=(found.gone,)),)
    made: list[Slide] = []
    for one in found.shown:
        match one:
            case recorded.Figure():
                made.append(of_figure(one.name, one.drawn))
            case recorded.Note():
                made.append(Slide("note", found.title, sentences=(one.text,)))
            case recorded.Heading():
                made.append(Slide("heading", one.text))
            case recorded.Fragment() if one.name not in FOR_READING:
                made.extend(replace(part, sample=sample) for part in _of_fragment(one))
    return tuple(_numbered(_titled(made, found.title)))


def picked(every: Sequence[Slide], names: Sequence[str]) -> tuple[Slide, ...]:
    """The slides of these names, in the page's order; all of them where none is named."""
    return tuple(one for one in every if not names or one.name in names or one.name == "gone")


def _of_fragment(one: recorded.Fragment) -> Iterator[Slide]:
    """A piece for every heading of the fragment, and one for what stands before the first of them.

    That one is titled by what its template calls it (`data-title`) or by the conclusion that it begins with.
    """
    body = markup.fragment_fromstring(one.html, create_parent="div")
    for hint in body.xpath(".//*[@class='at-desk']"):
        hint.drop_tree()
    blocks = [part for block in body for part in (block if block.get("class") == "qd" else [block])]
    pieces: list[tuple[str, list[HtmlElement]]] = [(" ".join(body.xpath("./div/@data-title")), [])]
    for element in blocks:
        if element.tag == "h2":
            pieces.append((_text(element), []))
        elif _concludes(element) and pieces[-1] == ("", []):
            pieces[-1] = (_text(element), [])
        else:
            pieces[-1][1].append(element)
    for heading, elements in pieces:
        said = "".join(markup.tostring(element, encoding="unicode") for element in elements)
        yield Slide(one.name, heading, html="" if one.name in ONLY_HEADINGS else said)


def _concludes(element: HtmlElement) -> bool:
    """Whether it is a paragraph in bold type throughout: what a page says before its tables and charts."""
    bold = element[0] if element.tag == "p" and len(element) == 1 and element[0].tag == "b" else None
    return bold is not None and _text(bold) == _text(element)


def _titled(made: Iterable[Slide], title: str) -> Iterator[Slide]:
    """Without empty pieces: what has no title of its own has that of the heading above it, else the page's."""
    heading = title
    for one in made:
        if one.figure is not None or one.sentences:
            yield one
        elif _says_something(one.html):
            yield replace(one, title=one.title or heading)
        else:
            heading = one.title or heading


def _says_something(html: str) -> bool:
    """Whether there is more than what leads elsewhere and what the page does not open by itself."""
    if not html:
        return False
    told = markup.fragment_fromstring(html, create_parent="div")
    return any(text.strip() for text in told.xpath(f".//text()[not(parent::style or ancestor::a) and not({_CLOSED})]"))


def _numbered(made: Iterable[Slide]) -> Iterator[Slide]:
    """Names that are met again get a number, so that each names one slide."""
    met: dict[str, int] = {}
    for one in made:
        met[one.name] = met.get(one.name, 0) + 1
        yield one if met[one.name] == 1 else replace(one, name=f"{one.name}-{met[one.name]}")


def written(slide: Slide) -> Iterator[Slide]:
    """The slide without HTML, for files that know none: its sentences, and a slide for each of its tables."""
    if not slide.html:
        yield slide
        return
    told = markup.fragment_fromstring(slide.html, create_parent="div")
    sentences = tuple(filter(None, (_text(one) for one in told.xpath(_SENTENCES))))
    tables = [
        found for found in (_table(one, slide.name) for one in told.xpath(f".//table[not({_CLOSED})]")) if found.rows
    ]
    remark = " ".join(sentences)
    if tables and len(remark) <= REMARK:
        slide, sentences = replace(slide, footing=slide.footing or remark), ()
    if sentences or not tables:
        yield replace(slide, html="", sentences=sentences)
    for number, found in enumerate(tables, 1):
        name = slide.name if number == 1 and not sentences else f"{slide.name}-table-{number}"
        yield replace(slide, name=name, html="", table=found)


_CLOSED = "ancestor::details[not(@open)]"
# Words that stand by themselves; not those within tables, nor those that lead to another order or another day.
_SENTENCES = (
    "(.//p | .//li | .//*[contains(concat(' ', @class, ' '), ' card ')] | .//*[@class='panel'] | .//dt | .//dd | .//h3)"
    f"[not(ancestor::table) and not({_CLOSED}) and not(a[contains(@class, 'item')])]"
)


def _table(found: HtmlElement, name: str) -> Table:
    lines = [[_text(cell) for cell in line.xpath("./th | ./td")] for line in found.iter("tr")]
    wide = max(map(len, lines), default=0)
    header, *rows = [tuple(line + [""] * (wide - len(line))) for line in lines] or [()]
    return Table(name, header, rows)


def _text(element: HtmlElement) -> str:
    """An element's words in one line, its pieces apart."""
    return " ".join(" ".join(element.itertext()).split())
