"""What carried a share: parts that add up exactly, in any order of the years, and that tell of no few children."""

from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from data.samples.generate import files
from data.store import Store
from queries import answers
from queries.carried import carried, last_step
from queries.preschool import carried as line_carried
from queries.preschool.carried import COUNTING, JUST_MET, Carried, History, Kind, Part, Reclassified, Return
from queries.suppression import is_small
from tests.pages.display import made
from tests.queries import oracle

Lines = Callable[..., int]

settings = hypothesis_settings(max_examples=300, derandomize=True, deadline=None, database=None)

AREA = "信都区"
INCLUSIVE = COUNTING["inclusive_share"]
CLASSES = ("public", "inclusive_private", "private")

classes = st.sampled_from(CLASSES)
lines = st.sampled_from(list(COUNTING.values()))
many = st.integers(10, 400)
few = st.one_of(st.integers(0, 12), st.integers(0, 400))


@st.composite
def histories(draw: st.DrawFn, sizes: st.SearchStrategy[int] = few) -> list[History]:
    """Kindergartens in two years, of which each has some children."""
    returns = st.one_of(st.none(), st.builds(Return, classes, sizes))
    pairs = draw(st.lists(st.tuples(returns, returns), min_size=1, max_size=8))
    pairs.append((Return("private", draw(many)), Return("private", draw(many))))
    return [History(f"{number}", f"示例{number}园", *pair) for number, pair in enumerate(pairs)]


def share(found: Sequence[History], counting: frozenset[str], year: str) -> Fraction:
    held = [one for one in (getattr(history, year) for history in found) if one]
    return Fraction(sum(one.children for one in held if one.ownership in counting), sum(one.children for one in held))


def total(parts: Sequence[Part]) -> Fraction:
    return sum((part.effect for part in parts), Fraction(0))


def moving(parts: Sequence[Part]) -> dict[Kind, Fraction]:
    """The parts that moved the share."""
    return {kind: part.effect for part in parts for kind in part.kinds if part.effect}


def turned(found: Sequence[History]) -> list[History]:
    """The same, the later year first."""
    return [History(one.institution_id, one.name, one.after, one.before) for one in found]


# Two sides of any share


def test_the_sentence_of_the_domain_numerator_up_denominator_down() -> None:
    """800/1000 → 920/1100: 120 more weigh (1/1000 + 1/1100)/2 each, 100 more in all −(800 + 920)/(2·1000·1100)."""
    found = carried(made.point(2020, AREA, 800, 1000), made.point(2021, AREA, 920, 1100))
    assert found is not None
    assert (found.numerator, found.denominator) == (120, 100)
    assert found.numerator_effect == Fraction(120) * (Fraction(1, 1000) + Fraction(1, 1100)) / 2
    assert found.denominator_effect == -100 * Fraction(800 + 920, 2 * 1000 * 1100)


@settings
@given(sides=st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 10**6)), min_size=2, max_size=2))
def test_the_two_sides_add_up_to_the_change_and_turn_with_the_years(sides: list[tuple[int, int]]) -> None:
    before, after = (made.point(2020 + number, AREA, *pair) for number, pair in enumerate(sides))
    found, back = carried(before, after), carried(after, before)
    assert found is not None and back is not None
    assert found.numerator_effect + found.denominator_effect == Fraction(*sides[1]) - Fraction(*sides[0])
    assert (back.numerator_effect, back.denominator_effect) == (-found.numerator_effect, -found.denominator_effect)


@pytest.mark.parametrize(
    "other", [made.hidden(2020, AREA), made.point(2020, AREA, None, 100), made.point(2020, AREA, 0, 0)]
)
def test_without_both_figures_nothing_is_said(other: answers.Point) -> None:
    known = made.point(2021, AREA, 80, 100)
    assert carried(other, known) is None
    assert carried(known, other) is None


def test_only_a_share_that_meets_its_target_has_a_last_step(samples: Store) -> None:
    inclusive = answers.answer(samples, "inclusive_share")
    met, missed = last_step(inclusive.whole, "share"), last_step(inclusive.area("襄都区"), "share")
    assert met is not None and (met.before.period, met.after.period) == (2021, 2022)
    assert missed is None
    assert last_step(answers.answer(samples, "preschool_spending").whole, "count") is None


