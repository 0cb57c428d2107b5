"""What carried a line of clause 27 from one return to another: children, or kindergartens that changed class on paper.

The change of the numerator is split by what became of each kindergarten, that of the denominator stands for itself; both
are weighed as in `queries/carried.py`, so that the parts add up to the change of the share exactly:

    Δ(n/d) = Σ Δn_g · (1/d0 + 1/d1)/2 − Δd · (n0 + n1)/(2 · d0 · d1)

A kindergarten's whole change belongs to one group g: it counted in both years, it was reclassified between them, or it has
a return of one of them only. Reclassified has the meaning of data/rules/reclassified_to_the_line.yaml, the warning at the
upload: another ownership class on the day of the return, be it by a recognition, by one that lapsed, or by another body that runs it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from data.plan import plan
from data.store import Store, end_of_day
from queries import answers
from queries.answers import Point, Trajectory
from queries.asked import Row, asked
from queries.carried import Weights, weights
from queries.periods import period_of, reporting_date
from queries.progress import Status
from queries.suppression import is_small

# A target that is met by less than this is only just met.
JUST_MET = Fraction(2, 100)

# The classes of ownership whose children count toward a line.
COUNTING = {"inclusive_share": frozenset({"public", "inclusive_private"}), "public_share": frozenset({"public"})}

QUERY = Path(__file__).parent / "ownership_in_two_years.sql"

Step = tuple[int, int]


class Kind(StrEnum):
    """What may carry a share: the first three move its numerator, the last one its denominator."""

    KEPT = "kept"
    RECLASSIFIED = "reclassified"
    OPENED_CLOSED = "opened_closed"
    ALL_CHILDREN = "all_children"


@dataclass(frozen=True)
class Return:
    """A kindergarten's return of a year: its ownership class on its day and its children."""

    ownership: str
    children: int


@dataclass(frozen=True)
class History:
    """A kindergarten in two years; None where it sent no return, or lay in another area."""

    institution_id: str
    name: str
    before: Return | None
    after: Return | None


@dataclass(frozen=True)
class Part:
    """A part of the change. kinds: what it is; several are given as one where one of them would tell of few children.

    children: by how many more count, or for `ALL_CHILDREN` by how many more there are; effect: added to the share.
    """

    kinds: tuple[Kind, ...]
    children: int
    effect: Fraction
    kindergartens: int


@dataclass(frozen=True)
class Reclassified:
    """A kindergarten that began to count (`counts`) or ceased to; before, after: its classes.

    children: those of the year in which it counts; None where that is not given, as they are few (`small`) or would give
    few away.
    """

    institution_id: str
    name: str
    before: str
    after: str
    counts: bool
    children: int | None
    small: bool


@dataclass(frozen=True)
class Carried:
    """The change of a share, in parts that add up to it.

    without: the later share as if every kindergarten had kept its class; None where that would tell of few children.
    """

    before: Point
    after: Point
    target: Fraction
    parts: tuple[Part, ...]
    reclassified: tuple[Reclassified, ...]
    without: Fraction | None

    @property
    def change(self) -> Fraction:
        return sum((part.effect for part in self.parts), Fraction(0))

    @property
    def margin(self) -> Fraction:
        """How far the later share lies above the target, below it where negative."""
        return (self.after.value or Fraction(0)) - self.target

    @property
    def only_just_met(self) -> bool:
        """Met, but by little, or by less than what the reclassified kindergartens brought."""
        brought = next((part.effect for part in self.parts if part.kinds == (Kind.RECLASSIFIED,)), Fraction(0))
        return self.margin >= 0 and (self.margin < JUST_MET or self.margin < brought)

    @property
    def main(self) -> Part | None:
        """The part that did most for the change in the direction that it took; None where the share stayed the same."""
        sign = (self.change > 0) - (self.change < 0)
        return max(self.parts, key=lambda part: sign * part.effect) if sign else None


def carried(store: Store, line: str, area: str, step: Step, as_of: date | None = None) -> Carried | None:
    """What carried a line in an area between two periods; None without a target, or where one figure is not given."""
    trajectory = answers.answer(store, line, as_of).area(area)
    given = {point.period: point for point in trajectory.points if point.value is not None}
    before, after = given.get(step[0]), given.get(step[1])
    target = trajectory.target.value if trajectory.target else None
    if before is None or after is None or target is None:
        return None
    wanted = Fraction(target)

    def compared() -> Carried:
        rows = asked(store, QUERY, as_of, area=area, earlier=step[0], later=step[1])
        histories = [_history(row) for row in rows]
        parts = decomposed(histories, COUNTING[line])
        apart = any(part.kinds == (Kind.RECLASSIFIED,) for part in parts)
        without = _without(histories, COUNTING[line]) if apart else None
        return Carried(before, after, wanted, parts, reclassified(histories, COUNTING[line]), without)

    version = store.version_at(end_of_day(as_of) if as_of else None)
    return store.remembered(("carried", line, area, step, wanted, version, as_of or date.today()), compared)


