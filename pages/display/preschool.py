"""Estate kindergartens and open cases in words (clauses 25 and 26)."""

from collections.abc import Sequence
from datetime import date

from data.words import N_, _, n_
from pages.display import numbers, sentences
from queries import answers
from queries.answers import Answer
from queries.periods import period_of
from queries.preschool import Estate, EstateState, OpenCases

ESTATE_COLUMNS = (
    "area", "estate", "state", "days_overdue", "places",
    "due_on", "built_on", "handover_due_on", "handed_over_on", "use",
)  # fmt: skip
CASE_COLUMNS = ("term", "area", "institution_id", "name", "inspected_on", "cases_found", "cases_rectified", "open")

STATES = {
    EstateState.NOT_BUILT: ("#b3391b", "✕", N_("not built")),
    EstateState.NOT_HANDED_OVER: ("#b3391b", "◇", N_("not handed over")),
    EstateState.USED_OTHERWISE: ("#8a5a00", "◆", N_("neither public nor inclusive")),
    EstateState.NO_DUE_DATE: ("#5b6673", "○", N_("no due date: not required yet")),
}
# The values of the column `use`.
USES = {
    "公办园": N_("public"),
    "普惠性民办园": N_("inclusive private"),
    "其他": N_("other"),
    "未使用": N_("not in use"),
}


def line_to_reach(found: Sequence[Answer], area: str) -> str:
    """The line that is asked about first: one that an area does not reach, else the first."""
    return next((one.definition.id for one in found if one.area(area).gap), found[0].definition.id)


def line(name: str) -> str:
    return sentences.title(answers.visible()[name])


def estates(found: Sequence[Estate]) -> str:
    """How many estate kindergartens have something open, by what it is."""
    counts = {state: sum(one.state == state for one in found) for state in EstateState}
    named = [f"{_(STATES[state][2])} {numbers.whole(count)}" for state, count in counts.items() if count]
    return _(", ").join(named) if named else _("No estate kindergarten has anything open.")


def colour(one: Estate) -> str:
    return STATES[one.state][0]


def state(one: Estate) -> str:
    _colour, shape, word = STATES[one.state]
    return f"{shape} {_(word)}"


def overdue(one: Estate) -> str:
    """For how long it should have been built, or handed over."""
    if one.days_overdue is None:
        return numbers.NOTHING
    return n_("{days} day", "{days} days", one.days_overdue, days=numbers.whole(one.days_overdue))


def use(one: Estate) -> str:
    return _(USES[one.use]) if one.use in USES else numbers.NOTHING


def day(one: date | None) -> str:
    return numbers.day(one) if one else numbers.NOTHING


def places(one: Estate) -> str:
    return numbers.number(one.places)


def estate_rows(found: Sequence[Estate]) -> list[list[object]]:
    """Plain rows of `ESTATE_COLUMNS`, for a file."""
    return [
        [
            one.area, one.estate, _(STATES[one.state][2]), one.days_overdue, one.places,
            one.due_on, one.built_on, one.handover_due_on, one.handed_over_on, use(one),
        ]
        for one in found
    ]  # fmt: skip


def cases(found: Sequence[OpenCases], today: date) -> str:
    """How many cases are open, and how many of them are of terms that are over."""
    if not found:
        return _("Every case of school-like teaching that was found has been put right.")
    now = period_of(today, "term")
    facts = {
        "kindergartens": numbers.whole(len({one.institution_id for one in found})),
        "earlier": numbers.whole(sum(one.open for one in found if one.period < now)),
    }
    return n_(
        "{count} case is not put right, in {kindergartens} kindergartens; {earlier} of terms that are over",
        "{count} cases are not put right, in {kindergartens} kindergartens; {earlier} of terms that are over",
        sum(one.open for one in found),
        **facts,
    )


def term(one: OpenCases) -> str:
    return numbers.period(one.period, "term")


def case_rows(found: Sequence[OpenCases]) -> list[list[object]]:
    """Plain rows of `CASE_COLUMNS`, for a file."""
    return [
        [one.period, one.area, one.institution_id, one.name, one.inspected_on, one.found, one.rectified, one.open]
        for one in found
    ]
