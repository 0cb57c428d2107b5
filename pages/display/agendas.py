"""An agenda between the store, the table that a person edits, and the file that is published."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from data.contract import Field, contracts
from data.words import N_, _
from pages.display import entered, numbers, sentences
from pages.display.views import Link
from queries import answers
from queries.agendas import Agenda, Item, last_meeting

# No agenda is called like this, as names are trimmed.
NEW = " "
# What an item is given until somebody says otherwise.
MINUTES = 5
# What the table asks for; the meeting's name and day hold for all rows and are asked once.
COLUMNS = ("position", "title", "link", "parts", "minutes")

Row = Mapping[str, Any]

# What most meetings begin with. The page of changes is asked for from the last meeting on.
READY = (("decisions", N_("Open decisions")), ("overview", N_("Overview")))


def fields() -> tuple[Field, ...]:
    return tuple(one for one in contracts()["agenda"].fields if one.name in COLUMNS)


def begun(found: Mapping[str, Agenda], held_on: date | None, today: date) -> tuple[Item, ...]:
    """The ready items of a new agenda: what changed since the last meeting, decisions that are open, the overview."""
    ready = [Item(_(title), page, (), MINUTES) for page, title in READY]
    before = last_meeting(found, held_on or today)
    if before:
        title = _("What changed since {day}", day=numbers.day(before))
        ready.insert(0, Item(title, str(Link("changes", {"from": before.isoformat()})), (), MINUTES))
    return tuple(ready)


def rows(items: Sequence[Item], added: str | None = None) -> pd.DataFrame:
    """The items as a table to edit, that of the link `added` below them."""
    every = [*items, *([Item(None, added, (), MINUTES)] if added else [])]
    return pd.DataFrame(
        {
            "position": pd.Series(range(1, len(every) + 1), dtype="float64"),
            "title": pd.Series([one.title or "" for one in every], dtype="object"),
            "link": pd.Series([one.link for one in every], dtype="object"),
            "parts": pd.Series([" ".join(one.parts) for one in every], dtype="object"),
            "minutes": pd.Series([one.minutes for one in every], dtype="float64"),
        }
    )


def items(edited: Sequence[Row]) -> tuple[Item, ...]:
    """The rows of the edited table as items, in the order of their places; rows without a link are left out."""
    filled = [row for row in edited if row.get("link")]
    ordered = sorted(filled, key=lambda row: row.get("position") or len(filled) + 1)
    return tuple(
        Item(
            row.get("title") or None,
            str(Link.of(str(row["link"]))),  # whether it was copied whole from a browser or not
            tuple(str(row.get("parts") or "").split()),
            int(row["minutes"]) if row.get("minutes") else None,
        )
        for row in ordered
    )


def content(name: str, held_on: date | None, listed: Sequence[Item]) -> bytes:
    """An agenda as a file of its dataset."""
    made = [
        {
            "agenda": name,
            "held_on": held_on,
            "position": place,
            "title": one.title,
            "link": one.link,
            "parts": " ".join(one.parts),
            "minutes": one.minutes,
        }
        for place, one in enumerate(listed, 1)
    ]
    return entered.content(contracts()["agenda"], *made)


def problems(listed: Sequence[Item]) -> list[str]:
    """What stands against items: pages that do not exist, or that show nothing."""
    found = []
    for place, one in enumerate(listed, 1):
        file = Link.of(one.link).file
        if file is None:
            found.append(_("Item {place}: there is no page “{page}”.", place=place, page=one.link))
        elif not file.recordable:
            found.append(_("Item {place}: “{page}” is for entering data.", place=place, page=_(file.title)))
    return found


def told(one: Item) -> str:
    """An item in words: its title, else its page's, with the indicator that it is about where everybody may see that."""
    link = Link.of(one.link)
    if one.title or link.file is None:
        return one.title or one.link
    known = answers.visible(answers.PUBLIC).get(link.parameters.get("id", ""))
    return f"{_(link.file.title)} · {sentences.title(known)}" if known else _(link.file.title)
