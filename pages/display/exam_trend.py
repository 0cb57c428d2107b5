"""Sentences, cells and rows of the page of joint exams over time."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import sqrt

from data.contract import contracts
from data.words import N_, _, pick
from pages.display import numbers, sentences, terms
from pages.display.spark import course as drawn
from pages.display.states import State
from queries.answers import Viewer
from queries.exams.access import may_see_schools
from queries.exams.progress import Course, Followed, LineCourse, Place, Series
from queries.exams.setup import TOTAL, Heading
from queries.exams.statistics import Share
from queries.exams.units import Comparison, Interval
from queries.suppression import SMALL

WHOLE = ""
# What stands in a link for the whole exam and for the total, whose own names are empty.
CITY, ALL_PAPERS = "all", "total"
CLAUSES = (14, 24)
WORDS = {
    Comparison.ABOVE: State("#00695c", "▲", N_("above")),
    Comparison.BELOW: State("#b3391b", "▼", N_("below")),
    Comparison.INDISTINGUISHABLE: State("#5b6673", "○", N_("may be luck")),
}


# Names


def series(one: Series) -> str:
    return _("{series}, {cohort}", series=terms.series(one.name), cohort=terms.cohort(one.cohort))


def subject(name: str) -> str:
    return _("Total") if name in (TOTAL, ALL_PAPERS) else terms.subject(name)


def code(name: str) -> str:
    """What stands in a link as the queries name it."""
    return "" if name in (CITY, ALL_PAPERS) else name


def month(one: Heading) -> str:
    return one.last_day.strftime("%Y-%m")


def tick(one: Heading) -> str:
    """An exam on an axis of time."""
    return numbers.month_tick(one.last_day)


def area(name: str, english: Mapping[str, str]) -> str:
    return pick({"zh": name, "en": english.get(name, name)})


def unit(found: Followed, code: str) -> str:
    """The name of an area, a school or the whole exam."""
    if code in (WHOLE, CITY):
        return _("Whole exam")
    one = found.course(code)
    return one.name if one.is_school else area(one.name, found.english)


# The way of a unit


def word(one: Comparison | None) -> State:
    return WORDS[one or Comparison.INDISTINGUISHABLE]


def course_title(found: Followed, code: str) -> str:
    """Whether a unit stands better or worse against the whole exam than at first, and whether that is more than luck."""
    facts = {"unit": unit(found, code), "subject": subject(found.subject)}
    if code == WHOLE:
        moved = [one for one in panels(found) if one.change in (Comparison.ABOVE, Comparison.BELOW)]
        facts["rose"] = numbers.whole(sum(one.change == Comparison.ABOVE for one in moved))
        facts["fell"] = numbers.whole(sum(one.change == Comparison.BELOW for one in moved))
        shown = _title_of_schools(facts) if found.schools else _title_of_areas(facts)
        return shown if found.courses else _("{subject}: nothing to compare", **facts)
    one = found.course(code)
    if not one.known:
        return _("{unit}, {subject}: withheld", **facts)
    facts |= {"z": z(one.known[-1].z), "first": month(_heading(found, one.known[0].exam_id))}
    if one.change == Comparison.ABOVE:
        return _("{unit}, {subject}: {z}, better than in {first}, by more than luck", **facts)
    if one.change == Comparison.BELOW:
        return _("{unit}, {subject}: {z}, worse than in {first}, by more than luck", **facts)
    if one.change is None:
        return _("{unit}, {subject}: {z}", **facts)
    return _("{unit}, {subject}: {z}; the change since {first} may be luck", **facts)


def _title_of_schools(facts: Mapping[str, str]) -> str:
    return _("{subject}: schools that rose by more than luck since the first exam: {rose}, that fell: {fell}", **facts)


def _title_of_areas(facts: Mapping[str, str]) -> str:
    return _(
        "{subject}: districts that rose by more than luck since the first exam: {rose}, that fell: {fell}", **facts
    )


def _heading(found: Followed, exam_id: str) -> Heading:
    return next(one for one in found.series.exams if one.id == exam_id)


def z(value: Fraction | float | None) -> str:
    """A mean standard score with its sign."""
    return withheld() if value is None else numbers.signed(Fraction(value), 2)


def between(one: Interval | None, places: int) -> str:
    if one is None:
        return numbers.NOTHING
    ends = [numbers.signed(Fraction(end), places) for end in (one.low, one.high)]
    return _("{low} to {high}", low=ends[0], high=ends[1])


def withheld() -> str:
    """All that is not given bears one mark: one of its own for few pupils would tell these from the others."""
    return _("<{number} or withheld", number=SMALL)


def above(one: Place) -> str:
    """The share of the other schools that lie lower."""
    return numbers.NOTHING if one.above is None else numbers.percent(one.above, 0)


def panels(found: Followed) -> Sequence[Course]:
    """What small multiples show: the schools, or the areas where the viewer sees these only."""
    return found.schools or found.courses


def last(one: Course) -> Place | None:
    return one.known[-1] if one.known else None


def reach(found: Followed) -> tuple[float, float]:
    """The axis that all panels share."""
    values = [float(place.z) for one in panels(found) for place in one.known if place.z is not None]
    return min(values, default=0.0), max(values, default=0.0)


def panel(one: Course, shared: tuple[float, float]) -> str:
    """The picture of a unit's way."""
    values = [None if place.z is None else float(place.z) for place in one.places]
    newest = last(one)
    return drawn(values, shared, word(newest.comparison if newest else None).colour)


