"""Which column of a file means which field of a dataset.

A mapping is proposed from the header, shown to a person, kept with the upload and proposed again for the next file with
the same header. It is a small JSON document, so that the command line can be given one:

    {"dataset": "exam_result", "columns": {"考号": "student_id", "化学": "score@化学", "总分": null}, "set": {"exam_id": "E1"}}

A column means a field, a field of one group of a wide sheet (`score@化学`), or nothing (null: it is left out).
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated

from pydantic import Field as Key
from pydantic import ValidationError

from data.configuration import Strict
from data.contract import Contract, Wide, contracts
from data.layout import Sheet
from data.problem import Note, Problem, Refused
from data.pseudonym import PERSONAL_HEADERS
from data.vocabulary import normalised, subject_part, vocabulary
from data.words import _, pick

# A header that a dataset knows less of than this is not taken for that dataset.
LEAST_FIT = 0.5


class Columns(Strict):
    """A mapping as it is written down. sheet: the sheet's name where a file has several."""

    dataset: str
    sheet: str = ""
    columns: dict[str, str | None] = Key(default_factory=dict)
    set: dict[str, Annotated[str, Key(min_length=1)]] = Key(default_factory=dict)


@dataclass(frozen=True)
class Target:
    """What a column means: a field, and for a wide sheet the value of the contract's `wide.by` that it belongs to."""

    field: str
    by: str | None = None

    def __str__(self) -> str:
        return f"{self.field}@{self.by}" if self.by is not None else self.field


@dataclass(frozen=True)
class Proposed:
    """A sheet's columns and what they mean.

    targets: header → what it means, None where it is left out; open: headers that nobody has given a meaning;
    missing: fields that the dataset needs and neither a column nor `set` gives; doubts: what a person must agree to.
    """

    contract: Contract
    targets: Mapping[str, Target | None]
    set: Mapping[str, str]
    open: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    doubts: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()
    problems: tuple[Problem, ...] = ()

    def as_columns(self, sheet: Sheet) -> Columns:
        columns = {header: None if target is None else str(target) for header, target in self.targets.items()}
        return Columns(dataset=self.contract.dataset, sheet=sheet.name, columns=columns, set=dict(self.set))

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups of a wide sheet, in the order of its columns; empty for a long one."""
        return tuple(dict.fromkeys(one.by for one in self.targets.values() if one and one.by is not None))


def layout_of(sheet: Sheet) -> str:
    """The fingerprint of a sheet's header, by which a mapping is remembered; empty where it has none to know it by."""
    if sheet.header_line is None:
        return ""
    return hashlib.sha256("\x1f".join(map(normalised, sheet.header)).encode()).hexdigest()


def under_headers_of(sheet: Sheet, columns: Columns) -> Columns:
    """A mapping of a sheet with the same fingerprint under this one's headers, which may differ in case or blanks."""
    own = {normalised(header): header for header in sheet.header}
    meant = {own.get(normalised(header), header): text for header, text in columns.columns.items()}
    return columns.model_copy(update={"columns": meant})


def from_json(text: str) -> Columns:
    """A mapping from its JSON form; `Refused` names what is wrong with it."""
    try:
        found = Columns.model_validate(json.loads(text))
    except (ValueError, ValidationError) as error:
        reason = str(error).splitlines()[0]
        raise Refused(_("The mapping cannot be read ({reason}). `check --json` prints one.", reason=reason)) from error
    if found.dataset not in contracts():
        reason = _("there is no dataset “{name}”", name=found.dataset)
        raise Refused(_("The mapping cannot be read ({reason}). `check --json` prints one.", reason=reason))
    return found


def recognised(sheet: Sheet, given: Mapping[str, str]) -> Contract | None:
    """The one dataset that the header fits best: it knows most columns, and what it needs is there or can be asked for."""
    fits = sorted(((_fit(sheet, contract, given), contract.dataset) for contract in contracts().values()), reverse=True)
    (best, dataset), (second, _other) = fits[0], fits[1]
    # Of two datasets that know the whole header, the one that has more of its own columns there is meant.
    alone = best[0] > second[0] or (best[0] == 1 and best > second)
    return contracts()[dataset] if alone and best[0] >= LEAST_FIT else None


def _fit(sheet: Sheet, contract: Contract, given: Mapping[str, str]) -> tuple[float, float]:
    """How much of the header a dataset knows, less what it lacks; and, between equals, how much of the dataset is there."""
    found = proposed(sheet, contract, None, {name: text for name, text in given.items() if name in contract.columns})
    askable = {name for name in found.missing if may_be_asked(contract, name)}
    named = [target for target in found.targets.values() if target]
    if not named or set(found.missing) - askable or not {one.field for one in named} - set(contract.primaryKey):
        return 0.0, 0.0
    known = len(sheet.header) - len(found.open) - len(found.doubts)
    fields = {one.field for one in named}
    return known / len(sheet.header) - len(askable) / 10, len(fields) / len(contract.fields)


def may_be_asked(contract: Contract, name: str) -> bool:
    """Whether one value can hold for a whole file: what names the exam, the school, the area or the year."""
    shared = {*contract.primaryKey, *(one for key in contract.foreignKeys for one in key.fields)}
    return name in shared and not contract.field(name).pseudonym


