"""Sentences, cells and rows of the pages of a joint exam and of a school in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from data.contract import contracts
from data.words import N_, _, n_, pick
from pages.display import numbers, terms
from pages.display.states import State
from queries.answers import Viewer
from queries.exams.access import may_see_schools
from queries.exams.attendance import Attendance
from queries.exams.consistency import Consistency, Reliability
from queries.exams.figures import Level, Table, Unit
from queries.exams.overview import Band, Overview, PaperFigures
from queries.exams.papers import Quality
from queries.exams.setup import TOTAL, Exam, Heading
from queries.exams.statistics import Rate, Share
from queries.exams.units import Comparison, Interval
from queries.suppression import SMALL

# What stands in a link for the totals, for all tracks and for pupils without one.
ALL_PAPERS, ALL_TRACKS, NO_TRACK = "total", "all", "none"
WIDTHS = ("5", "10", "20")

WORDS = {
    Comparison.ABOVE: State("#00695c", "▲", N_("above")),
    Comparison.BELOW: State("#b3391b", "▼", N_("below")),
    Comparison.INDISTINGUISHABLE: State("#5b6673", "○", N_("chance cannot be ruled out")),
}
QUALITIES = {
    Quality.VERY_GOOD: State("#00695c", "●", N_("very good")),
    Quality.GOOD: State("#0b5cab", "▲", N_("good")),
    Quality.ACCEPTABLE: State("#8a5a00", "◆", N_("acceptable")),
    Quality.POOR: State("#b3391b", "✕", N_("poor")),
}
RATES = {Rate.EXCELLENT: N_("Excellent"), Rate.GOOD: N_("Good"), Rate.PASS: N_("Pass"), Rate.LOW: N_("Low")}


# Names


def exam(one: Heading | Exam) -> str:
    """An exam; its name is Chinese, so that an English reader gets its grade and day."""
    return called(one.name, one.grade, one.last_day)


def called(name: str, grade: str, day: date) -> str:
    """The same of its parts."""
    return pick({"zh": name, "en": f"{terms.grade(grade)}, {numbers.day(day)}"})


def subject(name: str) -> str:
    return _("Total") if name in (TOTAL, ALL_PAPERS) else terms.subject(name)


def subjects(of: Exam) -> list[str]:
    """The choices of a subject as a link has them."""
    return [ALL_PAPERS, *of.subjects]


def of_link(name: str) -> str:
    """The subject that a link means."""
    return TOTAL if name == ALL_PAPERS else name


def in_link(name: str) -> str:
    return name or ALL_PAPERS


def tracks(of: Exam) -> list[str]:
    return [ALL_TRACKS, *(one or NO_TRACK for one in of.tracks)] if len(of.tracks) > 1 else [ALL_TRACKS]


def track(name: str) -> str:
    named = {ALL_TRACKS: _("All tracks"), NO_TRACK: _("No track")}
    return named[name] if name in named else terms.track(name)


def track_of(name: str) -> str | None:
    """The track that a link means; None is all."""
    return {ALL_TRACKS: None, NO_TRACK: ""}.get(name, name)


def track_in_link(name: str | None) -> str:
    """A track as a link has it."""
    return ALL_TRACKS if name is None else name or NO_TRACK


def unit(one: Unit, english: Mapping[str, str]) -> str:
    if one.level == Level.CITY:
        return _("All who sat")
    return pick({"zh": one.name, "en": english.get(one.name, one.name)}) if one.level == Level.AREA else one.name


# Cells


def withheld() -> str:
    return _("<{number} or withheld", number=SMALL)


def count(number: int | None) -> str:
    return withheld() if number is None else numbers.whole(number)


def sat(one: Unit) -> str:
    """How many of a unit sat; that nobody did is no secret."""
    return count(one.number if one.number is not None or one.withheld else 0)


def mark(value: Fraction | None, places: int = 1) -> str:
    return numbers.NOTHING if value is None else numbers.decimal(value, places)


def sd(one: Unit) -> str:
    return numbers.NOTHING if one.sd is None else numbers.decimal(Fraction(one.sd), 1)


def quartiles(one: Unit) -> str:
    return " · ".join(quantile(value) for value in one.quartiles) if one.quartiles else numbers.NOTHING


def quantile(value: Fraction | None) -> str:
    """A quantile as it is told: a whole mark, or a multiple of the step that all scores of the exam have."""
    return mark(value, 0 if value is not None and value.denominator == 1 else 1)


def half(one: Interval | None) -> str:
    """How far an interval reaches to either side."""
    return "" if one is None else f"± {numbers.decimal(Fraction((one.high - one.low) / 2), 1)}"


def share(value: Fraction | None) -> str:
    return numbers.NOTHING if value is None else numbers.percent(value)


def unit_rate(one: Unit, which: Rate) -> str:
    return withheld() if one.withheld and one.full else rate(one.rates, which)


def rate(of: Mapping[Rate, Share | None] | None, which: Rate) -> str:
    if of is None or which not in of:
        return numbers.NOTHING
    found = of[which]
    return withheld() if found is None else share(found.value)


def rate_name(which: Rate) -> str:
    return _(RATES[which])


def cut_offs(found: Exam) -> str:
    """From which share of full marks a rate counts; each paper may have its own."""
    told = {tuple(paper.cut_offs[one] for one in Rate) for paper in found.papers}
    if len(told) != 1:
        return _("Each paper has cut-offs of its own for the four rates.")
    shares = [numbers.percent(one, 0) for one in told.pop()]
    named = dict(zip(("excellent", "good", "passed", "low"), shares, strict=True))
    return _("Of full marks: excellent ≥ {excellent}, good ≥ {good}, pass ≥ {passed}, low < {low}.", **named)


def discrimination(one: PaperFigures) -> str:
    return mark(one.discrimination, 2)


def unit_discrimination(of: Mapping[str, Consistency], one: Unit) -> str:
    """D of a unit's own pupils; nothing where it is not told."""
    return mark(of[one.id].discrimination if one.id in of else None, 2)


