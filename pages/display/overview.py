"""The overview in words: its choices, the parts of its list, how near due dates are, and its rows for a file."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from data.plan import plan
from data.words import N_, _, n_, pick
from pages.display import colours, numbers, sentences, states, tables
from queries.answers import Answer, Trajectory, relative_gap
from queries.changes import IndicatorChange
from queries.progress import Standing, Status, standing_of
from queries.standings import Due, Judged

ALL = "all"
# So many rows are listed unless the reader asks for all: every one travels with every run of the page.
MOST = 100
# So many indicators of a due date are named.
NAMED = 30
LENGTHS = ["first", "all"]
ORDERS = {"status": N_("worst first"), "gap": N_("largest gap first"), "plan": N_("order of the plan")}
# Choices that are links of the list itself.
LINKED = {"order": list(ORDERS), "rows": LENGTHS}
# The words of a summary, and every state by its own word.
STATUSES = tuple(dict.fromkeys([Standing.BEHIND.value, *(one.value for one in Status)]))
# The class by which a row of the list has the colour of its status.
MARKS = {status: f"s{number}" for number, status in enumerate(Status)}
COLUMNS = (
    "clause", "indicator", "title", "area", "period", "value", "target", "due", "status", "missing", "since", "sentence",
)  # fmt: skip


def status_label(one: str) -> str:
    if one == ALL:
        return _("every status")
    return states.standing(Standing.BEHIND).label if one == Standing.BEHIND else states.state(Status(one)).label


def groups() -> list[str]:
    return [ALL, *(one.id for one in plan().groups)]


def group_label(one: str) -> str:
    return next((pick(group.title.pair()) for group in plan().groups if group.id == one), _("all parts"))


def fitting(found: Sequence[Answer], group: str, area: str, status: str) -> list[Judged]:
    """The indicators of a group with how they stand in an area, those of a status or of a summary's word for it."""
    judged = [(one, one.area(area)) for one in found if group in (ALL, one.definition.group.id)]
    return [(one, own) for one, own in judged if status in (ALL, own.status, standing_of(own.status))]


Section = tuple[str, str, list[Judged]]


def sections(listed: Sequence[Judged], order: str, length: str = "all") -> list[Section]:
    """The list in parts with a heading and its colour each: by part of the plan, by status, or by what is missing."""
    parts = {"plan": _by_group, "gap": _by_gap}.get(order, _by_status)(listed)
    left, found = len(listed) if length == "all" else MOST, []
    for heading, colour, part in parts:
        if part[:left]:
            found.append((heading, colour, part[:left]))
            left = max(0, left - len(part))
    return found


def _by_group(listed: Sequence[Judged]) -> list[Section]:
    by: dict[str, list[Judged]] = {group.id: [] for group in plan().groups}
    for one in listed:
        by[one[0].definition.group.id].append(one)
    return [(group_label(group), "", part) for group, part in by.items()]


def _by_gap(listed: Sequence[Judged]) -> list[Section]:
    short = sorted((one for one in listed if one[1].gap), key=lambda one: -relative_gap(one[1]))
    others = [one for one in listed if not one[1].gap]
    return [(_("short of the target"), "", short), (_("nothing missing, or not to be said in units"), "", others)]


def _by_status(listed: Sequence[Judged]) -> list[Section]:
    looks = {status: states.state(status) for status in Status}
    return [
        (look.label, look.colour, [one for one in listed if one[1].status == status]) for status, look in looks.items()
    ]


def in_area(judged: Sequence[Judged], area: str) -> list[Judged]:
    """Those of the area."""
    return [(answer, one) for answer, one in judged if one.area == area]


def summary(found: Sequence[Answer]) -> str:
    """How many indicators there are and how they stand in the whole area, in one sentence."""
    if not found:
        return _("No indicator yet")
    area, told = sentences.area(found[0], found[0].whole.area), states.told(one.whole for one in found)
    return n_(
        "{count} indicator, {area}: {told}", "{count} indicators, {area}: {told}", len(found), area=area, told=told
    )


def distance(due: Due, today: date) -> str:
    """How far away a due date is, or how long it is past."""
    days = (due.day - today).days
    if days < 0:
        return n_("{days} day ago", "{days} days ago", -days, days=numbers.whole(-days))
    return n_("in {days} day", "in {days} days", days, days=numbers.whole(days)) if days else _("today")


def stands(due: Due, today: date) -> list[tuple[states.State, int]]:
    """How the targets of a due date stand: once it is past by their verdicts, before it by the words of a summary."""
    if due.day < today:
        verdicts = Counter(one.status for _answer, one in due.targets)
        return [(states.state(one), verdicts[one]) for one in Status if verdicts[one]]
    return [(states.standing(one), count) for one, count in due.counts.items()]


def nearest(dues: Sequence[Due], today: date) -> list[Due]:
    """The due dates to come, the next one first, then those that are past, the latest first."""
    coming = [one for one in dues if one.day >= today]
    return coming + [one for one in reversed(dues) if one.day < today]


def far(answer: Answer, one: Trajectory) -> str:
    """How far an area is from its target, in its unit, and the figure."""
    return f"{numbers.point(answer.definition, one.latest, one.target)} · {sentences.judged(answer, one)}"


def shares(counts: Mapping[Standing, int]) -> list[tuple[str, str]]:
    """The pieces of a stacked mark: colour and per cent of the width."""
    total = sum(counts.values())
    pale = {Standing.NO_DATA: colours.MUTED}
    return [(pale.get(one, states.standing(one).colour), f"{100 * count / total:.0f}") for one, count in counts.items()]


def here(parameters: Mapping[str, object], **changed: str) -> str:
    """The link to the same list in another order or length; what is the default anyway is left out."""
    kept = {name: value for name, value in parameters.items() if value not in (ALL, plan().whole)}
    return tables.link("", **kept, **changed)


def days_back(shown: date, since: date | None) -> list[date]:
    """Days to compare with: a month, a quarter and a year before the day shown, and the one that is chosen."""
    return sorted({*(shown - timedelta(days=days) for days in (30, 90, 365)), *([since] if since else [])})


def movers(found: Sequence[IndicatorChange]) -> list[IndicatorChange]:
    """The indicators with another figure or verdict: first those whose verdict is worse, then better, then the same."""

    def place(one: IndicatorChange) -> int:
        turned = [area for area in one.moved if area.before.status != area.after.status]
        worse = any(list(Status).index(area.after.status) < list(Status).index(area.before.status) for area in turned)
        return (0 if worse else 1) if turned else 2

    return sorted((one for one in found if one.moved), key=place)


def rows(found: Sequence[Answer]) -> list[list[object]]:
    """Every indicator and area as plain rows of `COLUMNS`, for a file; the sentence stands with the whole area."""
    return [
        [
            sentences.clause(answer.definition.clause),
            answer.definition.id,
            sentences.title(answer.definition),
            sentences.area(answer, one.area),
            numbers.period(one.latest.period, answer.definition.period) if one.latest else None,
            numbers.point(answer.definition, one.latest, one.target),
            numbers.target(answer.definition, one.target) if one.target else None,
            one.target.due if one.target else None,
            _(states.state(one.status).word),
            numbers.for_file(one.gap),
            one.since,
            sentences.verdict(answer) if one is answer.whole else None,
        ]
        for answer in found
        for one in answer.areas
    ]
