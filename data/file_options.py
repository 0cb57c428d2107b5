"""How a command line names a file and says what is meant by it, the same in every room that takes one."""

import argparse
import os
from pathlib import Path

from data import mapping, prepare
from data.contract import contracts
from data.intake import Said
from data.problem import Refused
from data.reading import MAX_BYTES
from data.words import N_, _


def _pair(text: str) -> tuple[str, str]:
    """`field=value` as it stands on the command line."""
    name, equals, value = text.partition("=")
    if not (name.strip() and equals and value.strip()):
        raise argparse.ArgumentTypeError(_("“{text}” is not of the form field=value", text=text))
    return name.strip(), value.strip()


def _pairs(text: str) -> list[tuple[str, str]]:
    return [_pair(part) for part in text.replace("，", ",").split(",")]


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the file, and what may be said of it, to a command."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--dataset", metavar="D", help=", ".join(contracts()))
    parser.add_argument("--sheet", metavar="NAME", help=_("which table of a workbook or archive, or “all”"))
    parser.add_argument(
        "--set", metavar="FIELD=VALUE", type=_pair, action="append", default=[], help=_("what holds for the whole file")
    )
    parser.add_argument(
        "--mapping", metavar="FILE", type=Path, help=_("what the columns mean: the “mapping” of `check --json`")
    )
    parser.add_argument(
        "--replace",
        metavar="FIELD=VALUE,…",
        type=_pairs,
        default=[],
        help=_("the file replaces all rows of this scope"),
    )


def said(given: argparse.Namespace) -> Said:
    """What the options say of the file; `Refused` where its mapping cannot be read."""
    columns = None
    if given.mapping:
        columns = mapping.from_json(_read(given.mapping).decode("utf-8-sig", "replace"))
    accept, note = getattr(given, "accept_warnings", False), getattr(given, "note", None)
    return Said(columns, dict(given.set), given.sheet, dict(given.replace), accept, note)


# What the system says of a file it cannot open, in its own words, for the catalogue of translations.
REASONS = (N_("No such file or directory"), N_("Is a directory"), N_("Permission denied"))


def content(given: argparse.Namespace) -> bytes:
    """The file's bytes; `Refused` where it cannot be read, or a dataset is named that does not exist."""
    prepare.refuse_unknown(given.dataset, list(contracts()))
    return _read(given.file)


def _read(file: Path) -> bytes:
    """A file's bytes; of one that is too large no more than it takes to refuse it."""
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise Refused(_("{file} cannot be read: {reason}", file=file, reason=reason(error))) from error


def reason(error: OSError) -> str:
    """Why the system did not open a file, in the reader's language."""
    return _(error.strerror) if error.strerror else str(error)


def file_name(given: argparse.Namespace) -> str:
    """The file's name as text, even where the system gave bytes of another encoding."""
    return os.fsencode(given.file.name).decode("utf-8", "replace")
