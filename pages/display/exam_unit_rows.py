"""What is on the report of a school or class as plain rows, for files."""

from pages.display import exam as said
from pages.display import exam_rows
from queries.exams.peers import Beside, Report
from queries.exams.peers_more import AtLine, GainBeside, More
from queries.exams.setup import TOTAL
from queries.exams.statistics import Rate

COLUMNS = (
    "exam", "unit", "track", "peers", "subject", "n", "mean", "peers_n", "peers_mean", "difference", "interval_low",
    "interval_high", "comparison", "z", "q1", "median", "q3",
    *(f"{rate.value}{side}" for rate in Rate for side in ("", "_peers")),
    "sd", "sd_peers", "difficulty", "difficulty_peers", "participation", "participation_peers", "matched", "match_rate",
    "value_added", "value_added_low", "value_added_high", "value_added_peers", "change_of_z",
    "discrimination", "discrimination_peers", "alpha", "alpha_peers",
    "line", "line_track", "line_mark", "line_n", "line_above", "line_rate", "line_rate_peers",
)  # fmt: skip


# So many of them are of a line.
LINE_CELLS = 7


def rows(found: Report, more: More) -> list[list[object]]:
    """A row a subject as `COLUMNS` have it, then a row a line, for a file."""
    begin = [found.exam.id, found.name, exam_rows.plain_track(found.track), found.peers.value]
    gains = {one.subject: one for one in more.gains}
    shares = [exam_rows.plain(more.participation), exam_rows.plain(more.peers_participation)]
    papers = [
        [
            *begin,
            one.subject or said.ALL_PAPERS,
            *_cells(one),
            *_further(one),
            *shares,
            *_gain_cells(gains.get(one.subject)),
            *_measures(more, one),
        ]
        for one in found.subjects
    ]
    lines = [_line_cells(one) for one in more.lines]
    before = len(COLUMNS) - len(begin) - 1 - LINE_CELLS
    return [
        *([*row, *[None] * LINE_CELLS] for row in papers),
        *([*begin, said.ALL_PAPERS, *[None] * before, *row] for row in lines),
    ]


def _cells(one: Beside) -> list[object]:
    unit = one.unit
    told = [
        unit.number if unit.number is not None else said.withheld() if unit.withheld else 0,
        exam_rows.plain(unit.mean),
        *((one.peers.n, exam_rows.plain(one.peers.mean)) if one.peers else (said.withheld(), None)),
        exam_rows.plain(one.difference),
        *((one.interval.low, one.interval.high) if one.interval else (None, None)),
        one.comparison.value if one.comparison else None,
        one.z,
        *(exam_rows.plain(value) for value in unit.quartiles or (None,) * 3),
    ]
    rates = [exam_rows.plain_rate(of or {}, rate) for rate in Rate for of in (unit.rates, one.rates)]
    return [*told, *rates]


def _further(one: Beside) -> list[object]:
    peers = one.peers.sd if one.peers else None
    return [one.unit.sd, peers, exam_rows.plain(one.unit.difficulty), exam_rows.plain(one.peers_difficulty)]


def _gain_cells(one: GainBeside | None) -> list[object]:
    if one is None:
        return [None] * 7
    matched, found, change = one.unit.matched, one.unit.residual, one.unit.change
    if found is None:
        return [said.withheld(), *[None] * 4, one.peers, None]
    pupils = (matched.numerator, exam_rows.plain(matched.value)) if matched else (said.withheld(), None)
    ends = (found.interval.low, found.interval.high) if found.interval else (None, None)
    return [*pupils, found.mean, *ends, one.peers, change.mean if change else None]


def _measures(of: More, one: Beside) -> list[object]:
    """D of a paper, then α of the total, each of the unit and of its peers."""
    found = of.measures[one.subject]
    sides = [exam_rows.plain(found.unit), exam_rows.plain(found.peers)]
    return [None, None, *sides] if one.subject == TOTAL else [*sides, None, None]


def _line_cells(one: AtLine) -> list[object]:
    own = (
        (one.unit.denominator, one.unit.numerator, exam_rows.plain(one.unit.value))
        if one.unit
        else (said.withheld(), None, None)
    )
    return [
        one.line.name,
        one.line.track,
        float(one.line.mark),
        *own,
        exam_rows.plain(one.peers.value) if one.peers else None,
    ]
