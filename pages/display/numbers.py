"""The only place where a value becomes text, in the reader's form of numbers, dates and units."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from data.words import _, locale, pick
from pages.display.bound import bound
from queries.answers import Point, Trajectory
from queries.catalogue import Definition, Target
from queries.periods import Kind, reporting_date, year_of
from queries.suppression import SMALL, is_small

DECIMALS = {"share": 1, "count": 0, "mean": 1, "ratio": 3}
NOTHING = "—"


def whole(number: int | Decimal | Fraction | float) -> str:
    """A count with the reader's thousands separators."""
    return _written(int(number))


def decimal(number: Decimal | Fraction, places: int) -> str:
    """A number with so many decimals, half up: 93.0125 → 93.01, −0.5 → −0.5 with a minus and not a hyphen."""
    return _rounded(number, places)


def signed(number: Decimal | Fraction, places: int) -> str:
    """The same with its sign in front, +0.39 or −1.20; what is 0 as it is shown has none."""
    shown = decimal(number, places)
    return f"+{shown}" if number > 0 and shown != decimal(Fraction(0), places) else shown


def printed(number: Decimal | Fraction) -> str:
    """A number with the decimals that it has, up to four: 18.50 → 18.5."""
    pattern = "#,##0.####;−#,##0.####"
    return _written(_decimal(number, 4, ROUND_HALF_UP).normalize(), pattern)


def percent(value: Fraction, decimals: int = 1, rounding: str = ROUND_HALF_UP) -> str:
    """A share as per cent: 0.8104 → 81.0%."""
    return f"{_rounded(value * 100, decimals, rounding)}%"


def value(definition: Definition, amount: Fraction | None, target: Target | None = None) -> str:
    """An indicator's value with its unit; one that just misses its target is never rounded to it."""
    if amount is None:
        return _("no data")
    shown = bare(definition, amount, target)
    return f"{shown} {unit(definition, shown)}" if definition.unit_label and definition.unit != "share" else shown


def bare(definition: Definition, amount: Fraction | None, target: Target | None = None) -> str:
    """The value without the name of its unit, for labels in a chart that names the unit once."""
    if amount is None:
        return ""
    places = 1 if definition.shown_per > 1 else DECIMALS[definition.unit]
    rounding = _rounding(definition, amount, target, places)
    return _rounded(amount * scale(definition), places, rounding) + ("%" if definition.unit == "share" else "")


def short(definition: Definition, one: Point | None, target: Target | None = None) -> str:
    """A figure without the name of its unit; also what stands for one that is missing or not given."""
    if one is None or one.suppressed:
        return point(definition, one)
    return bare(definition, one.value, target)


def scale(definition: Definition) -> Fraction:
    """What a value is multiplied with before it is shown: a share in per cent, yuan in 万元."""
    return Fraction(100) if definition.unit == "share" else Fraction(1, definition.shown_per)


def point(definition: Definition, one: Point | None, target: Target | None = None) -> str:
    """A figure, so rounded that it does not seem to reach the target (without one: that of its period) if it does not."""
    if one is None:
        return value(definition, None)
    goal = target or definition.target_at(reporting_date(one.period, definition.period))
    told = withheld(one) if one.suppressed else value(definition, one.value, goal)
    return bound(told, "value", definition.id, one.area, one.part or "", one.period)


def withheld(one: Point) -> str:
    """What stands for a figure that is not given: few persons, or one that would give few persons away."""
    return f"<{SMALL}" if one.small else _("withheld")


def persons(count: int) -> str:
    """A number of persons in one place; few are not told."""
    return f"<{SMALL}" if is_small(count) else whole(count)


def number(amount: int | Decimal | None) -> str:
    """A numerator or denominator as it stands; missing is a dash, never 0."""
    if amount is None:
        return NOTHING
    return _written(amount)


def unit(definition: Definition, number: str = "") -> str:
    """The name of the unit in which a figure is shown, as it stands behind a number; alone it is that of many."""
    if definition.unit_label:
        return pick(definition.unit_label.behind(number))
    return "%" if definition.unit == "share" else _("ratio")


