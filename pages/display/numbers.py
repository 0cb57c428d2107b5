"""The only place where a value becomes text, in the reader's form of numbers, dates and units."""

from datetime import date, datetime
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
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


def percent(value: Fraction, decimals: int = 1, *, toward_zero: bool = False) -> str:
    """A share as per cent: 0.8104 → 81.0%."""
    return f"{_rounded(value * 100, decimals, toward_zero)}%"


def value(definition: Definition, amount: Fraction | None, target: Target | None = None) -> str:
    """An indicator's value with its unit; a share just below its target is never rounded up to it."""
    if amount is None:
        return _("no data")
    places = DECIMALS[definition.unit]
    if definition.unit == "share":
        return percent(amount, places, toward_zero=_looks_met_but_is_not(amount, target, places))
    return f"{_rounded(amount, places)} {unit(definition)}"


def bare(definition: Definition, amount: Fraction | None) -> str:
    """The value without the name of its unit, for labels in a chart that names the unit once."""
    if amount is None:
        return ""
    return percent(amount) if definition.unit == "share" else _rounded(amount, DECIMALS[definition.unit])


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
    shown = percent(Fraction(one.value), 0) if definition.unit == "share" else f"{one.value:f}"
    return f"{sign} {shown}"


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


def _looks_met_but_is_not(amount: Fraction, one: Target | None, places: int) -> bool:
    if one is None or one.comparison != ">=" or amount >= Fraction(one.value):
        return False
    return _decimal(amount * 100, places, ROUND_HALF_UP) >= one.value * 100


def _rounded(amount: Fraction, places: int, toward_zero: bool = False) -> str:
    rounded = _decimal(amount, places, ROUND_DOWN if toward_zero else ROUND_HALF_UP)
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
