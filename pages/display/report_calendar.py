"""The calendar of reports as a reader sees it: how a report stands in words, sentences over several, and rows for a file."""

from collections.abc import Iterable, Mapping, Sequence

from data.words import N_, _, n_
from pages.display import construction, numbers, research, states, terms
from pages.display.states import STATES
from queries.progress import Status
from queries.report_calendar import Report, State
from queries.research import Analysis

EVERY = "all"
LOOKS = {
    State.LATE: states.State(STATES[Status.MISSED].colour, "✕", N_("not published, late")),
    State.MADE: states.State(STATES[Status.LIMITED].colour, "◇", N_("made, not published")),
    State.SOON: states.State(STATES[Status.ON_TRACK].colour, "▲", N_("due soon")),
    State.COMING: states.State(STATES[Status.NOT_JUDGED].colour, "–", N_("still to come")),
    State.PUBLISHED_LATE: states.State(STATES[Status.MISSED].colour, "▼", N_("published late")),
    State.IN_TIME: states.State(STATES[Status.ACHIEVED].colour, "●", N_("published in time")),
}


def chosen(found: Iterable[Report], year: int, office: str, state: str) -> list[Report]:
    """The reports of a year that a reader asked for; `EVERY` leaves office or state open."""
    return [one for one in found if one.year == year and office in (EVERY, one.office) and state in (EVERY, one.state)]


def look(one: Report) -> states.State:
    return LOOKS[one.state]


def standing(one: Report) -> str:
    """How a report stands against its day, with the days where there are any to tell."""
    word = _(look(one).word)
    if one.state in (State.LATE, State.PUBLISHED_LATE) or (one.state == State.MADE and one.days_late):
        return _("{state}, {days}", state=word, days=construction.days(one.days_late))
    if one.state == State.IN_TIME:
        return word
    left = (one.due_on - one.day).days
    days = n_("{days} day left", "{days} days left", left, days=numbers.whole(left)) if left else _("due today")
    return _("{state}, {days}", state=word, days=days)


def in_short(one: Report) -> str:
    """The same for a row of a chart: the days that it is late, else its state."""
    return construction.days(one.days_late) if one.days_late else _(look(one).word)


def summary(found: Sequence[Report], year: int) -> str:
    """How many of the reports that were due came in time, how many late, and how many are still missing."""
    due = [one for one in found if one.is_due]
    missing = [one for one in due if not one.is_published]
    facts = {
        "year": year,
        "due": numbers.whole(len(due)),
        "good": numbers.whole(sum(one.state == State.IN_TIME for one in due)),
        "late": numbers.whole(sum(one.state == State.PUBLISHED_LATE for one in due)),
        "missing": numbers.whole(sum(one.days_late > 0 for one in missing)),
        "ahead": numbers.whole(len(found) - len(due)),
    }
    if not found:
        return _("{year}: no report is planned", **facts)
    if not due:
        return _("{year}: none of {ahead} planned reports is due yet", **facts)
    told = _("{year}: {good} of {due} reports that were due came in time, {late} late, {missing} not at all", **facts)
    return _("{told}; {ahead} still to come", told=told, **facts) if len(found) > len(due) else told


def unplanned(found: Sequence[Analysis]) -> list[str]:
    """In words, which joint exams nobody has planned an analysis of, though clause 24 asks for one."""
    if not found:
        return []
    exams = construction.named([research.exam(one) for one in found])
    return [
        n_(
            "A joint exam has no analysis planned, though one is due: {exams}",
            "{count} joint exams have no analysis planned, though one each is due: {exams}",
            len(found),
            exams=exams,
        )
    ]


def brief(one: Report) -> str:
    """A report in a list of choices."""
    return f"{one.report} · {numbers.day(one.due_on)} · {look(one).label}"


def columns() -> tuple[str, ...]:
    """The header of `rows`."""
    return (
        _("Year"), _("Office"), _("Report"), _("Kind"), _("Stage"), _("Exam code"), _("To be published by"), _("Made on"),
        _("Published on"), _("State"), _("Days late"),
    )  # fmt: skip


def rows(found: Iterable[Report], names: Mapping[str, str]) -> list[list[object]]:
    """Every report for a file, days as ISO text."""
    return [
        [
            one.year, names.get(one.office, one.office), one.report, terms.report(one.kind),
            terms.stage(one.stage) if one.stage else None, one.exam_id, one.due_on.isoformat(),
            one.made_on.isoformat() if one.made_on else None,
            one.published_on.isoformat() if one.published_on else None, _(look(one).word), one.days_late,
        ]
        for one in found
    ]  # fmt: skip


def state(code: str) -> str:
    """A state in a list of choices."""
    return LOOKS[State(code)].label if code != EVERY else _("every state")