def target(definition: Definition, one: Target | None) -> str:
    """The target as the plan says it: ≥ 80%; a range is 1–2, a trend says its direction."""
    return (
        NOTHING
        if one is None
        else bound(_target(definition, one), "target", definition.id, one.due or "", one.in_force or "")
    )


def _target(definition: Definition, one: Target) -> str:
    if one.value is None:
        return _("rising") if one.comparison == "rising" else _("falling")
    percent_sign = "%" if definition.unit == "share" else ""
    if one.upper is not None:
        return f"{_goal(definition, one.value)}–{_goal(definition, one.upper)}{percent_sign}"
    sign = {">=": "≥", "<=": "≤"}[one.comparison]
    return f"{sign} {_goal(definition, one.value)}{percent_sign}"


def _goal(definition: Definition, amount: Decimal) -> str:
    scaled = _decimal(Fraction(amount) * scale(definition), 6, ROUND_HALF_UP).normalize()
    return _written(scaled, "#,##0.######")


def gap(trajectory: Trajectory, definition: Definition) -> str:
    """What is missing in the unit that people act on; a dash where the target is met or there is none."""
    if not trajectory.gap or (definition.gap_unit is None and definition.gap_step is None):
        return NOTHING
    told = printed(Fraction(trajectory.gap))
    if definition.gap_unit:
        told = _("{count} {unit}", count=told, unit=pick(definition.gap_unit.behind(told)))
    return bound(told, "gap", definition.id, trajectory.area)


def period(number_: int, kind: Kind) -> str:
    """A period's name: school year 2020 → 2020/21学年, 2020/21; term 20201 → 2020/21学年第1学期, 2020/21, term 1."""
    year, last = year_of(number_, kind), number_ % 10
    if kind == "school_year":
        return _("{years}", years=_school_year(year))
    if kind == "term":
        return _("{years}, term {number}", years=_school_year(year), number=last)
    if kind == "quarter":
        return _("{year}, quarter {number}", year=year, number=last)
    return day(reporting_date(number_, kind)) if kind == "day" else str(number_)


def period_short(number_: int, kind: Kind) -> str:
    """A period's name for the ticks of an axis: 2020/21, 2020 Q3, 2020-11."""
    year, last = year_of(number_, kind), number_ % 10
    if kind == "school_year":
        return _school_year(year)
    if kind == "term":
        return f"{_school_year(year)}-{last}"
    if kind == "quarter":
        return f"{year}/Q{last}"
    return f"{year}-{number_ // 100 % 100:02d}" if kind == "day" else str(number_)


