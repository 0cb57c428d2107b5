"""What a document says, whatever file it becomes: headings, paragraphs, tables and charts. Texts carry their sources."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import plotly.graph_objects as go

from data.store import Store
from queries.answers import PUBLIC, Viewer


@dataclass(frozen=True)
class Question:
    """What a document was made of, so that it can be asked again.

    as_of: what was known at the end of that day counts, None: what is known today; until: the last day of the period that
    the document is about, None: up to what is known.
    """

    store: Store
    as_of: date | None
    today: date
    viewer: Viewer = PUBLIC
    until: date | None = None

    @property
    def known(self) -> date:
        """The day of the data, on which the document is made."""
        return self.as_of or self.today

    @property
    def day(self) -> date:
        """The day that the document describes."""
        return min(self.until or self.known, self.known)


@dataclass(frozen=True)
class Heading:
    """level: 1 for 一、, 2 for （一）; the number is written with the heading."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Cell:
    """text: marked, as a document shows it; number and shape: what a workbook holds instead, exact, in a format of Excel.

    colour: of the text, "#rrggbb".
    """

    text: str
    number: Fraction | None = None
    shape: str = "General"
    colour: str = ""


@dataclass(frozen=True)
class Table:
    """of: what all its rows are about. Tables of one `sheet` with the same header come together in one sheet of a workbook."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sheet: str
    of: str = ""
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class Chart:
    """draw: makes the figure when it is needed."""

    caption: str
    draw: Callable[[], go.Figure]


Block = Heading | Paragraph | Table | Chart


@dataclass(frozen=True)
class Content:
    """A document. name: what its file may be called; notes: below the signature, where the numbers are from."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]
    signature: str
    day: date
    sample: bool

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(one for one in self.blocks if isinstance(one, Table))


@dataclass(frozen=True)
class Form:
    """What the office chooses beside the content. red_head: the issuing office's name above a red line, or none."""

    addressee: str = ""
    red_head: str = ""
