"""Statistics of a distribution: the worked examples of domain section 2, and a pupil-by-pupil oracle."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from queries.exams import statistics
from queries.exams.statistics import NOBODY, Bin, Distribution, Moments, Rate, ScoreRow, Share, distribution
from tests.queries.oracle import exams as oracle

CHINESE = [121, 115, 118, 104, 109, 98, 101, 92, 87, 80]
MATHS = [135, 128, 112, 119, 98, 107, 84, 76, 61, 45]
ENGLISH = [128, 131, 109, 117, 122, 93, 88, 97, 72, 58]
SUBJECTS = [CHINESE, MATHS, ENGLISH]
EMPTY = Distribution((), ())

settings = hypothesis_settings(max_examples=60, derandomize=True, deadline=None, database=None)
# Half marks, on a short scale so that there are ties, and on a long one.
scores = st.sampled_from([6, 300]).flatmap(lambda top: st.integers(0, top)).map(lambda halves: Fraction(halves, 2))
cohorts = st.lists(scores, min_size=1, max_size=40)


def of(marks: list[int] | list[Fraction]) -> Distribution:
    return distribution((Decimal(mark.numerator) / mark.denominator, 1) for mark in marks)


def test_equal_scores_are_merged_and_empty_ones_dropped() -> None:
    made = distribution([(Decimal("90.50"), 2), (7, 1), (Decimal("90.5"), 3), (Decimal(8), 0)])
    assert made == Distribution((Decimal(7), Decimal("90.5")), (1, 5))


@pytest.mark.parametrize("pair", [(Decimal(1), -1), (Decimal("NaN"), 1), (Decimal("Infinity"), 1)])
def test_what_is_no_count_of_a_score_is_refused(pair: tuple[Decimal, int]) -> None:
    with pytest.raises(ValueError, match="pupils with score"):
        distribution([pair])


@pytest.mark.parametrize(
    ("marks", "mean", "sd", "share"),
    [
        (CHINESE, Fraction("102.5"), 12.8938, 0.6833),
        (MATHS, Fraction("96.5"), 27.9687, 0.6433),
        (ENGLISH, Fraction("101.5"), 23.0792, 0.6767),
    ],
)
def test_worked_means_and_spreads(marks: list[int], mean: Fraction, sd: float, share: float) -> None:
    made = of(marks)
    assert statistics.mean(made) == mean
    assert statistics.sd(made) == pytest.approx(sd, abs=5e-5)
    found = statistics.difficulty(statistics.mean(made), 150)
    assert found is not None
    assert float(found) == pytest.approx(share, abs=5e-5)


@pytest.mark.parametrize(
    ("rate", "pupils"),
    [(Rate.EXCELLENT, [0, 2, 2]), (Rate.GOOD, [3, 3, 4]), (Rate.PASS, [8, 6, 7]), (Rate.LOW, [0, 1, 1])],
)
def test_worked_rates(rate: Rate, pupils: list[int]) -> None:
    assert [statistics.rates(of(marks), 150)[rate] for marks in SUBJECTS] == [Share(count, 10) for count in pupils]


def test_a_cut_off_counts_itself_except_where_scores_are_low() -> None:
    made = distribution([(Decimal("59.9"), 1), (60, 1), (40, 1), (Decimal("39.5"), 1)])
    assert statistics.rates(made, 100)[Rate.PASS] == Share(1, 4)
    assert statistics.rates(made, 100)[Rate.LOW] == Share(1, 4)


def test_an_exam_brings_its_own_cut_offs() -> None:
    made = of([90, 80, 70])
    assert statistics.rates(made, 100, {Rate.EXCELLENT: Decimal("0.8")}) == {Rate.EXCELLENT: Share(2, 3)}


def test_worked_standard_scores() -> None:
    made = of(MATHS)
    found = statistics.z(135, statistics.mean(made), statistics.sd(made))
    assert found == pytest.approx(1.3765, abs=5e-5)
    assert statistics.t(found) == pytest.approx(63.77, abs=5e-3)


def test_without_spread_there_is_no_standard_score() -> None:
    made = of([70, 70])
    assert statistics.sd(made) == 0
    assert statistics.z(70, statistics.mean(made), statistics.sd(made)) is None
    assert statistics.z(None, Fraction(1), 1.0) is None
    assert statistics.t(None) is None


def test_worked_ranks() -> None:
    marks = [600, 598, 598, 597, 595, 595, 595, 590]
    assert statistics.ranks_of(marks) == [1, 2, 2, 4, 5, 5, 5, 8]
    assert statistics.ranks(of(marks)) == {600: 1, 598: 2, 597: 4, 595: 5, 590: 8}


def test_what_is_missing_has_no_rank_and_takes_none() -> None:
    assert statistics.ranks_of([None, 3.5, None, 4.5]) == [None, 2, None, 1]
    assert statistics.ranks_of([]) == []


def test_score_table_goes_down_to_all_who_sat() -> None:
    assert statistics.score_table(of([90, 80, 90])) == (
        ScoreRow(Decimal(90), 2, 2),
        ScoreRow(Decimal(80), 1, 3),
    )


def test_worked_quartiles_as_in_a_spreadsheet() -> None:
    """QUARTILE.INC of the Chinese scores: 93.5, 102.5, 113.5."""
    assert [statistics.quantile(of(CHINESE), Fraction(part, 4)) for part in range(5)] == [
        80,
        Fraction("93.5"),
        Fraction("102.5"),
        Fraction("113.5"),
        121,
    ]


@pytest.mark.parametrize("p", [Fraction(-1, 100), 2])
def test_a_quantile_beyond_all_pupils_is_refused(p: Fraction) -> None:
    with pytest.raises(ValueError, match="within 0 and 1"):
        statistics.quantile(of([1]), p)


def test_all_absent_is_no_zero() -> None:
    undefined = [
        statistics.mean,
        statistics.variance,
        statistics.sd,
        lambda made: statistics.quantile(made, Fraction(1, 2)),
    ]
    assert [function(EMPTY) for function in undefined] == [None] * 4
    assert statistics.number(EMPTY) == statistics.total(EMPTY) == statistics.at_or_above(EMPTY, 0) == 0
    assert statistics.score_table(EMPTY) == statistics.histogram(EMPTY, 10) == ()
    assert statistics.ranks(EMPTY) == {}
    assert {share.value for share in statistics.rates(EMPTY, 150).values()} == {None}
    assert statistics.difficulty(None, 150) is None
    assert statistics.moments(EMPTY) == NOBODY


def test_full_marks_of_0_give_no_difficulty() -> None:
    assert statistics.difficulty(Fraction(0), 0) is None


def test_bins_have_their_lower_end_and_none_is_left_out() -> None:
    assert statistics.histogram(of([10, 19, 45, 20]), 10, 5) == (
        Bin(Fraction(5), Fraction(15), 1),
        Bin(Fraction(15), Fraction(25), 2),
        Bin(Fraction(25), Fraction(35), 0),
        Bin(Fraction(35), Fraction(45), 0),
        Bin(Fraction(45), Fraction(55), 1),
    )


def test_a_bin_without_width_is_refused() -> None:
    with pytest.raises(ValueError, match="wider than 0"):
        statistics.histogram(of([1]), 0)


def test_sums_are_exact_where_decimals_of_28_digits_would_not_be() -> None:
    long = Decimal("99999999999999.9999")
    made = Distribution((long,), (10**12 + 1,))
    assert statistics.total(made) == Fraction(long) * (10**12 + 1)
    assert statistics.variance(made) == 0


@settings
@given(cohorts)
def test_moments_are_what_the_pupils_give(marks: list[Fraction]) -> None:
    made = of(marks)
    assert statistics.number(made) == len(marks)
    assert statistics.total(made) == sum(marks)
    assert statistics.mean(made) == oracle.mean(marks)
    assert statistics.variance(made) == oracle.variance(marks)


@settings
@given(cohorts, cohorts)
def test_units_add_up_to_their_whole(one: list[Fraction], other: list[Fraction]) -> None:
    added: Moments = statistics.moments(of(one)) + statistics.moments(of(other)) + NOBODY
    assert added == statistics.moments(of(one + other))
    assert added.sd == statistics.sd(of(one + other))


@settings
@given(cohorts, st.fractions(0, 1, max_denominator=100))
def test_quantiles_are_what_the_pupils_give(marks: list[Fraction], p: Fraction) -> None:
    assert statistics.quantile(of(marks), p) == oracle.quantile(marks, p)


@settings
@given(cohorts, scores | st.fractions(0, 150, max_denominator=7))
def test_a_mark_parts_the_pupils(marks: list[Fraction], mark: Fraction) -> None:
    made = of(marks)
    assert statistics.at_or_above(made, mark) == len([one for one in marks if one >= mark])
    assert statistics.at_or_above(made, mark) + statistics.below(made, mark) == len(marks)


@settings
@given(cohorts)
def test_ranks_and_score_table_are_what_the_pupils_give(marks: list[Fraction]) -> None:
    made = of(marks)
    expected = [oracle.rank(mark, marks) for mark in marks]
    assert statistics.ranks_of(marks) == expected
    assert [statistics.ranks(made)[Decimal(float(mark))] for mark in marks] == expected
    table = statistics.score_table(made)
    assert [(row.score, row.number, row.at_or_above) for row in table] == oracle.score_table(marks)
    assert table[-1].at_or_above == len(marks)


@settings
@given(cohorts, st.sampled_from([Fraction(1, 2), Fraction(5), Fraction(10), Fraction(7, 3)]), scores)
def test_every_pupil_is_in_one_bin(marks: list[Fraction], width: Fraction, origin: Fraction) -> None:
    bins = statistics.histogram(of(marks), width, origin)
    assert [one.number for one in bins] == [len([mark for mark in marks if one.low <= mark < one.high]) for one in bins]
    assert sum(one.number for one in bins) == len(marks)
    assert all(one.high == after.low for one, after in zip(bins, bins[1:], strict=False))


@settings
@given(st.lists(st.tuples(scores, st.integers(0, 3)), max_size=20))
def test_a_distribution_is_in_order_without_gaps(pairs: list[tuple[Fraction, int]]) -> None:
    made = distribution((Decimal(float(score)), count) for score, count in pairs)
    assert list(made.scores) == sorted(set(made.scores))
    counted = Counter({score: 0 for score, _count in pairs})
    for score, count in pairs:
        counted[score] += count
    assert dict(zip(map(Fraction, made.scores), made.counts, strict=True)) == {k: n for k, n in counted.items() if n}
