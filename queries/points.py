"""The figures of an indicator, and what of them is withheld lest it tell of few persons (domain section 6)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from data.plan import plan
from queries.catalogue import Definition
from queries.suppression import is_small, suppressed_beside, suppressed_parts

Number = int | Decimal
# A period and an area.
Place = tuple[int, str]


@dataclass(frozen=True)
class Point:
    """One figure. value: numerator over denominator (or the numerator of a count), exact; None where there is none.

    suppressed: the figure exists but is not given, as it is about few persons (`small`) or would give such a one away.
    """

    period: int
    area: str
    part: str | None
    numerator: Number | None
    denominator: Number | None
    value: Fraction | None
    suppressed: bool = False
    small: bool = field(default=True, compare=False)

    @property
    def exists(self) -> bool:
        """Whether there is a figure, be it given or not."""
        return self.value is not None or self.suppressed


def suppressed(definition: Definition, points: list[Point]) -> list[Point]:
    """The points without what would tell of few persons, by itself or by subtraction from parts or districts beside it."""
    if "persons" not in (definition.counts, definition.per):
        return points
    groups: dict[Place, list[Point]] = {}
    for point in points:
        groups.setdefault((point.period, point.area), []).append(point)
    shown = {place: _suppressed_group(definition, group) for place, group in groups.items()}
    for place, parts in _beside(groups, shown):
        shown[place] = [_hidden(one, small=False) if one.part in parts and _told(one) else one for one in shown[place]]
    return [point for group in shown.values() for point in group]


def _told(point: Point) -> bool:
    """Whether anything of the point is given, be it without a value."""
    return point.numerator is not None or point.denominator is not None


def _beside(
    groups: Mapping[Place, list[Point]], shown: Mapping[Place, list[Point]]
) -> Iterator[tuple[Place, frozenset[str | None]]]:
    """Periods and districts, and what is hidden of them so that no district's hidden figures follow from the whole's.

    What is hidden of one, or of the whole, is hidden of all that hide anything, and these are two at least: of each figure
    then only what they have together is known, and what a district's own parts have together.
    """
    whole = plan().whole
    for period in sorted({period for period, _area in groups}):
        own = {area: points for (of, area), points in groups.items() if of == period and area != whole}
        gone = {area: {one.part for one in shown[period, area] if one.suppressed} for area in own}
        hidden = [area for area, parts in gone.items() if parts]
        if hidden and any(_told(one) for one in shown.get((period, whole), ())):
            every = sorted({one.part or "" for points in own.values() for one in points})
            counts = {
                area: [count for part in every for count in _counted(points, part)] for area, points in own.items()
            }
            parts = frozenset(one.part for one in shown[period, whole] if one.suppressed).union(*gone.values())
            yield from (((period, area), parts) for area in (*hidden, *suppressed_beside(hidden, counts)))


def _counted(points: Iterable[Point], part: str) -> tuple[Number | None, Number | None, Number | None]:
    """Whom a part's figure counts, whom it counts among, and whom it leaves over."""
    one = next((point for point in points if (point.part or "") == part), None)
    if one is None or one.numerator is None:
        return None, None, None
    left = None if one.denominator is None else one.denominator - one.numerator
    return one.numerator, one.denominator, left


def _suppressed_group(definition: Definition, group: list[Point]) -> list[Point]:
    """One period and area: the figure and the parts that it splits into."""
    small = {point.part for point in group if _is_small(definition, point)}
    parts = [point for point in group if point.part is not None]
    hidden = set(small)
    if definition.unit == "share" and small & {point.part for point in parts}:
        # Other indicators give single parts of the same whole: only without any of these nothing follows from them.
        hidden = {point.part for point in group}
    elif parts:
        hidden |= {parts[position].part for position in suppressed_parts([point.numerator for point in parts])}
    return [_hidden(point, point.part in small) if point.part in hidden else point for point in group]


def _is_small(definition: Definition, point: Point) -> bool:
    """Whether a figure tells of few persons: those it counts, those it counts among, or those it leaves over."""
    if definition.per == "persons":
        return is_small(point.denominator)
    if definition.unit != "share":
        return is_small(point.numerator)
    left = None
    if point.numerator is not None and point.denominator is not None and not definition.gross:
        left = point.denominator - point.numerator
    return is_small(point.numerator) or is_small(point.denominator) or is_small(left)


def _hidden(point: Point, small: bool) -> Point:
    return Point(point.period, point.area, point.part, None, None, None, suppressed=True, small=small)
