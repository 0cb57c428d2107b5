"""Words and cells of the consequence ledger of key schools."""

from collections.abc import Sequence

from data.words import N_, _, n_, pick
from pages.display import numbers, states
from pages.display.states import State
from queries.accountability.ledger import Judged, Run, Standing, Verdict
from queries.accountability.rule import Step, Version, rule
from queries.accountability.schools import Change, Evidence, School, Year
from queries.progress import Status

_WORDS = {
    Verdict.MET: (Status.ACHIEVED, N_("met its targets")),
    Verdict.MISSED: (Status.MISSED, N_("missed")),
    Verdict.OPEN: (Status.NO_DATA, N_("no verdict")),
}
_ACTIONS = {"published": N_("published"), "withdrawn": N_("withdrawn"), "restored": N_("restored")}
_SIGNS = {"不低于": "≥", "不高于": "≤"}


def verdict(one: Verdict) -> State:
    """A verdict as colour, shape and word together."""
    status, word = _WORDS[one]
    like = states.state(status)
    return State(like.colour, like.shape, word)


def change_label(one: Verdict | None) -> str:
    return verdict(one).label if one else _("no rows any more")


def conclusion(schools: Sequence[School]) -> str:
    """How the newest year stands over all schools, and how much is overdue."""
    newest = max((year.judged.year for school in schools for year in school.years), default=None)
    judged = [year.judged for school in schools for year in school.years if year.judged.year == newest]
    overdue = sum(len(school.overdue) for school in schools)
    facts = {
        "year": newest,
        "met": numbers.whole(sum(one.verdict == Verdict.MET for one in judged)),
        "missed": numbers.whole(sum(one.verdict == Verdict.MISSED for one in judged)),
        "open": numbers.whole(sum(one.verdict == Verdict.OPEN for one in judged)),
    }
    stands = _("{year}: {met} key schools met their targets, {missed} missed them, {open} have no verdict.", **facts)
    late = n_(
        "{count} consequence is without a recorded date.",
        "{count} consequences are without a recorded date.",
        overdue,
    )
    return f"{stands} {late}" if overdue else stands


def years(schools: Sequence[School]) -> list[int]:
    """Every year that a ledger has, oldest first."""
    return sorted({year.judged.year for school in schools for year in school.years})


def year_of(school: School, year: int) -> Year | None:
    return next((one for one in school.years if one.judged.year == year), None)


def in_a_row(run: Run) -> str:
    """How many years were missed in a row; what open years leave possible is said."""
    if run.possible == run.sure:
        return numbers.whole(run.sure)
    listed = _(", ").join(str(year) for year in run.open_years)
    return _(
        "{sure}, possibly {possible}: no verdict for {years}",
        sure=numbers.whole(run.sure),
        possible=numbers.whole(run.possible),
        years=listed,
    )


def consequence(step: Step | None) -> str:
    return pick(step.consequence.pair()) if step else _("no consequence")


def says_now(standing: Standing) -> str:
    """What the rule says after the last year with a verdict."""
    if standing.now is None:
        return _("no verdict yet")
    return _("{year}: {consequence}", year=standing.now.year, consequence=consequence(standing.now.step))


def if_open_missed(standing: Standing) -> str:
    """What would follow if the years without a verdict turned out missed; empty where that changes nothing."""
    if standing.now is None or standing.if_open_missed is None:
        return ""
    listed = _(", ").join(str(year) for year in standing.now.run.open_years)
    return _("if {years} were missed: {consequence}", years=listed, consequence=consequence(standing.if_open_missed))


def if_missed(standing: Standing) -> str:
    """What a miss of the next year would trigger."""
    return _(
        "A miss in {year} would be number {count} in a row: {consequence}",
        year=standing.next_year,
        count=standing.in_a_row,
        consequence=consequence(standing.if_missed),
    )


def if_met(standing: Standing) -> str:
    return _("If {year} is met, nothing follows and the count begins anew", year=standing.next_year)


def is_heavier(standing: Standing) -> bool:
    """Whether a miss of the next year would bring a heavier step than any so far."""
    now = standing.now.step if standing.now else None
    then = standing.if_missed
    return then is not None and then.in_a_row > 1 and (now is None or then.in_a_row > now.in_a_row)


def overdue(year: Year) -> str:
    return _(
        "{year}: {consequence}, no date recorded", year=year.judged.year, consequence=consequence(year.judged.step)
    )


def followed(year: Year) -> str:
    """What the rule says of a year, and whether it was done."""
    if year.judged.step is None:
        return numbers.NOTHING
    if year.recorded_on is None:
        return _("{consequence}, no date recorded", consequence=consequence(year.judged.step))
    return _(
        "{consequence}, recorded for {day}",
        consequence=consequence(year.judged.step),
        day=numbers.day(year.recorded_on),
    )


def target(one: Evidence) -> str:
    return f"{_SIGNS.get(one.comparison, one.comparison)} {numbers.number(one.target)}"


def result(one: Evidence) -> str:
    return numbers.persons(1) if one.withheld else numbers.number(one.result)


def item_verdict(one: Evidence) -> State:
    found = {True: Verdict.MET, False: Verdict.MISSED, None: Verdict.OPEN}[one.met]
    return verdict(found)


def day(one: object) -> str:
    return numbers.cell(one)


def action(one: Change) -> str:
    """What happened to which upload."""
    return _("upload #{id} {action}", id=one.upload_id, action=_(_ACTIONS[one.action]))


def version(one: Version) -> str:
    return _(
        "Rule version {number}, in force since {day}: {source}",
        number=one.version,
        day=numbers.day(one.in_force),
        source=pick(one.source.pair()),
    )


def versions() -> list[str]:
    """Every version of the rule, the newest first."""
    return [version(one) for one in reversed(rule().versions)]


def counting() -> str:
    """How missed years are counted; what of it is our reading of the plan is said."""
    return _(
        "One item that fell short is a missed year. Years from {year} on count, the first that the rule covers. The count is by school and goes on when the principal changes, as only replacements are recorded; after a recorded one it begins anew. This is our reading: the plan speaks of the principal. A year without a verdict is no miss and does not break a row: what is sure counts from that year on, what is possible counts through it.",
        year=rule().first_year,
    )


def version_number(one: Judged) -> str:
    return str(one.version.version) if one.version else numbers.NOTHING


COLUMNS = (
    "institution_id", "school", "district", "year", "verdict", "missed_in_a_row", "possibly_in_a_row", "rule_version",
    "consequence", "recorded_on", "item", "comparison", "target", "result", "talked_on", "replaced_on", "file", "line",
    "upload",
)  # fmt: skip


def rows(schools: Sequence[School]) -> list[list[object]]:
    """One row of `COLUMNS` an item, or a year without any, for a file."""
    return [
        [*_year_cells(school, year), *_item_cells(item)]
        for school in schools
        for year in school.years
        for item in year.evidence or (None,)
    ]


def _year_cells(school: School, year: Year) -> list[object]:
    judged = year.judged
    return [
        school.institution_id,
        school.name,
        school.area,
        judged.year,
        judged.verdict.value,
        judged.run.sure,
        judged.run.possible,
        judged.version.version if judged.version else None,
        consequence(judged.step) if judged.step else "",
        year.recorded_on,
    ]


def _item_cells(one: Evidence | None) -> list[object]:
    if one is None:
        return [None] * 9
    given = result(one) if one.withheld else one.result
    place = (one.file_name, one.line, one.upload_id)
    return [one.item, one.comparison, one.target, given, one.talked_on, one.replaced_on, *place]
