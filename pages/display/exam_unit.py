"""Sentences, cells and rows of the report of one school or class in a joint exam."""

from collections.abc import Sequence
from fractions import Fraction

from data.words import N_, _
from pages.display import exam as said
from pages.display import exam_rows, numbers
from queries.exams.figures import Unit
from queries.exams.peers import Beside, Peers, Report, district
from queries.exams.setup import TOTAL, Exam
from queries.exams.statistics import Rate
from queries.exams.units import Comparison

PEERS = {
    Peers.CITY: N_("All who sat"),
    Peers.DISTRICT: N_("Its district"),
    Peers.SIMILAR: N_("Similar intake"),
    Peers.SCHOOL: N_("Its school"),
}
WHOLE_SCHOOL = "all"
# The views of the same school: page, and what each of them is called here.
VIEWS = (("exam_lines", N_("Score lines")), ("exam_trend", N_("Over time")), ("exam_items", N_("Items")))

COLUMNS = (
    "exam", "unit", "track", "peers", "subject", "n", "mean", "peers_n", "peers_mean", "difference", "interval_low",
    "interval_high", "comparison", "z", "q1", "median", "q3",
    *(f"{rate.value}{side}" for rate in Rate for side in ("", "_peers")),
)  # fmt: skip


def peers(name: str) -> str:
    return _(PEERS[Peers(name)])


def choices(*, of_class: bool, has_similar: bool) -> list[str]:
    """The peers that a school, or a class, can be put beside."""
    found = [Peers.SCHOOL, Peers.CITY] if of_class else [Peers.CITY, Peers.DISTRICT]
    return [one.value for one in (*found, *([Peers.SIMILAR] if has_similar else []))]


def schools(found: Exam, order: Sequence[str]) -> dict[str, str]:
    """Institution → name, by district in the plan's order and by name."""
    place = {area: position for position, area in enumerate(order)}
    ordered = sorted(found.schools, key=lambda one: (place.get(district(one), len(place)), one.name))
    return {one.institution_id: one.name for one in ordered}


def no_school() -> str:
    return _("The register of institutions has none of the schools of this exam on its day.")


def classes(names: Sequence[str]) -> list[str]:
    """The whole school, then its classes."""
    return [WHOLE_SCHOOL, *sorted(names, key=_counting)]


def class_name(name: str) -> str:
    return _("Whole school") if name == WHOLE_SCHOOL else name


def class_of(name: str) -> str | None:
    return None if name == WHOLE_SCHOOL else name


def conclusion(found: Report) -> str:
    """In which subjects the unit lies above or below its peers by more than chance."""
    papers = [one for one in found.subjects if one.subject != TOTAL and one.comparison]
    above = [said.subject(one.subject) for one in papers if one.comparison == Comparison.ABOVE]
    below = [said.subject(one.subject) for one in papers if one.comparison == Comparison.BELOW]
    facts = {
        "unit": found.name,
        "peers": peers(found.peers),
        "above": _(", ").join(above),
        "below": _(", ").join(below),
    }
    if not papers:
        return _("{unit}: no figures can be told beside “{peers}”", **facts)
    if above and below:
        return _("{unit} beside “{peers}”: above in {above}; below in {below}", **facts)
    if above:
        return _("{unit} beside “{peers}”: above in {above}, below in none", **facts)
    if below:
        return _("{unit} beside “{peers}”: below in {below}, above in none", **facts)
    return _("{unit} beside “{peers}”: in no subject a difference that chance could not have made", **facts)


def members(found: Report) -> str:
    """Who the schools of similar intake are."""
    listed = _(", ").join(one.name for one in found.members)
    return _("Schools with the nearest mean in the exam that this one is measured from: {schools}", schools=listed)


def no_similar(found: Exam) -> str:
    """Why there is no comparison with schools of similar intake."""
    if found.entry_exam_id is None:
        return _("This exam is not measured from an earlier one, so schools of similar intake are not known.")
    return _("The mean of this school in the earlier exam is not known, so schools of similar intake are not known.")


def view_of(page: str, found: Report) -> dict[str, str]:
    """What in a link makes another page show this school: the page over time knows units, the others exam and school."""
    school = found.school.institution_id
    return {"unit": school} if page == "exam_trend" else {"exam": found.exam.id, "school": school}


def profile_title(found: Report) -> str:
    """The subjects in which the unit is furthest above and below all who sat, in standard scores."""
    told = [(one.z, one.subject) for one in found.subjects if one.z is not None and one.subject != TOTAL]
    if not told:
        return _("{unit}: no standard scores can be told", unit=found.name)
    best, worst = max(told), min(told)
    facts = {
        "unit": found.name,
        "best": said.subject(best[1]),
        "high": z(best[0]),
        "worst": said.subject(worst[1]),
        "low": z(worst[0]),
    }
    return _("{unit}: best in {best} (Z {high}), weakest in {worst} (Z {low})", **facts)


def z(value: float | None) -> str:
    return numbers.NOTHING if value is None else numbers.signed(round(Fraction(value), 2), 2)


def difference(one: Beside) -> str:
    return numbers.NOTHING if one.difference is None else numbers.signed(round(one.difference, 1), 1)


def peers_mean(one: Beside) -> str:
    return said.mark(one.peers.mean) if one.peers else said.withheld()


def no_total_z(found: Report) -> bool:
    """Whether totals have no standard score, as tracks have other papers."""
    return found.track is None and len(found.exam.tracks) > 1


def rows(found: Report) -> list[list[object]]:
    """A row a subject as `COLUMNS` have it, for a file."""
    begin = [found.exam.id, found.name, exam_rows.plain_track(found.track), found.peers.value]
    return [[*begin, one.subject or said.ALL_PAPERS, *_cells(one)] for one in found.subjects]


def by_name(units: Sequence[Unit]) -> list[Unit]:
    return sorted(units, key=lambda one: _counting(one.name))


def _counting(name: str) -> tuple[list[int], str]:
    """Where a class stands as people count: 2班 before 10班."""
    digits = "".join(sign if sign.isdecimal() else " " for sign in name).split()
    return [int(one) for one in digits], name


def _cells(one: Beside) -> list[object]:
    unit = one.unit
    told = [
        unit.number if unit.number is not None else said.withheld() if unit.withheld else 0,
        exam_rows.plain(unit.mean),
        *((one.peers.n, exam_rows.plain(one.peers.mean)) if one.peers else (said.withheld(), None)),
        exam_rows.plain(one.difference),
        *((one.interval.low, one.interval.high) if one.interval else (None, None)),
        one.comparison.value if one.comparison else None,
        one.z,
        *(exam_rows.plain(value) for value in unit.quartiles or (None,) * 3),
    ]
    rates = [exam_rows.plain_rate(of or {}, rate) for rate in Rate for of in (unit.rates, one.rates)]
    return [*told, *rates]
