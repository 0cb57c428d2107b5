"""A status as colour, shape and word together, so that no reader depends on colour."""

from collections.abc import Iterable
from dataclasses import dataclass

from data.words import N_, _
from queries.answers import Trajectory
from queries.changes import WORDS, Cause
from queries.progress import Standing, Status
from queries.standings import counted


@dataclass(frozen=True)
class State:
    """colour: dark enough for text on white; shape: one character; word: message id."""

    colour: str
    shape: str
    word: str

    @property
    def label(self) -> str:
        return f"{self.shape} {_(self.word)}"


_TEAL, _BLUE, _AMBER, _VERMILION, _GREY = "#00695c", "#0b5cab", "#8a5a00", "#b3391b", "#5b6673"

STATES = {
    Status.ACHIEVED: State(_TEAL, "●", N_("achieved")),
    Status.ON_TRACK: State(_BLUE, "▲", N_("on track")),
    Status.NEEDS_ACCELERATION: State(_AMBER, "◆", N_("needs acceleration")),
    Status.LIMITED: State(_AMBER, "◇", N_("limited progress")),
    Status.DETERIORATING: State(_VERMILION, "▼", N_("deteriorating")),
    Status.MISSED: State(_VERMILION, "✕", N_("missed")),
    Status.RELAPSED: State(_VERMILION, "↩", N_("relapsed")),
    Status.NOT_JUDGED: State(_GREY, "–", N_("not judged")),
    Status.NO_DATA: State(_GREY, "○", N_("no data")),
}

# A summary's words: what falls short of a target, or of the way to it, is one.
STANDINGS = {
    one: State(_VERMILION, "▼", N_("behind")) if one == Standing.BEHIND else STATES[Status(one.value)]
    for one in Standing
}

CAUSES = {
    cause: State(colour, shape, WORDS[cause])
    for cause, colour, shape in (
        (Cause.NEW_DATA, _BLUE, "+"),
        (Cause.REVISION, _AMBER, "±"),
        (Cause.WITHDRAWAL, _VERMILION, "↩"),
        (Cause.DEFINITION, _AMBER, "§"),
        (Cause.NEW_INDICATOR, _BLUE, "✱"),
        (Cause.DAY, _GREY, "○"),
    )
}


def state(status: Status) -> State:
    return STATES[status]


def standing(one: Standing) -> State:
    return STANDINGS[one]


def told(trajectories: Iterable[Trajectory]) -> str:
    """How many of them stand how, in the words of a summary."""
    return _(", ").join(
        _("{count} {word}", count=count, word=_(standing(one).word)) for one, count in counted(trajectories).items()
    )
