"""Sentences, cells and files of the page of assigned scores."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from data.handed_out import Table, xlsx_bytes
from data.words import _, pick
from pages.display import numbers, terms
from pages.display.exam import exam, withheld
from queries.exams.assigned import Rule
from queries.exams.assigned_figures import AssignedFigures, BandTold, ScoreTold, UnitMeans
from queries.exams.figures import Level
from queries.exams.setup import Exam

__all__ = ["exam", "withheld"]


def rule(one: Rule) -> str:
    return pick(one.title.pair())


def simulated(one: Rule) -> str:
    """What these scores are and are not, and under which rule."""
    return _(
        "Simulated by the rule “{rule}”. The true base is all candidates of the province: what a city computes stands in for it. Where a cut falls between equal scores, equal scores stay together and the nearer cut is taken; this is configuration of the rule and to be checked against the province's text.",
        rule=rule(one),
    )


def no_rule(found: Exam) -> str:
    return _("This exam ({exam}) names no rule of assigned scores, or none of its subjects has them.", exam=exam(found))


def few() -> str:
    return _("Too few pupils sat it to tell anything.")


def title(found: AssignedFigures) -> str:
    """How the mean moved, in a sentence."""
    whole, subject = found.whole, terms.subject(found.subject)
    return _(
        "{subject}: a raw mean of {raw} becomes {assigned} assigned",
        subject=subject,
        raw=mean(whole.raw),
        assigned=mean(whole.assigned),
    )


def footing(found: AssignedFigures, *, sample: bool) -> str:
    pieces = [
        _("simulated"), exam(found.exam), _("{count} pupils sat it", count=count(found.whole.number)),
        _("raw scores across, marks"), rule(found.rule), _("version {number}", number=found.data_version),
    ]  # fmt: skip
    return " · ".join([*pieces, *([_("sample data")] if sample else [])])


def count(number: int | None) -> str:
    return withheld() if number is None else numbers.whole(number)


def mean(value: Fraction | None) -> str:
    return withheld() if value is None else numbers.decimal(value, 2)


def decimal(value: float | None, places: int = 2) -> str:
    return numbers.NOTHING if value is None else numbers.decimal(Fraction(value), places)


def z(value: float | None) -> str:
    """A standard score with its sign."""
    return numbers.NOTHING if value is None else numbers.signed(Fraction(value), 2)


def grades(one: BandTold) -> str:
    return _("{first} to {last}", first=one.grades[0], last=one.grades[-1]) if len(one.grades) > 1 else one.grades[0]


def raw(one: BandTold | ScoreTold) -> str:
    """A range of raw scores; the lowest and the highest of all are not told."""
    low, below = one.raw_from, one.raw_below
    if low is None and below is None:
        return _("all")
    if below is None:
        return f"≥ {numbers.printed(low or Decimal(0))}"
    return f"< {numbers.printed(below)}" if low is None else f"{numbers.printed(low)} – < {numbers.printed(below)}"


def assigned(one: ScoreTold) -> str:
    """What a stretch of raw scores became; a range of the rule says so."""
    low, high = str(one.assigned_low), str(one.assigned_high)
    text = low if low == high else f"{low}–{high}"
    return text if one.exact else _("within {range}", range=text)


def share(value: Fraction | None) -> str:
    return withheld() if value is None else numbers.percent(value)


def unit(one: UnitMeans, english: Mapping[str, str]) -> str:
    if one.level == Level.CITY:
        return _("whole exam")
    return pick({"zh": one.name, "en": english.get(one.name, one.name)})


def has_schools(found: AssignedFigures) -> bool:
    return any(one.level == Level.SCHOOL for one in found.units)


BAND_COLUMNS = ("exam_id", "subject", "rule", "grades", "raw_from", "raw_below", "assigned_low", "assigned_high", "share_wanted", "share_got", "pupils")  # fmt: skip
SCORE_COLUMNS = ("exam_id", "subject", "rule", "raw_from", "raw_below", "pupils", "assigned_low", "assigned_high", "exact", "z", "t", "given_mean")  # fmt: skip
UNIT_COLUMNS = ("exam_id", "subject", "rule", "level", "unit_id", "unit", "sat", "raw_mean", "assigned_mean", "given_mean")  # fmt: skip


def band_rows(found: AssignedFigures) -> list[list[object]]:
    return [
        [
            *_of(found), "".join(one.grades), _edge(one.raw_from), _edge(one.raw_below), one.assigned_low,
            one.assigned_high, float(one.wanted), _cell(one.got), _cell(one.pupils),
        ]
        for one in found.bands
    ]  # fmt: skip


def score_rows(found: AssignedFigures) -> list[list[object]]:
    return [
        [
            *_of(found), _edge(one.raw_from), _edge(one.raw_below), one.pupils, one.assigned_low, one.assigned_high,
            numbers.cell(one.exact), _rounded(one.z), _rounded(one.t), _rounded(one.given),
        ]
        for one in found.scores
    ]  # fmt: skip


def unit_rows(found: AssignedFigures) -> list[list[object]]:
    return [
        [
            *_of(found), one.level.value, one.id, one.name, _cell(one.number), _cell(one.raw), _cell(one.assigned),
            _rounded(one.given),
        ]
        for one in found.units
    ]  # fmt: skip


def workbook(found: AssignedFigures, *, sample: bool) -> bytes:
    """The bands, the scores and the means, a sheet each; the rule stands in every row."""
    sheets = (
        (_("Bands"), BAND_COLUMNS, band_rows(found)),
        (_("Scores"), SCORE_COLUMNS, score_rows(found)),
        (_("Means"), UNIT_COLUMNS, unit_rows(found)),
    )
    note = [_("simulated"), *([_("sample data")] if sample else [])]
    return xlsx_bytes(
        Table(name, (*columns, *([_("note")] * len(note))), [[*row, *note] for row in rows])
        for name, columns, rows in sheets
    )


def _of(found: AssignedFigures) -> list[object]:
    return [found.exam.id, found.subject, found.rule.id]


def _edge(mark: Decimal | None) -> object:
    return "" if mark is None else float(mark)


def _rounded(value: float | Fraction | None) -> object:
    return "" if value is None else round(float(value), 6)


def _cell(amount: int | Fraction | None) -> object:
    if amount is None:
        return withheld()
    return round(float(amount), 6) if isinstance(amount, Fraction) else amount
