"""Sentences, cells and files of the page of an exam's lines."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from data.handed_out import Table, xlsx_bytes
from data.plan import plan
from data.words import _, n_, pick
from pages.display import numbers, terms
from pages.display.exam import exam, withheld
from queries.exams.figures import Level
from queries.exams.line_figures import Band, Cells, LineFigures, Position, Reached, SubjectAtLine
from queries.exams.lines import HoldingBack
from queries.exams.setup import Exam
from queries.exams.statistics import Share
from queries.suppression import SMALL

__all__ = ["exam", "withheld"]

# The clause on which line rates of schools bear: targets of schools.
POLICY = 21
METHODS = ("M1", "M2")
# Marks by which the line is moved in the table beside the slider.
MOVES = (-20, -10, -5, 0, 5, 10, 20)


def count(number: int | None) -> str:
    return withheld() if number is None else numbers.whole(number)


def mark(amount: Fraction | Decimal | None, places: int = 2) -> str:
    """A mark; an effective score that is not told has none."""
    return withheld() if amount is None else numbers.decimal(amount, places)


def share(one: Share | None) -> str:
    """A share with its fraction: 97.2% (276/284)."""
    if one is None:
        return withheld()
    if one.value is None:
        return numbers.NOTHING
    return f"{numbers.percent(one.value)} ({numbers.whole(one.numerator)}/{numbers.whole(one.denominator)})"


def percent(one: Share | None) -> str:
    if one is None:
        return withheld()
    return numbers.NOTHING if one.value is None else numbers.percent(one.value)


def title(found: LineFigures) -> str:
    """How many reach the line, and what a mark more would cost, in a sentence."""
    facts = {
        "track": _begun(terms.track(found.line.track)),
        "line": terms.line(found.line.name),
        "mark": numbers.printed(found.line.mark),
    }
    whole, steep = found.whole, steepness(found)
    if whole.above is None or whole.rate is None:
        return _("{track}, {line} at {mark}: too few pupils to tell how many reach it", **facts)
    facts |= {"count": numbers.whole(whole.above), "rate": percent(whole.rate)}
    if steep is None:
        return _("{track}, {line} at {mark}: {count} pupils reach it, {rate}", **facts)
    return _(
        "{track}, {line} at {mark}: {count} pupils reach it, {rate}; each mark more would leave out about {steep}",
        **facts,
        steep=numbers.decimal(steep, 0) if steep >= 1 else numbers.decimal(steep, 1),
    )


def _begun(text: str) -> str:
    """A text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def steepness(found: LineFigures) -> Fraction | None:
    """Pupils that a mark more leaves out, over the surroundings above the line."""
    band = next((one for one in found.bands if one.low == 0), None)
    return Fraction(band.pupils) / Fraction(band.high - band.low) if band else None


def moved(found: LineFigures, by: int) -> str:
    """The line moved by some marks, in a sentence."""
    one = position(found, by)
    if one is None or found.whole.above is None:
        return _("How many would reach the line elsewhere is not told: too few pupils.")
    facts = {"mark": numbers.printed(one.mark), "count": between(one), "change": change(found, one)}
    if by == 0:
        return _("Where it is, at {mark}: {count} pupils.", **facts)
    return _("At {mark} ({by}): {count} pupils reach it, {change}.", **facts, by=numbers.signed_whole(by))


def position(found: LineFigures, by: int) -> Position | None:
    return next((one for one in found.positions if one.by == by), None)


def between(one: Position) -> str:
    """The number, or between which two it lies."""
    low, high = numbers.whole(one.at_least), numbers.whole(one.at_most)
    return low if low == high else _("{low} to {high}", low=low, high=high)


def change(found: LineFigures, one: Position) -> str:
    """Against the line where it is."""
    at = found.whole.above or 0
    low, high = numbers.signed_whole(one.at_least - at), numbers.signed_whole(one.at_most - at)
    return low if low == high else _("{low} to {high}", low=low, high=high)


def moves(found: LineFigures) -> list[Position]:
    return [one for by in MOVES if (one := position(found, by))]


