"""The data dictionary: every definition as a record, with the offices that owe its data and the one that checked it.

Checks are rows that an office uploads (dataset `definition_check`). That a definition was changed since then follows
from the texts that the store remembers, compared with the one that holds now.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import duckdb

from data.configuration import Bilingual
from data.contract import contracts
from data.handed_out import Table, csv_bytes, plain, xlsx_bytes
from data.store import Store, end_of_day
from data.words import N_, _
from queries.answers import PUBLIC, Viewer, visible
from queries.catalogue import Definition, Target, rests_on, texts

DATASET = "definition_check"


class State(StrEnum):
    """What is known of a definition: never checked, checked as it is, or changed since it was checked last."""

    UNCHECKED = "unchecked"
    CHECKED = "checked"
    CHANGED = "changed"


WORDS = {
    State.UNCHECKED: N_("not yet checked"),
    State.CHECKED: N_("checked"),
    State.CHANGED: N_("changed since it was checked"),
}


@dataclass(frozen=True)
class Check:
    """An office's check of a definition; sample: the row is invented."""

    by: str
    on: date
    remark: str | None
    sample: bool


@dataclass(frozen=True)
class Entry:
    """A definition with its newest check (None: there is none) and whether it is another one since."""

    definition: Definition
    check: Check | None
    state: State

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the SQL, as `sha256sum query.sql` prints it."""
        return hashlib.sha256(self.definition.sql.encode()).hexdigest()


def dictionary(store: Store, as_of: date | None = None, viewer: Viewer = PUBLIC) -> tuple[Entry, ...]:
    """Every definition that the viewer may see, in the plan's order, with the checks known at the end of a day (None: now)."""
    moment, definitions = end_of_day(as_of) if as_of else None, visible(viewer)
    key = ("dictionary", tuple(definitions), store.version_at(moment))
    return store.remembered(key, lambda: _dictionary(store, moment, definitions))


def unknown_checks(store: Store, as_of: date | None = None) -> tuple[str, ...]:
    """The codes in the checks that name no indicator."""
    checked = _checks(store, end_of_day(as_of) if as_of else None)
    return tuple(sorted(set(checked) - set(visible(Viewer(internal=True)))))


def _dictionary(store: Store, moment: datetime | None, definitions: Mapping[str, Definition]) -> tuple[Entry, ...]:
    checks, remembered, now = _checks(store, moment), _remembered(store), texts()
    found = []
    for name, definition in definitions.items():
        check = checks.get(name)
        changed = check is not None and any(
            _changed(check, remembered.get(one, []), now.get(one)) for one in (name, *rests_on(definition))
        )
        state = State.UNCHECKED if check is None else State.CHANGED if changed else State.CHECKED
        found.append(Entry(definition, check, state))
    return tuple(found)


def _changed(check: Check, remembered: Sequence[tuple[datetime, str]], now: str | None) -> bool:
    """Whether a text of a definition is another one than at the check."""
    # Of a check before the store knew the text, the first one it knew is taken for the one that was checked.
    known = [text for seen, text in remembered if seen <= end_of_day(check.on)] or [
        text for _seen, text in remembered[:1]
    ]
    return bool(known) and now is not None and known[-1] != now


def _checks(store: Store, moment: datetime | None) -> dict[str, Check]:
    """The newest check of each code."""
    with store.reading(moment) as cursor:
        rows = cursor.execute(
            f"""select indicator, checked_by, checked_on, remark, sample from {DATASET} join upload using (upload_id)
            order by indicator, checked_on"""
        ).fetchall()
    return {name: Check(by, on, remark, sample) for name, by, on, remark, sample in rows}


def _remembered(store: Store) -> dict[str, list[tuple[datetime, str]]]:
    """Indicator → the texts of its definition with the moments (UTC) from which they were seen, the oldest first."""
    with store.reading() as cursor:
        try:
            rows = cursor.execute("select indicator, seen_at, content from store.definition order by rowid").fetchall()
        except duckdb.CatalogException:  # an older file that is opened for reading only remembers none
            return {}
    found: dict[str, list[tuple[datetime, str]]] = {}
    for name, seen, content in rows:
        found.setdefault(name, []).append((seen, content))
    return found


def as_document(entry: Entry) -> dict[str, Any]:
    """The entry as JSON; numbers of targets as texts in plain digits, so that none is rounded."""
    one = entry.definition
    return {
        "id": one.id,
        "clause": one.clause,
        "group": {"id": one.group.id, **one.group.title.pair()},
        "title": one.title.pair(),
        "meaning": one.meaning.pair(),
        "calculation": one.calculation.pair(),
        "unit": one.unit,
        "unit_label": one.unit_label and one.unit_label.pair(),
        "shown_per": one.shown_per,
        "counts": one.counts,
        "period": one.period,
        "accumulates": one.accumulates,
        "flow": one.flow,
        "whole": one.whole,
        "direction": one.direction,
        "gap_unit": one.gap_unit and one.gap_unit.pair(),
        "targets": [_target(target) for target in one.targets],
        "datasets": [
            {
                "id": name,
                "title": contracts()[name].title.pair(),
                "owner": contracts()[name].owner.pair(),
                "rows": {column: list(values) for column, values in one.rows.get(name, {}).items()},
            }
            for name in one.datasets
        ],
        "parts": {code: title.pair() for code, title in one.parts.items()},
        "visibility": one.visibility,
        "sql_sha256": entry.fingerprint,
        "check": {
            "state": entry.state.value,
            "by": entry.check and entry.check.by,
            "on": entry.check and entry.check.on.isoformat(),
            "remark": entry.check and entry.check.remark,
            "sample": bool(entry.check and entry.check.sample),
        },
    }