def unit_alpha(of: Mapping[str, Consistency], one: Unit) -> str:
    """α of a unit's own pupils; nothing where it is not told."""
    return mark(of[one.id].alpha if one.id in of else None, 3)


def discrimination_note() -> str:
    return _(
        "Discrimination is among the unit's own pupils who have all papers, told where each of its two groups has at least {number}.",
        number=SMALL,
    )


def consistency_note(found: Table) -> str:
    """What discrimination and reliability of a part of the pupils are made of, or why there is none."""
    if found.subject != TOTAL:
        return discrimination_note()
    if found.track is None and len(found.exam.tracks) > 1:
        return _("Reliability (α) is of one track: choose a track.")
    return _("Reliability (α) is among the unit's own pupils who have all papers.")


def quality(one: PaperFigures) -> State | None:
    return QUALITIES[one.quality] if one.quality else None


def comparison(one: Comparison | None) -> State | None:
    return WORDS[one] if one else None


def absence(one: Attendance) -> str:
    """Who has no mark, and why, as far as that is told."""
    if one.without is None:
        return withheld()
    if one.absent is None or one.exempt is None or one.missing is None:
        return numbers.whole(one.without)
    kinds = ((one.absent, _("absent")), (one.exempt, _("exempt")), (one.missing, _("no mark")))
    told = [f"{numbers.whole(number)} {name}" for number, name in kinds if number]
    return _(", ").join(told) or "0"


def reliability(one: Reliability) -> str:
    named = track(one.track or NO_TRACK)
    if one.alpha is None:
        return _("{track}: not told", track=named)
    facts = {"alpha": numbers.decimal(one.alpha, 3), "papers": one.papers, "pupils": count(one.pupils)}
    return _("{track}: α = {alpha} over {papers} papers ({pupils} pupils)", track=named, **facts)


