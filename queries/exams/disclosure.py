"""Which figures of an exam's table unit × track × bin may not be shown, so that no number of 1 to 9 pupils can be found.

A bin is a stretch of scores between neighbouring thresholds (cut-offs, effective scores, lines and their surroundings).
Pages show the numbers in bins, at or above thresholds and who sat, of units, of named sums of units (districts, the main
urban area) and of all units, in one track and in all. A figure of 1 to 9 is to be protected: in a bin, in any neighbouring
bins (the difference of two cumulative counts) and of those who sat; so is every figure, 0 too, of 1 to 9 who sat.

Each is protected by a move: pupils that could as well sit elsewhere in the table, +1 and -1 in turn at the corners of a
hypercube (queries.exams.hypercube). A figure is shown only if no move alters it. So whatever is computed linearly from all
that is shown is the same with and without the move, and nothing that a move alters follows from it. Moves keep all counts
0 or more at least one way, so that another table of whole pupils exists too; but how far a withheld number lies from its
neighbours is not solved for: who knows that counts are not negative may find bounds ("at most 12"). A bin that holds nobody
in a whole sum is seen to hold nobody in its units. Papers are tables of their own: how many sat one and lack another may
follow from the numbers of both, as every paper says who sat it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from queries.exams.hypercube import WHOLE, Figure, Flags, Move, Numbers, Search, Table, block, is_small_figure, table_of


@dataclass(frozen=True, eq=False)
class Withheld:
    """What may not be shown. Names are units, sums or "" for all units; a track of "" is all tracks.

    Bins count upwards from the lowest scores; threshold i lies between bins i and i + 1. Pages mark all that is withheld
    alike: a mark of its own for what is below 10 would tell it from the partners.
    """

    names: Mapping[str, int]
    tracks: Mapping[str, int]
    pieces: Mapping[tuple[int, int], int]
    hidden: Flags = field(repr=False)
    moves: tuple[Move, ...]

    def hides(self, name: str, track: str, bin: int) -> bool:
        """Whether the number in a bin is withheld."""
        return self.hides_between(name, track, bin, bin + 1)

    def hides_at_or_above(self, name: str, track: str, threshold: int) -> bool:
        """Whether the number at or above a threshold is withheld, and with it its share and the number below."""
        bins = self.bins
        return self.hides_between(name, track, threshold + 1, bins) or self.hides_between(name, track, 0, threshold + 1)

    def hides_number(self, name: str, track: str) -> bool:
        """Whether the number who sat is withheld, and with it every figure (mean, quantiles, all bins)."""
        return self.hides_between(name, track, 0, self.bins)

    def hides_between(self, name: str, track: str, low: int, high: int) -> bool:
        """Whether the number in the bins from low up to but without high is withheld."""
        return bool(self.hidden[self.names[name], self.tracks[track], self.pieces[low, high]])

    @cached_property
    def bins(self) -> int:
        return max(high for _, high in self.pieces)


def withheld(
    counts: Mapping[tuple[str, str], Sequence[int]],
    sums: Mapping[str, Collection[str]],
    like: Withheld | None = None,
    within: tuple[Withheld, str] | None = None,
    settled: bool = False,
    uniform: Collection[tuple[str, str]] = (),
) -> Withheld:
    """What to withhold of a table; counts: by unit and track, pupils in each bin upwards (a missing pair: nobody).

    sums: the named sums of units that pages show beside all units, overlapping or not (units without counts: nobody).
    like: another table of the same exam, say of those who sat any paper: the same units' numbers are withheld, as much the
    same pupils sat; settled: the numbers are those of that table, which has protected them all. within: the table and the
    unit there whose parts these units are, such as the classes of a school: what is withheld of the school stays so here,
    and nothing else of it is. uniform: names and tracks whose pupils all have one mark. Raises ValueError where names clash.
    """
    units = sorted({unit for unit, _ in counts})
    tracks = sorted({track for _, track in counts} | (set(within[0].tracks) - {WHOLE} if within else set()))
    if not units or set(units) & set(sums) or WHOLE in {*units, *tracks, *sums}:
        raise ValueError("a table needs units, and units, sums and all need different names")
    names = {name: place for place, name in enumerate([*units, *sorted(sums), WHOLE])}
    members = {name: [names[unit] for unit in set(sums[name]).intersection(units)] for name in sums}
    table = table_of(_array(counts, units, tracks), list(names), members)
    keeper = _Keeper(table, bound=within is not None)
    places = {track: place for place, track in enumerate([*tracks, WHOLE])}
    if settled:
        keeper.search.spare_numbers()
    if like:
        keeper.repeat(like, names, places)
    if within:
        keeper.carry(*within, places)
    keeper.protect(settled, [(names[name], places[track]) for name, track in uniform])
    pieces = {piece: place for place, piece in enumerate(table.pieces)}
    return Withheld(names, places, pieces, keeper.hidden, tuple(keeper.moves))


def _array(counts: Mapping[tuple[str, str], Sequence[int]], units: list[str], tracks: list[str]) -> Numbers:
    bins = len(next(iter(counts.values())))
    return np.array([[counts.get((unit, track), [0] * bins) for track in tracks] for unit in units], dtype=np.int64)


class _Keeper:
    """Collects the moves that protect a table. safe: figures altered by a move that leaves all counts 0 or more."""

    def __init__(self, table: Table, bound: bool) -> None:
        self.table, self.bound = table, bound
        self.search = Search(table, bound)
        self.moves: dict[Move, None] = {}
        self.hidden = np.zeros(table.figures.shape, dtype=np.bool_)
        self.safe = np.zeros(table.figures.shape, dtype=np.bool_)

    def protect(self, settled: bool = False, uniform: Collection[tuple[int, int]] = ()) -> None:
        """Finds a move for every figure that is small, numbers who sat (unless settled) first, then the largest sums.

        uniform: the places of names and tracks whose numbers who sat are protected although they are not small.
        """
        sensitive = is_small_figure(self.table.figures)
        if settled:
            sensitive[:, :, self.table.everything] = False
        for name, track in uniform:
            sensitive[name, track, self.table.everything] = True
        if self.bound:
            sensitive[self.table.members[:, :-1].all(axis=1)] = False
        for figure in self._in_order(sensitive):
            if not self.safe[figure]:
                self._take(self.search.cheapest(figure))

    def repeat(self, like: Withheld, names: Mapping[str, int], tracks: Mapping[str, int]) -> None:
        """Withholds the numbers who sat that another table withholds, as far as its units and tracks are here."""
        for move in like.moves:
            units = _places(list(like.names), (move.unit, move.unit_partner), names)
            over = _places(list(like.tracks), (move.track, move.track_partner), tracks)
            if move.bin is None and units and over:
                self._take(Move(*units, *over, None, None))

    def carry(self, parent: Withheld, unit: str, tracks: Mapping[str, int]) -> None:
        """Alters the whole as the parent's moves alter the unit: one of the parts takes each of them."""
        for move in parent.moves:
            over = _places(list(parent.tracks), (move.track, move.track_partner), tracks)
            if over and parent.names[unit] in (move.unit, move.unit_partner):
                self._take(self.search.part(over, move.bin, move.bin_partner))

    def _in_order(self, sensitive: Flags) -> list[Figure]:
        """Numbers who sat, then sums of most units, of all tracks, of most bins."""
        width = np.array([high - low for low, high in self.table.pieces])
        name, track, piece = np.nonzero(sensitive)
        size = self.table.members.sum(axis=1)[name]
        order = np.lexsort((piece, name, -width[piece], -track, -size, width[piece] < width.max()))
        return [Figure(*one) for one in np.stack([name, track, piece], axis=1)[order].tolist()]

    def _take(self, move: Move | None) -> None:
        """Withholds what a move alters; what it can alter with all counts 0 or more is safe."""
        if move is None or move in self.moves:
            return
        names, tracks, pieces = self.table.altered(move)
        self.moves[move] = None
        self.search.withhold(names, tracks, pieces)
        self.hidden[block(names, tracks, pieces)] = True
        self.safe[block(names, tracks, self.search.possible(move))] = True


def _places(
    names: Sequence[str], pair: tuple[int, int | None], places: Mapping[str, int]
) -> tuple[int, int | None] | None:
    """The same pair, the second of which may be none, at the places of another table; None where it has not both."""
    first, second = (None if one is None else places.get(names[one]) for one in pair)
    return None if first is None or (second is None) != (pair[1] is None) else (first, second)