# The parts of a line


@settings
@given(found=histories(), counting=lines)
def test_the_parts_add_up_to_the_change_exactly(found: list[History], counting: frozenset[str]) -> None:
    parts = line_carried.decomposed(found, counting)
    assert total(parts) == share(found, counting, "after") - share(found, counting, "before")
    assert sorted(kind for part in parts for kind in part.kinds) == sorted(Kind)


@settings
@given(found=histories(many), counting=lines)
def test_turning_the_years_turns_every_sign(found: list[History], counting: frozenset[str]) -> None:
    forth, back = line_carried.decomposed(found, counting), line_carried.decomposed(turned(found), counting)
    assert [(one.kinds, one.children, one.effect) for one in back] == [
        (one.kinds, -one.children, -one.effect) for one in forth
    ]


@settings
@given(sizes=st.lists(st.tuples(classes, classes, many), min_size=1), rest=many)
def test_a_pure_reclassification_is_nothing_else(sizes: list[tuple[str, str, int]], rest: int) -> None:
    """The same children in the same kindergartens."""
    found = [
        History(f"{number}", "", Return(before, size), Return(after, size))
        for number, (before, after, size) in enumerate(sizes)
    ]
    found.append(History("rest", "", Return("private", rest), Return("private", rest)))
    assert set(moving(line_carried.decomposed(found, INCLUSIVE))) <= {Kind.RECLASSIFIED}


@settings
@given(kept=st.lists(many, min_size=1), leaving=st.lists(st.tuples(many, many), min_size=1))
def test_fewer_children_altogether_are_nothing_else(kept: list[int], leaving: list[tuple[int, int]]) -> None:
    """Those who count are as many as before, in the same kindergartens."""
    found = [
        History(f"k{number}", "", Return("public", size), Return("public", size)) for number, size in enumerate(kept)
    ]
    found += [
        History(f"p{number}", "", Return("private", before), Return("private", after))
        for number, (before, after) in enumerate(leaving)
    ]
    parts = line_carried.decomposed(found, INCLUSIVE)
    assert set(moving(parts)) <= {Kind.ALL_CHILDREN}
    fewer = sum(before for before, _ in leaving) > sum(after for _, after in leaving)
    assert (parts[-1].effect > 0) == fewer


def test_a_kindergarten_belongs_to_one_group() -> None:
    public, private, nothing = Return("public", 100), Return("private", 100), None
    pairs = {
        (public, public): Kind.KEPT,
        (public, Return("inclusive_private", 90)): Kind.KEPT,
        (public, private): Kind.RECLASSIFIED,
        (private, public): Kind.RECLASSIFIED,
        (public, nothing): Kind.OPENED_CLOSED,
        (nothing, public): Kind.OPENED_CLOSED,
        (private, private): None,
        (nothing, private): None,
    }
    assert {pair: line_carried.kind_of(History("1", "", *pair), INCLUSIVE) for pair in pairs} == pairs


# Few children


@settings
@given(found=histories(), counting=lines)
def test_no_small_number_follows_from_what_is_shown(found: list[History], counting: frozenset[str]) -> None:
    """Both shares with their sides, every part's children, the named kindergartens' and which groups are empty."""
    parts, named = line_carried.decomposed(found, counting), line_carried.reclassified(found, counting)
    secrets, facts = unknowns(found, counting), known(found, counting, parts, named)
    if hidden_themselves(found, counting):
        return  # a share that is not given has no parts
    rank = numpy.linalg.matrix_rank(numpy.array(facts))
    for place, (name, size) in enumerate(secrets):
        alone = [int(other == place) for other in range(len(secrets))]
        follows = numpy.linalg.matrix_rank(numpy.array([*facts, alone])) == rank
        assert not (follows and is_small(size)), name


