"""One exam as a whole: every paper with its difficulty, discrimination and distribution, and how reliable the exam is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial

from data.store import Store, end_of_day
from queries.exams import attendance as attending
from queries.exams import effective, papers, segments
from queries.exams.assigned import grade_edges
from queries.exams.attendance import Attendance
from queries.exams.consistency import Reliability, discrimination, reliability
from queries.exams.counts import counts
from queries.exams.disclosure import Withheld
from queries.exams.figures import Unit, checked, named_track, protection, thresholds_of, whole
from queries.exams.hypercube import WHOLE
from queries.exams.papers import Quality
from queries.exams.segments import Segment
from queries.exams.setup import TOTAL, Exam, Paper
from queries.exams.statistics import distribution
from queries.exams.told import tellable, told


@dataclass(frozen=True)
class PaperFigures:
    """A subject's paper over all who sat it, absence over all tracks only. discrimination: D of the pupils who have all their papers, by their totals."""

    subject: str
    unit: Unit
    attendance: Attendance
    discrimination: Fraction | None
    quality: Quality | None


@dataclass(frozen=True)
class Overview:
    """An exam. track: None is all its tracks; attendance is of all. totals: of those who have all papers."""

    exam: Exam
    track: str | None
    papers: tuple[PaperFigures, ...]
    totals: Unit
    attendance: Attendance
    reliability: tuple[Reliability, ...]


def overview(store: Store, exam_id: str, track: str | None = None, as_of: date | None = None) -> Overview:
    """The whole exam, all tracks or one; `Refused` where there is no such exam or track."""
    found = checked(store, exam_id, TOTAL, track, as_of)
    totals = whole(store, exam_id, TOTAL, track, as_of)
    version = store.version_at(end_of_day(as_of) if as_of else None)
    compute = partial(_overview, store, found, track, totals, as_of)
    return store.remembered(("exam overview", exam_id, track, version), compute)


def _overview(store: Store, found: Exam, track: str | None, totals: Unit, as_of: date | None) -> Overview:
    units = {paper.subject: whole(store, found.id, paper.subject, track, as_of) for paper in found.papers}
    attendance = (
        {}
        if track is not None
        else attending.of_papers(store, found, {subject: unit.number for subject, unit in units.items()}, as_of)
    )
    told = [
        _paper(paper, units[paper.subject], attendance, discrimination(store, found, paper.subject, track, as_of))
        for paper in found.papers
    ]
    numbers = [unit.number for unit in (*_all_tracks(store, found, as_of), totals) if unit.number is not None]
    return Overview(
        found,
        track,
        tuple(one for one in told if one.unit.withheld or one.unit.number),
        totals,
        attending.of_exam(store, found, numbers, as_of),
        reliability(store, found, as_of),
    )


def _all_tracks(store: Store, found: Exam, as_of: date | None) -> list[Unit]:
    return [whole(store, found.id, subject, None, as_of) for subject in (*found.subjects, TOTAL)]


def _paper(paper: Paper, unit: Unit, attendance: Mapping[str, Attendance], found: Fraction | None) -> PaperFigures:
    told = attendance.get(paper.subject, Attendance(unit.number))
    return PaperFigures(paper.subject, unit, told, found, papers.quality(found))


@dataclass(frozen=True)
class Band:
    """The pupils with low <= score < below, and those with low or more; None: whatever is less, or more.

    So neither the lowest nor the highest score is told.
    """

    low: Decimal | None
    below: Decimal | None
    number: int
    at_or_above: int


@dataclass(frozen=True)
class Scores:
    """How the scores of a paper, or totals, lie (一分一段). segments: of ten pupils or more, for `bands` and `histogram`."""

    exam: Exam
    subject: str
    track: str | None
    segments: tuple[Segment, ...] = field(repr=False)

    @property
    def bands(self) -> tuple[Band, ...]:
        """From the top down, each of ten pupils or more."""
        return _bands(self.segments)

    def histogram(self, width: int) -> tuple[Band, ...]:
        """The same joined where they begin within one multiple of the width."""
        return _bands(segments.histogram(self.segments, Decimal(width)))


def _bands(found: Sequence[Segment]) -> tuple[Band, ...]:
    above: list[Decimal | None] = [None, *(one.lowest for one in found)]
    return tuple(
        Band(None if one is found[-1] else one.lowest, below, sum(one.counts), sum(one.at_or_above))
        for one, below in zip(found, above, strict=False)
    )


def scores(store: Store, exam_id: str, subject: str, track: str | None = None, as_of: date | None = None) -> Scores:
    """The table of scores of all who sat. Neighbouring scores of few pupils are told together.

    Each track and all tracks have the same segments, so that none can be told from the others.
    """
    found = checked(store, exam_id, subject, track, as_of)
    version = store.version_at(end_of_day(as_of) if as_of else None)
    compute = partial(_segments, store, found, subject, as_of)
    told = store.remembered(("exam scores", exam_id, subject, version), compute)
    return Scores(found, subject, track, told.get(track, ()))


def _segments(store: Store, found: Exam, subject: str, as_of: date | None) -> dict[str | None, tuple[Segment, ...]]:
    """Of all tracks together (None) and of each whose number is told. What these leave over is told together by them."""
    if subject == TOTAL:
        return dict(told(store, found, as_of).segments)
    counted = counts(store, found.id, subject, None, as_of)
    if not counted.units:
        return {}
    hidden = protection(store, found, subject, None, as_of)
    kept: list[str | None] = [
        track for track in (None, *counted.tracks) if not hidden.hides_number(WHOLE, named_track(track))
    ]
    others = [track for track in counted.tracks if track not in kept]
    if None not in kept:
        return {}
    left = [counted.of(None, track) for track in others]
    rest = distribution(pair for one in left for pair in zip(one.scores, one.counts, strict=True))
    parts = [*(counted.of(None, track) for track in kept), *([rest] if others else [])]
    shown, cut = _cuts(found, subject, counted.tracks, hidden)
    # Where effective scores part the pupils, and where one assigned grade ends and the next begins, too, as far as that
    # tells of no few pupils.
    grades = grade_edges(found.assigned_rule, subject, counted.of())
    edges = tellable(parts, [*shown, *cut, *effective.edges(store, found, as_of).get(subject, ()), *grades])
    made = segments.segments(
        [tuple(zip(one.scores, one.counts, strict=True)) for one in parts],
        {*shown, *(edge for edge in edges if edge not in cut)},
        cut,
    )
    return {
        track: tuple(Segment(one.lowest, one.highest, (one.counts[place],), (one.at_or_above[place],)) for one in made)
        for place, track in enumerate(kept)
    }


def _cuts(found: Exam, subject: str, tracks: Sequence[str], hidden: Withheld) -> tuple[list[Decimal], list[Decimal]]:
    """The marks that rates count from, and those at which the number is withheld in any track."""
    cuts = thresholds_of(found, subject)
    marks = [Decimal(cut.numerator) / Decimal(cut.denominator) for cut in cuts]
    gone = [
        any(hidden.hides_at_or_above(WHOLE, track, place) for track in (WHOLE, *map(named_track, tracks)))
        for place in range(len(cuts))
    ]
    told = zip(marks, gone, strict=True)
    return [mark for mark, hides in zip(marks, gone, strict=True) if not hides], [mark for mark, hides in told if hides]
