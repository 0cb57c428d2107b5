"""Deliveries of data as a reader sees them: the lines of the matrix, words for states, ages and what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_FLOOR

from data.arrival_rows import Area
from data.arrivals import Arrival, Missing, State
from data.contract import contracts
from data.words import N_, _, n_, pick
from pages.display import numbers, sentences, states

# A school by name is worth its place up to here; the file has them all.
NAMED = 6

_LOOKS = {
    State.LATE: states.State("#b3391b", "✕", N_("late")),
    State.INCOMPLETE: states.State("#8a5a00", "◐", N_("incomplete")),
    State.DUE: states.State("#0b5cab", "○", N_("not due yet")),
    State.ARRIVED: states.State("#00695c", "●", N_("arrived")),
    State.OPEN: states.State("#5b6673", "–", N_("nothing yet")),
}


@dataclass(frozen=True)
class Line:
    """A line of the matrix: what one dataset owes by one day, by area."""

    dataset: str
    period: int
    term: str | None
    due: date
    cells: dict[str, Arrival] = field(default_factory=dict)

    @property
    def worst(self) -> int:
        return min(list(State).index(one.state) for one in self.cells.values())

    @property
    def warnings(self) -> int:
        return warnings(self.cells.values())


def lines(found: Iterable[Arrival]) -> list[Line]:
    """The deliveries that have a day, one line a dataset and day, the worst and then the oldest first."""
    made: dict[tuple[str, date, str | None], Line] = {}
    for one in found:
        if one.period is not None and one.due is not None:
            line = Line(one.dataset, one.period, one.term, one.due)
            made.setdefault((one.dataset, one.due, one.term), line).cells[one.area] = one
    return sorted(made.values(), key=lambda line: (line.worst, line.due))


def warnings(found: Iterable[Arrival]) -> int:
    """Accepted warnings of the uploads behind the deliveries, each upload once."""
    return sum({upload.upload_id: upload.warnings for one in found for upload in one.uploads}.values())


def look(state: State) -> states.State:
    return _LOOKS[state]


def area(one: Area) -> str:
    return pick({"zh": one.name, "en": one.english or one.name})


def summary(found: list[Arrival], period: int) -> str:
    """How many of a period's deliveries are late, in one sentence."""
    late = sum(one.state == State.LATE for one in found)
    if not found:
        return _("Nothing is due for {period} yet.", period=period)
    facts = {"late": numbers.whole(late), "all": numbers.whole(len(found)), "period": period}
    return n_(
        "{late} of {all} deliveries for {period} is late.",
        "{late} of {all} deliveries for {period} are late.",
        late,
        **facts,
    )


def days(count: int) -> str:
    return n_("{days} day", "{days} days", count, days=numbers.whole(count))


def age(one: Arrival) -> str:
    """How old what arrived is."""
    if one.age is None:
        return numbers.NOTHING
    return _("{days} old", days=days(one.age)) if one.age else _("from today")


def detail(one: Arrival, today: date) -> str:
    """What stands behind a state: age and completeness of what arrived, else how far away the day is."""
    if one.state == State.LATE and one.due:
        return _("by {days}", days=days((today - one.due).days))
    if one.state == State.DUE and one.due:
        return _("in {days}", days=days((one.due - today).days)) if one.due > today else _("today")
    return " · ".join(filter(None, (age(one), complete(one))))


def complete(one: Arrival) -> str:
    """Institutions with a row out of those that must have one, else the share of filled cells, never rounded up."""
    if one.complete is None:
        return ""
    if one.expected_rows is None:
        return numbers.percent(one.complete, 0, ROUND_FLOOR)
    return f"{numbers.whole(one.expected_rows - len(one.missing))}/{numbers.whole(one.expected_rows)}"


def origin(one: Arrival) -> str:
    """File, rows, uploader and moment of the newest upload, for a closer look."""
    if one.newest is None:
        return ""
    pieces = (f"#{one.newest.upload_id}", one.newest.file_name, sentences.person(one.newest.uploader))
    rows = n_("{rows} row", "{rows} rows", one.rows, rows=numbers.whole(one.rows))
    return " · ".join((*pieces, numbers.minute(one.newest.published_at), rows))


def period(one: Line | Missing) -> str:
    """The period's name, that of its term or quarter where there are several."""
    of_school = contracts()[one.dataset].period == "school_year"
    if not one.term:
        return numbers.period(one.period, "school_year" if of_school else "year")
    place = contracts()[one.dataset].field("term").constraints.enum.index(one.term) + 1
    return numbers.period(one.period * 10 + place, "term" if of_school else "quarter")


def lacking(item: Missing) -> str:
    """What to ask for: everything, or the rows of some institutions."""
    if not item.institutions:
        return _("nothing arrived")
    count = len(item.institutions)
    named = _(", ").join(one.name for one in item.institutions[:NAMED])
    more = _(" and {count} more", count=numbers.whole(count - NAMED)) if count > NAMED else ""
    facts = {"number": numbers.whole(count), "names": named + more}
    return n_("{number} institution: {names}", "{number} institutions: {names}", count, **facts)


def columns() -> tuple[str, ...]:
    """The header of `rows`."""
    return (
        _("Dataset"), _("Period"), _("Area"), _("Due"), _("Days late"), _("What is missing"),
        _("Institution code"), _("Institution"),
    )  # fmt: skip


def rows(items: Iterable[Missing], names: dict[str, str]) -> list[list[object]]:
    """The missing items for a file, an institution a row; names: how each area is called."""
    listed: list[list[object]] = []
    for item in items:
        known = [sentences.dataset(item.dataset), period(item), names[item.area], item.due.isoformat(), item.days_late]
        if not item.institutions:
            listed.append([*known, _("nothing arrived"), "", ""])
        listed += [[*known, _("no row of this institution"), one.code, one.name] for one in item.institutions]
    return listed
