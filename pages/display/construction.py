"""School projects as a reader sees them: phases, delays, milestones and readiness in words, and rows for a file."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from data.contract import contracts
from data.words import N_, _, n_, pick
from pages.display import numbers, sentences
from pages.display.states import STATES, State
from queries import answers
from queries.answers import Answer
from queries.construction import Autumn, Item, Kindergarten, Milestone, Phase, Project, Quarter, Readiness, Step
from queries.progress import Status

LATE, IN_TIME, UNKNOWN = STATES[Status.MISSED], STATES[Status.ACHIEVED], STATES[Status.NO_DATA]
# What a reader can ask for.
LATE_ONLY, EVERY = "late", "all"
# What follows from the institution that a project became.
BY_INSTITUTION = ("new_school_partnered", "attached_kindergartens_inclusive")
SHOWN = {LATE_ONLY: N_("late only"), EVERY: N_("every project")}
# A project by name is worth its place up to here; the tables have them all.
NAMED = 6

_PHASES = {
    Phase.CANCELLED: N_("taken out of the plan"),
    Phase.NOT_STARTED: N_("not begun"),
    Phase.BUILDING: N_("under construction"),
    Phase.BUILT: N_("built, not handed over"),
    Phase.HANDED_OVER: N_("handed over, not open"),
    Phase.IN_USE: N_("in use"),
}
_STEPS = {
    Step.START: N_("start of building"),
    Step.COMPLETION: N_("completion"),
    Step.HANDOVER: N_("handover"),
    Step.OPENING: N_("opening"),
}
_KINDS = {
    "幼儿园": N_("kindergarten"),
    "小学": N_("primary school"),
    "初中": N_("junior school"),
    "九年一贯制学校": N_("nine-year school"),
    "完全中学": N_("junior and senior school"),
    "高中": N_("senior school"),
    "十二年一贯制学校": N_("twelve-year school"),
    "特殊教育学校": N_("special school"),
}
_LEVELS = {"市级": N_("city level"), "区级": N_("district level")}
_ITEMS = {
    Item.TEACHERS: N_("Teaching staff"),
    Item.ROOMS: N_("Special rooms"),
    Item.BOOKS: N_("Books"),
    Item.INSTRUMENTS: N_("Instruments"),
}
_RUN_AS = {
    "public": State(IN_TIME.colour, "●", N_("public")),
    "inclusive_private": State("#0b5cab", "▲", N_("inclusive private")),
    "private": State(LATE.colour, LATE.shape, N_("other private, not inclusive")),
    None: State(UNKNOWN.colour, UNKNOWN.shape, N_("institution not entered")),
}
ROUNDS = {
    "调度": N_("Dispatch"),
    "督导": N_("Supervision"),
    "观摩": N_("Visits"),
    "通报": N_("Circulars"),
    "领导小组会议": N_("Leading group"),
}


def chosen(found: Iterable[Project], show: str) -> list[Project]:
    """The projects that a reader asked for: every one, or those that are or were late."""
    return [one for one in found if one.days_late or show != LATE_ONLY]


def kind(one: Project) -> str:
    """What is built, in the reader's language; a kindergarten of an estate or a school says so."""
    return _("attached kindergarten") if one.attached else _(_KINDS.get(one.kind, one.kind))


def level(one: Project) -> str:
    return _(_LEVELS.get(one.level, one.level))


def phase(one: Project) -> str:
    return _(_PHASES[one.phase])


def leaders(one: Project) -> str:
    """The posts that answer for a project, never names; a dash where none is needed any more, else that there is none."""
    if one.posts:
        return _(", ").join(one.posts)
    return _("no leader named") if leaderless(one) else numbers.NOTHING


def leaderless(one: Project) -> bool:
    """Whether a project that needs a leader has none."""
    return not one.posts and one.phase not in (Phase.IN_USE, Phase.CANCELLED)


def days(count: int) -> str:
    return n_("{days} day late", "{days} days late", count, days=numbers.whole(count))


def delay(one: Project) -> str:
    """How late a project is against its plan, in words."""
    if one.cancelled_on:
        return _(_PHASES[Phase.CANCELLED])
    if one.delay is None:
        return _("no planned date")
    if one.delay.days:
        return days(one.delay.days)
    return _("in time") if one.delay.due else _("not due yet")


