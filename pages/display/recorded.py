"""What a page shows, as objects: its script run without a browser, for meetings, documents and pictures.

A page asks and draws through `show` and `show_choices` only; while it is recorded these keep what it draws and take its
choices from the link, so that every page can be presented and printed without another line of code.
"""

import logging
from collections.abc import Mapping
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import CodeType

import plotly.graph_objects as go

from data import words
from data.problem import Refused
from data.words import _
from pages.display.views import Link, View

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Figure:
    """A chart; `name` is what a file of it is called."""

    name: str
    drawn: go.Figure


@dataclass(frozen=True)
class Fragment:
    """A piece of HTML; `name` is its template's."""

    name: str
    html: str


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Note:
    """A sentence, mostly why there is nothing to draw."""

    text: str


Shown = Figure | Fragment | Heading | Note


@dataclass(frozen=True)
class Recording:
    """What a page showed, in its order, or why it could not be shown. title: the page's, in the reader's language."""

    link: Link
    title: str
    shown: tuple[Shown, ...] = ()
    gone: str = ""

    @property
    def drawn(self) -> bool:
        """Whether there is anything but a sentence that says why there is not."""
        return any(isinstance(one, Figure | Fragment) and one.name != "captions" for one in self.shown)


@dataclass
class Page:
    """The page that is being recorded."""

    view: View
    parameters: Mapping[str, str]
    shown: list[Shown] = field(default_factory=list)


class End(Exception):
    """The page has said all that it has to say."""


class Gone(Exception):
    """The link asks for something that does not exist."""


_current: ContextVar[Page | None] = ContextVar("recorded", default=None)


def current() -> Page | None:
    """The page that is being recorded in this context, if one is."""
    return _current.get()


def record(link: Link, view: View) -> Recording:
    """Runs the page of a link; what goes wrong with it is said in the recording and ends nothing else."""
    return copy_context().run(_record, link, view)


def _record(link: Link, view: View) -> Recording:
    words.use(view.language)
    file = link.file
    if file is None:
        return Recording(link, str(link), gone=_("There is no page “{page}”.", page=link.page))
    title = _(file.title)
    if not file.recordable:
        return Recording(
            link, title, gone=_("The page “{page}” is for entering data; it cannot be presented.", page=title)
        )
    page = Page(view, link.parameters)
    _current.set(page)
    try:
        exec(_code(file.path), {"__name__": "__main__", "__file__": str(file.path)})  # noqa: S102 - a page of ours
    except End:
        pass
    except (Gone, Refused) as error:
        return Recording(link, title, gone=str(error))
    except Exception:
        logger.exception("The page %s could not be recorded", link)
        return Recording(link, title, gone=_("The page “{page}” could not be drawn; the log says why.", page=title))
    return Recording(link, title, tuple(page.shown))


@cache
def _code(path: Path) -> CodeType:
    return compile(path.read_text(encoding="utf-8"), str(path), "exec")
