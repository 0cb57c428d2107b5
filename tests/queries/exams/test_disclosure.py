"""Withheld figures of exam tables: an audit by exact linear algebra of all that is shown, and of how much is shown."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from queries.exams.disclosure import Withheld, withheld

settings = hypothesis_settings(max_examples=150, derandomize=True, deadline=None, database=None)

Counts = dict[tuple[str, str], list[int]]
Sums = dict[str, list[str]]
Shown = tuple[str, str, int, int]  # name, track, from bin, up to but without bin
Cell = tuple[str, str, int]
Row = dict[Cell, Fraction]


class Space:
    """The linear combinations of rows, in echelon form: every row's first cell is 1 and stands in no later row."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows: dict[Cell, Row] = {}
        for row in rows:
            rest = self.rest(row)
            if rest:
                first = min(rest)
                self.rows[first] = {cell: value / rest[first] for cell, value in rest.items()}

    def rest(self, row: Row) -> Row:
        """What of a row is no combination of the others: empty where it follows from them."""
        left, over = dict(row), {}
        while left:
            first = min(left)
            value = left[first]
            if first not in self.rows:
                over[first] = left.pop(first)
                continue
            for cell, factor in self.rows[first].items():
                changed = left.get(cell, Fraction(0)) - value * factor
                if changed:
                    left[cell] = changed
                else:
                    left.pop(cell, None)
        return over

    def __contains__(self, row: Row) -> bool:
        return not self.rest(row)


def figures(counts: Counts, sums: Sums) -> dict[Shown, Row]:
    """Every figure that a page could show: a sum over units, tracks and neighbouring bins, as a row over the cells."""
    units, tracks = sorted({unit for unit, _ in counts}), sorted({track for _, track in counts})
    names = {**{unit: [unit] for unit in units}, **sums, "": units}
    bins = len(next(iter(counts.values())))
    pieces = [(low, high) for low in range(bins) for high in range(low + 1, bins + 1)]
    return {
        (name, track, low, high): {
            (unit, one, bin): Fraction(1)
            for unit in names[name]
            for one in ([track] if track else tracks)
            for bin in range(low, high)
        }
        for name, track, (low, high) in product(names, [*tracks, ""], pieces)
    }


def value(counts: Counts, row: Row) -> int:
    return sum(counts[unit, track][bin] for unit, track, bin in row)


def hidden(found: Withheld, shown: Sequence[Shown]) -> set[Shown]:
    return {one for one in shown if found.hides_between(*one)}


def audit(counts: Counts, sums: Sums, found: Withheld) -> None:
    """No figure that is withheld, of 1 to 9 or of a group of 1 to 9 follows from what is shown."""
    rows = figures(counts, sums)
    numbers = {one: value(counts, row) for one, row in rows.items()}
    withheld_here = hidden(found, list(rows))
    bins = found.bins
    for name, track, low, high in rows:
        if 0 < numbers[name, track, low, high] < 10 or 0 < numbers[name, track, 0, bins] < 10:
            assert (name, track, low, high) in withheld_here
    space = Space(row for one, row in rows.items() if one not in withheld_here)
    assert [one for one in withheld_here if rows[one] in space] == []


def moves_keep_what_is_shown(counts: Counts, sums: Sums, found: Withheld) -> None:
    """Each small figure differs in another table of whole pupils that shows the same."""
    rows = figures(counts, sums)
    shown = [row for one, row in rows.items() if not found.hides_between(*one)]
    small = {one: row for one, row in rows.items() if 0 < value(counts, row) < 10}
    for other in others(counts, found):
        assert all(value(counts, row) == value(other, row) for row in shown)
        small = {one: row for one, row in small.items() if value(counts, row) == value(other, row)}
    assert small == {}


def others(counts: Counts, found: Withheld) -> Iterable[Counts]:
    """The tables that the moves lead to, both ways, of those without a count below 0."""
    names, tracks = list(found.names), list(found.tracks)
    for move, way in product(found.moves, (1, -1)):
        for bin in range(found.bins) if move.bin is None else [move.bin]:
            other = {pair: list(row) for pair, row in counts.items()}
            axes = [(move.unit, move.unit_partner), (move.track, move.track_partner), (bin, move.bin_partner)]
            for corner in product((0, 1), repeat=3):
                unit, track, place = (axis[side] for axis, side in zip(axes, corner, strict=True))
                if unit is not None and track is not None and place is not None:
                    other[names[unit], tracks[track]][place] += way * (-1) ** sum(corner)
            if all(count >= 0 for row in other.values() for count in row):
                yield other


