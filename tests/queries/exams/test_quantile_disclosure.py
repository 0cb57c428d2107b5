"""Quantiles tell no number of 1 to 9 pupils: every way in which few pupils can have marks is looked at.

What is told of a distribution is the same for many distributions. A number below a mark is known if it is the same in all
of these; then no two known numbers may differ by 1 to 9. (Of just ten pupils whose median is the lowest mark there is, more
can be known: the tests begin with eleven.)
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise
from typing import TypeVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.exams import figures
from queries.exams.counts import PARTS, Counts
from queries.exams.statistics import Distribution, distribution, quantile, rounded
from queries.suppression import is_small

Pupils = tuple[int, ...]
Of = TypeVar("Of")


def worlds(pupils: int, marks: int) -> Iterator[Pupils]:
    """How many of some pupils can have each of the marks 0, 1, 2 …"""
    for bars in combinations(range(pupils + marks - 1), marks - 1):
        yield tuple(after - before - 1 for before, after in pairwise((-1, *bars, pupils + marks - 1)))


def counted(of: Pupils) -> Distribution:
    return distribution((Decimal(mark), pupils) for mark, pupils in enumerate(of))


def told(of: Pupils) -> tuple[Fraction, ...]:
    """The quartiles as tables tell them."""
    return figures._quantiles(counted(of), figures.QUARTILES, Fraction(1))


def exact(of: Pupils) -> tuple[Fraction | None, ...]:
    return tuple(quantile(counted(of), share) for share in figures.QUARTILES)


def above(of: Pupils, mark: int) -> int | None:
    """Who has a mark or more, where neither they nor the others are few."""
    number = sum(of[mark:])
    return None if is_small(number) or is_small(sum(of) - number) else number


def gives_few_away(alike: Sequence[Pupils]) -> bool:
    """Whether numbers that are the same in all of these differ by 1 to 9."""
    below = [{sum(one[:mark]) for one in alike} for mark in range(len(alike[0]) + 1)]
    known = [min(numbers) for numbers in below if len(numbers) == 1]
    return any(is_small(abs(one - other)) for one, other in combinations(known, 2))


def by_told(of: Iterable[Of], tell: Callable[[Of], Hashable]) -> list[list[Of]]:
    found: dict[Hashable, list[Of]] = defaultdict(list)
    for one in of:
        found[tell(one)].append(one)
    return list(found.values())


@pytest.mark.parametrize(("pupils", "marks"), [(11, 5), (12, 5), (20, 4), (22, 4), (40, 3), (42, 3)])
def test_quartiles_and_a_rate_tell_of_no_few(pupils: int, marks: int) -> None:
    for cut in (None, *range(1, marks)):

        def tell(of: Pupils, cut: int | None = cut) -> Hashable:
            return told(of), None if cut is None else above(of, cut)

        assert not any(map(gives_few_away, by_told(worlds(pupils, marks), tell)))


def test_quartiles_between_two_marks_would_tell_of_few() -> None:
    assert any(map(gives_few_away, by_told(worlds(12, 4), exact)))


@settings(derandomize=True, deadline=None, database=None)
@given(mark=st.fractions(-10, 310, max_denominator=40), step=st.sampled_from([1, Fraction(3, 2), 5]))
def test_a_mark_is_rounded_to_the_nearest_multiple_the_higher_of_two(mark: Fraction, step: Fraction) -> None:
    found = rounded(mark, step)
    assert (found / step).denominator == 1 and -step / 2 < found - mark <= step / 2


@pytest.mark.parametrize(
    ("scores", "step"), [("0 5 60", 5), ("60 63.5 65", 1), ("61 64", 1), ("0", 1), ("1.5 4.5", Fraction(3, 2))]
)
def test_quantiles_are_multiples_of_what_all_scores_are(scores: str, step: Fraction) -> None:
    marks = np.array([int(Decimal(score) * PARTS) for score in scores.split()])
    assert Counts(("a",), ("",), marks, np.ones((1, 1, len(marks)), dtype=np.int64)).step == step