# Sentences


def lacking() -> str:
    title = pick(contracts()["exam_result"].title.pair())
    owner = pick(contracts()["exam_result"].owner.pair())
    return _("No rows of {dataset} yet; owed by {owner}.", dataset=title, owner=owner)


def schools_note(viewer: Viewer) -> str:
    """Why there are no schools; empty for who may see them."""
    return "" if may_see_schools(viewer) else _("Figures of single schools are for staff only.")


def conclusion(found: Overview) -> str:
    """How many sat, and in which papers the city scored best and worst."""
    told = [(one.unit.difficulty, one.subject) for one in found.papers if one.unit.difficulty is not None]
    if not told:
        return _("{exam}: no figures can be told", exam=exam(found.exam))
    best, worst = max(told), min(told)
    facts = {
        "exam": exam(found.exam),
        "best": subject(best[1]),
        "high": share(best[0]),
        "worst": subject(worst[1]),
        "low": share(worst[0]),
    }
    if len(told) == 1:
        return _("{exam}: {best}, {high} of full marks", **facts)
    return _("{exam}: most marks in {best} ({high} of full marks), fewest in {worst} ({low})", **facts)


def attendance(one: Attendance) -> str:
    """Who sat of those who should have."""
    if one.sat is None:
        return _("How many sat any paper is withheld, as fewer than {number} follow from it.", number=SMALL)
    sat = n_("{number} pupil sat", "{number} pupils sat", one.sat, number=numbers.whole(one.sat))
    if one.share is None:
        return _("{sat}; no participation rate: no roll of every school, or few who did not sit", sat=sat)
    facts = {"sat": sat, "roll": numbers.whole(one.roll or 0), "share": share(one.share)}
    told = _("{sat} of {roll} on roll: participation {share}", **facts)
    if not one.waiting:
        return told
    return n_(
        "{told}; {count} more school on roll has no results yet",
        "{told}; {count} more schools on roll have no results yet",
        one.waiting,
        told=told,
    )


def band(one: Band) -> str:
    """Scores from the lowest up to but without the upper edge; the first and the last band are open."""
    if one.low is None:
        return _("all lower ones") if one.below is None else f"< {numbers.printed(one.below)}"
    low = numbers.printed(one.low)
    return f"≥ {low}" if one.below is None else f"≥ {low}, < {numbers.printed(one.below)}"


# Rows


def lines(found: Table, order: Sequence[str], english: Mapping[str, str]) -> list[tuple[str, Unit | None]]:
    """The rows of a chart: areas, then the schools of each district under its name."""
    told: list[tuple[str, Unit | None]] = [(unit(one, english), one) for one in areas(found, order)]
    for group in groups(found, order):
        told.append((area(group.name, english), None))
        told += [(one.name, one) for one in group.units]
    return told


def area(name: str, english: Mapping[str, str]) -> str:
    return pick({"zh": name, "en": english.get(name, name)}) if name else _("district not known")


@dataclass(frozen=True)
class Group:
    """The schools of a district under it; "" where the district is not known."""

    name: str
    units: tuple[Unit, ...]


def groups(found: Table, order: Sequence[str]) -> list[Group]:
    """Schools by district in the plan's order and by code: never by their figures."""
    districts = {one.institution_id: one.district for one in found.exam.schools}
    by: dict[str, list[Unit]] = {}
    for one in found.at(Level.SCHOOL):
        by.setdefault(districts.get(one.id, ""), []).append(one)
    known = sorted(by, key=lambda name: (order.index(name) if name in order else len(order), name))
    return [Group(name, tuple(sorted(by[name], key=lambda one: one.id))) for name in known]


def areas(found: Table, order: Sequence[str]) -> list[Unit]:
    """The areas in the plan's order."""
    return sorted(
        found.at(Level.AREA), key=lambda one: (order.index(one.id) if one.id in order else len(order), one.id)
    )