def _school_year(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"


def day(moment: date) -> str:
    return _day(moment, locale())


# A list of exams or of uploads asks for the same days at every click.
@lru_cache(maxsize=4096)
def _day(moment: date, reader: Locale) -> str:
    return str(format_date(moment, format="long", locale=reader))


def month_tick(moment: date) -> str:
    """A month in two short lines for the ticks of an axis: 2021 above 11月, Nov above 2021."""
    lines = pick({"zh": "y|M月", "en": "MMM|y"})
    return str(format_date(moment, format=lines, locale=locale())).replace("|", "<br>")


def minute(moment: datetime) -> str:
    """A moment on this machine's clock: 2022年7月8日 09:30."""
    return str(format_datetime(moment.astimezone(), format=_("MMMM d, yyyy HH:mm"), locale=locale()))


def signed_whole(amount: int | Decimal | Fraction) -> str:
    """A change of a count: +1,234, −56, 0."""
    return _written(int(amount), _signs(0) if amount else "0")


def percentage_points(change: Fraction) -> str:
    """A change of a share: 0.0512 → +5.1."""
    return _signed_points(_decimal(change * 100, DECIMALS["share"], ROUND_HALF_UP))


def points_that_add_up(
    definition: Definition, start: Fraction, changes: Sequence[Fraction], end: Fraction, goal: Target | None = None
) -> list[str]:
    """The changes that lead from one share to another, so rounded that they lead from the one as shown to the other.

    Each is rounded down; the steps that are then missing go to those that lost the most by it (largest remainders).
    """
    step = Decimal(1).scaleb(-DECIMALS["share"])
    points = [_decimal(change * 100, DECIMALS["share"], ROUND_FLOOR) for change in changes]
    missing = int((_shown(definition, end, goal) - _shown(definition, start, goal) - sum(points)) / step)
    by_loss = sorted(range(len(points)), key=lambda one: Fraction(points[one]) - changes[one] * 100)
    for turn in range(abs(missing)):
        place = by_loss[turn % len(points)] if missing > 0 else by_loss[-1 - turn % len(points)]
        points[place] += step if missing > 0 else -step
    return [_signed_points(one) for one in points]


def margin(definition: Definition, amount: Fraction, goal: Target) -> str:
    """How far a share as it is shown lies above its target, in percentage points; below it with a minus."""
    return _signed_points(_shown(definition, amount, goal) - Decimal(goal.value or 0) * 100)


def _shown(definition: Definition, amount: Fraction, goal: Target | None) -> Decimal:
    places = DECIMALS[definition.unit]
    return _decimal(amount * scale(definition), places, _rounding(definition, amount, goal, places))


def _signed_points(points: Decimal) -> str:
    return _written(points, _signs(DECIMALS["share"]) if points else "0.0")


def _signs(places: int) -> str:
    digits = "#,##0" + ("." + "0" * places if places else "")
    return f"+{digits};−{digits}"


def _rounding(definition: Definition, amount: Fraction, one: Target | None, places: int) -> str:
    """Half up, but away from a target that rounding would show as met."""
    if one is None or one.value is None:
        return ROUND_HALF_UP
    goal, near = Fraction(one.value), _decimal(amount * scale(definition), places, ROUND_HALF_UP)
    if one.comparison == ">=" and amount < goal and near >= goal * scale(definition):
        return ROUND_FLOOR
    if one.comparison == "<=" and amount > goal and near <= goal * scale(definition):
        return ROUND_CEILING
    return ROUND_HALF_UP


def _rounded(amount: Decimal | Fraction, places: int, rounding: str = ROUND_HALF_UP) -> str:
    rounded = _decimal(amount, places, rounding)
    digits = "#,##0" + ("." + "0" * places if places else "")
    return _written(rounded, f"{digits};−{digits}")


def _written(amount: int | Decimal, pattern: str | None = None) -> str:
    return _formatted(amount, pattern, locale())


# Babel takes as long over a number as a page over a row of them, and tables have the same few thousand again and again.
@lru_cache(maxsize=65536)
def _formatted(amount: int | Decimal, pattern: str | None, reader: Locale) -> str:
    return str(format_decimal(amount, format=pattern, locale=reader))


def _decimal(amount: Decimal | Fraction, places: int, rounding: str) -> Decimal:
    """Rounded in whole numbers of the last place: no rounding before the rounding, and faster than dividing decimals."""
    numerator, denominator = amount.as_integer_ratio()
    steps, left = divmod(numerator * 10**places, denominator)
    if rounding == ROUND_HALF_UP:
        up = 2 * left > denominator or (2 * left == denominator and steps >= 0)
    else:
        up = rounding == ROUND_CEILING and left > 0
    return Decimal(steps + up).scaleb(-places)


def for_file(amount: int | Fraction | None) -> int | float | None:
    """A number as a file for a spreadsheet has it."""
    return float(amount) if isinstance(amount, Fraction) else amount


def cell(amount: object) -> str:
    """A stored value in a preview; what is missing is a dash."""
    if amount is None:
        return NOTHING
    if isinstance(amount, bool):
        return _("yes") if amount else _("no")
    if isinstance(amount, int) and not isinstance(amount, bool):
        return str(amount)
    if isinstance(amount, Decimal):
        return f"{amount.normalize():f}"
    return str(amount)
