"""Sentences and cells of the page on star teachers, principals and schools."""

from collections.abc import Sequence

from data.words import N_, _, n_
from pages.display import numbers, sentences, terms
from queries.answers import Answer, relative_gap
from queries.excellence import Entry

KINDS = {
    "star_teacher": N_("Star teacher"),
    "backbone_teacher": N_("Backbone teacher"),
    "star_principal": N_("Star principal"),
    "backbone_principal": N_("Backbone principal"),
    "teacher_community": N_("Community of a star teacher"),
    "principal_community": N_("Community of a star principal"),
    "star_studio": N_("Studio of a star principal"),
    "backbone_studio": N_("Studio of a backbone principal"),
    "senior_school": N_("Star senior school"),
    "junior_school": N_("Star junior school"),
    "primary_school": N_("Star primary school"),
}
ALL, COUNTED, NOT_COUNTED, TO_CHECK = "all", "counted", "not_counted", "to_check"
STANDINGS = {
    ALL: N_("all"),
    COUNTED: N_("counted"),
    NOT_COUNTED: N_("not counted"),
    TO_CHECK: N_("counted, to be checked"),
}


def summary(found: Sequence[Answer]) -> str:
    """How many goals are reached, and which is furthest away; the title of the chart of counts."""
    met = sum(one.whole.gap == 0 for one in found)
    facts = {"met": met, "all": len(found)}
    behind = max(found, key=lambda one: relative_gap(one.whole), default=None)
    if behind is None or not behind.whole.gap:
        return _("{met} of {all} goals reached", **facts)
    return _(
        "{met} of {all} goals reached; least complete: {title}, {gap} short",
        **facts,
        title=sentences.title(behind.definition),
        gap=numbers.gap(behind.whole, behind.definition),
    )


def fits(entry: Entry, kind: str, standing: str) -> bool:
    """Whether an entry is of the kind and standing that the reader chose."""
    fitting = {
        ALL: True,
        COUNTED: entry.counts,
        NOT_COUNTED: not entry.counts,
        TO_CHECK: entry.counts and entry.remark is not None,
    }
    return kind in (ALL, entry.kind) and fitting[standing]


def kind(name: str) -> str:
    return _(KINDS[name]) if name in KINDS else _("all")


def standing(name: str) -> str:
    return _(STANDINGS[name])


def counted(entries: Sequence[Entry]) -> str:
    """How many of a list count, and how many do not."""
    yes = sum(one.counts for one in entries)
    words = n_("{count} entry: ", "{count} entries: ", len(entries))
    return words + _("{yes} count in the main urban area, {no} do not", yes=yes, no=len(entries) - yes)


def verdict(entry: Entry) -> str:
    """Whether an entry counts, and if not, or if something is to be checked, what and why; one sentence."""
    if not entry.counts:
        return _("Not counted, because {reason}", reason=_reason(entry))
    if entry.remark == "no_date":
        return _("Counted by the year entered, {year}: the date of the document is missing", year=entry.year)
    if entry.remark == "other_year" and entry.since:
        facts = {"entered": entry.year, "day": numbers.day(entry.since)}
        return _("Counted from its date on, {day}: the year entered is {entered}", **facts)
    return _("Counted")


def _reason(entry: Entry) -> str:
    until = numbers.day(entry.until) if entry.until else numbers.NOTHING
    since = numbers.day(entry.since) if entry.since else str(entry.year)
    match entry.reason:
        case "again":
            return _("it counts already with an earlier recognition of the same title")
        case "withdrawn":
            return _("it was withdrawn on {day}", day=until)
        case "ended":
            return _("it ended on {day}", day=until)
        case "below_level":
            school = entry.kind.endswith("_school")
            return _("it is below provincial level") if school else _("it is below city level")
        case "before_plan":
            return _("its date, {day}, lies before the plan", day=since)
        case "after_plan":
            return _("its date, {day}, lies after the plan", day=since)
        case "not_yet":
            return _("its date, {day}, is still ahead", day=since)
        case "host_closed" | "school_closed":
            return _("its school no longer runs")
        case _:
            return _("its school lies outside the main urban area")


COLUMNS = (
    "kind", "code", "name", "school", "area", "subject", "level", "document", "year", "since", "until", "counted", "reason",
)  # fmt: skip


def rows(entries: Sequence[Entry]) -> list[list[object]]:
    """The entries as rows of `COLUMNS`, for a file."""
    return [
        [
            kind(one.kind),
            one.code,
            one.name,
            one.school,
            one.area,
            terms.subject(one.subject) if one.subject else None,
            terms.level(one.level) if one.level else None,
            one.document,
            one.year,
            one.since and one.since.isoformat(),
            one.until and one.until.isoformat(),
            _("yes") if one.counts else _("no"),
            verdict(one),
        ]
        for one in entries
    ]
