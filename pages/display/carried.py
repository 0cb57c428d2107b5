"""What carried a share, in words: the two sides of any share, and the parts of a line of clause 27."""

from collections.abc import Sequence

from data.words import _, n_
from pages.display import numbers, sentences
from queries.answers import Answer, Point, Trajectory
from queries.carried import last_step
from queries.preschool.carried import COUNTING, Carried, Kind, Part, Reclassified, Step, steps

COLUMNS = ("indicator", "area", "from", "to", "part", "kindergartens", "children", "percentage_points")


def sides(answer: Answer, trajectory: Trajectory) -> str:
    """What numerator and denominator of a share that meets its target contributed since the figure before; else nothing."""
    definition, one = answer.definition, last_step(trajectory, answer.definition.unit)
    if one is None or one.before.value is None or one.after.value is None:
        return ""
    effects = [one.numerator_effect, one.denominator_effect]
    shown = numbers.points_that_add_up(definition, one.before.value, effects, one.after.value, trajectory.target)
    return _(
        "What carried the share from {earlier} to {later}: numerator {numerator} contributed {numerator_points}, denominator {denominator} contributed {denominator_points} percentage points",
        earlier=numbers.period(one.before.period, definition.period),
        later=numbers.period(one.after.period, definition.period),
        numerator=numbers.signed_whole(one.numerator),
        numerator_points=shown[0],
        denominator=numbers.signed_whole(one.denominator),
        denominator_points=shown[1],
    )


def has_parts(answer: Answer, trajectory: Trajectory) -> bool:
    """Whether the preschool page says of this share what became of each kindergarten."""
    return answer.definition.id in COUNTING and bool(steps(trajectory))


def conclusion(answer: Answer, area: str, one: Carried) -> str:
    """How a line stands against its target, by how much it moved, and what carried it most."""
    facts = {
        "area": sentences.area(answer, area),
        "earlier": _period(answer, one.before.period),
        "later": _period(answer, one.after.period),
        "margin": _margin(answer, area, one),
        "change": numbers.percentage_points(one.change),
        "cause": "",
        "effect": "",
    }
    if one.main is None:
        return _("{area}: the same share in {later} as in {earlier}", **facts)
    facts["cause"] = cause(answer, one, one.main)
    facts["effect"] = effects(answer, area, one)[one.parts.index(one.main)]
    if one.only_just_met:
        return _(
            "{area}: target only just met in {later} ({margin} percentage points), mainly because of {cause} ({effect} percentage points)",
            **facts,
        )
    if one.margin >= 0:
        return _(
            "{area}: target met in {later} ({margin} percentage points); from {earlier} on mainly because of {cause} ({effect} percentage points)",
            **facts,
        )
    return _(
        "{area}: target not met in {later} ({margin} percentage points); from {earlier} on it moved {change}, mainly because of {cause} ({effect} percentage points)",
        **facts,
    )


def effects(answer: Answer, area: str, one: Carried) -> list[str]:
    """What each part added in percentage points; with the earlier share as shown they add up to the later one."""
    target = answer.area(area).target
    start, end = (point.value or one.target for point in (one.before, one.after))
    return numbers.points_that_add_up(answer.definition, start, [part.effect for part in one.parts], end, target)


def shown(answer: Answer, area: str, one: Carried) -> list[tuple[Part, str]]:
    """The parts that something happened in, each with what it added in percentage points."""
    points = effects(answer, area, one)
    return [(part, text) for part, text in zip(one.parts, points, strict=True) if part.kindergartens]


def cause(answer: Answer, one: Carried, part: Part) -> str:
    """A part as what happened."""
    if len(part.kinds) > 1:
        return _("several changes that can only be given together")
    match part.kinds[0]:
        case Kind.KEPT:
            return (
                _("more children in kindergartens that already counted")
                if part.children >= 0
                else _("fewer children in kindergartens that already counted")
            )
        case Kind.RECLASSIFIED:
            return _reclassified(answer, one.reclassified)
        case Kind.OPENED_CLOSED:
            count = part.kindergartens
            return n_("{count} kindergarten opened or closed", "{count} kindergartens opened or closed", count)
        case _:
            return _("more children altogether") if part.children > 0 else _("fewer children altogether")


def label(answer: Answer, one: Carried, part: Part) -> str:
    """A part as the beginning of a line."""
    text = cause(answer, one, part)
    return text[:1].upper() + text[1:]


def _reclassified(answer: Answer, found: Sequence[Reclassified]) -> str:
    gained = sum(one.counts for one in found)
    lost = len(found) - gained
    if gained and lost:
        return _(
            "{gained} kindergartens reclassified that now count and {lost} that no longer do", gained=gained, lost=lost
        )
    if lost:
        return n_(
            "{count} kindergarten reclassified that no longer counts",
            "{count} kindergartens reclassified that no longer count",
            lost,
        )
    if answer.definition.id == "public_share":
        return n_("{count} kindergarten reclassified as public", "{count} kindergartens reclassified as public", gained)
    return n_(
        "{count} kindergarten reclassified as inclusive", "{count} kindergartens reclassified as inclusive", gained
    )


def without(answer: Answer, one: Carried) -> str:
    """What the later share would be without the reclassified kindergartens, as the check of an upload counts it too."""
    if one.without is None or not one.reclassified:
        return ""
    facts = {"later": _period(answer, one.after.period), "share": numbers.value(answer.definition, one.without)}
    said = _("Without these changes of ownership the share of {later} would be {share}.", **facts)
    if answer.definition.id != "inclusive_share":
        return said
    warned = _("A register that reaches the line by such changes alone gets a warning when it is uploaded.")
    return f"{said} {warned}"


def children(one: Reclassified) -> str:
    """The children of a reclassified kindergarten; few are not told, nor who would give them away."""
    if one.children is not None:
        return numbers.whole(one.children)
    return numbers.persons(1) if one.small else _("withheld")


def code(one: Step) -> str:
    """Two periods as the link has them."""
    return f"{one[0]}-{one[1]}"


def step(answer: Answer, one: Step) -> str:
    """Two periods as a choice."""
    return f"{_period(answer, one[0])} → {_period(answer, one[1])}"


def rows(answer: Answer, area: str, one: Carried | None) -> list[list[object]]:
    """The parts, and the kindergartens that were reclassified, as plain rows of `COLUMNS`, for a file."""
    if one is None:
        return []
    begin = [answer.definition.id, area, one.before.period, one.after.period]
    parts: list[list[object]] = [
        [*begin, cause(answer, one, part), part.kindergartens, part.children, float(part.effect * 100)]
        for part in one.parts
    ]
    return parts + [
        [
            *begin,
            kindergarten.name,
            1,
            kindergarten.children if kindergarten.children is not None else children(kindergarten),
            None,
        ]
        for kindergarten in one.reclassified
    ]


def period(answer: Answer, one: Point) -> str:
    return _period(answer, one.period)


def _period(answer: Answer, period: int) -> str:
    return numbers.period(period, answer.definition.period)


def _margin(answer: Answer, area: str, one: Carried) -> str:
    target = answer.area(area).target
    return numbers.margin(answer.definition, one.after.value or one.target, target) if target else numbers.NOTHING