def effective(one: SubjectAtLine, method: str) -> Fraction | Decimal | None:
    return one.effective_m1 if method == "M1" else one.effective_m2


def cells(one: SubjectAtLine, method: str) -> Cells:
    return one.m1 if method == "M1" else one.m2


def adds_up(found: LineFigures, method: str) -> str:
    """Whether the effective scores sum to the line, and how they are found."""
    if method == "M2":
        return _(
            "M2: the mark of the subject that as many pupils reach as are above the line. Computed once over the whole joint exam, per track, and used for every school. M2 is a mark that somebody has; it does not sum to the line."
        )
    told = _(
        "M1: the mean of the pupils above the line × the line / their mean total. Computed once over the whole joint exam, per track, and used for every school."
    )
    if found.same_papers:
        return _("{told} All sat the same papers, so M1 sums to the line exactly.", told=told)
    return _(
        "{told} Pupils choose some papers, so M1 sums to the line when each is weighted with the share of the pupils above the line who sat it.",
        told=told,
    )


def band(one: Band) -> str:
    """Where the pupils of a band lie: 10 to 0 below the line."""
    low, high = numbers.printed(abs(one.low)), numbers.printed(abs(one.high))
    if one.high <= 0:
        return _("below by {high} to {low} marks", low=low, high=high)
    if one.low >= 0:
        return _("above by {low} to {high} marks", low=low, high=high)
    return _("from {low} below to {high} above", low=low, high=high)


def width(pupils: int, among: Sequence[Band | HoldingBack]) -> str:
    """The length of a bar among others, in per cent of the longest."""
    return f"{100 * pupils / max(1, *(one.pupils for one in among)):.1f}%"


def near(found: LineFigures) -> str:
    """How many are near the line, in a sentence."""
    below, above, reach = found.whole.near_below, found.whole.near_above, numbers.printed(found.line.borderline)
    if below is None or above is None:
        return _("How many lie within {reach} marks of the line is not told: too few pupils.", reach=reach)
    return _(
        "{below} pupils lie less than {reach} marks below the line, {above} reach it by less than {reach}",
        below=numbers.whole(below),
        above=numbers.whole(above),
        reach=reach,
    )


def held_back(found: LineFigures) -> str:
    """Which subject holds back most, in a sentence."""
    if not found.holding_back:
        return _("Which subjects hold them back is not told: too few pupils")
    first = found.holding_back[0]
    if found.may_hold_back_more:
        return _(
            "{subject} holds back {pupils} of those just below; {others} may hold back more, which is not told",
            subject=terms.subject(first.subject),
            pupils=held(first),
            others=_(", ").join(terms.subject(one) for one in found.may_hold_back_more),
        )
    return n_(
        "{subject} holds back most of those just below: {pupils} pupil is below its effective score",
        "{subject} holds back most of those just below: {pupils} pupils are below its effective score",
        first.pupils,
        subject=terms.subject(first.subject),
        pupils=held(first),
    )


def held(one: HoldingBack) -> str:
    """How many a subject holds back, or how many at least."""
    count = numbers.whole(one.pupils)
    return count if one.at_most is None else _("at least {number}", number=count)


def unit(one: Reached, english: Mapping[str, str]) -> str:
    """The name of a unit; areas have English ones."""
    if one.level == Level.CITY:
        return _("whole exam")
    return pick({"zh": one.name, "en": english.get(one.name, one.name)})


def why_not_moved(found: LineFigures) -> str:
    """Of which marks units are told, and why not of more."""
    if len(found.steps) > 1:
        listed = _(", ").join(numbers.signed_whole(step * found.line.borderline) for step in found.steps)
        return _(
            "Districts and schools are told at the line and moved by {steps} marks only: the difference of two neighbouring marks would tell of single pupils.",
            steps=listed,
        )
    return _(
        "Districts and schools are told at the line only: fewer than {few} pupils of a school often lie between two marks, so their difference would tell of single pupils.",
        few=SMALL,
    )


