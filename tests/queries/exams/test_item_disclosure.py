"""Whatever is withheld of items and options does not follow from what is told, by an independent look at the equations."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from queries.exams import item_disclosure as disclosure
from queries.exams.item_disclosure import ALL, BOTTOM, EXAM, REST, TOP, Figure
from queries.exams.item_statistics import Chosen
from queries.exams.statistics import Moments

OPTIONS = ("A", "B", "C", "D")
SIZES = st.sampled_from([0, 3, 9, 11, 12, 25, 60])


def follows(figure: Figure, hidden: Collection[Figure], equations: list[Mapping[Figure, int]]) -> bool:
    """Whether the equations and all that is told settle a figure: its unit vector adds nothing to their rank."""
    names = sorted(hidden)
    rows = [[equation.get(name, 0) for name in names] for equation in equations]
    rank = np.linalg.matrix_rank(np.array(rows, dtype=float))
    more = [*rows, [int(name == figure) for name in names]]
    return bool(np.linalg.matrix_rank(np.array(more, dtype=float)) == rank)


def right_or_wrong(pupils: int, right: int) -> Moments:
    return Moments(pupils, Fraction(right * 5), Fraction(right * 25))


@given(
    table=st.lists(st.lists(st.integers(0, 60), min_size=3, max_size=3), min_size=2, max_size=4),
    pupils=st.integers(60, 80),
)
def test_no_withheld_item_follows(table: list[list[int]], pupils: int) -> None:
    found = {
        (f"s{row}", str(item)): right_or_wrong(pupils, right)
        for row, line in enumerate(table)
        for item, right in enumerate(line)
    }
    exam = {item: [own for place, own in found.items() if place[1] == item] for item in "012"}
    found |= {(EXAM, item): sum(own[1:], own[0]) for item, own in exam.items()}
    hidden = disclosure.withheld_items(
        found, dict.fromkeys("012", 5), {unit: own.n for (unit, _item), own in found.items()}
    )
    equations: list[Mapping[Figure, int]] = [
        *({one: 1 for one in found if one[0] == unit} for unit in {one[0] for one in found}),
        *({one: -1 if one[0] == EXAM else 1 for one in found if one[1] == item} for item in "012"),
    ]
    small = {one for one, own in found.items() if disclosure.tells_of_few(own, 5)}
    assert small <= hidden
    # Only where everything is withheld does a figure that has no companion left follow.
    assert len(hidden) == len(found) or not [one for one in small if follows(one, hidden, equations)]


def test_of_an_item_few_have_wrong_the_score_rate_is_withheld() -> None:
    assert disclosure.tells_of_few(right_or_wrong(100, 91), 5)
    assert not disclosure.tells_of_few(right_or_wrong(100, 90), 5)
    assert disclosure.tells_of_few(right_or_wrong(100, 9), 5)
    assert not disclosure.tells_of_few(right_or_wrong(100, 100), 5)
    assert disclosure.tells_of_few(right_or_wrong(9, 5), None)
    marks = Moments(100, Fraction(495), Fraction(2460))
    assert not disclosure.tells_of_few(marks, 5), "who has part of the marks is neither right nor wrong"


def test_an_item_is_never_withheld_alone() -> None:
    found = {
        (EXAM, "1"): right_or_wrong(100, 95),
        (EXAM, "2"): right_or_wrong(100, 50),
        (EXAM, "3"): right_or_wrong(100, 50),
    }
    marks = dict.fromkeys("123", Decimal(5))
    pupils = {EXAM: 100}
    assert disclosure.withheld_items(found, marks, pupils) == {(EXAM, "1"), (EXAM, "2")}
    assert disclosure.withheld_items({**found, (EXAM, "1"): right_or_wrong(100, 50)}, marks, pupils) == frozenset()


def test_how_few_have_chosen_an_item_does_not_follow_from_those_who_have_chosen_another() -> None:
    """Of 40 pupils 5 chose 3a instead of 3b; 20 chose 4a instead of 4b."""
    numbers = {"1": 40, "2": 40, "3a": 5, "3b": 35, "4a": 20, "4b": 20}
    found = {
        (EXAM, item): Moments(pupils, Fraction(2 * pupils), Fraction(7 * pupils)) for item, pupils in numbers.items()
    }
    hidden = disclosure.withheld_items(found, dict.fromkeys(numbers, 5), {EXAM: 40})
    assert {item for _unit, item in hidden} == {"3a", "3b", "4a", "4b"}
    found |= {(EXAM, "3a"): found[EXAM, "4a"], (EXAM, "3b"): found[EXAM, "4b"]}
    assert disclosure.withheld_items(found, dict.fromkeys(numbers, 5), {EXAM: 40}) == frozenset()


@given(
    parts=st.lists(st.tuples(SIZES, SIZES, SIZES), min_size=2, max_size=4),
    schools=st.integers(0, 3),
    keyed=st.booleans(),
    data=st.data(),
)
def test_no_withheld_option_follows(
    parts: list[tuple[int, int, int]], schools: int, keyed: bool, data: st.DataObject
) -> None:
    exam = [
        Chosen(option, sum(one), Fraction(one[0]), Fraction(one[1]))
        for option, one in zip(OPTIONS, parts, strict=False)
    ]
    counts: dict[tuple[str, str], int] = {}
    for one in exam:
        left = one.pupils
        for school in range(schools):
            share = left if school == schools - 1 else data.draw(st.integers(0, left))
            counts[f"s{school}", one.choice or ""] = share
            left -= share
    key = "A" if keyed else None
    hidden = disclosure.withheld_options(exam, counts, key)
    sizes = {(EXAM, one.choice or "", part): size for one in exam for part, size in disclosure._parts(one)}
    sizes |= {(school, option, ALL): Fraction(count) for (school, option), count in counts.items()}
    equations: list[Mapping[Figure, int]] = []
    for unit in {one[0] for one in sizes}:
        equations += [
            {one: 1 for one in sizes if (one[0], one[2]) == (unit, part)} for part in (TOP, BOTTOM, REST, ALL)
        ]
    for one in exam:
        option = one.choice or ""
        equations.append(
            {(EXAM, option, TOP): 1, (EXAM, option, BOTTOM): 1, (EXAM, option, REST): 1, (EXAM, option, ALL): -1}
        )
        if schools:
            equations.append({place: -1 if place[0] == EXAM else 1 for place in sizes if place[1:] == (option, ALL)})
    known = {place for place in sizes if keyed and place[1:] == ("A", ALL)}
    if keyed:
        equations += [{(EXAM, "A", TOP): 1, (EXAM, "A", BOTTOM): -1}, *({one: 1} for one in known)]
    small = {one for one, size in sizes.items() if 0 < size < 10} - known
    assert small <= hidden and not hidden & known
    assert len(hidden) == len(sizes) - len(known) or not [one for one in small if follows(one, hidden, equations)]


def test_one_small_option_takes_another_with_it_but_not_the_key_that_the_score_rate_tells() -> None:
    exam = [
        Chosen("A", 40, Fraction(0), Fraction(0)),
        Chosen("B", 5, Fraction(0), Fraction(0)),
        Chosen("C", 60, Fraction(0), Fraction(0)),
    ]
    totals = {one[1] for one in disclosure.withheld_options(exam, {}, "A") if one[2] == ALL}
    assert totals == {"B", "C"}
    assert {one[1] for one in disclosure.withheld_options(exam, {}, None) if one[2] == ALL} == {"A", "B"}