def unknowns(found: Sequence[History], counting: frozenset[str]) -> list[tuple[str, int]]:
    """What is to be kept: children who count of the kindergartens that kept their class, opened and closed as sums; of
    each reclassified one by itself."""
    sums = {(kind, year): 0 for kind in (Kind.KEPT, Kind.OPENED_CLOSED) for year in ("before", "after")}
    single: list[tuple[str, int]] = []
    for one in found:
        kind = line_carried.kind_of(one, counting)
        for year in ("before", "after"):
            held = getattr(one, year)
            if kind and held and held.ownership in counting:
                if kind == Kind.RECLASSIFIED:
                    single.append((f"{year} {one.institution_id}", held.children))
                else:
                    sums[kind, year] += held.children
    return [*((f"{year} {kind}", size) for (kind, year), size in sums.items()), *single]


def known(
    found: Sequence[History], counting: frozenset[str], parts: Sequence[Part], named: Sequence[Reclassified]
) -> list[list[int]]:
    names = [name for name, _size in unknowns(found, counting)]

    def fact(signs: Callable[[str], int]) -> list[int]:
        return [signs(name) for name in names]

    def of_kinds(name: str, kinds: Sequence[Kind]) -> bool:
        kind = name.partition(" ")[2]
        return (Kind(kind) if kind in set(Kind) else Kind.RECLASSIFIED) in kinds

    facts = [fact(lambda name, year=year: int(name.startswith(year))) for year in ("before", "after")]
    for part in parts[:-1]:
        facts.append(fact(lambda name, part=part: of_kinds(name, part.kinds) * (1 if name.startswith("after") else -1)))
    shown = {f"{'after' if one.counts else 'before'} {one.institution_id}" for one in named if one.children is not None}
    empty = {name for name, _size in unknowns(found, counting) if not kindergartens_of(found, counting, name)}
    return [*facts, *(fact(lambda name, one=one: int(name == one)) for one in sorted(shown | empty))]


def kindergartens_of(found: Sequence[History], counting: frozenset[str], name: str) -> bool:
    """Whether there are any kindergartens behind an unknown: their number is shown."""
    year, _, kind = name.partition(" ")
    if kind not in set(Kind):
        return True
    return any(
        line_carried.kind_of(one, counting) == kind and getattr(one, year) and getattr(one, year).ownership in counting
        for one in found
    )


def hidden_themselves(found: Sequence[History], counting: frozenset[str]) -> bool:
    for year in ("before", "after"):
        held = [one for one in (getattr(history, year) for history in found) if one]
        whole = sum(one.children for one in held)
        counted = sum(one.children for one in held if one.ownership in counting)
        if is_small(counted) or is_small(whole) or is_small(whole - counted):
            return True
    return False


def test_a_group_of_few_children_is_given_with_the_smallest_other() -> None:
    found = [
        History("1", "", Return("public", 300), Return("public", 320)),
        History("2", "", Return("private", 8), Return("public", 8)),
        History("3", "", None, Return("public", 60)),
        History("4", "", Return("private", 200), Return("private", 200)),
    ]
    parts = line_carried.decomposed(found, INCLUSIVE)
    assert [(part.kinds, part.children, part.kindergartens) for part in parts] == [
        ((Kind.KEPT,), 20, 1),
        ((Kind.RECLASSIFIED, Kind.OPENED_CLOSED), 68, 2),
        ((Kind.ALL_CHILDREN,), 80, 4),
    ]
    [one] = line_carried.reclassified(found, INCLUSIVE)
    assert (one.children, one.small) == (None, True)


def test_beside_a_small_reclassified_kindergarten_no_other_is_told_either() -> None:
    found = [History(f"{size}", "", Return("private", size), Return("public", size)) for size in (7, 50, 60)]
    listed = [(one.institution_id, one.children, one.small) for one in line_carried.reclassified(found, INCLUSIVE)]
    assert listed == [("60", None, False), ("50", None, False), ("7", None, True)]


