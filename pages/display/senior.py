"""Words and cells for what is known of every senior school."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from data.words import N_, _
from pages.display import figures, numbers, sentences
from queries.answers import Answer
from queries.senior import GRADES, Awards, Funding, Partnership, School, Speciality
from queries.senior.top_pupils import Cell, Exam

_GRADES = {"高一": N_("grade 10"), "高二": N_("grade 11"), "高三": N_("grade 12")}
_PLACES = {"市内": N_("in the city"), "省内市外": N_("elsewhere in the province"), "省外": N_("outside the province")}
_SPECIALITIES = {"外语": N_("languages"), "艺术": N_("art"), "体育": N_("sport"), "科技": N_("science")}


def funding_title(schools: Sequence[School]) -> str:
    """In how many key schools funding per pupil rose in the newest year, and where it did not."""
    judged = [one for one in schools if one.key and one.rose is not None]
    if not judged:
        return _("Funding per pupil of every key senior school")
    facts = {
        "count": numbers.whole(sum(one.rose is True for one in judged)),
        "all": numbers.whole(len(judged)),
        "year": max(newest.year for one in judged if (newest := latest(one))),
        "names": _(", ").join(one.name for one in judged if not one.rose),
    }
    if facts["names"]:
        return _("Funding per pupil rose in {count} of {all} key schools in {year}; not in: {names}", **facts)
    return _("Funding per pupil rose in all {all} key schools in {year}", **facts)


def latest(school: School) -> Funding | None:
    """The newest year with a figure per pupil."""
    return next((one for one in reversed(school.funding) if one.per_pupil is not None), None)


def funding(answer: Answer, school: School) -> str:
    """The newest funding per pupil, as the indicator says it."""
    newest = latest(school)
    return numbers.value(answer.definition, newest.per_pupil) if newest else numbers.NOTHING


def rose(school: School) -> str:
    """Which way it went, as shape and word."""
    if school.rose is None:
        return ""
    return _("▲ rose") if school.rose else _("▼ did not rise")


def panels(answer: Answer, schools: Sequence[School]) -> list[figures.Panel]:
    """The key schools as panels of a chart, each against its own earlier years."""
    definition = answer.definition
    return [
        figures.Panel(
            one.name,
            one.district,
            [(year.year, float(year.per_pupil * numbers.scale(definition))) for year in one.funding if year.per_pupil],
            numbers.bare(definition, newest.per_pupil) if (newest := latest(one)) else "",
            rose(one),
            one.rose,
        )
        for one in schools
        if one.key
    ]


def mentoring(school: School) -> list[tuple[str, bool]]:
    """Grade by grade whether the form of support that clause 5 wants there runs; empty where nothing was reported."""
    if school.mentoring is None:
        return []
    return [(_(_GRADES[grade]), form in school.mentoring[grade]) for grade, form in GRADES.items()]


def partnership(one: Partnership) -> str:
    """Partner, its place, and until when."""
    place = _(_PLACES.get(one.place, one.place))
    if one.ends_on is None:
        return _("{partner} ({place}), without an end", partner=one.partner, place=place)
    return _("{partner} ({place}), until {day}", partner=one.partner, place=place, day=numbers.day(one.ends_on))


def speciality(one: Speciality) -> str:
    kind = _(_SPECIALITIES.get(one.kind, one.kind))
    if one.recognised_on is None:
        return _("{kind}, not recognised yet", kind=kind)
    return _("{kind}, recognised {day}", kind=kind, day=numbers.day(one.recognised_on))


def awards(one: Awards | None) -> str:
    """A school's awards; few are not told."""
    if one is None:
        return numbers.NOTHING
    if one.count is None:
        return numbers.persons(1) if one.small else _("withheld")
    return numbers.whole(one.count)


def exam(one: Exam) -> str:
    """When an exam was written, and its line."""
    return _("{day}, line {line}", day=numbers.day(one.day), line=numbers.number(one.line))


def top_pupils(one: Cell | None) -> str:
    """A school's pupils at the line; few are not told, and a school that did not sit the exam has no number."""
    if one is None:
        return numbers.NOTHING
    if one.count is None:
        return numbers.persons(1) if one.small else _("withheld")
    return numbers.whole(one.count)


def awards_year(schools: Sequence[School]) -> int | None:
    return max((one.awards.year for one in schools if one.awards), default=None)


def missing(schools: Sequence[School]) -> list[tuple[str, str]]:
    """What is not as the plan wants it, and in which schools; only what somewhere is missing."""
    key = [one for one in schools if one.key]
    listed = {
        _("Funding per pupil did not rise"): [one for one in key if one.rose is False],
        _("Support of top pupils does not run in every grade"): [one for one in key if not _all_run(one)],
        _("No leader answers for the school"): [one for one in schools if not one.leaders],
        _("Named for a speciality, not recognised yet"): [one for one in schools if _unrecognised(one)],
    }
    told = [(what, _(", ").join(one.name for one in found)) for what, found in listed.items() if found]
    expired = [_expired(one) for one in schools if one.partnerships and not _in_force(one)]
    return [*told, *([(_("All partnerships have run out"), _(", ").join(expired))] if expired else [])]


def _expired(school: School) -> str:
    """A school, and the day on which its last partnership ended, where that is known."""
    ends = [agreed.ends_on for agreed in school.partnerships if agreed.ends_on]
    return _("{name} (since {day})", name=school.name, day=numbers.day(max(ends))) if ends else school.name


def _all_run(one: School) -> bool:
    return bool(one.mentoring) and all(runs for _grade, runs in mentoring(one))


def _in_force(one: School) -> list[Partnership]:
    return [agreed for agreed in one.partnerships if agreed.in_force]


def _unrecognised(one: School) -> bool:
    named = [each for each in one.specialities if each.named_in_plan]
    return bool(named) and all(each.recognised_on is None for each in named)


COLUMNS = (
    "institution_id", "school", "district", "key_senior", "funding_year", "funding_per_pupil", "support_grade_10",
    "support_grade_11", "support_grade_12", "partnerships_in_force", "partnerships_run_out", "specialities", "leaders",
    "awards_year", "awards",
)  # fmt: skip


def rows(schools: Sequence[School]) -> list[list[object]]:
    """One row of `COLUMNS` a school, for a file; what is withheld on the page is withheld here."""
    return [_row(one) for one in schools]


def _row(one: School) -> list[object]:
    newest = latest(one)
    runs: list[object] = [int(found) for _grade, found in mentoring(one)] or [None] * len(GRADES)
    per_pupil = round(float(newest.per_pupil or Fraction(0)), 2) if newest else None
    return [
        one.institution_id,
        one.name,
        one.district,
        int(one.key),
        newest.year if newest else None,
        per_pupil,
        *runs,
        _joined(f"{agreed.partner} {agreed.form} {agreed.ends_on or ''}" for agreed in _in_force(one)),
        _joined(f"{agreed.partner} {agreed.ends_on}" for agreed in one.partnerships if not agreed.in_force),
        _joined(f"{each.kind} {each.recognised_on or ''}" for each in one.specialities),
        _joined(leader.post for leader in one.leaders),
        one.awards.year if one.awards else None,
        awards(one.awards) if one.awards else None,
    ]


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(text.strip() for text in texts)


def district(answer: Answer, school: School) -> str:
    return sentences.area(answer, school.district)
