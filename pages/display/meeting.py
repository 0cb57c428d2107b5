"""A meeting: its agenda as slides, each item's page recorded at the moment that the meeting is locked to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import plotly.graph_objects as go

from data.intake import Progress
from data.store import Moment, utc_now
from data.words import N_, _, language
from pages.display import agendas, numbers, pictures, recorded, slides, tables
from pages.display.report import deck as decks
from pages.display.slides import Slide
from pages.display.views import Link, View
from queries import answers
from queries.agendas import Agenda, Item
from queries.opened import shared_store

STAGE = Path(__file__).parent / "stage"
# A chart is drawn for a stage of this size, in pixels, which grows to the screen's; so does its type.
WIDTH, HEIGHT, TYPE_SCALE = 1280, 560, 1.35
# A chart that is higher than the stage by more than this is not pressed into it, but shown in pieces, its type this large.
STRETCH, TALL_SCALE = 1.2, 1.15

KEYS = (
    ("→ ↓ PageDown", N_("next")),
    ("← ↑ PageUp", N_("back")),
    ("J", N_("list of slides")),
    ("B .", N_("black screen, and back")),
    ("L", N_("light or dark")),
    ("F", N_("full screen")),
    ("D", N_("note a decision on the indicator that is shown")),
    ("Home End", N_("first and last slide")),
    ("Esc", N_("leave")),
    ("?", N_("these keys")),
)


@dataclass(frozen=True)
class Shown:
    """A slide within its item of the agenda, which two items may be called alike; place: the item's."""

    item: Item
    title: str
    slide: Slide
    link: Link
    place: int


def locked(view: View, moment: datetime | None = None, *, internal: bool) -> View:
    """The view of a meeting: what was known at the moment, without internal figures unless the presenter asks.

    moment: in UTC; None, or one that lies ahead, for the end of the view's own day, at most now.
    """
    moment = min(moment or view.moment or utc_now(), utc_now())
    shown = view.viewer if internal else answers.PUBLIC
    return replace(view, as_of=Moment.of(moment), version=shared_store().version_at(moment), viewer=shown)


def shown(agenda: Agenda, view: View, report: Progress) -> tuple[tuple[Shown, ...], tuple[Item, ...]]:
    """The slides of an agenda, and the items that are left out because the viewer may not see them."""
    made: list[Shown] = []
    left_out: list[Item] = []
    for number, item in enumerate(agenda.items):
        report(number / len(agenda.items), agendas.told(item))
        own = of_item(item, view, number)
        made.extend(own)
        if not own:
            left_out.append(item)
    report(1.0, "")
    return tuple(made), tuple(left_out)


def of_item(item: Item, view: View, place: int = 0) -> tuple[Shown, ...]:
    """The slides of one item; none where its page is for staff only."""
    link = Link.of(item.link)
    found = _recorded(link, view)
    if _is_internal(link, found, view):
        return ()
    every = slides.of_page(found, sample=answers.any_sample(shared_store(), view.as_of))
    chosen = slides.picked(every, item.parts) or (_nothing(found, item),)
    return tuple(Shown(item, agendas.told(item), one, link, place) for one in chosen)


def figures(agenda: Agenda, view: View) -> dict[str, go.Figure]:
    """The charts of an agenda by their names, with their titles and sources; those that slides are picked from if any."""
    found: dict[str, go.Figure] = {}
    for item in agenda.items:
        for one in _recorded(Link.of(item.link), view).shown:
            if isinstance(one, recorded.Figure) and (not item.parts or one.name in item.parts):
                found[one.name] = one.drawn
    return found


def _recorded(link: Link, view: View) -> recorded.Recording:
    # All moments of a day at which the same was known show the same.
    day = view.as_of.isoformat() if view.as_of else None
    key = ("recording", str(link), view.version, day, view.language, view.today, view.viewer)
    return shared_store().remembered(key, lambda: recorded.record(link, view))


