"""The data dictionary in words: its choices, targets with their days, and what is known of who checked a definition."""

from collections.abc import Sequence

from data.plan import plan
from data.words import N_, _, n_
from pages.display import numbers, sentences, states
from queries.catalogue import Definition, Target
from queries.dictionary import WORDS, Entry, State
from queries.progress import Status

ALL = "all"
PERIODS = {
    "school_year": N_("school year"),
    "year": N_("calendar year"),
    "term": N_("term"),
    "quarter": N_("quarter"),
    "day": N_("exam day"),
}
DIRECTIONS = {"up": N_("more is better"), "down": N_("less is better"), "none": N_("neither is better")}
_LOOKS = {State.UNCHECKED: Status.NO_DATA, State.CHECKED: Status.ACHIEVED, State.CHANGED: Status.NEEDS_ACCELERATION}


def clause_label(one: str) -> str:
    """A clause as a choice: where it stands in the plan."""
    found = next((number for number in plan().clauses if str(number) == one), None)
    return _("all clauses") if found is None else sentences.clause(found)


def fitting(entries: Sequence[Entry], group: str, clause: str) -> list[Entry]:
    """The entries of a part of the plan and of a clause."""
    own = [one for one in entries if group in (ALL, one.definition.group.id)]
    return [one for one in own if clause in (ALL, str(one.definition.clause))]


def summary(entries: Sequence[Entry]) -> str:
    """How many definitions there are, and how many of them an office has checked as they are."""
    states_ = [one.state for one in entries]
    return n_(
        "{count} definition: {checked} checked, {changed} changed since, {unchecked} not yet checked",
        "{count} definitions: {checked} checked, {changed} changed since, {unchecked} not yet checked",
        len(entries),
        **{state.value: states_.count(state) for state in State},
    )


def target(definition: Definition, one: Target) -> str:
    """A target with its due date, and the day from which it holds."""
    words = [numbers.target(definition, one)]
    words += [_("due {day}", day=numbers.day(one.due))] if one.due else [_("at every period")]
    words += [_("in force from {day}", day=numbers.day(one.in_force))] if one.in_force else []
    words += [_("for the whole area only")] if one.areas == "whole" else []
    return _(", ").join(words)


def figure(definition: Definition) -> str:
    """Unit, period and direction in one line."""
    return " · ".join([numbers.unit(definition), _(PERIODS[definition.period]), _(DIRECTIONS[definition.direction])])


def look(entry: Entry) -> states.State:
    """The state of an entry's check with its colour and shape."""
    like = states.state(_LOOKS[entry.state])
    return states.State(like.colour, like.shape, WORDS[entry.state])


def check(entry: Entry) -> str:
    """Who checked the definition and when; empty where nobody did."""
    if entry.check is None:
        return ""
    return _("{office}, {day}", office=entry.check.by, day=numbers.day(entry.check.on))
