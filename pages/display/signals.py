"""Sentences about a series with limits: what stands out in it, since when, and whether a target can be met as things are."""

from collections.abc import Sequence

from data.words import _
from queries.answers import Trajectory
from queries.xmr import ENOUGH_POINTS, Assurance, Chart, Flag, Rule, Signal

# A title has room for the newest signals only.
MOST_SIGNALS = 2


def enough(one: Trajectory) -> bool:
    """Whether an area's series is long enough for limits that can be relied on."""
    return sum(point.value is not None for point in one.complete) >= ENOUGH_POINTS


def sentence(chart: Chart, periods: Sequence[str], goal: Assurance | None = None) -> str:
    """The chart's conclusion: the newest signals first, the target's chance, and that limits are on trial if they are."""
    signals = [_signal(one, chart, periods) for one in reversed(chart.signals)][:MOST_SIGNALS]
    said = signals or [_("no signal, what moves is within the usual range")]
    if goal is not None:
        said.append(_assurance(goal))
    if chart.trial:
        said.append(_("fewer than {count} points, so the limits are on trial", count=ENOUGH_POINTS))
    return _("; ").join(said)


def label(flag: Flag) -> str:
    """The rule in a few words, for a label beside the points."""
    match flag.rule:
        case Rule.OUTSIDE:
            return _("above the limits") if flag.side > 0 else _("below the limits")
        case Rule.TREND:
            return _("seven rising") if flag.side > 0 else _("seven falling")
        case Rule.NEAR_LIMIT:
            return _("two of three near the upper limit") if flag.side > 0 else _("two of three near the lower limit")
        case Rule.ONE_SIDE:
            return _("seven above the mean") if flag.side > 0 else _("seven below the mean")


def _signal(one: Signal, chart: Chart, periods: Sequence[str]) -> str:
    first, last = periods[one.first], periods[one.last]
    facts = {"first": first, "last": last, "count": one.last - one.first + 1}
    up, lasts = one.flag.side > 0, one.last == len(chart.values) - 1
    match one.flag.rule:
        case Rule.OUTSIDE if one.first == one.last:
            return _("{first} above the usual range", **facts) if up else _("{first} below the usual range", **facts)
        case Rule.OUTSIDE if lasts:
            return (
                _("above the usual range since {first}", **facts)
                if up
                else _("below the usual range since {first}", **facts)
            )
        case Rule.OUTSIDE:
            return (
                _("above the usual range from {first} to {last}", **facts)
                if up
                else _("below the usual range from {first} to {last}", **facts)
            )
        case Rule.TREND:
            return (
                _("rising time after time from {first} to {last}", **facts)
                if up
                else _("falling time after time from {first} to {last}", **facts)
            )
        case Rule.NEAR_LIMIT:
            return (
                _("close to the upper limit from {first} to {last}", **facts)
                if up
                else _("close to the lower limit from {first} to {last}", **facts)
            )
        case _ if lasts:
            return (
                _("above the mean since {first}, {count} times in a row", **facts)
                if up
                else _("below the mean since {first}, {count} times in a row", **facts)
            )
        case _:
            return (
                _("above the mean from {first} to {last}, {count} times in a row", **facts)
                if up
                else _("below the mean from {first} to {last}, {count} times in a row", **facts)
            )


def _assurance(one: Assurance) -> str:
    match one:
        case Assurance.WILL_NOT:
            return _("the target will not be met as things are")
        case Assurance.WILL_ALWAYS:
            return _("the target will always be met as things are")
        case Assurance.MAY:
            return _("the target may or may not be met, as it happens")
