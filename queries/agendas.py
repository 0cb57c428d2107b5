"""The agendas of meetings: which pages are shown, in which order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.store import Store, end_of_day


@dataclass(frozen=True)
class Item:
    """One item: what it is called (None: as its page), the page's link, the slides picked (none: all), minutes planned."""

    title: str | None
    link: str
    parts: tuple[str, ...] = ()
    minutes: int | None = None


@dataclass(frozen=True)
class Agenda:
    """A meeting by its name, with its day where that is known and its items in their order."""

    name: str
    held_on: date | None
    items: tuple[Item, ...]


def agendas(store: Store, as_of: date | None = None) -> Mapping[str, Agenda]:
    """Every agenda by its name, the latest meeting first, those without a day before them."""
    moment = end_of_day(as_of) if as_of else None

    def read() -> dict[str, Agenda]:
        with store.reading(moment) as cursor:
            rows = cursor.execute(
                "select agenda, held_on, title, link, parts, minutes from agenda order by agenda, position"
            ).fetchall()
        found: dict[str, Agenda] = {}
        for name, held_on, title, link, parts, minutes in rows:
            before = found.get(name, Agenda(name, None, ()))
            item = Item(title, link, tuple((parts or "").split()), minutes)
            found[name] = Agenda(name, before.held_on or held_on, (*before.items, item))
        ordered = sorted(found.values(), key=lambda one: (one.held_on or date.max, one.name), reverse=True)
        return {one.name: one for one in ordered}

    return store.remembered(("agendas", store.version_at(moment)), read)


def last_meeting(found: Mapping[str, Agenda], before: date) -> date | None:
    """The day of the latest meeting before a day."""
    return max((one.held_on for one in found.values() if one.held_on and one.held_on < before), default=None)
