"""What stands on the charts of a joint exam: titles, labels, the line below, and shapes."""

from data.words import _, n_
from pages.display.exam import NO_TRACK, exam, mark, quantile, subject, track
from queries.exams.figures import Level, Table, Unit
from queries.exams.overview import Scores
from queries.exams.setup import Exam
from queries.exams.units import Comparison

# The shapes of the same in a chart.
SYMBOLS = {
    Comparison.ABOVE: "triangle-up",
    Comparison.BELOW: "triangle-down",
    Comparison.INDISTINGUISHABLE: "circle-open",
}


def schools_title(found: Table) -> str:
    """In how many schools the mean lies above or below, and in how many chance cannot be ruled out."""
    told = [one.comparison for one in found.at(Level.SCHOOL) if one.comparison]
    facts = {
        "subject": subject(found.subject),
        "above": told.count(Comparison.ABOVE),
        "below": told.count(Comparison.BELOW),
        "alike": told.count(Comparison.INDISTINGUISHABLE),
        "mean": mark(found.whole.mean),
    }
    if not told:
        return _("{subject}: no school's mean can be told", **facts)
    said = _(
        "{subject}, mean {mean}: {above} schools above, {below} below, {alike} where chance cannot be ruled out",
        **facts,
    )
    left = sum(one.withheld for one in found.at(Level.SCHOOL))
    return (
        n_("{said}; {count} school is withheld", "{said}; {count} schools are withheld", left, said=said)
        if left
        else said
    )


def histogram_title(found: Scores, whole: Unit) -> str:
    if not found.segments or whole.quartiles is None:
        return _("{subject}: too few pupils for a distribution", subject=subject(found.subject))
    facts = {
        "subject": subject(found.subject),
        "low": quantile(whole.quartiles[0]),
        "high": quantile(whole.quartiles[2]),
    }
    return _("{subject}: the middle half of the pupils has {low} to {high} marks", **facts)


def boxes_title(found: Table) -> str:
    """Where the medians of schools lie."""
    medians = sorted(one.quartiles[1] for one in found.at(Level.SCHOOL) if one.quartiles)
    facts = {"subject": subject(found.subject)}
    if len(medians) < 2:
        return _("{subject}: quartiles by school", **facts)
    return _(
        "{subject}: the schools' medians lie between {low} and {high}",
        **facts,
        low=quantile(medians[0]),
        high=quantile(medians[-1]),
    )


def mean_label(whole: Unit) -> str:
    return _("all who sat: {mean}", mean=mark(whole.mean))


def median_label(whole: Unit) -> str:
    return _("median of all: {median}", median=quantile(whole.quartiles[1] if whole.quartiles else None))


def boxes_key() -> str:
    return _("box: the middle half, with the median · line: 10% to 90%, where 100 or more sat")


def footing(found: Exam, track_: str | None, *, sample: bool, unit: str | None = None) -> str:
    """The line below a chart."""
    pieces = [_("unit: {unit}", unit=unit or _("marks")), exam(found)]
    if track_ is not None:
        pieces.append(track(track_ or NO_TRACK))
    return " · ".join([*pieces, *([_("sample data")] if sample else [])])
