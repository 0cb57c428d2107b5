"""Is a target being kept? The states of domain section 1.3, judged on exact numbers.

observed rate = (latest − baseline) ÷ time between them; required rate = (target − baseline) ÷ time to the due date;
R = observed ÷ required. Linear, in points per day: these are shares and counts over a few years.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import Literal

ON_TRACK = Fraction(95, 100)
NEEDS_ACCELERATION = Fraction(60, 100)


class Status(StrEnum):
    """The states an indicator can be in, worst news first."""

    RELAPSED = "relapsed"
    MISSED = "missed"
    DETERIORATING = "deteriorating"
    LIMITED = "limited"
    NEEDS_ACCELERATION = "needs_acceleration"
    ON_TRACK = "on_track"
    ACHIEVED = "achieved"
    NOT_JUDGED = "not_judged"
    NO_DATA = "no_data"


@dataclass(frozen=True)
class Goal:
    """A target as numbers: `value` to reach with `comparison` by `due` (None: at every period)."""

    value: Fraction
    comparison: Literal[">=", "<="]
    due: date | None

    def met_by(self, value: Fraction) -> bool:
        return value >= self.value if self.comparison == ">=" else value <= self.value


@dataclass(frozen=True)
class Judgement:
    """status; since: the date from which the goal has been met, or missed, without a break; ratio: R, where it counts."""

    status: Status
    since: date | None = None
    ratio: Fraction | None = None


Series = Sequence[tuple[date, Fraction]]


def judge(series: Series, goal: Goal | None, today: date, plan_begins: date) -> Judgement:
    """Judges a series of (reporting date, value), oldest first and without gaps filled, as of `today`."""
    if not series:
        return Judgement(Status.NO_DATA)
    if goal is None:
        return Judgement(Status.NOT_JUDGED)
    since = _unbroken_since(series, goal)
    if goal.met_by(series[-1][1]):
        return Judgement(Status.ACHIEVED, since)
    if goal.due is None or today > goal.due:
        met_before = any(goal.met_by(value) for _day, value in series)
        return Judgement(Status.RELAPSED if met_before else Status.MISSED, since)
    return _on_the_way(series, goal, goal.due, plan_begins, since)


def shortfall(numerator: Fraction, denominator: Fraction | None, goal: Goal) -> int:
    """How many whole units the numerator is away from the goal, the denominator as it is; 0 where the goal is met."""
    wanted = goal.value * denominator if denominator is not None else goal.value
    missing = wanted - numerator if goal.comparison == ">=" else numerator - wanted
    return max(0, ceil(missing))


def _on_the_way(series: Series, goal: Goal, due: date, plan_begins: date, since: date) -> Judgement:
    baseline_day, baseline = _baseline(series, plan_begins)
    latest_day, latest = series[-1]
    if latest_day <= baseline_day or due <= baseline_day or baseline == goal.value:
        return Judgement(Status.NOT_JUDGED, since)
    if goal.met_by(baseline):  # both rates point away from what is wanted, and their quotient would look like progress
        return Judgement(Status.DETERIORATING, since)
    required = (goal.value - baseline) / (due - baseline_day).days
    ratio = (latest - baseline) / (latest_day - baseline_day).days / required
    return Judgement(_by_ratio(ratio), since, ratio)


def _by_ratio(ratio: Fraction) -> Status:
    if ratio >= ON_TRACK:
        return Status.ON_TRACK
    if ratio >= NEEDS_ACCELERATION:
        return Status.NEEDS_ACCELERATION
    return Status.LIMITED if ratio >= 0 else Status.DETERIORATING


def _baseline(series: Series, plan_begins: date) -> tuple[date, Fraction]:
    """The last figure from before the plan, else the first one there is."""
    before = [point for point in series if point[0] <= plan_begins]
    return before[-1] if before else series[0]


def _unbroken_since(series: Series, goal: Goal) -> date:
    met_now = goal.met_by(series[-1][1])
    since = series[-1][0]
    for day, value in reversed(series):
        if goal.met_by(value) != met_now:
            break
        since = day
    return since