def test_a_share_that_is_not_given_is_not_carried_by_anything(store: Store, register: Lines, returns: Lines) -> None:
    register(
        f"1,2015-09-01,示例公办园,{AREA},幼儿园,集体办,,,否", f"2,2015-09-01,示例民办园,{AREA},幼儿园,非普惠民办,,,否"
    )
    returns("2019,1,学前,200,7", "2019,2,学前,5,1", "2020,1,学前,300,7", "2020,2,学前,20,1")
    assert line_carried.carried(store, "inclusive_share", AREA, (2019, 2020)) is None
    assert line_carried.steps(answers.answer(store, "inclusive_share").area(AREA)) == []


# On the store


def test_a_lapsed_recognition_is_a_reclassification(store: Store, register: Lines, returns: Lines) -> None:
    """The register still says 普惠性民办; on 1 September 2021 it is not recognised any more."""
    register(
        f"1,2015-09-01,示例公办园,{AREA},幼儿园,集体办,,,否",
        f"2,2015-09-01,示例普惠园,{AREA},幼儿园,普惠性民办,2015-09-01,2021-08-31,否",
        f"3,2015-09-01,示例民办园,{AREA},幼儿园,非普惠民办,,,否",
    )
    returns(
        *(f"{year},{number},学前,{size},3" for year in (2020, 2021) for number, size in ((1, 300), (2, 100), (3, 80)))
    )
    found = line_carried.carried(store, "inclusive_share", AREA, (2020, 2021))
    assert found is not None
    assert moving(found.parts) == {Kind.RECLASSIFIED: Fraction(-100, 480)}
    [one] = found.reclassified
    assert (one.name, one.before, one.after, one.counts, one.children) == (
        "示例普惠园", "inclusive_private", "private", False, 100,
    )  # fmt: skip
    assert found.without == found.before.value


@pytest.mark.parametrize("line", list(COUNTING))
@pytest.mark.parametrize("area", [oracle.WHOLE, *oracle.DISTRICTS])
def test_the_parts_of_the_sample_data_lead_from_figure_to_figure(line: str, area: str, samples: Store) -> None:
    trajectory = answers.answer(samples, line).area(area)
    returns = [one for one in oracle.read(files()) if one.stage == "学前" and area in one.areas]
    for step in line_carried.steps(trajectory):
        found = line_carried.carried(samples, line, area, step)
        assert found is not None
        assert found.before.value is not None and found.after.value is not None
        assert found.change == found.after.value - found.before.value
        counts = [
            {one.institution: one.ownership in COUNTING[line] for one in returns if one.year == year} for year in step
        ]
        changed = {one for one in counts[0].keys() & counts[1].keys() if counts[0][one] != counts[1][one]}
        assert {one.institution_id for one in found.reclassified} == changed


def test_the_step_into_the_target_is_offered_first_and_the_years_of_the_plan_last(samples: Store) -> None:
    met, relapsed = (line_carried.steps(answers.answer(samples, line).whole) for line in COUNTING)
    assert (met[0], met[-1]) == ((2019, 2020), (2019, 2022))
    assert (relapsed[0], relapsed[-1]) == ((2021, 2022), (2019, 2022))
    assert len(met) == len(set(met)) == 6


def one_step(margin: Fraction, brought: Fraction) -> Carried:
    after = Fraction(4, 5) + margin
    parts = (Part((Kind.RECLASSIFIED,), 0, brought, 1),)
    points = [
        answers.Point(2020 + number, AREA, None, 1, 1, value) for number, value in enumerate((after - brought, after))
    ]
    return Carried(points[0], points[1], Fraction(4, 5), parts, (), None)


@pytest.mark.parametrize(
    ("margin", "brought", "only_just"),
    [
        (Fraction(0), Fraction(0), True),
        (JUST_MET - Fraction(1, 10**9), Fraction(0), True),
        (JUST_MET, Fraction(0), False),
        (JUST_MET, JUST_MET, False),
        (JUST_MET, JUST_MET + Fraction(1, 10**9), True),
        (-Fraction(1, 10**9), Fraction(1, 10), False),
    ],
)
def test_only_just_met_is_by_little_or_by_less_than_was_reclassified(
    margin: Fraction, brought: Fraction, only_just: bool
) -> None:
    assert one_step(margin, brought).only_just_met == only_just