def _is_internal(link: Link, found: recorded.Recording, view: View) -> bool:
    """Whether the page shows nothing to this viewer, but something to staff."""
    if found.drawn or view.viewer.internal:
        return False
    staff = replace(view, viewer=answers.Viewer(internal=True))
    return _recorded(link, staff).drawn


def _nothing(found: recorded.Recording, item: Item) -> Slide:
    """What is said where none of the slides that an agenda picks exists any more."""
    names = ", ".join(item.parts)
    return Slide("gone", found.title, sentences=(_("The page has nothing called {names} any more.", names=names),))


def deck(agenda: Agenda, view: View, report: Progress) -> bytes:
    """The agenda as a PowerPoint file. The first half of the progress is the pages, the second the slides."""
    shown_slides, _left_out = shown(agenda, view, lambda share, doing: report(share / 2, doing))
    made = [part for one in shown_slides for part in slides.written(one.slide)]
    title = agenda.name or (shown_slides[0].title if shown_slides else "")
    day = view.as_of or view.today
    return decks.deck(
        title, made, version=version(view), day=day, progress=lambda share, doing: report(0.5 + share / 2, doing)
    )


def stage(shown: Sequence[Shown], view: View, *, alive: bool = False) -> Iterator[dict[str, Any]]:
    """The slides as the stage's script takes them. alive: charts as Plotly's own, for a file that carries Plotly."""
    for one in shown:
        yield {
            "item": one.place,
            "part": one.title,
            "minutes": one.item.minutes,
            "title": one.slide.title,
            "footing": one.slide.footing,
            "sample": one.slide.sample,
            "decide": None if alive else _decide(one.link),  # a file leads to no page
            **_content(one.slide, alive=alive),
        }


def _content(slide: Slide, *, alive: bool) -> dict[str, Any]:
    if slide.figure is not None and alive:
        return {"chart": slide.figure.to_plotly_json()}
    if slide.figure is not None:
        return {"svg": pictures.bare(slide.figure, WIDTH, _height(slide.figure), type_scale=TYPE_SCALE)}
    return {"html": slide.html} if slide.html else {"sentences": list(slide.sentences)}


def _height(figure: go.Figure) -> int:
    """A stage's height, or more for a chart of so many rows that their names would be too small; the stage turns its pages."""
    needed = int(figure.layout.height)
    return HEIGHT if needed <= HEIGHT * STRETCH else round(needed * TALL_SCALE)


def _decide(link: Link) -> str | None:
    """Where a decision on what is shown is noted; None where no single indicator is shown."""
    indicator = link.parameters.get("id") if link.page == "indicator" else None
    return tables.link("decisions", indicator=indicator) if indicator else None


def version(view: View) -> str:
    """The state of the data that a meeting shows, in words: its number and its moment."""
    when = numbers.minute((view.moment or utc_now()).replace(tzinfo=UTC))
    return _("data version {number} of {moment}", number=view.version, moment=when)


def words() -> dict[str, Any]:
    """The stage's own words."""
    return {
        "sample": _("sample data"),
        "item": _("item"),
        "meeting": _("meeting"),
        "list": _("Slides"),
        "blank": _("Black"),
        "light": _("Light/dark"),
        "full": _("Full screen"),
        "decide": _("Note a decision"),
        "leave": _("Leave"),
        "keys": [[keys, _(does)] for keys, does in KEYS],
    }


def frame(agenda: Agenda, view: View, left_out: Sequence[Item]) -> dict[str, Any]:
    """What the stage's script wants beside the slides. left_out: the items that this viewer does not see."""
    names = _(", ").join(agendas.told(item) for item in left_out)
    return {
        "title": agenda.name,
        "lang": language().replace("_", "-"),
        "version": version(view),
        "words": words(),
        "leftOut": _("Left out, as internal: {items}", items=names) if names else "",
    }


@cache
def asset(name: str) -> str:
    """A file of the stage."""
    return (STAGE / name).read_text(encoding="utf-8")