def steps(trajectory: Trajectory) -> list[Step]:
    """The pairs of periods that can be compared, the most telling one first.

    That is the step into the period since which the target is met, else the newest. Then each figure with the next, and
    the last one from before the plan with the newest.
    """
    given = [point.period for point in trajectory.points if point.value is not None]
    if len(given) < 2:
        return []
    before_the_plan = [one for one in given if reporting_date(one, "school_year") <= plan().begins]
    over_the_plan = ((before_the_plan or given)[-1 if before_the_plan else 0], given[-1])
    each = list(pairwise(given))
    since = period_of(trajectory.since, "school_year") if trajectory.since else None
    into = [one for one in each if one[1] == since and trajectory.status == Status.ACHIEVED]
    others = [one for one in [*each, over_the_plan] if one[0] != one[1]]
    return list(dict.fromkeys([*(into or each[-1:]), *others]))


def kind_of(one: History, counting: frozenset[str]) -> Kind | None:
    """The group that a kindergarten's change belongs to; None where its children count in neither year."""
    before, after = (held is not None and held.ownership in counting for held in (one.before, one.after))
    if before and after:
        return Kind.KEPT
    if not before and not after:
        return None
    return Kind.RECLASSIFIED if one.before and one.after else Kind.OPENED_CLOSED


def decomposed(histories: Sequence[History], counting: frozenset[str]) -> tuple[Part, ...]:
    """The parts of the change in the share of children in kindergartens of the `counting` classes.

    There are children in both years. Groups that would tell of few children are given together with another.
    """
    groups = _groups(histories, counting)
    d0 = sum(one.before.children for one in histories if one.before)
    d1 = sum(one.after.children for one in histories if one.after)
    n0, n1 = sum(one.before for one in groups.values()), sum(one.after for one in groups.values())
    weighed = weights((Fraction(n0), Fraction(d0)), (Fraction(n1), Fraction(d1)))
    together = _given_together(groups)
    shown = [(kind,) for kind in groups if kind not in together] + [together] * bool(together)
    parts = [_part(kinds, [groups[kind] for kind in kinds], weighed) for kinds in shown]
    return (*parts, Part((Kind.ALL_CHILDREN,), d1 - d0, (d1 - d0) * weighed.denominator, len(histories)))


def reclassified(histories: Sequence[History], counting: frozenset[str]) -> tuple[Reclassified, ...]:
    """The kindergartens whose children began or ceased to count: those that began first, the largest of them first.

    Where their sum is not given by itself, the children of none of them are: what is left of a total would tell of others.
    """
    told = Kind.RECLASSIFIED not in _given_together(_groups(histories, counting))
    found = []
    for one in histories:
        if kind_of(one, counting) == Kind.RECLASSIFIED and one.before and one.after:
            counts = one.after.ownership in counting
            moved = one.after.children if counts else one.before.children
            found.append((not counts, -moved, one.institution_id, one.name, one.before.ownership, one.after.ownership))
    return tuple(
        Reclassified(code, name, before, after, not ceased, -moved if told else None, is_small(-moved))
        for ceased, moved, code, name, before, after in sorted(found)
    )


@dataclass(frozen=True)
class _Group:
    """Children who count in each year, in how many kindergartens. small: whether to know them would tell of few."""

    before: int
    after: int
    kindergartens: int
    small: bool


def _groups(histories: Sequence[History], counting: frozenset[str]) -> dict[Kind, _Group]:
    return {kind: _group(histories, counting, kind) for kind in list(Kind)[:3]}


def _group(histories: Sequence[History], counting: frozenset[str], kind: Kind) -> _Group:
    members = [one for one in histories if kind_of(one, counting) == kind]
    before = sum(one.before.children for one in members if one.before and one.before.ownership in counting)
    after = sum(one.after.children for one in members if one.after and one.after.ownership in counting)
    # Reclassified kindergartens are named, so that each of them must be large enough.
    named = members if kind == Kind.RECLASSIFIED else []
    few = any(is_small(held.children) for one in named for held in _both(one) if held)
    return _Group(before, after, len(members), few or is_small(before) or is_small(after))


def _given_together(groups: Mapping[Kind, _Group]) -> tuple[Kind, ...]:
    """The groups that are given as one sum, for what is small in them and could be had by subtraction from the others."""
    together = {kind for kind, one in groups.items() if one.small}
    others = [kind for kind in groups if kind not in together and groups[kind].kindergartens]
    others.sort(key=lambda kind: groups[kind].before + groups[kind].after, reverse=True)
    while together and others and (len(together) == 1 or _few([groups[kind] for kind in together])):
        together.add(others.pop())
    return tuple(kind for kind in groups if kind in together)


def _few(groups: Sequence[_Group]) -> bool:
    return is_small(sum(one.before for one in groups)) or is_small(sum(one.after for one in groups))


def _part(kinds: tuple[Kind, ...], groups: Sequence[_Group], weighed: Weights) -> Part:
    change = sum(one.after - one.before for one in groups)
    return Part(kinds, change, change * weighed.numerator, sum(one.kindergartens for one in groups))


def _without(histories: Sequence[History], counting: frozenset[str]) -> Fraction:
    """The later year's share with the class that each kindergarten had before, as the warning at the upload counts it."""
    later = [(one.before or one.after, one.after.children) for one in histories if one.after]
    counted = [children for held, children in later if held and held.ownership in counting]
    return Fraction(sum(counted), sum(children for _held, children in later))


def _both(one: History) -> tuple[Return | None, Return | None]:
    return one.before, one.after


def _history(row: Row) -> History:
    before, after = (
        Return(row[f"ownership_{when}"], int(row[f"children_{when}"])) if row[f"children_{when}"] is not None else None
        for when in ("before", "after")
    )
    return History(row["institution_id"], row["name"], before, after)
