"""Answers made by hand, for tests of how they are shown."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from fractions import Fraction

from queries.answers import Answer, Point, Published, Trajectory
from queries.catalogue import Definition, Target, catalogue
from queries.progress import Status

WHOLE, XINDU, XIANGDU, ZONE = "主城区", "信都区", "襄都区", "开发区"
ENGLISH = {
    WHOLE: "Main urban area",
    XINDU: "Xindu District",
    XIANGDU: "Xiangdu District",
    ZONE: "Economic Development Zone",
    "全国": "China",
    "河北省": "Hebei Province",
}
# Period → (numerator, denominator)
RISING = {2019: (7_000, 10_000), 2020: (8_100, 10_000), 2021: (8_350, 10_000)}
FALLING = {2019: (7_000, 10_000), 2020: (8_100, 10_000), 2021: (7_800, 10_000)}

Figures = Mapping[int, tuple[int | None, int | None]]


def definition(name: str = "inclusive_share", **changes: object) -> Definition:
    return catalogue()[name].model_copy(update=changes)


def point(period: int, area: str, numerator: int | None, denominator: int | None, part: str | None = None) -> Point:
    """A figure; with a denominator its value is the quotient, without one the numerator."""
    value = None if numerator is None or denominator == 0 else Fraction(numerator, denominator or 1)
    return Point(period, area, part, numerator, denominator, value)


def hidden(period: int, area: str, part: str | None = None) -> Point:
    return Point(period, area, part, None, None, None, suppressed=True)


def trajectory(
    area: str = WHOLE,
    figures: Figures = RISING,
    status: Status = Status.ACHIEVED,
    gap: int | None = 0,
    since: date | None = date(2020, 9, 1),
    target: Target | None = None,
) -> Trajectory:
    """A trajectory towards clause 27's 80 %, or another target."""
    points = tuple(point(period, area, *sides) for period, sides in figures.items())
    return Trajectory(area, points, status, target or definition().targets[0], gap, since, None)


def without_target(area: str, figures: Figures) -> Trajectory:
    points = tuple(point(period, area, *sides) for period, sides in figures.items())
    return Trajectory(area, points, Status.NOT_JUDGED if points else Status.NO_DATA, None, None, None, None)


def answer(
    *areas: Trajectory,
    of: Definition | None = None,
    parts: tuple[Point, ...] = (),
    published: tuple[Published, ...] = (),
    english: Mapping[str, str] = ENGLISH,
    sample: bool = False,
) -> Answer:
    chosen = areas or (trajectory(),)
    updated = datetime(2022, 7, 8, 1, 30, tzinfo=UTC)
    return Answer(of or definition(), chosen, parts, published, english, sample, 7, updated)


def everywhere(**more: object) -> Answer:
    """The whole and three districts: met, met and lost again, missed, without figures."""
    areas = (
        trajectory(WHOLE, RISING),
        trajectory(XINDU, FALLING, Status.RELAPSED, 200, date(2021, 9, 1)),
        trajectory(XIANGDU, {2020: (7_000, 10_000), 2021: (7_500, 10_000)}, Status.MISSED, 500, date(2020, 9, 1)),
        trajectory(ZONE, {}, Status.NO_DATA, None, None),
    )
    return answer(*areas, **more)  # type: ignore[arg-type]
