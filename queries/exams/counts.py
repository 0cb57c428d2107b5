"""How many pupils of each unit have which score: read once from what the store keeps, never from the rows of pupils."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.store import Store, end_of_day
from queries.exams.setup import TOTAL
from queries.exams.statistics import Distribution
from queries.suppression import SMALL

SCORES = Path(__file__).parent / "score_counts.sql"
TOTALS = Path(__file__).parent / "total_counts.sql"
# The store keeps marks to four decimals.
PARTS = 10_000

Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Counts:
    """Pupils by unit, track and score. scores: ascending, in ten-thousandths of a mark; table: unit × track × score.

    An empty track is pupils without one; asked for by `None` it is all tracks.
    """

    units: tuple[str, ...]
    tracks: tuple[str, ...]
    scores: Integers = field(repr=False)
    table: Integers = field(repr=False)

    def of(self, units: Collection[str] | None = None, track: str | None = None) -> Distribution:
        """The scores of some units together (None: all) in a track (None: all)."""
        of = self.table if units is None else self.table[[self._places[one] for one in units if one in self._places]]
        chosen = of.sum(axis=0)
        counted = chosen.sum(axis=0) if track is None else self._track(chosen, track)
        there = counted.nonzero()[0]
        return Distribution(tuple(self._marks[place] for place in there.tolist()), tuple(counted[there].tolist()))

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {unit: place for place, unit in enumerate(self.units)}

    @cached_property
    def _marks(self) -> tuple[Decimal, ...]:
        return tuple(Decimal(score) / PARTS for score in self.scores.tolist())

    def _track(self, chosen: Integers, track: str) -> Integers:
        if track not in self.tracks:
            return np.zeros(len(self.scores), dtype=np.int64)
        return np.asarray(chosen[self.tracks.index(track)], dtype=np.int64)

    @property
    def step(self) -> Fraction:
        """The marks that all scores are multiples of, at least one: in most exams whole marks."""
        return max(Fraction(int(np.gcd.reduce(self.scores)), PARTS), Fraction(1))

    def uniform(self, units: Collection[str]) -> list[str | None]:
        """The tracks (None: all together) in which some units have ten pupils or more, who all have one mark."""
        chosen = self.table[[place for place, unit in enumerate(self.units) if unit in units]].sum(axis=0)
        by_track = np.vstack([chosen, chosen.sum(axis=0)])
        alike = (np.count_nonzero(by_track, axis=1) == 1) & (by_track.sum(axis=1) >= SMALL)
        return [track for track, one in zip((*self.tracks, None), alike, strict=True) if one]

    def bins(self, thresholds: Sequence[Fraction]) -> dict[tuple[str, str], list[int]]:
        """Unit and track → pupils between the ascending thresholds, each bin from its threshold on."""
        # A score is at or above a threshold if it is at or above the next ten-thousandth of a mark.
        edges = [-int(-threshold * PARTS // 1) for threshold in thresholds]
        places = [0, *np.searchsorted(self.scores, edges), len(self.scores)]
        reached = np.concatenate(
            [np.zeros((*self.table.shape[:2], 1), dtype=np.int64), self.table.cumsum(axis=2)], axis=2
        )
        counted = np.diff(reached[:, :, places], axis=2)
        return {
            (unit, track): [int(one) for one in counted[row, column]]
            for row, unit in enumerate(self.units)
            for column, track in enumerate(self.tracks)
        }


def counts(store: Store, exam_id: str, subject: str, school: str | None = None, as_of: date | None = None) -> Counts:
    """The scores on a paper, or the totals (`TOTAL`), by school; of one school (its institution) by class."""
    moment = end_of_day(as_of) if as_of else None

    def read() -> Counts:
        named: dict[str, object] = {"exam": exam_id, "school": school}
        if subject != TOTAL:
            named["subject"] = subject
        with store.reading(moment) as cursor:
            module = TOTALS if subject == TOTAL else SCORES
            found = cursor.execute(module.read_text(encoding="utf-8"), named).fetchnumpy()
        return _counts(*(np.asarray(found[name]) for name in ("unit", "track", "score", "pupils")))

    return store.remembered(("exam counts", exam_id, subject, school, store.version_at(moment)), read)


def _counts(unit: NDArray[Any], track: NDArray[Any], score: NDArray[Any], pupils: NDArray[Any]) -> Counts:
    (units, unit_of), (tracks, track_of) = _places(unit), _places(track)
    scores, score_of = np.unique(np.asarray(score, dtype=np.int64), return_inverse=True)
    table = np.zeros((len(units), len(tracks), len(scores)), dtype=np.int64)
    np.add.at(table, (unit_of, track_of, score_of), np.asarray(pupils, dtype=np.int64))
    return Counts(units, tracks, scores, table)


def _places(names: NDArray[Any]) -> tuple[tuple[str, ...], Integers]:
    """The different names in order, and the place of each among them: they are few, so that sorting all would be slow."""
    given = names.tolist()
    ordered = tuple(sorted(set(given)))
    places = {name: place for place, name in enumerate(ordered)}
    return ordered, np.fromiter((places[name] for name in given), dtype=np.int64, count=len(given))
