"""The data room from a terminal: `python -m data check|publish|uploads|withdraw|prepare|clear-samples`.

Exit status: 0 fine, 1 problems in the file (all of them listed), 2 wrong use or the store cannot be used.
"""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from data import intake, prepare, words
from data.contract import contracts
from data.problem import BrokenConfiguration, Refused
from data.store import withdraw
from data.uploads import history
from data.words import N_, _, n_

FINE, PROBLEMS, WRONG_USE = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    words.use(words.from_environment())
    try:
        given = _parser().parse_args(arguments)
        return int(given.run(given))
    except (Refused, BrokenConfiguration) as refusal:
        print(refusal, file=sys.stderr)
        return WRONG_USE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data", description=_("Check, publish and withdraw files."))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str, *options: str) -> None:
        sub = commands.add_parser(name, help=text, description=text)
        for option in options:
            _OPTIONS[option](sub)
        sub.set_defaults(run=run)

    command("check", _check, _("look at a file and store nothing"), "file", "dataset", "json")
    command("publish", _publish, _("publish all rows of a file, or none"), "file", "dataset", "by", "json")
    command("uploads", _uploads, _("list the uploads, the newest first"), "json")
    command("withdraw", _withdraw, _("take an upload back; what it replaced counts again"), "id", "by")
    command("prepare", _prepare, _("make the store with sample data if it holds nothing yet"))
    command("clear-samples", _clear_samples, _("withdraw all sample data"), "by")
    return parser


_OPTIONS: dict[str, Callable[[argparse.ArgumentParser], object]] = {
    "file": lambda parser: parser.add_argument("file", type=Path, metavar="FILE"),
    "id": lambda parser: parser.add_argument("id", type=int, metavar="ID"),
    "dataset": lambda parser: parser.add_argument("--dataset", metavar="D", help=", ".join(contracts())),
    "by": lambda parser: parser.add_argument("--by", metavar="NAME", help=_("who answers for the file")),
    "json": lambda parser: parser.add_argument("--json", action="store_true", help=_("answer in JSON")),
}


def _check(given: argparse.Namespace) -> int:
    content = _content(given)
    return _answer(given, intake.check(prepare.readable(), content, _file_name(given), given.dataset))


def _publish(given: argparse.Namespace) -> int:
    content = _content(given)
    store = prepare.opened()
    checked = intake.publish(
        store, content, _file_name(given), given.dataset, by=_name(given), progress=_progress(given)
    )
    store.close()
    return _answer(given, checked)


# What the system says of a file it cannot open, in its own words, for the catalogue of translations.
REASONS = (N_("No such file or directory"), N_("Is a directory"), N_("Permission denied"))


def _content(given: argparse.Namespace) -> bytes:
    prepare.refuse_unknown(given.dataset, list(contracts()))
    try:
        return bytes(given.file.read_bytes())
    except OSError as error:
        raise Refused(_("{file} cannot be read: {reason}", file=given.file, reason=_(error.strerror or ""))) from error


def _file_name(given: argparse.Namespace) -> str:
    """The file's name as text, even where the system gave bytes of another encoding."""
    return os.fsencode(given.file.name).decode("utf-8", "replace")


def _answer(given: argparse.Namespace, checked: intake.Checked) -> int:
    if given.json:
        print(json.dumps(checked.as_dict(), ensure_ascii=False))
        return PROBLEMS if checked.problems else FINE
    for problem in checked.problems:
        place = _("row {row}", row=problem.row) if problem.row else _("file")
        print(
            _(
                "{place}, {column}: found {found}; expected {expected}",
                place=place,
                column=problem.column or "-",
                found=problem.found,
                expected=problem.expected,
            )
        )
    if checked.dropped:
        print(_("left out, because it names persons: {columns}", columns=", ".join(checked.dropped)))
    if checked.problems:
        print(
            n_("{count} problem; nothing was stored.", "{count} problems; nothing was stored.", len(checked.problems))
        )
    elif checked.upload:
        print(
            _(
                "Published {rows} rows of {dataset} as upload {id}.",
                rows=checked.rows,
                dataset=checked.dataset,
                id=checked.upload,
            )
        )
    else:
        print(_("{rows} rows of {dataset} are fine; nothing was stored.", rows=checked.rows, dataset=checked.dataset))
    return PROBLEMS if checked.problems else FINE


def _uploads(given: argparse.Namespace) -> int:
    listed = history(prepare.readable())
    if given.json:
        print(json.dumps([upload.as_dict() for upload in listed], ensure_ascii=False))
        return FINE
    for upload in listed:
        state = _("withdrawn") if upload.withdrawn_at else _("counts")
        moment = upload.published_at.astimezone().strftime("%Y-%m-%d %H:%M")
        mark = _(" (sample data)") if upload.sample else ""
        print(
            f"{upload.upload_id:>5}  {moment}  {upload.dataset}  {upload.rows}  {upload.file_name}{mark}  {upload.uploader}  {state}"
        )
    return FINE


def _withdraw(given: argparse.Namespace) -> int:
    store = prepare.opened()
    withdraw(store, given.id, _name(given))
    store.close()
    print(_("Upload {id} is withdrawn; the rows it replaced count again.", id=given.id))
    return FINE


def _prepare(_given: argparse.Namespace) -> int:
    store = prepare.opened()
    if not prepare.has_data(store):
        print(_("Building the store {path} with sample data …", path=store.path), flush=True)
        prepare.add_samples(store, lambda text: print("  " + text, flush=True))
    store.close()
    return FINE


def _clear_samples(given: argparse.Namespace) -> int:
    store = prepare.opened()
    count = prepare.clear_samples(store, _name(given))
    store.close()
    print(n_("{count} upload of sample data is withdrawn.", "{count} uploads of sample data are withdrawn.", count))
    return FINE


def _name(given: argparse.Namespace) -> str:
    return str(given.by or getpass.getuser())


def _progress(given: argparse.Namespace) -> intake.Progress:
    if given.json or not sys.stderr.isatty():
        return intake.silent
    return lambda share, what: print(
        f"\r{share:4.0%} {what:<30}", end="" if share < 1 else "\n", file=sys.stderr, flush=True
    )


if __name__ == "__main__":
    sys.exit(main())