def delay_state(one: Project) -> State:
    """The colour and the shape of a project's delay."""
    if one.delay is None:
        return STATES[Status.NOT_JUDGED]
    if one.delay.days:
        return LATE
    return IN_TIME if one.delay.due else STATES[Status.NOT_JUDGED]


def delayed_step(one: Project) -> str:
    """Which step the delay is counted at, and the day it was planned for."""
    if one.delay is None or one.delay.milestone.planned is None:
        return ""
    return milestone(one.delay.milestone)


def next_step(one: Project) -> str:
    return milestone(one.next_step) if one.next_step else numbers.NOTHING


def milestone(one: Milestone) -> str:
    """A step and the day that it is planned for; a handover has none."""
    facts = {"step": _(_STEPS[one.step]), "day": numbers.day(one.planned) if one.planned else ""}
    if one.planned is None:
        return facts["step"] if one.step == Step.HANDOVER else _("{step} (no planned date)", **facts)
    return _("{step} (planned for {day})", **facts)


def summary(found: Sequence[Project]) -> str:
    """How many projects are late, how many of those are not open yet, and which is the latest one."""
    current = [one for one in found if not one.cancelled_on]
    late = [one for one in current if one.days_late]
    if not current:
        return _("No project is in the register.")
    facts = {"late": numbers.whole(len(late)), "all": numbers.whole(len(current))}
    if not late:
        return _("None of {all} projects is later than planned", **facts)
    unfinished = [one for one in late if one.phase != Phase.IN_USE]
    worst = (unfinished or late)[0]
    facts |= {"open": numbers.whole(len(unfinished)), "name": worst.name, "days": days(worst.days_late)}
    if not unfinished:
        return _("{late} of {all} projects came late, and all of those are in use; the latest: {name}, {days}", **facts)
    return n_(
        "{late} of {all} projects is late, {open} of them not in use yet; the latest of these: {name}, {days}",
        "{late} of {all} projects are late, {open} of them not in use yet; the latest of these: {name}, {days}",
        len(late),
        **facts,
    )


def nothing(found: Sequence[Project], register: Answer) -> str:
    """Why no project is listed: none is late, or none is in the register, and whose it is."""
    return _("No project of this area is or was late.") if found else sentences.lacking(register)


def named(names: Sequence[str]) -> str:
    """Names in a sentence: the first of them, and how many more there are."""
    listed = _(", ").join(names[:NAMED])
    more = len(names) - NAMED
    return listed + (_(" and {count} more", count=numbers.whole(more)) if more > 0 else "")


def autumn(found: Sequence[Autumn]) -> list[str]:
    """What clause 1's autumn left behind: those fit and not open in time, and those that nobody called fit."""
    late = [
        _("{name} (opened {day})", name=one.name, day=numbers.day(one.opened_on))
        if one.opened_on
        else _("{name} (not open)", name=one.name)
        for one in found
        if one.fit
    ]
    unknown = [one.name for one in found if not one.fit]
    said = []
    if late:
        said.append(
            _(
                "Autumn 2020: fit to open by 31 August, but not open by 30 September 2020, and an opening after that day does not count: {names}",
                names=named(late),
            )
        )
    if unknown:
        said.append(
            _(
                "Autumn 2020: left out, as nobody entered the day on which it was fit to open: {names}",
                names=named(unknown),
            )
        )
    return said


def unlinked(found: Iterable[Project]) -> list[str]:
    """The schools in use whose institution nobody entered: they cannot be judged by what the register says of them."""
    names = [one.name for one in found if one.phase == Phase.IN_USE and not one.institution_id]
    if not names:
        return []
    left_out = _(", ").join(f"“{sentences.title(answers.visible()[one])}”" for one in BY_INSTITUTION)
    facts = {"names": named(names), "indicators": left_out}
    return [_("In use, but without the code of the institution, so not counted in {indicators}: {names}", **facts)]


def partners(found: Mapping[str, bool]) -> list[str]:
    """Which new schools have no partner."""
    without = [name for name, partnered in found.items() if not partnered]
    facts = {"count": numbers.whole(len(without)), "all": numbers.whole(len(found)), "names": named(without)}
    return [_("New schools in use without a partner, {count} of {all}: {names}", **facts)] if without else []