UNIT_COLUMNS = (
    "exam_id", "line", "track", "mark", "level", "unit_id", "unit", "sat", "above", "rate", "near_below", "near_above",
    "subject", "single_m1", "double_m1", "hit_rate", "contribution",
)  # fmt: skip
SUBJECT_COLUMNS = (
    "exam_id", "line", "track", "mark", "subject", "above", "effective_m1", "effective_m2",
    "single_m1", "double_m1", "single_m2", "double_m2", "near_below", "held_back",
)  # fmt: skip
MOVED_COLUMNS = ("exam_id", "line", "track", "mark", "by", "at_least", "at_most")


def unit_rows(found: LineFigures) -> list[list[object]]:
    """Units as plain rows of `UNIT_COLUMNS`, first at the line, then subject by subject; withheld as on the page."""
    rows = []
    for one in (found.whole, *found.units):
        at = [*_line(found), one.level.value, one.id, one.name]
        near = (one.near_below, one.near_above) if one.level == Level.CITY or len(found.steps) > 1 else ("", "")
        own = [_cell(one.sat), _cell(one.above), _value(one.rate), *(_cell(number) for number in near)]
        rows.append([*at, *own, "", "", "", "", ""])
        for subject, each in one.cells.items():
            rows.append([*at, *own, subject, *_of(each), _value(each.hit_rate), _value(each.contribution)])
    return rows


def subject_rows(found: LineFigures) -> list[list[object]]:
    return [
        [
            *_line(found), one.subject, _cell(one.above), _cell(one.effective_m1), _cell(one.effective_m2),
            *_of(one.m1), *_of(one.m2), _cell(one.near_below), _cell(one.held_back),
        ]
        for one in found.subjects
    ]  # fmt: skip


def moved_rows(found: LineFigures) -> list[list[object]]:
    return [[*_line(found)[:3], float(one.mark), one.by, one.at_least, one.at_most] for one in found.positions]


def workbook(found: LineFigures, *, sample: bool) -> bytes:
    """Units, subjects and the line moved, a sheet each."""
    sheets = (
        (_("Units"), UNIT_COLUMNS, unit_rows(found)),
        (_("Subjects"), SUBJECT_COLUMNS, subject_rows(found)),
        (_("Moved line"), MOVED_COLUMNS, moved_rows(found)),
    )
    note = [_("sample data")] if sample else []
    return xlsx_bytes(
        Table(name, (*columns, *([_("note")] if sample else [])), [[*row, *note] for row in rows])
        for name, columns, rows in sheets
    )


def _line(found: LineFigures) -> list[object]:
    return [found.exam.id, found.line.name, found.line.track, float(found.line.mark)]


def _of(one: Cells) -> tuple[object, object]:
    return _cell(one.single), _cell(one.double)


def _value(one: Share | None) -> object:
    return _cell(one.value if one else None)


def _cell(amount: int | Fraction | Decimal | object | None) -> object:
    if amount is None:
        return withheld()
    return round(float(amount), 6) if isinstance(amount, Fraction | Decimal) else amount


def step(found: LineFigures, by: int) -> str:
    """The heading of a column with the line moved by a multiple of its surroundings."""
    return _("line {by}", by=numbers.signed_whole(by * found.line.borderline))


def units_heading(found: LineFigures) -> str:
    if found.school:
        return _("Classes at the line")
    return _("Districts and schools at the line") if found.schools_told else _("Districts at the line")


def subjects_of_units(found: LineFigures) -> list[str]:
    """The subjects whose cells are told of units."""
    told = {subject for one in found.units for subject in one.cells}
    return [one.subject for one in found.subjects if one.subject in told]


def no_lines(found: Exam) -> str:
    """An exam without lines: nothing to tell until some are drawn."""
    return _("No lines are drawn for this exam ({exam}). Lines are data of the exam.", exam=exam(found))


def rows(found: LineFigures) -> tuple[Reached, ...]:
    """The units of the table, the whole first."""
    return found.units if found.school else (found.whole, *found.units)


def moved_steps(found: LineFigures) -> list[int]:
    """By which multiples of its surroundings the line is moved for units."""
    return [step for step in found.steps if step]


def policy() -> str:
    """What the state forbids to do with line rates."""
    notice = plan().clauses[POLICY].notice
    return pick(notice.pair()) if notice else ""
