"""The cheapest set of cells that hides a small number: a search over the corners of hypercubes, for disclosure.py.

A table counts pupils by unit, track and bin. Its figures are sums over a name (a unit, a named sum of units, all units),
a track (one or all) and a piece (neighbouring bins); all of them are arrays of shape (names, tracks + 1, pieces), the last
track being all tracks. A move adds +1 and -1 to the corners of a hypercube in turn; along an axis without a partner it has
one corner only, and along the bins then every bin. It alters the figures that hold an odd number of its corners along each
axis, as each axis has one corner or an opposite pair.

Source: S. Giessing, D. Repsilber, Tools and strategies to protect multiple tables with the GHQUAR cell suppression engine
(2002), for the hypercube; the cost is the customary one, the sum of the counts that are withheld.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from queries.suppression import SMALL

Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]
Costs = NDArray[np.float64]

WHOLE = ""
SPARED = 1e6  # how much dearer it is to withhold a number who sat that another table tells
ONE_SIDED = 3.0  # how much dearer a hypercube is that has an empty corner, so that a count can differ one way only


class Move(NamedTuple):
    """The corners of a hypercube by position; a partner of None: the move has no second corner along that axis.

    bin None: each bin by itself, so everything of the unit's track goes.
    """

    unit: int
    unit_partner: int | None
    track: int
    track_partner: int | None
    bin: int | None
    bin_partner: int | None


class Figure(NamedTuple):
    """A sum of the table: positions of its name, track and piece."""

    name: int
    track: int
    piece: int


@dataclass(frozen=True)
class Table:
    """counts: (units + 1, tracks + 1, bins + 1), the last of each axis standing for "no partner", where it is 1.

    members: (names, units + 1), which units a name sums; holds: (tracks + 1, tracks + 1) and inside: (pieces, bins + 1)
    likewise. figures: what each sum is. alike: units that belong to the same named sums, with the unit itself.
    """

    counts: Numbers
    members: Flags
    holds: Flags
    pieces: tuple[tuple[int, int], ...]
    inside: Flags
    figures: Numbers
    alike: tuple[Numbers, ...]

    @property
    def everything(self) -> int:
        """The position of the piece of all bins, the number who sat."""
        return self.pieces.index((0, self.counts.shape[2] - 1))

    def altered(self, move: Move) -> tuple[Flags, Flags, Flags]:
        """Which names, tracks and pieces a move alters; a figure is altered where all three are."""
        names = self.members[:, move.unit] ^ self.members[:, _or_none(move.unit_partner)]
        tracks = self.holds[:, move.track] ^ self.holds[:, _or_none(move.track_partner)]
        if move.bin is None:
            return names, tracks, np.ones(len(self.pieces), dtype=np.bool_)
        return names, tracks, self.inside[:, move.bin] ^ self.inside[:, _or_none(move.bin_partner)]


def _or_none(partner: int | None) -> int:
    return -1 if partner is None else partner


def table_of(counts: Numbers, names: Sequence[str], sums: Mapping[str, Sequence[int]]) -> Table:
    """The table of counts (units, tracks, bins); names: units, then sums, then WHOLE."""
    units, tracks, bins = counts.shape
    members = np.zeros((len(names), units + 1), dtype=np.bool_)
    members[:units, :units] = np.eye(units, dtype=np.bool_)
    for position, name in enumerate(names[units:-1], units):
        members[position, list(sums[name])] = True
    members[-1, :units] = True
    holds = np.zeros((tracks + 1, tracks + 1), dtype=np.bool_)
    holds[:tracks, :tracks] = np.eye(tracks, dtype=np.bool_)
    holds[-1, :tracks] = True
    pieces = tuple((low, high) for low in range(bins) for high in range(low + 1, bins + 1))
    inside = np.array([[low <= bin < high for bin in range(bins + 1)] for low, high in pieces])
    inside[:, bins] = False
    padded = np.ones((units + 1, tracks + 1, bins + 1), dtype=np.int64)
    padded[:units, :tracks, :bins] = counts
    figures = np.einsum("nu,kt,pb,utb->nkp", members[:, :-1], holds[:, :-1], inside[:, :-1], counts, optimize=True)
    kinds = [members[units:, unit].tobytes() for unit in range(units)]
    alike = tuple(np.array([other for other in range(units) if kinds[other] == kind]) for kind in kinds)
    return Table(padded, members, holds, pieces, inside, figures, alike)


class Search:
    """Looks for moves that alter a figure; what is withheld already costs nothing.

    weights: what it costs to withhold each figure that pages show (a bin, a cumulative count), 0 for other pieces.
    bound: whether figures of all units must stay as they are, so that no move may go without a partner unit.
    """

    def __init__(self, table: Table, bound: bool) -> None:
        self.table, self.bound = table, bound
        self.full = table.counts > 0
        self.bins = table.counts.shape[2] - 1
        shown = [place for place, (low, high) in enumerate(table.pieces) if high in (low + 1, self.bins)]
        size = table.members.sum(axis=1)[:, None, None] * table.holds.sum(axis=1)[None, :, None]
        self.shown = np.array(shown)
        self.weights: Costs = ((table.figures[:, :, shown] + 1) * size).astype(np.float64)
        inside = table.inside[shown]
        self.pieces_altered = [_altered(inside, bin, True) for bin in range(self.bins)]
        self.tracks_altered = [_altered(table.holds, track, False) for track in range(table.holds.shape[1] - 1)]
        units = range(table.members.shape[1] - 1)
        self.among_all = [_altered(table.members, unit, False).T.copy() for unit in units]
        self.among_alike = [self.among_all[unit][np.ix_(table.alike[unit], table.alike[unit])] for unit in units]

    def spare_numbers(self) -> None:
        """Makes moves that alter numbers who sat the last resort."""
        self.weights[:, :, self.shown == self.table.everything] *= SPARED

    def withhold(self, names: Flags, tracks: Flags, pieces: Flags) -> None:
        """What is withheld by one move costs the next one nothing."""
        self.weights[block(names, tracks, pieces[self.shown])] = 0

    def cheapest(self, figure: Figure) -> Move | None:
        """The move that alters the figure and withholds least; None where there is none."""
        units, tracks, bins = self._cells(figure)
        found = [
            self._from(figure, unit, track, bin)
            for unit in units
            for track in tracks
            for bin in bins
            if self.full[unit, track, bin]
        ]
        best = min(found, key=lambda one: one[0], default=(np.inf, None))
        return best[1]

    def part(self, tracks: tuple[int, int | None], bin: int | None, bin_partner: int | None) -> Move:
        """The move of one unit alone, whichever may take it and withholds least."""
        units = range(self.full.shape[0] - 1)
        moves = [Move(unit, None, *tracks, bin, bin_partner) for unit in units]
        return min(moves, key=lambda one: (not self.possible(one).any(), self._cost(one)))

    def possible(self, move: Move) -> Flags:
        """The pieces of the table that a move alters while all counts can stay 0 or more at least one way."""
        unit, track = (move.unit, _or_none(move.unit_partner)), (move.track, _or_none(move.track_partner))
        even = self.full[unit[0], track[0]] & self.full[unit[1], track[1]]
        odd = self.full[unit[0], track[1]] & self.full[unit[1], track[0]]
        if move.bin is None:
            pieces: Flags = self.table.inside @ (even | odd)
            return pieces
        bins = move.bin, _or_none(move.bin_partner)
        stays = (even[bins[0]] & odd[bins[1]]) | (odd[bins[0]] & even[bins[1]])
        altered: Flags = self.table.altered(move)[2] & stays
        return altered

    def _cost(self, move: Move) -> float:
        names, tracks, pieces = self.table.altered(move)
        return float(self.weights[block(names, tracks, pieces[self.shown])].sum())

    def _cells(self, figure: Figure) -> tuple[list[int], list[int], range]:
        units = np.flatnonzero(self.table.members[figure.name]).tolist()
        tracks = np.flatnonzero(self.table.holds[figure.track]).tolist()
        return units, tracks, range(*self.table.pieces[figure.piece])

    def _from(self, figure: Figure, unit: int, track: int, bin: int) -> tuple[float, Move | None]:
        """The cheapest move from a cell: among units of the same sums where that alters no margin, else among all."""
        alike = self.table.alike[unit]
        if figure.name == unit and len(alike) > 1:
            cost, move = self._among(alike, self.weights[alike], self.among_alike[unit], figure, (unit, track, bin))
            if move and self._alters_no_margin(move, figure):
                return cost, move
        every = np.arange(self.full.shape[0])
        return self._among(every, self.weights, self.among_all[unit], figure, (unit, track, bin))

    def _alters_no_margin(self, move: Move, figure: Figure) -> bool:
        """Whether a move has a partner along each axis that has several places and that the figure does not sum up."""
        tracks = self.full.shape[1] - 1
        return (move.track_partner is not None or tracks == 1 or figure.track == tracks) and (
            move.bin_partner is not None or figure.piece == self.table.everything
        )

    def _among(
        self, partners: Numbers, weights: Costs, altered: Costs, figure: Figure, cell: tuple[int, int, int]
    ) -> tuple[float, Move | None]:
        """The cheapest move from a cell to partner units; altered: (partners, names), which of the weights' names it alters."""
        costs = self._costs(weights, altered, cell)
        both, either = self._fillings(partners, *cell)
        costs = np.where(both, costs, costs * ONE_SIDED + 1)
        costs[~either | self._unfit(partners, figure)] = np.inf
        partner, track, bin = (int(one) for one in np.unravel_index(int(costs.argmin()), costs.shape))
        cost = float(costs[partner, track, bin])
        return cost, None if cost == np.inf else self._move(cell, (int(partners[partner]), track, bin))

    def _move(self, cell: tuple[int, int, int], partner: tuple[int, int, int]) -> Move:
        found = [None if one == size - 1 else one for one, size in zip(partner, self.full.shape, strict=True)]
        return Move(cell[0], found[0], cell[1], found[1], None if found[2] is None else cell[2], found[2])

    def _costs(self, weights: Costs, altered: Costs, cell: tuple[int, int, int]) -> Costs:
        """What each move from a cell withholds, of shape (partner units, tracks + 1, bins + 1)."""
        by_bin = weights.reshape(-1, len(self.shown)) @ self.pieces_altered[cell[2]]
        by_track = self.tracks_altered[cell[1]].T @ by_bin.reshape(*weights.shape[:2], -1)
        costs: Costs = (altered @ by_track.reshape(len(weights), -1)).reshape(len(altered), *by_track.shape[1:])
        return costs

    def _fillings(self, partners: Numbers, unit: int, track: int, bin: int) -> tuple[Flags, Flags]:
        """Whether all corners of each move, and whether all with one sign, hold pupils."""
        full = self.full[partners]
        own = self.full[unit]
        even = full[:, :, bin, None] & full[:, track, None, :] & own[None]
        odd = full[:, track, bin, None, None] & own[None, :, bin, None] & own[None, track, None, :] & full
        return even & odd, even | odd

    def _unfit(self, partners: Numbers, figure: Figure) -> Flags:
        """Moves whose partner lies within the figure too, and those that alter what is bound."""
        units = self.table.members[figure.name, partners] | (self.bound & (partners == self.full.shape[0] - 1))
        unfit: Flags = (
            units[:, None, None]
            | self.table.holds[figure.track][None, :, None]
            | self.table.inside[figure.piece][None, None, :]
        )
        return unfit


def _altered(sums: Flags, place: int, all_alone: bool) -> Costs:
    """Which sums a pair of a place with each other place alters, 1 or 0; all_alone: the place without a partner, all."""
    altered = sums[:, place, None] ^ sums
    if all_alone:
        altered[:, -1] = True
    return altered.astype(np.float64)


def block(names: Flags, tracks: Flags, pieces: Flags) -> tuple[Numbers, Numbers, Numbers]:
    """The index of the figures of some names, tracks and pieces."""
    return names.nonzero()[0][:, None, None], tracks.nonzero()[0][:, None], pieces.nonzero()[0]


def is_small_figure(figures: Numbers) -> Flags:
    """Where a number is too small to show, as is_small says of one."""
    small: Flags = (figures > 0) & (figures < SMALL)
    return small
