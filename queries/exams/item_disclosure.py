"""What an item analysis must not tell, because fewer than ten pupils stand behind it or could be found by subtraction.

Of an item that is right or wrong, the score rate is the share of pupils who have it right: where one to nine have, or
have not, it is withheld. So is an option that one to nine marked, of all or of a group. What adds up to what is known is
written down as equations: what a school and the exam have in the whole paper, how many have a score in an item, and that
the schools make up the exam. Further figures are withheld until no small one follows from the equations and from all that
is told. How far a withheld number lies from others is not solved for, as in `queries/exams/disclosure.py`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction

import numpy as np

from queries.exams.item_statistics import Chosen, is_right_or_wrong
from queries.exams.statistics import Exact, Moments
from queries.suppression import SMALL, is_small

# A unit is a school, or the whole exam, which has no name; a figure is (unit, item) or (unit, option, part).
EXAM = ""
TOP, BOTTOM, REST, ALL = "top", "bottom", "rest", "all"
Figure = tuple[str, ...]
Equation = Mapping[Figure, int]
# Elimination modulo a prime is exact and keeps numbers small; that a sum is a multiple of it by chance is out of question.
PRIME = 2**31 - 1


def tells_of_few(own: Moments, full_marks: Exact | None) -> bool:
    """Whether fewer than ten pupils have a score in the item, or have it right, or wrong where there is nothing between."""
    if own.n < SMALL:
        return True
    if not full_marks or not is_right_or_wrong(own, full_marks):
        return False
    right = own.sum / Fraction(full_marks)
    return is_small(int(right)) or is_small(own.n - int(right))


def withheld_items(
    found: Mapping[Figure, Moments],
    full_marks: Mapping[str, Exact],
    pupils: Mapping[str, int],
    few_schools: Collection[str] = (),
) -> frozenset[Figure]:
    """The (unit, item) pairs that are withheld. pupils: unit → who have a score in any item.

    few_schools: those of fewer than ten pupils, withheld whole. Where few have chosen an item, how many follows from how
    many have chosen others instead: then all items that not everybody of the unit has a score in are withheld.
    """
    small = {one for one, own in found.items() if one[0] in few_schools or tells_of_few(own, full_marks.get(one[1]))}
    chosen_by_few = {one[0] for one, own in found.items() if is_small(own.n)}
    small |= {one for one, own in found.items() if one[0] in chosen_by_few and own.n < pupils[one[0]]}
    units, items = (dict.fromkeys(one[side] for one in found) for side in (0, 1))
    equations: list[Equation] = [{one: 1 for one in found if one[0] == unit} for unit in units]
    equations += [_schools_make_the_exam([one for one in found if one[1] == item]) for item in items]
    return withheld({one: own.n for one, own in found.items()}, small, equations)


def withheld_options(
    exam: Sequence[Chosen],
    schools: Mapping[tuple[str, str], int],
    key: str | None,
    untold: Collection[str] = (),
) -> frozenset[Figure]:
    """The (unit, option, part) triples that are withheld of an item; parts of a school's: `ALL` only.

    schools: (school, option) → pupils. key: the right option where the score rate tells how many marked it, and the
    discrimination how many more of the top than of the bottom group. untold: the units of which the item is withheld.
    """
    sizes: dict[Figure, Fraction] = {(EXAM, one.choice or "", part): size for one in exam for part, size in _parts(one)}
    sizes |= {(school, option, ALL): Fraction(count) for (school, option), count in schools.items()}
    units = dict.fromkeys(one[0] for one in sizes)
    equations: list[Equation] = []
    for unit in units:
        for part in (TOP, BOTTOM, REST, ALL):
            equations.append({one: 1 for one in sizes if (one[0], one[2]) == (unit, part)})
    for option in dict.fromkeys(one[1] for one in sizes):
        equations.append(_schools_make_the_exam([one for one in sizes if one[1:] == (option, ALL)]))
        equations.append({(EXAM, option, part): -1 if part == ALL else 1 for part in (TOP, BOTTOM, REST, ALL)})
    known = {(unit, key, ALL) for unit in units if key is not None and unit not in untold}
    equations += [{one: 1} for one in known]
    if key is not None and EXAM not in untold:
        equations.append({(EXAM, key, TOP): 1, (EXAM, key, BOTTOM): -1})
    small = {one for one, size in sizes.items() if 0 < size < SMALL and one not in known}
    return withheld(sizes, small, equations, {one for one in sizes if one[0] in untold}, known)


def withheld(
    sizes: Mapping[Figure, Exact],
    small: Collection[Figure],
    equations: Iterable[Equation],
    hidden: Collection[Figure] = (),
    known: Collection[Figure] = (),
) -> frozenset[Figure]:
    """All that is withheld, so that no figure of `small` follows from the equations and from what is told.

    sizes: of every figure. hidden: what is withheld anyway; known: what follows from elsewhere, so that withholding it
    would not help. A companion that follows itself is no help either, so it gets one in its turn, where there is any.
    """
    rows = [{one: factor for one, factor in equation.items() if one in sizes} for equation in equations]
    found, anyway = {*small, *hidden}, set(hidden) - set(small)
    while companion := _companion(_settled(found, rows) - anyway, found, rows, sizes, known):
        found.add(companion)
    return frozenset(found)


def _companion(
    settled: set[Figure],
    hidden: Collection[Figure],
    rows: Sequence[Equation],
    sizes: Mapping[Figure, Exact],
    known: Collection[Figure],
) -> Figure | None:
    """What to withhold beside a figure that follows, from the equation that leaves it the fewest companions: of a school
    rather than of the exam, of somebody rather than of nobody, the smallest."""
    choices = []
    for row in (row for row in rows if not settled.isdisjoint(row)):
        companions = sum(one in hidden for one in row)
        choices += [
            (companions, one[0] == EXAM, not sizes[one], sizes[one], one)
            for one in row
            if one not in hidden and one not in known
        ]
    return min(choices)[-1] if choices else None


def _settled(hidden: Collection[Figure], rows: Sequence[Equation]) -> set[Figure]:
    """The withheld figures that the equations settle: just those alone in a row of the reduced echelon form."""
    names = sorted(hidden)
    places = {name: place for place, name in enumerate(names)}
    used = [row for row in rows if any(one in places for one in row)]
    matrix = np.zeros((len(used), len(names)), dtype=np.int64)
    for line, row in enumerate(used):
        for one, factor in row.items():
            if one in places:
                matrix[line, places[one]] = factor % PRIME
    rank = 0
    for column in range(len(names)):
        pivots = np.flatnonzero(matrix[rank:, column])
        if not len(pivots):
            continue
        matrix[[rank, rank + pivots[0]]] = matrix[[rank + pivots[0], rank]]
        matrix[rank] = matrix[rank] * pow(int(matrix[rank, column]), -1, PRIME) % PRIME
        others = np.flatnonzero(matrix[:, column])
        for line in others[others != rank]:
            matrix[line] = (matrix[line] - matrix[line, column] * matrix[rank]) % PRIME
        rank += 1
    alone = matrix[np.count_nonzero(matrix, axis=1) == 1]
    return {names[int(np.flatnonzero(row)[0])] for row in alone}


def _schools_make_the_exam(figures: Sequence[Figure]) -> Equation:
    """That they add up to it; nothing where no schools are given."""
    alone = all(one[0] == EXAM for one in figures)
    return {} if alone else {one: -1 if one[0] == EXAM else 1 for one in figures}


def _parts(one: Chosen) -> list[tuple[str, Fraction]]:
    rest = one.pupils - one.top - one.bottom
    return [(TOP, one.top), (BOTTOM, one.bottom), (REST, rest), (ALL, Fraction(one.pupils))]
