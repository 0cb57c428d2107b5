"""The only place where a value becomes text, in the reader's form of numbers, dates and units."""

from datetime import date, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from data.words import _, locale, pick
from queries.answers import Point, Trajectory
from queries.catalogue import Definition, Target
from queries.suppression import SMALL, is_small

DECIMALS = {"share": 1, "count": 0, "mean": 1}
NOTHING = "—"


def whole(number: int | Decimal | Fraction | float) -> str:
    """A count with the reader's thousands separators."""
    return str(format_decimal(int(number), locale=locale()))


def percent(value: Fraction, decimals: int = 1, rounding: str = ROUND_HALF_UP) -> str:
    """A share as per cent: 0.8104 → 81.0%."""
    return f"{_rounded(value * 100, decimals, rounding)}%"


def value(definition: Definition, amount: Fraction | None, target: Target | None = None) -> str:
    """An indicator's value with its unit; one that just misses its target is never rounded to it."""
    if amount is None:
        return _("no data")
    shown = bare(definition, amount, target)
    return shown if definition.unit == "share" else f"{shown} {unit(definition)}"


def bare(definition: Definition, amount: Fraction | None, target: Target | None = None) -> str:
    """The value without the name of its unit, for labels in a chart that names the unit once."""
    if amount is None:
        return ""
    places = DECIMALS[definition.unit]
    rounding = _rounding(definition, amount, target, places)
    if definition.unit == "share":
        return percent(amount, places, rounding)
    return _rounded(amount, places, rounding)


def point(definition: Definition, one: Point | None, target: Target | None = None) -> str:
    if one is not None and one.suppressed:
        return withheld(one)
    return value(definition, one.value if one else None, target)


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
    return str(format_decimal(amount, locale=locale()))


def unit(definition: Definition) -> str:
    return pick(definition.unit_label.pair()) if definition.unit_label else "%"


def target(definition: Definition, one: Target | None) -> str:
    """The target as the plan says it: ≥ 80% by 31 December 2020."""
    if one is None:
        return NOTHING
    sign = {">=": "≥", "<=": "≤"}[one.comparison]
    scaled = (one.value * 100 if definition.unit == "share" else one.value).normalize()
    shown = format_decimal(scaled, format="#,##0.######", locale=locale())
    return f"{sign} {shown}%" if definition.unit == "share" else f"{sign} {shown}"


def gap(trajectory: Trajectory, definition: Definition) -> str:
    """What is missing in the unit that people act on; a dash where the target is met or there is none."""
    if not trajectory.gap or definition.gap_unit is None:
        return NOTHING
    return _("{count} {unit}", count=whole(trajectory.gap), unit=pick(definition.gap_unit.pair()))


def period(number_: int, kind: str) -> str:
    """A period's name: school year 2020 → 2020/21学年, 2020/21."""
    if kind == "school_year":
        return _("{years}", years=period_short(number_, kind))
    return str(number_)


def period_short(number_: int, kind: str) -> str:
    """A period's name for the ticks of an axis: 2020/21."""
    if kind == "school_year":
        return f"{number_}/{(number_ + 1) % 100:02d}"
    return str(number_)


def day(moment: date) -> str:
    return str(format_date(moment, format="long", locale=locale()))


def minute(moment: datetime) -> str:
    """A moment on this machine's clock: 2022年7月8日 09:30."""
    return str(format_datetime(moment.astimezone(), format=_("d MMMM yyyy HH:mm"), locale=locale()))


def _rounding(definition: Definition, amount: Fraction, one: Target | None, places: int) -> str:
    """Half up, but away from a target that rounding would show as met."""
    if one is None:
        return ROUND_HALF_UP
    scale = 100 if definition.unit == "share" else 1
    goal, near = Fraction(one.value), _decimal(amount * scale, places, ROUND_HALF_UP)
    if one.comparison == ">=" and amount < goal and near >= goal * scale:
        return ROUND_FLOOR
    if one.comparison == "<=" and amount > goal and near <= goal * scale:
        return ROUND_CEILING
    return ROUND_HALF_UP


def _rounded(amount: Fraction, places: int, rounding: str = ROUND_HALF_UP) -> str:
    rounded = _decimal(amount, places, rounding)
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return str(format_decimal(rounded, format=pattern, locale=locale()))


def _decimal(amount: Fraction, places: int, rounding: str) -> Decimal:
    with localcontext() as context:
        context.prec = 40
        exact = Decimal(amount.numerator) / Decimal(amount.denominator)
        return exact.quantize(Decimal(1).scaleb(-places), rounding=rounding)


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