# Half a year after handover


def items() -> dict[Item, str]:
    return {item: _(title) for item, title in _ITEMS.items()}


def item(one: Readiness, which: Item) -> tuple[State, str, str]:
    """An item's cell: its look, since when it was there or that it was missing, and by how much it was too late."""
    since = dict(one.in_place)[which]
    if since is not None:
        late = one.days_late(which) or 0
        return (LATE, numbers.day(since), days(late)) if late else (IN_TIME, numbers.day(since), "")
    if not one.reported or one.checked_on is None:
        return UNKNOWN, _("no report"), ""
    facts = {"day": numbers.day(one.checked_on)}
    if one.known:
        return LATE, _("not there on {day}", **facts), ""
    return UNKNOWN, _("not there yet on {day}", **facts), ""


def readiness(one: Readiness) -> tuple[State, str]:
    """The verdict on a school handed over."""
    if one.in_time:
        return IN_TIME, _("all in time")
    if not one.due:
        return STATES[Status.NOT_JUDGED], _("not due yet")
    if one.known:
        return LATE, _("not all in time")
    return UNKNOWN, _("to be checked again") if one.reported else _("report missing")


def equipped(found: Sequence[Readiness]) -> str:
    """How many of those whose half year is over were equipped in time, and of how many nobody has told."""
    due = [one for one in found if one.due]
    known = [one for one in due if one.known]
    facts = {
        "good": numbers.whole(sum(one.in_time for one in known)),
        "known": numbers.whole(len(known)),
        "missing": numbers.whole(len(due) - len(known)),
        "owner": pick(contracts()["readiness"].owner.pair()),
    }
    if not due:
        return _("No school was handed over half a year ago or more.")
    told = _("{good} of {known} schools were fully equipped half a year after handover", **facts)
    if len(due) == len(known):
        return told
    return _("{told}; of {missing} the outcome is not known and left out (owed by {owner})", told=told, **facts)


# Attached kindergartens


def run_as(one: Kindergarten) -> State:
    return _RUN_AS[one.run_as]


def inclusive(found: Sequence[Kindergarten]) -> str:
    """How many are public, inclusive private and neither."""
    facts = {
        code or "unknown": numbers.whole(sum(one.run_as == code for one in found))
        for code in ("public", "inclusive_private", "private", None)
    }
    if not found:
        return _("No attached kindergarten is in use.")
    return _(
        "{day}: {public} public, {inclusive_private} inclusive private, {private} neither, {unknown} not entered",
        day=numbers.day(found[0].day),
        **facts,
    )


# Steering


def rounds() -> dict[str, str]:
    return {code: _(title) for code, title in ROUNDS.items()}


def round_of(one: Quarter, code: str) -> tuple[State, str]:
    """A cell: held of scheduled; no row is no data."""
    for name, held, scheduled in one.rounds:
        if name == code:
            state = LATE if held < scheduled else IN_TIME
            return state, f"{numbers.whole(held)}/{numbers.whole(scheduled)}"
    return UNKNOWN, _("no data")


# Files


def columns() -> tuple[str, ...]:
    """The header of `rows`."""
    return (
        _("Project code"), _("Project"), _("Area"), _("Kind"), _("Responsible level"), _("Leader"), _("Phase"), _("Days late"),
        _("Planned start"), _("Started on"), _("Planned completion"), _("Completed on"), _("Handed over on"),
        _("Planned opening"), _("Opened on"), _("Cancelled on"),
    )  # fmt: skip


def rows(found: Iterable[Project], answer: Answer) -> list[list[object]]:
    """Every project for a file, days as ISO text; no days late where no day was planned."""
    return [
        [
            one.project_id, one.name, sentences.area(answer, one.area), kind(one), level(one), _(", ").join(one.posts),
            phase(one), one.delay.days if one.delay else None,
            *map(_iso, (one.start.planned, one.start.done, one.completion.planned, one.completion.done)),
            *map(_iso, (one.handover.done, one.opening.planned, one.opening.done, one.cancelled_on)),
        ]
        for one in found
    ]  # fmt: skip


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
