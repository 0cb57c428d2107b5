"""Is a target being kept? The states of domain section 1.3, judged on exact numbers.

observed rate = (latest − baseline) ÷ time between them; required rate = (target − baseline) ÷ time to the due date;
R = observed ÷ required. Linear, in points per day: these are shares and counts over a few years.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
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


class Standing(StrEnum):
    """The states in the few words of a summary, best news first."""

    ACHIEVED = "achieved"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    NOT_JUDGED = "not_judged"
    NO_DATA = "no_data"


def standing_of(status: Status) -> Standing:
    """What a state comes to in a summary: all that falls short of the target's path or of the target is behind."""
    named = {Status.ACHIEVED, Status.ON_TRACK, Status.NOT_JUDGED, Status.NO_DATA}
    return Standing(status.value) if status in named else Standing.BEHIND


class Why(StrEnum):
    """Why what has a target is not judged, where figures do not say it themselves.

    WITHHELD: the newest figure is not given, as it tells of few persons, and a verdict would give it away; BEFORE_WITHHELD:
    that holds for the one that a trend starts from. GAP: the period before the newest has no figure. OWED: the figure of
    the period of the due date has not come. RUNNING: the only period with a figure is not over. NOTHING_COUNTED: the
    denominator is 0. BY_DISTRICT: by its nature only districts have figures.
    """

    WITHHELD = "withheld"
    BEFORE_WITHHELD = "before_withheld"
    GAP = "gap"
    OWED = "owed"
    RUNNING = "running"
    NOTHING_COUNTED = "nothing_counted"
    BY_DISTRICT = "by_district"


@dataclass(frozen=True)
class Goal:
    """A target as numbers: `value` to reach with `comparison` by `due` (None: at every period).

    baseline: where the way to it begins, if not at a figure of the series.
    """

    value: Fraction
    comparison: Literal[">=", "<="]
    due: date | None
    baseline: tuple[date, Fraction] | None = None

    def met_by(self, value: Fraction) -> bool:
        return value >= self.value if self.comparison == ">=" else value <= self.value


@dataclass(frozen=True)
class Judgement:
    """status; since: the date from which the goal has been met, or missed, without a break; ratio: R, where it counts."""

    status: Status
    since: date | None = None
    ratio: Fraction | None = None
    why: Why | None = None


Given = Sequence[tuple[date, Fraction]]
# Of a figure that is not given, or of a period without one, the reason stands in the place of the value.
Series = Sequence[tuple[date, Fraction | Why]]


def judge(
    series: Series,
    goal: Goal | None,
    today: date,
    plan_begins: date,
    goal_of: Callable[[date], Goal | None] | None = None,
    decides: date | None = None,
) -> Judgement:
    """Judges a series of (reporting date, value), oldest first and without gaps filled, as of `today`.

    goal_of: the goal that held on an earlier day, where it was not always the same; `goal` is the one of today.
    decides: the day that a figure must describe, it or a later one, so that there is a verdict once the due date is past.
    """
    if not series:
        return Judgement(Status.NO_DATA)
    if goal is None:
        return Judgement(Status.NOT_JUDGED)
    (latest_day, latest), over = series[-1], goal.due is not None and today > goal.due
    if over and decides is not None and latest_day < decides:
        return Judgement(Status.NOT_JUDGED, why=Why.OWED)
    if isinstance(latest, Why):
        return Judgement(Status.NOT_JUDGED, why=latest)
    met = [_met(goal_of(day) if goal_of else goal, value) for day, value in series[:-1]]
    met.append(goal.met_by(latest))
    since = _unbroken_since([day for day, _value in series], met)
    if met[-1]:
        return Judgement(Status.ACHIEVED, since)
    if goal.due is None or over:
        return Judgement(Status.RELAPSED if any(met) else Status.MISSED, since)
    given = [(day, value) for day, value in series if not isinstance(value, Why)]
    return _on_the_way(given, goal, goal.due, plan_begins, since)


def judge_trend(series: Series, direction: Literal["rising", "falling"], highest: Fraction | None = None) -> Judgement:
    """Judges a series by whether its newest value lies strictly beyond the one before; one value alone is not judged.

    What cannot go on, as it is 0 or the `highest` that there is, need not. Two values are compared only where nothing
    stands between them: a figure that is not given, and a period without one, stand in the series with their reason.
    """
    if not series:
        return Judgement(Status.NO_DATA)
    if isinstance(series[-1][1], Why):
        return Judgement(Status.NOT_JUDGED, why=series[-1][1])
    if len(series) == 1:
        return Judgement(Status.NOT_JUDGED)
    if isinstance(series[-2][1], Why):
        before = series[-2][1]
        return Judgement(Status.NOT_JUDGED, why=Why.BEFORE_WITHHELD if before == Why.WITHHELD else before)
    met = [_moved(earlier, later, direction, highest) for (_day, earlier), (_next, later) in pairwise(series)]
    since = _unbroken_since([day for day, _value in series[1:]], met)
    if met[-1]:
        return Judgement(Status.ACHIEVED, since)
    return Judgement(Status.RELAPSED if any(met) else Status.MISSED, since)


def at_the_end(value: Fraction, direction: Literal["rising", "falling"], highest: Fraction | None) -> bool:
    """Whether a value cannot move on: nothing falls below 0, and some things do not rise above a highest value."""
    return value == 0 if direction == "falling" else highest is not None and value >= highest


def _moved(
    earlier: Fraction | Why, later: Fraction | Why, direction: Literal["rising", "falling"], highest: Fraction | None
) -> bool | None:
    """Whether a value moved as it should, or could not; None where one of the two is not known."""
    if isinstance(earlier, Why) or isinstance(later, Why):
        return None
    beyond = later > earlier if direction == "rising" else later < earlier
    return beyond or at_the_end(later, direction, highest)


def shortfall(numerator: Fraction, denominator: Fraction | None, goal: Goal) -> int:
    """How many whole units the numerator is away from the goal, the denominator as it is; 0 where the goal is met."""
    wanted = goal.value * denominator if denominator is not None else goal.value
    missing = wanted - numerator if goal.comparison == ">=" else numerator - wanted
    return max(0, ceil(missing))


def _on_the_way(series: Given, goal: Goal, due: date, plan_begins: date, since: date) -> Judgement:
    baseline_day, baseline = goal.baseline or _baseline(series, plan_begins)
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


def _baseline(series: Given, plan_begins: date) -> tuple[date, Fraction]:
    """The last figure from before the plan, else the first one there is."""
    before = [point for point in series if point[0] <= plan_begins]
    return before[-1] if before else series[0]


def _met(goal: Goal | None, value: Fraction | Why) -> bool | None:
    if isinstance(value, Why):
        return None
    return goal is not None and goal.met_by(value)


def _unbroken_since(days: Sequence[date], met: Sequence[bool | None]) -> date:
    """The first day of the run of equal verdicts that the newest one ends."""
    since = days[-1]
    for day, one in zip(reversed(days), reversed(met), strict=True):
        if one != met[-1]:
            break
        since = day
    return since
