"""The consequence ledger: every key senior school's years with their evidence, what is overdue, how verdicts changed.

Internal records: only a viewer who may see them gets any. Results that count few pupils are withheld here, so that no
page or file can tell them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from data.problem import Refused
from data.store import Store
from data.words import _
from queries.accountability.ledger import Judged, Standing, Verdict, anew, judged, met, standing, verdict
from queries.accountability.rule import rule
from queries.answers import Viewer
from queries.asked import Row, asked, asked_at
from queries.suppression import is_small

FOLDER = Path(__file__).parent
# Items are free text: a whole number below 10 may stand for persons whatever it is called (录取, 600分以上), unless a name
# that ends in a share, a score or a rank, or a unit in brackets that no person has, says that it does not.
_SHARE = re.compile(r"[（(](?:[%％‰]|百分点)[)）]$|(?:率|占比|比例|比重|百分比)$")
_PERSONS = re.compile(r"人数|人次|[（(][人名][)）]")
_OTHER = re.compile(
    r"[（(](?:分|天|元|万元|所|节|倍|平方米)[)）]$|(?:均分|得分|分差|系数|指数|满意度|增幅|名次|排名|位次)$"
)


@dataclass(frozen=True)
class Evidence:
    """One item of a year and where its row stands. withheld: the result counts few persons and is not given."""

    item: str
    comparison: str
    target: Decimal
    result: Decimal | None
    withheld: bool
    met: bool | None
    talked_on: date | None
    replaced_on: date | None
    upload_id: int
    file_name: str
    line: int
    uploader: str
    published_at: datetime
    sample: bool


@dataclass(frozen=True)
class Year:
    """A year with its rows. recorded_on: when what the rule says was done; overdue: it was not, as far as anybody wrote."""

    judged: Judged
    evidence: tuple[Evidence, ...]
    recorded_on: date | None

    @property
    def overdue(self) -> bool:
        return self.judged.step is not None and self.recorded_on is None


@dataclass(frozen=True)
class School:
    """One key senior school; years from its first to its last report, oldest first."""

    institution_id: str
    name: str
    area: str
    years: tuple[Year, ...]
    standing: Standing

    @property
    def overdue(self) -> tuple[Year, ...]:
        return tuple(year for year in self.years if year.overdue)


@dataclass(frozen=True)
class Change:
    """A verdict that an upload, or its withdrawal or restoration, changed. after: None where no row of the year is left."""

    institution_id: str
    name: str
    year: int
    before: Verdict
    after: Verdict | None
    action: str
    upload_id: int
    file_name: str
    actor: str
    occurred_at: datetime


def schools(store: Store, viewer: Viewer, as_of: date | None = None) -> tuple[School, ...]:
    """The ledger of every key senior school with targets; `Refused` for a viewer who may not see internal records."""
    _refuse_outsiders(viewer)
    groups: dict[str, list[Row]] = {}
    for row in asked(store, FOLDER / "evidence.sql", as_of):
        groups.setdefault(row["institution_id"], []).append(row)
    found = (_school(rows) for rows in groups.values())
    return tuple(one for one in found if one is not None)


def changes(store: Store, viewer: Viewer, as_of: date | None = None) -> tuple[Change, ...]:
    """Every verdict that was given and later changed, the newest change first; `Refused` as in `schools`.

    The state after each event of an upload of targets is compared with the one before it. A verdict that was first
    given, or that was open until then, has not changed.
    """
    names = {one.institution_id: one.name for one in schools(store, viewer, as_of)}
    found: list[Change] = []
    before: Mapping[tuple[str, int], Verdict] = {}
    for event in _events(store, as_of):
        after = _verdicts(store, event["occurred_at"])
        for (institution_id, year), given in before.items():
            now = after.get((institution_id, year))
            if given != Verdict.OPEN and now != given and institution_id in names:
                found.append(_change(event, institution_id, names[institution_id], year, given, now))
        before = after
    return tuple(reversed(found))


def _refuse_outsiders(viewer: Viewer) -> None:
    if not viewer.internal:
        raise Refused(
            _("The ledger of key schools is an internal record. Ask the office that runs this dashboard for access.")
        )


def _events(store: Store, as_of: date | None) -> Sequence[Row]:
    """The events of uploads of targets; of several at one moment, which no state lies between, the last."""
    last: dict[datetime, Row] = {event["occurred_at"]: event for event in asked(store, FOLDER / "events.sql", as_of)}
    return list(last.values())


def _verdicts(store: Store, moment: datetime) -> dict[tuple[str, int], Verdict]:
    return {
        (row["institution_id"], row["year"]): verdict([row["met"]])
        for row in asked_at(store, FOLDER / "verdicts.sql", moment)
    }


def _change(event: Row, institution_id: str, name: str, year: int, before: Verdict, after: Verdict | None) -> Change:
    return Change(
        institution_id,
        name,
        year,
        before,
        after,
        event["action"],
        event["upload_id"],
        event["file_name"],
        event["actor"],
        event["occurred_at"].replace(tzinfo=UTC),
    )


def _school(rows: Sequence[Row]) -> School | None:
    groups: dict[int, list[Evidence]] = {}
    for row in rows:
        groups.setdefault(row["year"], []).append(_evidence(row))
    begins = {anew(year, item.replaced_on) for year, items in groups.items() for item in items if item.replaced_on}
    years = judged({year: verdict(item.met for item in items) for year, items in groups.items()}, rule(), begins)
    where = standing(years, rule(), begins)
    if where is None:
        return None
    made = tuple(_year(one, groups.get(one.year, [])) for one in years)
    return School(rows[0]["institution_id"], rows[-1]["name"], rows[-1]["area"], made, where)


def _year(one: Judged, items: Sequence[Evidence]) -> Year:
    if one.step is None:
        return Year(one, tuple(items), None)
    # A principal who was replaced need not be talked to as well.
    days = [item.replaced_on for item in items]
    if one.step.recorded == "talked_on":
        days += [item.talked_on for item in items]
    return Year(one, tuple(items), min((day for day in days if day), default=None))


def _may_count_persons(item: str, result: Decimal) -> bool:
    """Whether a result may be a number of persons, as far as its item's name and the result itself say."""
    name = item.strip()
    if _SHARE.search(name):
        return False
    return bool(_PERSONS.search(name)) or (result == result.to_integral_value() and not _OTHER.search(name))


def _evidence(row: Row) -> Evidence:
    withheld = is_small(row["result"]) and _may_count_persons(row["item"], row["result"])
    return Evidence(
        row["item"],
        row["comparison"],
        row["target"],
        None if withheld else row["result"],
        withheld,
        met(row["comparison"], row["target"], row["result"]),
        row["talked_on"],
        row["replaced_on"],
        row["upload_id"],
        row["file_name"],
        row["line"],
        row["uploader"],
        row["published_at"].replace(tzinfo=UTC),
        row["sample"],
    )
