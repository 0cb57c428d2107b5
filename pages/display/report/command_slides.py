"""The commands `pptx`, `html` and `pictures`: an agenda, or a single page, without the server."""

import argparse
import logging
from datetime import UTC, datetime
from pathlib import Path

from data.problem import Refused
from data.words import _, language
from pages.display import meeting, pictures, sentences
from pages.display.report import command, pack
from pages.display.report.export import nothing
from pages.display.views import Link, View
from queries.agendas import Agenda, Item, agendas
from queries.opened import shared_for_reading


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    for kind, run, about in (
        ("pptx", _pptx, _("an agenda or a page as PowerPoint slides")),
        ("html", _html, _("an agenda or a page as one file that needs no network")),
        ("pictures", _pictures, _("the charts of an agenda or a page as pictures, into a folder")),
    ):
        parser = commands.add_parser(kind, help=about)
        command.options(parser)
        chosen = parser.add_mutually_exclusive_group(required=True)
        chosen.add_argument("--agenda", metavar="NAME", help=_("an agenda by its name"))
        chosen.add_argument("--page", metavar="LINK", help=_("a page, as in indicator?id=inclusive_share"))
        parser.set_defaults(run=run)
        if kind == "pictures":
            parser.add_argument("--kind", choices=("png", "svg"), default="png", help=_("kind of picture"))


def _pptx(given: argparse.Namespace) -> int:
    agenda, view = _asked(given)
    return command.write(given, f"{_name(agenda)}.pptx", meeting.deck(agenda, view, nothing))


def _html(given: argparse.Namespace) -> int:
    agenda, view = _asked(given)
    return command.write(given, f"{_name(agenda)}.html", pack.made(agenda, view))


def _pictures(given: argparse.Namespace) -> int:
    agenda, view = _asked(given)
    drawn = meeting.figures(agenda, view)
    if not drawn:
        raise Refused(_("There is no chart in “{name}”.", name=_name(agenda)))
    state = sentences.state(view.as_of or view.today, view.version)
    for file in pictures.write(drawn, given.out or Path(_name(agenda)), kinds=[given.kind], state=state):
        print(file)
    return 0


def _asked(given: argparse.Namespace) -> tuple[Agenda, View]:
    """The agenda, or one of a single page, and the view that it is shown in."""
    # What pages draw is kept for nobody here, of which Streamlit would warn.
    logging.getLogger("streamlit.runtime.caching.cache_data_api").addFilter(lambda _record: False)
    asked = command.question(given)
    store = shared_for_reading()
    view = View(store.version, given.as_of, language(), datetime.now(UTC).astimezone().date(), asked.viewer)
    locked = meeting.locked(view, internal=given.internal)
    if given.page:
        return Agenda("", None, (Item(None, given.page),)), locked
    found = agendas(store)
    if given.agenda not in found:
        known = ", ".join(found) or _("none")
        raise Refused(_("There is no agenda “{name}”. Known are: {known}", name=given.agenda, known=known))
    return found[given.agenda], locked


def _name(agenda: Agenda) -> str:
    """What the file is called, of a single page by its address; no name is a path."""
    return pictures.names([agenda.name or Link.of(agenda.items[0].link).page or "overview"])[0]