def proposed(sheet: Sheet, contract: Contract, columns: Columns | None, given: Mapping[str, str]) -> Proposed:
    """What the columns mean: as `columns` says where it says something, else by their headers.

    given: field → the value that holds for the whole file.
    """
    wanted = columns.columns if columns else {}
    known = {**(columns.set if columns else {}), **given}
    targets: dict[str, Target | None] = {}
    unknown = (*_unknown_names(contract, wanted, known), *_unknown_headers(sheet, wanted))
    found = Proposed(contract, targets, known, problems=unknown)
    left_open: list[str] = []
    for header in sheet.header:
        found = _with_column(found, header, wanted, targets, left_open)
    missing = tuple(
        one.name
        for one in contract.fields
        if (one.constraints.required or one.name in contract.primaryKey)
        and one.name not in known
        and not any(target and target.field == one.name for target in targets.values())
        and not (contract.wide and one.name == contract.wide.by and found.groups)
    )
    return replace(found, open=tuple(left_open), missing=missing)


def _with_column(
    found: Proposed, header: str, wanted: Mapping[str, str | None], targets: dict[str, Target | None], left: list[str]
) -> Proposed:
    """The proposal with one more column of the sheet in `targets`, or in `left` where its meaning is open."""
    contract = found.contract
    if header in wanted:
        target = _parsed(contract, wanted[header])
        return _taken(found, header, target, targets)
    if contract.field_for(header) is None and normalised(header) in PERSONAL_HEADERS:
        targets[header] = None
        return found
    target = _meant(contract, header)
    if target:
        return _taken(found, header, target, targets)
    if _is_derived(header):
        targets[header] = None
        note = Note(None, header, header, _("left out: it is computed from other columns"))
        return replace(found, notes=(*found.notes, note))
    stand_in = contract.substituted_by(header)
    if (
        stand_in
        and not any(one and one.field == stand_in.name for one in targets.values())
        and stand_in.name not in found.set
    ):
        targets[header] = Target(stand_in.name)
        done = _("stands in for “{field}”; do you agree?", field=pick(stand_in.title.pair()))
        return replace(found, doubts=(*found.doubts, Note(None, header, header, done)))
    if stand_in:
        targets[header] = None
        done = _("left out: “{field}” has a column already", field=pick(stand_in.title.pair()))
        return replace(found, notes=(*found.notes, Note(None, header, header, done)))
    left.append(header)
    return found


def _taken(found: Proposed, header: str, target: Target | None, targets: dict[str, Target | None]) -> Proposed:
    """The column under its target; a problem where another column has that target, or the header stands twice."""
    other = next((text for text, one in targets.items() if target is not None and one == target), None)
    if other is not None and _stands_in(found, other):
        targets[other] = None  # a column that only stood in gives way to the field's own
        found = replace(found, doubts=tuple(doubt for doubt in found.doubts if doubt.column != other))
    elif header in targets or other is not None:
        title = pick(found.contract.field(target.field).title.pair()) if target else header
        expected = _("one column for “{field}”; “{other}” has it already", field=title, other=other or header)
        return replace(found, problems=(*found.problems, Problem(1, header, header, expected)))
    targets[header] = target
    return found


def _stands_in(found: Proposed, header: str) -> bool:
    return any(doubt.column == header for doubt in found.doubts)


def _meant(contract: Contract, header: str) -> Target | None:
    """What a header means by itself."""
    field_ = contract.field_for(header)
    if field_:
        return Target(field_.name)
    wide = contract.wide
    group = _group(wide, header) if wide else None
    if wide is None or group is None:
        return None
    for name, words in wide.fields.items():
        if normalised(group[1]) in {normalised(word) for word in words} or (
            not group[1] and name == next(iter(wide.fields))
        ):
            return Target(name, group[0])
    return None


def _group(wide: Wide, header: str) -> tuple[str, str] | None:
    """The group that a column of a wide sheet belongs to and what of it ("" for the bare group), None where to none."""
    if wide.named is None:
        return subject_part(header)
    found = re.fullmatch(wide.named, normalised(header))
    return (found["by"], found["part"]) if found else None


def _is_derived(header: str) -> bool:
    text, words = normalised(header), vocabulary()
    subject = subject_part(header)
    return text in words.derived_words or (subject is not None and subject[1] in map(normalised, words.derived_parts))


def _parsed(contract: Contract, text: str | None) -> Target | None:
    if text is None:
        return None
    name, _at, by = text.partition("@")
    return Target(name, by or None) if _is_target(contract, text) else None


def _is_target(contract: Contract, text: str) -> bool:
    """Whether a mapping's text names a field of the dataset, or of a group of a wide sheet where the dataset has such."""
    name, at, by = text.partition("@")
    if at:
        return contract.wide is not None and name in contract.wide.fields and bool(by)
    return any(one.name == name for one in contract.fields)


def _unknown_names(
    contract: Contract, wanted: Mapping[str, str | None], known: Mapping[str, str]
) -> tuple[Problem, ...]:
    """Fields that a mapping names and the dataset does not have."""
    named = [text for text in wanted.values() if text] + list(known)
    fields = ", ".join(one.name for one in contract.fields)
    return tuple(
        Problem(None, name, _("a field that the dataset does not have"), _("one of: {values}", values=fields))
        for name in dict.fromkeys(named)
        if not _is_target(contract, name)
    )


def _unknown_headers(sheet: Sheet, wanted: Mapping[str, str | None]) -> tuple[Problem, ...]:
    """Columns that a mapping names and the file does not have."""
    headers = ", ".join(header for header in sheet.header if header.strip())
    return tuple(
        Problem(
            sheet.header_line, header, _("a column that the file does not have"), _("one of: {values}", values=headers)
        )
        for header in wanted
        if header not in sheet.header
    )