def _target(one: Target) -> dict[str, Any]:
    """A target in the keys of `definition.yaml`."""
    return {
        "value": None if one.value is None else plain(one.value),
        "comparison": one.comparison,
        "upper": None if one.upper is None else plain(one.upper),
        "due": one.due and one.due.isoformat(),
        "in_force": one.in_force and one.in_force.isoformat(),
        "baseline": one.baseline and {"value": plain(one.baseline.value), "day": one.baseline.day.isoformat()},
        "areas": one.areas,
        "source": one.source.pair(),
    }


# The columns of the file: what a workbook calls each, and its width in characters. Both languages stand side by side.
COLUMNS: Mapping[str, tuple[str, float]] = {
    "id": (N_("Code"), 26),
    "clause": (N_("Clause"), 9),
    "group_zh": (N_("Part of the plan (Chinese)"), 16),
    "group_en": (N_("Part of the plan (English)"), 22),
    "title_zh": (N_("Title (Chinese)"), 26),
    "title_en": (N_("Title (English)"), 32),
    "meaning_zh": (N_("Meaning (Chinese)"), 44),
    "meaning_en": (N_("Meaning (English)"), 44),
    "calculation_zh": (N_("Calculation (Chinese)"), 48),
    "calculation_en": (N_("Calculation (English)"), 48),
    "unit": (N_("Kind of figure"), 14),
    "unit_zh": (N_("Unit (Chinese)"), 12),
    "unit_en": (N_("Unit (English)"), 16),
    "counts": (N_("What it counts"), 14),
    "period": (N_("Period"), 12),
    "accumulates": (N_("Counts earlier periods too"), 14),
    "flow": (N_("Counts over its period"), 14),
    "whole": (N_("The whole area has a figure"), 14),
    "direction": (N_("Direction"), 10),
    "targets": (N_("Targets"), 44),
    "target_sources_zh": (N_("Where the plan says so (Chinese)"), 40),
    "target_sources_en": (N_("Where the plan says so (English)"), 40),
    "datasets": (N_("Datasets"), 30),
    "datasets_zh": (N_("Datasets (Chinese)"), 30),
    "datasets_en": (N_("Datasets (English)"), 30),
    "owners_zh": (N_("Owed by (Chinese)"), 30),
    "owners_en": (N_("Owed by (English)"), 36),
    "rows": (N_("Rows read"), 30),
    "visibility": (N_("Visibility"), 12),
    "sql_sha256": (N_("Fingerprint of the SQL"), 24),
    "check": (N_("Check"), 12),
    "checked_by": (N_("Checked by"), 24),
    "checked_on": (N_("Checked on"), 12),
    "check_remark": (N_("Remark"), 30),
}


def rows(entries: Iterable[Entry]) -> list[list[object]]:
    """The entries as plain rows of `COLUMNS`; several targets or datasets stand in one cell, parted by semicolons."""
    return [_row(entry) for entry in entries]


def _row(entry: Entry) -> list[object]:
    one, check = entry.definition, entry.check
    label, owned = one.unit_label, [contracts()[name] for name in one.datasets]
    return [
        one.id, str(one.clause), *_both(one.group.title), *_both(one.title), *_both(one.meaning), *_both(one.calculation),
        one.unit, *((label.zh, label.en) if label else ("", "")), one.counts, one.period,
        one.accumulates, one.flow, one.whole, one.direction,
        _joined(_target_text(target) for target in one.targets),
        *_joined_both([target.source for target in one.targets]),
        _joined(one.datasets), *_joined_both([contract.title for contract in owned]),
        *_joined_both([contract.owner for contract in owned]),
        _joined(f"{name}.{column} in {', '.join(values)}" for name, of in one.rows.items() for column, values in of.items()),
        one.visibility, entry.fingerprint,
        entry.state.value, check.by if check else None, check.on if check else None, check.remark if check else None,
    ]  # fmt: skip


def as_json(entries: Iterable[Entry]) -> bytes:
    """The dictionary as a JSON list in UTF-8."""
    return json.dumps([as_document(entry) for entry in entries], ensure_ascii=False, indent=1).encode()


def as_csv(entries: Iterable[Entry]) -> bytes:
    """The dictionary as CSV that spreadsheets open rightly and of which they run nothing."""
    return csv_bytes(tuple(COLUMNS), rows(entries))


def as_xlsx(entries: Iterable[Entry]) -> bytes:
    """The dictionary as a workbook of one sheet with a header that stays in sight."""
    header = tuple(_(title) for title, _width in COLUMNS.values())
    widths = tuple(width for _title, width in COLUMNS.values())
    return xlsx_bytes([Table(_("Data dictionary"), header, rows(entries), widths)])


def _target_text(one: Target) -> str:
    value = "" if one.value is None else f" {plain(one.value)}"
    words = [f"{one.comparison}{value}"]
    words += [f"upper {plain(one.upper)}"] if one.upper is not None else []
    words += [f"due {one.due.isoformat()}" if one.due else "due at every period"]
    words += [f"in force from {one.in_force.isoformat()}"] if one.in_force else []
    words += [f"from {plain(one.baseline.value)} on {one.baseline.day.isoformat()}"] if one.baseline else []
    return ", ".join([*words, f"areas {one.areas}"])


def _both(text: Bilingual) -> tuple[str, str]:
    return text.zh, text.en


def _joined(pieces: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(pieces))


def _joined_both(pieces: Sequence[Bilingual]) -> tuple[str, str]:
    return _joined(one.zh for one in pieces), _joined(one.en for one in pieces)
