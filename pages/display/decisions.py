"""Decisions as a reader sees them: how they stand in words, sentences over several, and rows for a file."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from data.words import N_, _, n_
from pages.display import construction, numbers, sentences, states
from pages.display.states import STATES
from queries.catalogue import catalogue
from queries.decisions import Decision, State
from queries.progress import Status

LOOKS = {
    State.OVERDUE: states.State(STATES[Status.MISSED].colour, "✕", N_("overdue")),
    State.OPEN: states.State(STATES[Status.ON_TRACK].colour, "◇", N_("in hand")),
    State.CLOSED: states.State(STATES[Status.ACHIEVED].colour, "●", N_("closed")),
}
# What a reader can ask for: what is not closed yet comes first, as the next meeting asks about it.
PENDING, EVERY = "pending", "all"
SHOWN = {
    PENDING: N_("not closed"),
    State.OVERDUE: N_("overdue"),
    State.CLOSED: N_("closed"),
    EVERY: N_("every decision"),
}


def chosen(found: Iterable[Decision], shown: str, owner: str, indicator: str) -> list[Decision]:
    """The decisions that a reader asked for; `EVERY` leaves owner or indicator open."""
    fits = {PENDING: (State.OVERDUE, State.OPEN), EVERY: tuple(State)}.get(shown, (shown,))
    return [
        one
        for one in found
        if one.state in fits and owner in (EVERY, one.owner) and indicator in (EVERY, one.indicator)
    ]


def title(indicator: str) -> str:
    """The indicator that a decision is about; one that the catalogue no longer has, by its code."""
    known = catalogue().get(indicator)
    return sentences.title(known) if known else indicator


def area(one: Decision, names: Mapping[str, str]) -> str:
    return names.get(one.area, one.area) if one.area else _("every area")


def look(one: Decision) -> states.State:
    return LOOKS[one.state]


def standing(one: Decision) -> str:
    """How a decision stands against its day."""
    if one.state == State.OVERDUE:
        return overdue(one.days_late)
    if one.state == State.CLOSED:
        return _("closed, {late}", late=construction.days(one.days_late)) if one.days_late else _("closed in time")
    left = (one.due_on - one.day).days
    return n_("{days} day left", "{days} days left", left, days=numbers.whole(left)) if left else _("due today")


def overdue(days: int) -> str:
    return n_("overdue by {days} day", "overdue by {days} days", days, days=numbers.whole(days))


def closed(one: Decision) -> str:
    """Who closed a decision and when; empty for an open one."""
    if one.closed_on is None or one.state != State.CLOSED:
        return ""
    return _("closed on {day} by {name}", day=numbers.day(one.closed_on), name=one.closed_by or numbers.NOTHING)


def brief(one: Decision) -> str:
    """A decision in a list of choices."""
    return f"{one.decision_id} · {title(one.indicator)} · {one.task}"


def summary(found: Sequence[Decision]) -> str:
    """How many decisions are not closed, how many of those are overdue, and by how much at most."""
    pending = [one for one in found if one.state != State.CLOSED]
    late = [one.days_late for one in pending if one.state == State.OVERDUE]
    facts = {"open": numbers.whole(len(pending)), "all": numbers.whole(len(found)), "late": numbers.whole(len(late))}
    if not found:
        return _("No decision has been noted yet.")
    if not pending:
        return n_("The one decision is closed.", "All {all} decisions are closed.", len(found), **facts)
    if not late:
        return _("Not closed: {open} of {all} decisions; none is overdue", **facts)
    return _(
        "Not closed: {open} of {all} decisions; overdue: {late}, the longest by {days}",
        **facts,
        days=n_("{days} day", "{days} days", max(late), days=numbers.whole(max(late))),
    )


def numbered(found: Iterable[Decision]) -> dict[str, int]:
    """The numbers of decisions about one indicator in chart and list, in the order in which they were taken."""
    ordered = sorted(found, key=lambda one: (one.decided_on, one.decision_id))
    return {one.decision_id: number for number, one in enumerate(ordered, 1)}


def new_code(day: date) -> str:
    """A code for a decision of a day. Drawn by lot: two persons who note one at the same time must not get the same."""
    return f"{day:%Y%m%d}-{secrets.token_hex(3)}"


def columns() -> tuple[str, ...]:
    """The header of `rows`."""
    return (
        _("Decision code"), _("Decision"), _("Indicator"), _("Area"), _("Responsible"), _("Decided on"),
        _("Meeting"), _("To be done by"), _("State"), _("Days late"), _("Closed on"), _("Closed by"), _("Outcome"),
    )  # fmt: skip


def rows(found: Iterable[Decision], names: Mapping[str, str]) -> list[list[object]]:
    """Every decision for a file, days as ISO text."""
    return [
        [
            one.decision_id, one.task, title(one.indicator), area(one, names), one.owner, one.decided_on.isoformat(),
            one.meeting, one.due_on.isoformat(), _(look(one).word), one.days_late,
            one.closed_on.isoformat() if one.closed_on else None, one.closed_by, one.outcome,
        ]
        for one in found
    ]  # fmt: skip