@st.composite
def tables(draw: st.DrawFn) -> tuple[Counts, Sums]:
    units = [f"u{place}" for place in range(draw(st.integers(2, 6)))]
    tracks = ["历史类", "物理类"][: draw(st.integers(1, 2))]
    bins = draw(st.integers(2, 4))
    count = draw(st.sampled_from([st.integers(0, 40), st.integers(0, 12), st.sampled_from([0, 0, 1, 9, 10, 40])]))
    counts = {pair: draw(st.lists(count, min_size=bins, max_size=bins)) for pair in product(units, tracks)}
    groups = draw(st.lists(st.integers(0, 2), min_size=len(units), max_size=len(units)))
    sums = {
        f"g{group}": [unit for unit, own in zip(units, groups, strict=True) if own == group] for group in set(groups)
    }
    if draw(st.booleans()):
        sums["主城区"] = draw(st.lists(st.sampled_from(units), min_size=1, unique=True))
    return counts, sums


@settings
@given(tables())
def test_no_small_number_follows_from_what_is_shown(table: tuple[Counts, Sums]) -> None:
    found = withheld(*table)
    audit(*table, found)
    moves_keep_what_is_shown(*table, found)


def test_the_audit_finds_what_primary_cells_alone_give_away() -> None:
    counts = {("a", "物理类"): [5, 30], ("b", "物理类"): [20, 30]}
    rows = figures(counts, {})
    small = {one for one, row in rows.items() if 0 < value(counts, row) < 10}
    space = Space(row for one, row in rows.items() if one not in small)
    assert all(rows[one] in space for one in small)


def city(units: int, tracks: Sequence[str], bins: int) -> tuple[Counts, Sums]:
    """A table without small numbers in three districts."""
    counts = {
        (f"u{unit:02}", track): [20 + (7 * unit + 3 * bin + len(track)) % 11 for bin in range(bins)]
        for unit, track in product(range(units), tracks)
    }
    sums = {f"district {one}": [f"u{unit:02}" for unit in range(units) if unit % 3 == one] for one in range(3)}
    return counts, sums


def test_nothing_is_withheld_where_nothing_is_small() -> None:
    table = city(60, ["历史类", "物理类"], 9)
    found = withheld(*table)
    assert hidden(found, list(figures(*table))) == set()
    assert found.moves == ()


@pytest.mark.parametrize("bin", [0, 4, 8])
@pytest.mark.parametrize("small", [1, 9])
def test_one_small_cell_withholds_eight_cells_and_no_margin(bin: int, small: int) -> None:
    counts, sums = city(60, ["历史类", "物理类", "艺术类"], 9)
    counts["u07", "物理类"][bin] = small
    found = withheld(counts, sums)
    gone = hidden(found, list(figures(counts, sums)))
    assert len({one for one in gone if one[3] == one[2] + 1}) == 8
    assert {name for name, *_ in gone} < set(sums["district 1"])
    assert "" not in {track for _, track, *_ in gone}
    assert not any(found.hides_number(unit, track) for unit, track in counts)


def test_what_the_cumulative_counts_would_give_away_is_withheld_too() -> None:
    """6 at or above the highest threshold and 5 below the lowest: not the number, nor what the total leaves over."""
    counts = {("a", "全体"): [5, 40, 40, 6], ("b", "全体"): [30, 40, 40, 30], ("c", "全体"): [31, 41, 41, 31]}
    found = withheld(counts, {})
    assert found.hides("a", "全体", 0) and found.hides_at_or_above("a", "全体", 0)
    assert found.hides("a", "全体", 3) and found.hides_at_or_above("a", "全体", 2)
    assert not found.hides_at_or_above("a", "全体", 1)
    assert not any(found.hides("", "", bin) for bin in range(4))
    assert not found.hides_number("a", "全体")


def test_a_few_who_sat_lose_all_bins_of_0_too_and_so_do_their_partners() -> None:
    """7 of track 艺术类 in a; b has the fewest others: both lose that track and another one, but not what they sum to."""
    counts = {
        (unit, track): [10 + size + place, 40, 30 + place]
        for size, unit in enumerate("bcd")
        for place, track in enumerate(["历史类", "物理类", "艺术类"])
    }
    counts |= {("a", "历史类"): [30, 40, 20], ("a", "物理类"): [31, 42, 23], ("a", "艺术类"): [7, 0, 0]}
    found = withheld(counts, {})
    gone = {pair for pair in counts if found.hides_number(*pair)}
    assert gone == {("a", "艺术类"), ("b", "艺术类"), ("a", "历史类"), ("b", "历史类")}
    assert all(found.hides(*pair, bin) for pair in gone for bin in range(3))
    assert not any(found.hides_number(unit, "") for unit in "abcd")
    assert not any(found.hides_number("", track) for track in ["历史类", "物理类", "艺术类", ""])


