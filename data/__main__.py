"""The data room from a terminal: `python -m data check|publish|uploads|withdraw|restore|export|template|diff|…`.

Exit status: 0 fine, 1 problems in the file (all of them listed), 2 wrong use or the store cannot be used.
"""

import argparse
import getpass
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from data import changes, exported, file_options, intake, mapping, prepare, preview, readers, templates, terminal
from data.contract import contracts
from data.problem import Note, Problem, Refused, Warned
from data.store import end_of_day, restore, withdraw
from data.uploads import history
from data.words import _, n_

FINE, PROBLEMS = 0, 1
EVERY_TABLE = "all"
# So many changed values are printed; JSON has more.
SHOWN_CHANGES = 20


def main(arguments: list[str] | None = None) -> int:
    return terminal.run(_parser, arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data", description=_("Check, publish and withdraw files."))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str, *options: str) -> None:
        sub = commands.add_parser(name, help=text, description=text)
        for option in (*options, "json"):
            _OPTIONS[option](sub)
        sub.set_defaults(run=run)

    command("check", _check, _("look at a file and store nothing"), "file")
    command("publish", _publish, _("publish all rows of a file, or none"), "file", "accept", "note", "by")
    command("uploads", _uploads, _("list the uploads, the newest first"))
    command("withdraw", _withdraw, _("take an upload back; what it replaced counts again"), "id", "by")
    command("restore", _restore, _("let a withdrawn upload count again"), "id", "by")
    command("export", _export, _("hand out the current rows of a dataset"), "named", "as_of", "form", "output")
    command(
        "template", _template, _("hand out an empty file of a dataset, with an example row"), "named", "form", "output"
    )
    command("diff", _diff, _("what changed between the ends of two days"), "from", "to")
    command("prepare", _prepare, _("make the store with sample data if it holds nothing yet"))
    command("clear-samples", _clear_samples, _("withdraw all sample data"), "by")
    return parser


# An option by its name here → how it is added to a command.
_OPTIONS: dict[str, Callable[[argparse.ArgumentParser], object]] = {
    "file": file_options.add,
    "id": lambda parser: parser.add_argument("id", type=int, metavar="ID"),
    "named": lambda parser: parser.add_argument("dataset", metavar="DATASET", help=", ".join(contracts())),
    "from": lambda parser: parser.add_argument("earlier", metavar="FROM", type=terminal.day),
    "to": lambda parser: parser.add_argument("later", metavar="TO", type=terminal.day),
    "accept": lambda parser: parser.add_argument(
        "--accept-warnings",
        action="store_true",
        help=_("publish although there are warnings; they are kept with the name"),
    ),
    "note": lambda parser: parser.add_argument("--note", metavar="TEXT", help=_("a remark for the history")),
    "by": lambda parser: parser.add_argument("--by", metavar="NAME", help=_("who answers for the file")),
    "as_of": lambda parser: parser.add_argument(
        "--as-of", metavar="YYYY-MM-DD", type=terminal.day, help=_("as of the end of that day")
    ),
    "form": lambda parser: parser.add_argument("--format", choices=("csv", "xlsx"), default="csv"),
    "output": lambda parser: parser.add_argument("--output", metavar="FILE", type=Path, help=_("write to this file")),
    "json": lambda parser: parser.add_argument("--json", action="store_true", help=_("answer in JSON")),
}


def _check(given: argparse.Namespace) -> int:
    content = file_options.content(given)
    if given.sheet == EVERY_TABLE:
        # Each table is stored on trial, so that those after it see its rows.
        found = intake.check_all(
            prepare.to_try_on(), content, file_options.file_name(given), given.dataset, file_options.said(given)
        )
        return _answer(given, *found)
    checked = intake.check(
        prepare.readable(), content, file_options.file_name(given), given.dataset, said=file_options.said(given)
    )
    return _answer(given, checked)


def _publish(given: argparse.Namespace) -> int:
    content, said = file_options.content(given), file_options.said(given)
    store = prepare.opened()
    try:
        if given.sheet == EVERY_TABLE:
            found = intake.publish_all(
                store, content, file_options.file_name(given), given.dataset, by=_name(given), said=said
            )
            return _answer(given, *found)
        checked = intake.publish(
            store,
            content,
            file_options.file_name(given),
            given.dataset,
            by=_name(given),
            progress=_progress(given),
            said=said,
            compared=True,
        )
    finally:
        store.close()
    return _answer(given, checked)


def _answer(given: argparse.Namespace, *looked: intake.Checked) -> int:
    """Says what was found in a table, or in every table of a file: in JSON an object, or a list of them."""
    found = [_told(one) for one in looked]
    if given.json:
        documents = [one.as_dict() for one in found]
        print(json.dumps(documents if given.sheet == EVERY_TABLE else documents[0], ensure_ascii=False, default=str))
    else:
        for one in found:
            _say(given, one)
    return max(_status(given, one) for one in found)


def _status(given: argparse.Namespace, checked: intake.Checked) -> int:
    stopped = given.run is _publish and checked.upload is None
    return PROBLEMS if checked.problems or (checked.warnings and stopped) else FINE


def _say(given: argparse.Namespace, checked: intake.Checked) -> None:
    if given.sheet == EVERY_TABLE and checked.sheet:
        print(_("Table “{name}”", name=checked.sheet))
    for found in (*checked.problems, *checked.warnings):
        print(_line(found, found.found, _("expected {expected}", expected=found.expected)))
    for note in checked.notes:
        print(_line(note, note.found, note.done))
    if checked.remembered:
        print(_("The columns are understood as in upload {id}.", id=checked.remembered))
    if checked.dropped:
        print(_("left out, because it names persons: {columns}", columns=", ".join(checked.dropped)))
    contract = contracts().get(checked.dataset or "")
    for name in checked.missing:
        if contract and mapping.may_be_asked(contract, name):
            print(_("One value for the whole file is given with --set {name}=VALUE", name=name))
    if checked.problems and not checked.dataset and len(checked.sheets) > 1:
        print(_("Which table is meant is said with --sheet NAME; --sheet all takes every one."))
    if checked.open:
        print(
            _(
                "What other columns mean is given with --mapping FILE; `check --json` prints the file's mapping to complete."
            )
        )
    for line in _effect(checked):
        print(line)
    print(_outcome(checked))


def _effect(checked: intake.Checked) -> Iterator[str]:
    """What publishing does to the rows that are there, and the first values that change."""
    effect = checked.effect
    if checked.problems or not (effect.new or effect.changed or effect.unchanged or effect.removed):
        return
    yield _(
        "Rows: {new} new, {changed} changed, {unchanged} as they are, {removed} removed",
        new=effect.new,
        changed=effect.changed,
        unchanged=effect.unchanged,
        removed=effect.removed,
    )
    for one in effect.changes[:SHOWN_CHANGES]:
        old, new = ("-" if value is None else value for value in (one.old, one.new))
        yield _("  {key}, {field}: {old} → {new}", key=one.key, field=one.field, old=old, new=new)
    if len(effect.changes) > SHOWN_CHANGES:
        yield _("  more of them in the answer of --json")


def _told(checked: intake.Checked) -> intake.Checked:
    """The answer without stored values that the reader of this terminal may not see."""
    staff, contract = readers.are_staff(), contracts().get(checked.dataset or "")
    found = intake.told(checked, staff=staff)
    if contract is None:
        return found
    listed = preview.told(contract, found.effect.changes, staff=staff)
    return replace(found, effect=replace(found.effect, changes=listed))


def _line(found: Problem | Note, shown: str, then: str) -> str:
    place = _("row {row}", row=found.row) if found.row else _("file")
    mark = "! " if isinstance(found, Warned) else ""
    # A header or a cell may hold line breaks.
    column, shown = (" ".join(text.split()) for text in (found.column or "-", shown))
    return mark + _("{place}, {column}: found {found}; {then}", place=place, column=column, found=shown, then=then)


def _outcome(checked: intake.Checked) -> str:
    if checked.problems:
        return n_(
            "{count} problem; nothing was stored.", "{count} problems; nothing was stored.", len(checked.problems)
        )
    facts = {"rows": n_("{count} row", "{count} rows", checked.rows), "dataset": checked.dataset}
    if checked.upload:
        return _("Published {rows} of {dataset} as upload {id}.", id=checked.upload, **facts)
    if checked.warnings:
        return _("{rows} of {dataset}; nothing was stored. Publish with --accept-warnings if they are right.", **facts)
    return _("Nothing stands against {rows} of {dataset}; nothing was stored.", **facts)


def _uploads(given: argparse.Namespace) -> int:
    staff = readers.are_staff()
    listed = [readers.told(one, staff=staff) for one in history(prepare.readable())]
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
    text = _("Upload {id} is withdrawn; the rows it replaced count again.", id=given.id)
    return _said_or_json(given, text, {"upload": given.id, "counts": False})


def _restore(given: argparse.Namespace) -> int:
    store = prepare.opened()
    restore(store, given.id, _name(given))
    store.close()
    text = _("Upload {id} counts again, in its old place.", id=given.id)
    return _said_or_json(given, text, {"upload": given.id, "counts": True})


def _said_or_json(given: argparse.Namespace, text: str, document: object) -> int:
    print(json.dumps(document, ensure_ascii=False, default=str) if given.json else text)
    return FINE


def _export(given: argparse.Namespace) -> int:
    moment = end_of_day(given.as_of) if given.as_of else None
    found = exported.export(prepare.readable(), given.dataset, moment, staff=readers.are_staff())
    if given.json:
        return _said_or_json(given, "", exported.as_dicts(found))
    return _handed_out(given, exported.as_xlsx(found) if given.format == "xlsx" else exported.as_csv(found))


def _template(given: argparse.Namespace) -> int:
    prepare.refuse_unknown(given.dataset, list(contracts()))
    contract = contracts()[given.dataset]
    if given.json:
        return _said_or_json(given, "", templates.as_dict(contract))
    return _handed_out(given, templates.as_xlsx(contract) if given.format == "xlsx" else templates.as_csv(contract))


def _handed_out(given: argparse.Namespace, content: bytes) -> int:
    """A file to the place that was asked for; text goes to the terminal where none was."""
    if given.output is None:
        if given.format == "xlsx":
            raise Refused(_("A workbook needs a place: add --output FILE.xlsx"))
        sys.stdout.write(content.decode("utf-8-sig").replace("\r\n", "\n"))
        return FINE
    try:
        given.output.write_bytes(content)
    except OSError as error:
        raise Refused(
            _("{file} cannot be written: {reason}", file=given.output, reason=file_options.reason(error))
        ) from error
    return FINE


def _diff(given: argparse.Namespace) -> int:
    found = changes.changes(prepare.readable(), end_of_day(given.earlier), end_of_day(given.later))
    staff = readers.are_staff()
    open_ones = [changes.told(one, staff=staff) for one in found if staff or not contracts()[one.dataset].internal]
    left_out = [one.dataset for one in found if one.dataset not in {each.dataset for each in open_ones}]
    if left_out:
        # Whoever asks for JSON gets nothing else on the same stream.
        text = _(
            "Internal datasets are left out: {datasets}. Staff of the installation set QUALITY_INTERNAL=1.",
            datasets=", ".join(left_out),
        )
        print(text, file=sys.stderr if given.json else sys.stdout)
    if given.json:
        return _said_or_json(given, "", [one.as_dict() for one in open_ones])
    for one in open_ones:
        print(
            _(
                "{dataset}: {uploads} uploads, {new} rows new, {revised} revised, {gone} gone",
                dataset=one.dataset,
                uploads=len(one.published) + len(one.withdrawn) + len(one.restored),
                new=one.rows.new if one.rows else "-",
                revised=one.rows.revised if one.rows else "-",
                gone=one.rows.gone if one.rows else "-",
            )
        )
    if not found:
        print(_("Nothing changed."))
    return FINE


def _prepare(given: argparse.Namespace) -> int:
    store = prepare.opened()
    made = not prepare.has_data(store)
    if made:
        say = _silent if given.json else _aloud
        say(_("Building the store {path} with sample data …", path=store.path))
        prepare.add_samples(store, lambda text: say("  " + text))
    store.close()
    return _said_or_json(given, "", {"store": str(store.path), "samples": made}) if given.json else FINE


def _aloud(text: str) -> None:
    print(text, flush=True)


def _silent(_text: str) -> None:
    """Says nothing: the answer is JSON."""


def _clear_samples(given: argparse.Namespace) -> int:
    store = prepare.opened()
    count = prepare.clear_samples(store, _name(given))
    store.close()
    text = n_("{count} upload of sample data is withdrawn.", "{count} uploads of sample data are withdrawn.", count)
    return _said_or_json(given, text, {"withdrawn": count})


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
