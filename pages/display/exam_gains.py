"""Sentences and cells of value added and of the balance of subjects, on the page of joint exams over time."""

from collections.abc import Sequence
from fractions import Fraction

from data.contract import contracts
from data.words import _, pick
from pages.display import numbers, terms
from pages.display.exam_trend import area, between, month, source, subject, withheld, word, z
from pages.display.states import State
from queries.exams.evenness import Balance, Evenness, SubjectZ
from queries.exams.gained import Gain, Gained
from queries.exams.units import Comparison

# Value added


def has_schools(units: Sequence[Gain | Balance]) -> bool:
    return any(not one.is_area for one in units)


def gain_name(found: Gained, one: Gain) -> str:
    return area(one.name, found.english) if one.is_area else one.name


def gains_title(found: Gained) -> str:
    """How many units lie above and below what earlier marks let expect; the rest may be luck."""
    facts = {
        "above": numbers.whole(sum(one.comparison == Comparison.ABOVE for one in found.told)),
        "below": numbers.whole(sum(one.comparison == Comparison.BELOW for one in found.told)),
        "subject": subject(found.subject),
    }
    if found.school is not None:
        return _(
            "{subject}: classes that gained more than the city: {above}, less: {below}; the rest may be luck", **facts
        )
    if has_schools(found.gains):
        return _(
            "{subject}: schools that gained more than the city: {above}, less: {below}; the rest may be luck", **facts
        )
    return _(
        "{subject}: districts that gained more than the city: {above}, less: {below}; the rest may be luck", **facts
    )


def gains_footing(found: Gained) -> str:
    pieces = [
        _("{entry} → {exit}, marks above what entry lets expect", entry=month(found.entry), exit=month(found.exam)),
        matched(found),
        source(found.data_version, sample=found.sample),
    ]
    return " · ".join(pieces)


def matched(found: Gained) -> str:
    """How many of those who sat were found in both exams."""
    if found.matched is None or found.matched.value is None:
        return _("matched pupils: {number}", number=withheld())
    return _(
        "matched {count} of {sat} who sat ({rate})",
        count=numbers.whole(found.matched.numerator),
        sat=numbers.whole(found.matched.denominator),
        rate=numbers.percent(found.matched.value),
    )


def gain_matched(one: Gain) -> str:
    """Matched and match rate; where they are withheld, whether enough were matched."""
    if one.matched is None or one.matched.value is None:
        return withheld()
    return f"{numbers.whole(one.matched.numerator)} ({numbers.percent(one.matched.value, 0)})"


def enough(one: Gain) -> str:
    if one.enough is None:
        return ""
    return _("four of five or more matched") if one.enough else _("fewer than four of five matched: read with care")


def gain_value(one: Gain) -> str:
    """Marks above what was to be expected."""
    if one.residual is None or one.residual.mean is None:
        return withheld()
    return numbers.signed(Fraction(one.residual.mean), 1)


def gain_interval(one: Gain) -> str:
    return between(one.residual.interval, 1) if one.residual else ""


def state(one: Gain) -> State:
    """How a unit lies beside the city, as shape, word and colour."""
    return word(one.comparison)


def gain_change(one: Gain) -> str:
    return withheld() if one.change is None else z(one.change.mean)


def no_entry() -> str:
    field = next(one for one in contracts()["exam"].fields if one.name == "entry_exam_id")
    return _("No value added: the exam names no earlier one (“{field}”).", field=pick(field.title.pair()))


# Balance


def balance_units(found: Evenness) -> Sequence[Balance]:
    return [one for one in found.units if not one.is_area] or found.units


def balance_title(found: Evenness) -> str:
    units = balance_units(found)
    count = numbers.whole(sum(bool(one.weak) for one in units))
    facts = {"count": count, "all": numbers.whole(len(units))}
    if has_schools(units):
        return _("Schools with subjects clearly below their own mean: {count} of {all}", **facts)
    return _("Districts with subjects clearly below their own mean: {count} of {all}", **facts)


def balance_name(found: Evenness, one: Balance) -> str:
    return area(one.name, found.english) if one.is_area else one.name


def spread(one: Balance) -> str:
    return withheld() if one.spread is None else numbers.decimal(Fraction(one.spread), 2)


def weak(one: SubjectZ) -> str:
    return _(
        "{subject} {z} ({interval})", subject=terms.subject(one.subject), z=z(one.z), interval=between(one.interval, 2)
    )


def reference(found: Evenness) -> str:
    """The papers in which the whole exam lies below the reference by more than the weak band."""
    judged = [one for one in found.papers if one.weak is not None]
    if not judged:
        return _("No paper has a reference mean, so the whole exam is not judged.")
    below = [one for one in judged if one.weak and one.mean is not None and one.reference is not None]
    if not below:
        return _("Against the reference means the whole exam is weak in no subject.")
    listed = _(", ").join(
        _(
            "{subject} ({mean} against {reference})",
            subject=terms.subject(one.subject),
            mean=numbers.decimal(one.mean, 1),
            reference=numbers.decimal(one.reference, 1),
        )
        for one in below
        if one.mean is not None and one.reference is not None
    )
    return _("Against the reference means the whole exam is weak in: {subjects}", subjects=listed)
