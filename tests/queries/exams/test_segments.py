"""Segments of a score table: none small, nothing lost, the same edges for all that is shown side by side."""

from decimal import Decimal
from itertools import pairwise, product

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from queries.exams.segments import Segment, histogram, segments

settings = hypothesis_settings(max_examples=200, derandomize=True, deadline=None, database=None)
distributions = st.lists(
    st.dictionaries(st.integers(0, 60).map(Decimal), st.integers(1, 14), max_size=30), min_size=1, max_size=3
)
cuts = st.sets(st.integers(0, 60).map(Decimal), max_size=3)


def test_from_the_top_down_and_the_rest_joins_the_last() -> None:
    pairs = [(Decimal(score), count) for score, count in [(100, 3), (99, 8), (97, 12), (90, 4), (80, 6), (79, 2)]]
    assert segments([pairs]) == (
        Segment(Decimal(99), Decimal(100), (11,), (11,)),
        Segment(Decimal(97), Decimal(97), (12,), (23,)),
        Segment(Decimal(79), Decimal(90), (12,), (35,)),
    )


def test_edges_lie_at_scores_that_are_shown_and_not_at_those_withheld() -> None:
    pairs = [(Decimal(score), 6) for score in range(10, 0, -1)]
    lowest = [int(one.lowest) for one in segments([pairs])]
    assert lowest == [9, 7, 5, 3, 1]
    assert [int(one.lowest) for one in segments([pairs], shown=[Decimal(8)])] == [8, 6, 4, 1]
    assert [int(one.lowest) for one in segments([pairs], hidden=[Decimal(7)])] == [9, 6, 4, 1]


def test_nothing_is_shown_of_few() -> None:
    assert segments([[(Decimal(5), 4), (Decimal(3), 5)]]) == ()
    assert segments([[]]) == ()


@settings
@given(distributions, cuts, cuts)
def test_no_segment_is_small_and_sums_are_kept(
    given_here: list[dict[Decimal, int]], shown: set[Decimal], hidden: set[Decimal]
) -> None:
    found = segments([one.items() for one in given_here], shown, hidden - shown)
    totals = [sum(one.values()) for one in given_here]
    if not found:
        assert any(0 < total < 10 for total in totals) or not any(totals)
        return
    for place, one in enumerate(given_here):
        assert found[-1].at_or_above[place] == totals[place]
        for segment in found:
            inside = sum(count for score, count in one.items() if segment.lowest <= score <= segment.highest)
            assert segment.counts[place] == inside
            assert inside == 0 or inside >= 10
    scores = sorted({score for one in given_here for score in one})
    for (upper, lower), cut in product(pairwise(found), hidden - shown):
        assert not (lower.highest < cut <= upper.lowest), scores


@settings
@given(distributions, st.integers(1, 20))
def test_histograms_count_whole_segments(given_here: list[dict[Decimal, int]], width: int) -> None:
    found = segments([one.items() for one in given_here])
    bins = histogram(found, Decimal(width))
    assert {one.lowest for one in bins} <= {one.lowest for one in found}
    assert {one.highest for one in bins} <= {one.highest for one in found}
    assert [one.at_or_above for one in bins][-1:] == [one.at_or_above for one in found][-1:]
    assert all(count == 0 or count >= 10 for one in bins for count in one.counts)
    assert [one.at_or_above for one in bins] == [
        one.at_or_above for one in found if one.lowest in {bin.lowest for bin in bins}
    ]