def test_a_sum_of_one_unit_is_withheld_with_it() -> None:
    counts, sums = city(9, ["历史类", "物理类"], 4)
    counts["u00", "历史类"][2] = 3
    found = withheld(counts, {**sums, "alone": ["u00"], "nobody": ["u99"]})
    assert found.hides("alone", "历史类", 2)
    assert not found.hides("nobody", "历史类", 2)
    assert not any(found.hides("", track, bin) for track, bin in product(["历史类", "物理类", ""], range(4)))


def test_another_table_withholds_the_same_numbers() -> None:
    counts, sums = city(12, ["历史类", "物理类"], 3)
    counts["u04", "历史类"] = [2, 3, 4]
    sat = withheld({pair: [sum(row)] for pair, row in counts.items()}, sums)
    counts["u07", "历史类"][0] = counts["u07", "物理类"][0] = 11
    counts["u04", "历史类"] = [2, 3, 5]
    paper = withheld(counts, sums, like=sat)
    gone = {pair for pair in counts if sat.hides_number(*pair)}
    assert len(gone) == 4
    assert {pair for pair in counts if paper.hides_number(*pair)} == gone


def test_the_number_of_those_who_all_have_one_mark_is_withheld_and_does_not_follow() -> None:
    counts, sums = city(12, ["历史类", "物理类"], 3)
    found = withheld(counts, sums, uniform=[("u04", "历史类"), ("district 2", "")])
    assert found.hides_number("u04", "历史类") and found.hides_number("district 2", "")
    assert not found.hides_number("", "")
    audit(counts, sums, found)


def test_names_must_differ() -> None:
    with pytest.raises(ValueError, match="names"):
        withheld({("a", "全体"): [1, 2]}, {"a": ["a"]})


@st.composite
def schools_of_classes(draw: st.DrawFn) -> tuple[dict[str, Counts], Sums]:
    """Two to four schools of one to three classes."""
    schools = [f"s{place}" for place in range(draw(st.integers(2, 4)))]
    tracks = ["历史类", "物理类"][: draw(st.integers(1, 2))]
    count = draw(st.sampled_from([st.integers(0, 30), st.integers(0, 12), st.sampled_from([0, 1, 9, 20])]))
    row = st.lists(count, min_size=3, max_size=3)
    classes = {
        school: {(f"{school}.{one}", track): draw(row) for one in range(draw(st.integers(1, 3))) for track in tracks}
        for school in schools
    }
    return classes, {"d": schools[:2]}


@hypothesis_settings(settings, max_examples=40)
@given(schools_of_classes())
def test_classes_do_not_give_away_what_is_withheld_of_their_schools(table: tuple[dict[str, Counts], Sums]) -> None:
    """All that is shown of the city's schools and of every school's classes, in one space over the classes."""
    classes, sums = table
    tracks = sorted({track for rows in classes.values() for _, track in rows})
    of_schools = {
        (school, track): [
            sum(bins) for bins in zip(*(row for pair, row in rows.items() if pair[1] == track), strict=True)
        ]
        for (school, rows), track in product(classes.items(), tracks)
    }
    parent = withheld(of_schools, sums)
    answers: list[tuple[Withheld, Counts, dict[Shown, Row]]] = [(parent, of_schools, figures(of_schools, sums))]
    answers += [
        (withheld(rows, {}, within=(parent, school)), rows, figures(rows, {})) for school, rows in classes.items()
    ]
    shown: list[Row] = []
    kept: list[Row] = []
    for found, counts, rows in answers:
        for one, row in rows.items():
            over = row if counts is not of_schools else spread(row, classes)
            (kept if found.hides_between(*one) else shown).append(over)
            assert found.hides_between(*one) or not 0 < value(counts, row) < 10
    space = Space(shown)
    assert not any(row in space for row in kept)


def spread(row: Row, classes: dict[str, Counts]) -> Row:
    """A row over schools as one over their classes."""
    return {
        (unit, track, bin): factor
        for (school, track, bin), factor in row.items()
        for unit, own in classes[school]
        if own == track
    }
