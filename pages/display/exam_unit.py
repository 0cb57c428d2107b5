"""Sentences, cells and rows of the report of one school or class in a joint exam."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from data.words import N_, _
from pages.display import exam as said
from pages.display import exam_gains, numbers, terms
from queries.exams.figures import Unit
from queries.exams.peers import Beside, Peers, Report
from queries.exams.peers_more import AtLine, GainBeside, More
from queries.exams.setup import TOTAL, Exam
from queries.exams.statistics import Rate, Share
from queries.exams.units import Comparison

PEERS = {
    Peers.CITY: N_("All who sat"),
    Peers.DISTRICT: N_("Its district"),
    Peers.SIMILAR: N_("Similar intake"),
    Peers.CHOSEN: N_("Chosen schools"),
    Peers.SCHOOL: N_("Its school"),
}
WHOLE_SCHOOL = "all"
# The views of the same school: page, and what each of them is called here.
VIEWS = (("exam_lines", N_("Score lines")), ("exam_trend", N_("Over time")), ("exam_items", N_("Items")))


class Chosen(NamedTuple):
    """What a report is about. members: the institutions that are the peers, where these are chosen."""

    exam: str
    school: str
    class_name: str | None
    track: str | None
    peers: Peers
    members: tuple[str, ...]


def peers(name: str) -> str:
    return _(PEERS[Peers(name)])


def choices(*, of_class: bool, has_similar: bool) -> list[str]:
    """The peers that a school, or a class, can be put beside."""
    found = [Peers.SCHOOL, Peers.CITY] if of_class else [Peers.CITY, Peers.DISTRICT]
    return [one.value for one in (*found, *([Peers.SIMILAR] if has_similar else []), Peers.CHOSEN)]


def schools(found: Exam) -> dict[str, str]:
    """Institution → name, by district and code."""
    return {one.institution_id: one.name for one in found.schools}


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
    """Who the schools of similar intake, or the chosen ones, are."""
    listed = _(", ").join(one.name for one in found.members)
    if found.peers == Peers.CHOSEN:
        return _("Chosen schools: {schools}. They are compared together, each that sat the paper.", schools=listed)
    return _("Schools with the nearest mean in the exam that this one is measured from: {schools}", schools=listed)


def no_similar(found: Exam) -> str:
    """Why there is no comparison with schools of similar intake."""
    if found.entry_exam_id is None:
        return _("This exam is not measured from an earlier one, so schools of similar intake are not known.")
    return _("The mean of this school in the earlier exam is not known, so schools of similar intake are not known.")


def none_chosen() -> str:
    """What stands in the place of chosen schools while there are none."""
    return _("No other school is chosen to compare with yet; until then the peers are all who sat.")


def view_of(page: str, found: Report) -> dict[str, str]:
    """What in a link makes another page show this school: the page over time knows units, the others exam and school."""
    school = found.school.institution_id
    return {"unit": school, **_in_series(found)} if page == "exam_trend" else {"exam": found.exam.id, "school": school}


def gain_in_link(found: Report, one: GainBeside) -> dict[str, str]:
    """What in a link makes the page over time show the school's value added in a subject."""
    return {"subject": said.in_link(one.subject), "unit": found.school.institution_id, **_in_series(found)}


def _in_series(found: Report) -> dict[str, str]:
    """The exam among those of its series; nothing where it is in none."""
    exam = found.exam
    return {"series": f"{exam.cohort}/{exam.series}", "exam": exam.id} if exam.cohort and exam.series else {}


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
    return numbers.NOTHING if value is None else numbers.signed(Fraction(value), 2)


def difference(one: Beside) -> str:
    return numbers.NOTHING if one.difference is None else numbers.signed(one.difference, 1)


def peers_mean(one: Beside) -> str:
    return said.mark(one.peers.mean) if one.peers else said.withheld()


def peers_sd(one: Beside) -> str:
    found = one.peers.sd if one.peers else None
    return (
        said.withheld()
        if one.peers is None
        else numbers.NOTHING
        if found is None
        else numbers.decimal(Fraction(found), 1)
    )


def peers_difficulty(one: Beside) -> str:
    return said.withheld() if one.peers is None else said.share(one.peers_difficulty)


def measures(of: More, one: Beside) -> tuple[str, str]:
    """D of a paper, or α of the total, of the unit and of its peers."""
    sides = of.measures[one.subject]
    if one.subject != TOTAL:
        return said.mark(sides.unit, 2), said.mark(sides.peers, 2)
    own, peers = (numbers.NOTHING if side is None else f"α {said.mark(side, 3)}" for side in (sides.unit, sides.peers))
    return own, peers


def measures_note(found: Report) -> str:
    told = said.discrimination_note()
    if no_total_z(found):
        return told
    return " ".join((told, _("α is the reliability of the total over the papers that all of the track sat.")))


def peers_rate(one: Beside, which: Rate) -> str:
    return said.withheld() if one.peers is None else said.rate(one.rates, which)


def participation(found: Report, one: More) -> str:
    """Who sat of those on roll, in the school and among its peers; "" where neither is told, as of a class."""
    if one.participation is None and one.peers_participation is None:
        return ""
    shares = [
        said.withheld() if share is None else said.share(share)
        for share in (one.participation, one.peers_participation)
    ]
    return _("Participation {own}, peers {peers} (all tracks)", own=shares[0], peers=shares[1])


def line_name(one: AtLine) -> str:
    return _("{line}, {track}", line=terms.line(one.line.name), track=terms.track(one.line.track))


def line_in_link(found: Report, one: AtLine) -> dict[str, str]:
    """What in a link makes the page of lines show this one."""
    return {"exam": found.exam.id, "line": one.line.name, "track": one.line.track}


def line_rate(one: Share | None) -> str:
    """A rate with its fraction: 97.2% (276/284)."""
    if one is None:
        return said.withheld()
    return f"{said.share(one.value)} ({numbers.whole(one.numerator)}/{numbers.whole(one.denominator)})"


def peers_gain(one: GainBeside) -> str:
    return said.withheld() if one.peers is None else numbers.signed(Fraction(one.peers), 1)


def no_gains(found: Report) -> str:
    """Why there is no value added."""
    if found.track is not None:
        return _("Value added is told over all tracks only.")
    return exam_gains.no_entry()


def no_total_z(found: Report) -> bool:
    """Whether totals have no standard score, as tracks have other papers."""
    return found.track is None and len(found.exam.tracks) > 1


def by_name(units: Sequence[Unit]) -> list[Unit]:
    return sorted(units, key=lambda one: _counting(one.name))


def _counting(name: str) -> tuple[list[int], str]:
    """Where a class stands as people count: 2班 before 10班."""
    digits = "".join(sign if sign.isdecimal() else " " for sign in name).split()
    return [int(one) for one in digits], name
