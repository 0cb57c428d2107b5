"""What all commands that write a document share: their options, the store, and where the file goes."""

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path

from data import terminal, words
from data.problem import Refused
from data.words import _
from pages.display.report.content import Question
from queries import answers
from queries.opened import readable_store


def options(parser: argparse.ArgumentParser) -> None:
    """The options of every document."""
    parser.add_argument("--out", metavar="FILE", type=Path, help=_("write to this file"))
    parser.add_argument("--as-of", metavar="YYYY-MM-DD", type=terminal.day, help=_("as of the end of that day"))
    parser.add_argument("--lang", choices=words.languages(), help=_("language of the document"))
    parser.add_argument("--internal", action="store_true", help=_("with internal records, for staff only"))


def of_period(parser: argparse.ArgumentParser) -> None:
    """The option of documents about a period."""
    parser.add_argument("--until", metavar="YYYY-MM-DD", type=terminal.day, help=_("about the periods up to that day"))


def question(given: argparse.Namespace) -> Question:
    """What is asked, in the language that is asked for; internal records need an installation of staff."""
    if given.lang:
        words.use(given.lang)
    viewer = answers.viewer_from_environment()
    if given.internal and not viewer.internal:
        raise Refused(_("Internal records are for an installation of staff only: set QUALITY_INTERNAL=1."))
    until = getattr(given, "until", None)
    return Question(readable_store(), given.as_of, date.today(), replace(viewer, internal=given.internal), until)


def write(given: argparse.Namespace, name: str, content: bytes) -> int:
    """Writes the file, by its own name where no other is given, and says where it is."""
    file = given.out or Path(name)
    try:
        file.write_bytes(content)
    except OSError as error:
        reason = _(error.strerror) if error.strerror else str(error)
        raise Refused(_("{file} cannot be written: {reason}", file=file, reason=reason)) from error
    print(file)
    return 0