# Lines


def line_courses(found: Followed, code: str) -> list[LineCourse]:
    """The lines of the chosen unit; every line of one name and track by itself."""
    return [one for one in found.line_courses if one.code == code]


def line_name(one: LineCourse) -> str:
    return _("{line}, {track}", line=terms.line(one.line), track=terms.track(one.track))


def line_rate(share: Share | None, *, drawn: bool) -> tuple[str, str]:
    """A rate, and how far it may be off by luck; drawn: whether the exam has the line."""
    if share is None or share.value is None:
        return (withheld() if drawn else numbers.NOTHING), ""
    rate = share.value
    reach = 1.96 * sqrt(float(rate * (1 - rate)) / share.denominator)
    return numbers.percent(rate), f"±{numbers.decimal(Fraction(reach * 100), 1)}"


def has_line(found: Followed, one: LineCourse, position: int) -> bool:
    """Whether the exam has drawn the line: what no school and no area has is not there."""
    return any(
        other.rates[position] is not None
        for other in found.line_courses
        if (other.line, other.track) == (one.line, one.track)
    )


# What is missing


def one_exam(found: Series) -> str:
    return _("{series}: there is only one exam yet, so nothing can be followed.", series=series(found))


def no_series() -> str:
    exam_, owner = contracts()["exam"], contracts()["exam"].owner
    fields = {one.name: pick(one.title.pair()) for one in exam_.fields}
    return _(
        "No exams can be followed yet: in “{exam}” give “{cohort}” and “{series}” (owed by: {owner}).",
        exam=pick(exam_.title.pair()),
        cohort=fields["cohort"],
        series=fields["series"],
        owner=pick(owner.pair()),
    )


# What stands below


def footing(found: Followed) -> str:
    return source(found.data_version, sample=found.sample)


def course_footing(found: Followed, code: str) -> str:
    """What the axis is, and who stands behind in grey."""
    axis = _("upwards: mean standard score (Z), in standard deviations of all who sat")
    others = _("grey: the other schools") if code else _("grey: the schools")
    shown = others if found.schools else _("grey: the other districts") if code else ""
    return " · ".join(filter(None, (axis, shown, footing(found))))


def source(version: int, *, sample: bool) -> str:
    """Clauses, data version, and whether some of the data are invented."""
    pieces = [_(", ").join(sentences.clause(one) for one in CLAUSES), _("version {number}", number=version)]
    return " · ".join([*pieces, *([_("sample data")] if sample else [])])


def has_limits(found: Followed, code: str) -> bool:
    """Whether there is a series to draw limits for; totals of the whole exam are none."""
    return bool(code or found.shares)


def notice(found: Followed, code: str, viewer: Viewer) -> str:
    """Why there are no limits, if there are none; and that single schools are for staff."""
    pieces = []
    if not has_limits(found, code):
        pieces.append(
            _(
                "Totals of different papers are not put side by side: for limits choose a subject, a district or a school."
            )
            if may_see_schools(viewer)
            else _("Totals of different papers are not put side by side: for limits choose a subject or a district.")
        )
    pieces.append(
        _("Single schools are internal records of the education bureau.")
        if may_see_schools(viewer)
        else _(
            "Single schools are internal records of the education bureau and left out here: whole exam and districts only."
        )
    )
    return " ".join(pieces)
