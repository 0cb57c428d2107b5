"""Every state of progress, on both sides of every limit."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from queries.progress import Goal, Judgement, Standing, Status, Why, judge, judge_trend, shortfall, standing_of

BEGIN = date(2020, 1, 1)
DUE = BEGIN + timedelta(days=1000)
TARGET = Fraction(80, 100)
AT_LEAST, AT_MOST = Goal(TARGET, ">=", DUE), Goal(Fraction(20, 100), "<=", DUE)
TINY = Fraction(1, 10**9)

settings = hypothesis_settings(max_examples=200, derandomize=True, deadline=None, database=None)
shares = st.fractions(0, 1, max_denominator=10_000)
comparisons: st.SearchStrategy[Literal[">=", "<="]] = st.sampled_from([">=", "<="])


def after(days: int) -> date:
    return BEGIN + timedelta(days=days)


def judged(goal: Goal | None, *values: Fraction | str, today: date = DUE, every: int = 100) -> Judgement:
    """Judges values that were reported every so many days from the plan's begin on."""
    return judge([(after(every * number), Fraction(value)) for number, value in enumerate(values)], goal, today, BEGIN)


def at_ratio(ratio: Fraction, goal: Goal = AT_LEAST, baseline: Fraction = Fraction(1, 2)) -> Judgement:
    """Half of the way to the due date, `ratio` of what that half asks for is done."""
    latest = baseline + (goal.value - baseline) * ratio / 2
    return judge([(BEGIN, baseline), (after(500), latest)], goal, after(600), BEGIN)


def test_no_figures_are_a_state_of_their_own() -> None:
    assert judge([], AT_LEAST, DUE, BEGIN) == judge([], None, DUE, BEGIN) == Judgement(Status.NO_DATA)


def test_without_a_target_nothing_is_judged() -> None:
    assert judged(None, "0.5", "0.9") == Judgement(Status.NOT_JUDGED)


@pytest.mark.parametrize(
    ("met", "counting"),
    [(True, 7996), (False, 7995)],
)
def test_a_share_is_compared_exactly_and_not_as_it_is_shown(met: bool, counting: int) -> None:
    """7995 of 9995 is 79.99 %, shown with one decimal it would be 80.0 %."""
    goal = Goal(TARGET, ">=", DUE)
    assert goal.met_by(Fraction(counting, 9995)) is met
    status = judged(goal, Fraction(counting, 9995), today=after(1001)).status
    assert status is (Status.ACHIEVED if met else Status.MISSED)
    assert shortfall(Fraction(counting), Fraction(9995), goal) == (0 if met else 1)


@pytest.mark.parametrize(
    ("ratio", "status"),
    [
        (Fraction(19, 10), Status.ON_TRACK),
        (Fraction(1), Status.ON_TRACK),
        (Fraction(95, 100), Status.ON_TRACK),
        (Fraction(95, 100) - TINY, Status.NEEDS_ACCELERATION),
        (Fraction(60, 100), Status.NEEDS_ACCELERATION),
        (Fraction(60, 100) - TINY, Status.LIMITED),
        (Fraction(0), Status.LIMITED),
        (-TINY, Status.DETERIORATING),
        (Fraction(-1), Status.DETERIORATING),
    ],
)
@pytest.mark.parametrize("goal", [AT_LEAST, AT_MOST], ids=["at least", "at most"])
def test_on_the_way_the_ratio_of_the_rates_decides(goal: Goal, ratio: Fraction, status: Status) -> None:
    assert at_ratio(ratio, goal) == Judgement(status, BEGIN, ratio)


def test_twice_the_needed_rate_is_the_target_itself() -> None:
    assert at_ratio(Fraction(2)) == Judgement(Status.ACHIEVED, after(500))


def test_the_baseline_is_the_last_figure_from_before_the_plan() -> None:
    """0.3 at the plan's begin, not 0.7 before it: from 0.7 this would be a fall."""
    series = [(after(-400), Fraction("0.7")), (after(-10), Fraction("0.3")), (after(490), Fraction("0.55"))]
    assert judge(series, AT_LEAST, after(500), BEGIN) == Judgement(
        Status.ON_TRACK, after(-400), Fraction("0.25") / 500 / (Fraction("0.5") / 1010)
    )


def test_without_a_figure_from_before_the_plan_the_first_one_is_the_baseline() -> None:
    series = [(after(200), Fraction("0.4")), (after(600), Fraction("0.6"))]
    assert judge(series, AT_LEAST, after(700), BEGIN) == Judgement(Status.ON_TRACK, after(200), Fraction(1))


def test_one_figure_alone_shows_no_way_but_can_meet_or_miss_the_target() -> None:
    assert judged(AT_LEAST, "0.5") == Judgement(Status.NOT_JUDGED, BEGIN)
    assert judged(AT_LEAST, "0.8") == Judgement(Status.ACHIEVED, BEGIN)
    assert judged(AT_LEAST, "0.5", today=after(1001)) == Judgement(Status.MISSED, BEGIN)


def test_figures_from_before_the_plan_only_show_no_way() -> None:
    series = [(after(-700), Fraction("0.4")), (after(-300), Fraction("0.5"))]
    assert judge(series, AT_LEAST, BEGIN, BEGIN) == Judgement(Status.NOT_JUDGED, after(-700))


def test_a_baseline_equal_to_the_target_asks_for_no_rate() -> None:
    """Below the target now there is nothing to divide by; at or above it the target is met."""
    assert judged(AT_LEAST, "0.8", "0.7") == Judgement(Status.NOT_JUDGED, after(100))
    assert judged(AT_LEAST, "0.8", "0.8") == Judgement(Status.ACHIEVED, BEGIN)


@pytest.mark.parametrize(("goal", "baseline", "latest"), [(AT_LEAST, "0.85", "0.79"), (AT_MOST, "0.15", "0.21")])
def test_losing_a_target_that_the_baseline_had_met_is_no_progress(goal: Goal, baseline: str, latest: str) -> None:
    """Both rates point away from what is wanted; their quotient alone would be positive."""
    assert judged(goal, baseline, latest).status not in (Status.ON_TRACK, Status.NEEDS_ACCELERATION, Status.LIMITED)


def test_on_the_due_date_itself_the_target_is_not_yet_missed() -> None:
    assert judged(AT_LEAST, "0.5", "0.6", today=DUE).status is Status.ON_TRACK
    assert judged(AT_LEAST, "0.5", "0.6", today=DUE + timedelta(days=1)).status is Status.MISSED


@pytest.mark.parametrize(
    ("values", "status", "since"),
    [
        (("0.5", "0.8", "0.9"), Status.ACHIEVED, 100),
        (("0.5", "0.6", "0.8"), Status.ACHIEVED, 200),
        (("0.9", "0.7", "0.8"), Status.ACHIEVED, 200),
        (("0.5", "0.6", "0.7"), Status.MISSED, 0),
        (("0.5", "0.8", "0.7"), Status.RELAPSED, 200),
        (("0.8", "0.7", "0.6"), Status.RELAPSED, 100),
    ],
)
def test_after_the_due_date_a_target_is_achieved_missed_or_lost_again(
    values: tuple[str, ...], status: Status, since: int
) -> None:
    assert judged(AT_LEAST, *values, today=after(1001)) == Judgement(status, after(since))


def test_a_target_without_a_date_holds_at_every_period() -> None:
    always = Goal(TARGET, ">=", None)
    assert judged(always, "0.7", "0.8") == Judgement(Status.ACHIEVED, after(100))
    assert judged(always, "0.7", "0.75") == Judgement(Status.MISSED, BEGIN)
    assert judged(always, "0.8", "0.75") == Judgement(Status.RELAPSED, after(100))


def test_where_less_is_wanted_less_meets_the_target() -> None:
    assert judged(AT_MOST, "0.3", "0.2") == Judgement(Status.ACHIEVED, after(100))
    assert judged(AT_MOST, "0.2", "0.3", today=after(1001)) == Judgement(Status.RELAPSED, after(100))
    assert judged(AT_MOST, "0.3", "0.4", today=after(1001)) == Judgement(Status.MISSED, BEGIN)


def test_since_is_the_begin_of_the_unbroken_run() -> None:
    assert judged(AT_LEAST, "0.9", "0.7", "0.8", "0.85").since == after(200)
    assert judged(AT_LEAST, "0.7", "0.9", "0.7", "0.6", today=after(1001)).since == after(200)


def test_every_status_is_reached() -> None:
    reached = {
        judge([], AT_LEAST, DUE, BEGIN).status,
        judged(None, "0.5").status,
        judged(AT_LEAST, "0.9").status,
        *(at_ratio(Fraction(ratio)).status for ratio in ("1", "0.7", "0.1", "-1")),
        judged(AT_LEAST, "0.5", today=after(1001)).status,
        judged(AT_LEAST, "0.9", "0.5", today=after(1001)).status,
    }
    assert reached == set(Status)


@settings
@given(baseline=st.fractions(0, "0.79", max_denominator=1000), latest=st.fractions(0, "0.79", max_denominator=1000))
def test_the_ratio_compares_where_the_line_leads_with_the_target(baseline: Fraction, latest: Fraction) -> None:
    """A second way to the ratio: the share of the needed rise that the line through both figures reaches by the due date."""
    found = judge([(BEGIN, baseline), (after(400), latest)], AT_LEAST, after(500), BEGIN)
    reached = baseline + (latest - baseline) * Fraction(1000, 400)
    assert found.ratio == (reached - baseline) / (TARGET - baseline)


def test_the_worked_example_of_a_shortfall() -> None:
    assert shortfall(Fraction(7_800), Fraction(10_000), AT_LEAST) == 200


def test_a_shortfall_of_a_count_needs_no_denominator() -> None:
    goal = Goal(Fraction(240), ">=", None)
    assert [shortfall(Fraction(count), None, goal) for count in (0, 239, 240, 300)] == [240, 1, 0, 0]
    assert shortfall(Fraction(250), None, Goal(Fraction(240), "<=", None)) == 10


@settings
@given(
    numerator=st.integers(0, 20_000),
    denominator=st.one_of(st.none(), st.integers(1, 20_000)),
    value=st.fractions(0, 2, max_denominator=1000),
    comparison=comparisons,
)
def test_a_shortfall_is_0_exactly_where_the_target_is_met(
    numerator: int, denominator: int | None, value: Fraction, comparison: Literal[">=", "<="]
) -> None:
    goal = Goal(value, comparison, None)
    missing = shortfall(Fraction(numerator), None if denominator is None else Fraction(denominator), goal)
    assert (missing == 0) is goal.met_by(Fraction(numerator, denominator or 1))


@settings
@given(
    numerator=st.integers(0, 20_000), denominator=st.integers(1, 20_000), value=shares, comparison=comparisons
)  # fmt: skip
def test_a_shortfall_is_just_enough(
    numerator: int, denominator: int, value: Fraction, comparison: Literal[">=", "<="]
) -> None:
    goal = Goal(value, comparison, None)
    missing = shortfall(Fraction(numerator), Fraction(denominator), goal)
    step = 1 if comparison == ">=" else -1
    assert goal.met_by(Fraction(numerator + step * missing, denominator))
    assert missing == 0 or not goal.met_by(Fraction(numerator + step * (missing - 1), denominator))


# A target that was changed


def changed_after(day: int, earlier: str | None, later: str) -> dict[str, object]:
    """The goal of today, and the one that held on each day: none or `earlier` up to a day, from then on `later`."""
    goals = {True: Goal(Fraction(earlier), ">=", None) if earlier else None, False: Goal(Fraction(later), ">=", None)}
    return {"goal": goals[False], "goal_of": lambda one: goals[one < after(day)]}


def series_of(*values: str) -> list[tuple[date, Fraction]]:
    return [(after(100 * number), Fraction(value)) for number, value in enumerate(values)]


def test_what_met_the_target_of_its_time_was_met() -> None:
    """0.7 met the earlier 0.7; the newest figure misses today's 0.8: lost again, not missed from the start."""
    found = judge(series_of("0.7", "0.75"), today=DUE, plan_begins=BEGIN, **changed_after(100, "0.7", "0.8"))  # type: ignore[arg-type]
    assert found == Judgement(Status.RELAPSED, after(100))


def test_what_missed_the_target_of_its_time_is_not_met_by_a_later_lower_one() -> None:
    found = judge(series_of("0.7", "0.7"), today=DUE, plan_begins=BEGIN, **changed_after(100, "0.8", "0.6"))  # type: ignore[arg-type]
    assert found == Judgement(Status.ACHIEVED, after(100))


def test_before_there_was_a_target_nothing_was_met() -> None:
    found = judge(series_of("0.9", "0.75"), today=DUE, plan_begins=BEGIN, **changed_after(100, None, "0.8"))  # type: ignore[arg-type]
    assert found == Judgement(Status.MISSED, BEGIN)


def test_the_newest_figure_is_judged_by_the_target_of_today() -> None:
    """Its own day lies before the change; what counts now is what holds now."""
    found = judge(series_of("0.7", "0.75"), today=DUE, plan_begins=BEGIN, **changed_after(150, "0.7", "0.8"))  # type: ignore[arg-type]
    assert found.status is Status.RELAPSED


@settings
@given(values=st.lists(shares, min_size=1, max_size=6), value=shares, comparison=comparisons)
def test_a_target_that_never_changed_is_the_goal_of_every_day(
    values: list[Fraction], value: Fraction, comparison: Literal[">=", "<="]
) -> None:
    goal = Goal(value, comparison, DUE)
    found = [(after(100 * number), one) for number, one in enumerate(values)]
    for today in (after(500), after(1001)):
        assert judge(found, goal, today, BEGIN) == judge(found, goal, today, BEGIN, lambda _day: goal)


# Counts from a baseline of their own


def test_a_count_over_a_period_starts_from_its_own_baseline() -> None:
    """Nothing on the first day, 6 after half the time to 15: 0.8 of the needed rate."""
    goal = Goal(Fraction(15), ">=", DUE, (BEGIN, Fraction(0)))
    found = judge([(after(500), Fraction(6))], goal, after(600), BEGIN)
    assert found == Judgement(Status.NEEDS_ACCELERATION, after(500), Fraction(4, 5))
    assert judge([(after(500), Fraction(8))], goal, after(600), BEGIN).status is Status.ON_TRACK
    assert judge([(after(500), Fraction(0))], goal, after(600), BEGIN).status is Status.LIMITED


def test_a_baseline_on_or_after_the_newest_figure_shows_no_way() -> None:
    goal = Goal(Fraction(15), ">=", DUE, (after(500), Fraction(0)))
    assert judge([(after(500), Fraction(6))], goal, after(600), BEGIN).status is Status.NOT_JUDGED


# Trends


def trend(direction: Literal["rising", "falling"], *values: str) -> Judgement:
    return judge_trend(series_of(*values), direction)


def test_a_trend_needs_two_figures() -> None:
    assert trend("rising") == Judgement(Status.NO_DATA)
    assert trend("rising", "0.5") == Judgement(Status.NOT_JUDGED)


@pytest.mark.parametrize(
    ("values", "status", "since"),
    [
        (("1", "2"), Status.ACHIEVED, 100),
        (("1", "2", "3"), Status.ACHIEVED, 100),
        (("2", "1", "3"), Status.ACHIEVED, 200),
        (("2", "1"), Status.MISSED, 100),
        (("1", "1"), Status.MISSED, 100),
        (("3", "2", "1"), Status.MISSED, 100),
        (("1", "2", "2"), Status.RELAPSED, 200),
        (("1", "2", "1", "1"), Status.RELAPSED, 200),
    ],
)
def test_a_rising_figure_lies_strictly_above_the_one_before(
    values: tuple[str, ...], status: Status, since: int
) -> None:
    assert trend("rising", *values) == Judgement(status, after(since))


@settings
@given(values=st.lists(shares, min_size=2, max_size=6))
def test_a_falling_trend_is_the_mirror_of_a_rising_one(values: list[Fraction]) -> None:
    """What ends at 0 on the way down ends at 1 on the way up."""
    found = [(after(100 * number), value) for number, value in enumerate(values)]
    mirrored = [(day, 1 - value) for day, value in found]
    assert judge_trend(found, "falling") == judge_trend(mirrored, "rising", Fraction(1))


@pytest.mark.parametrize(
    ("values", "status", "since"),
    [
        (("0", "0"), Status.ACHIEVED, 100),
        (("2", "0", "0"), Status.ACHIEVED, 100),
        (("0", "1"), Status.MISSED, 100),
        (("1", "1"), Status.MISSED, 100),
        (("0", "0", "1"), Status.RELAPSED, 200),
    ],
)
def test_what_should_fall_and_stays_at_0_does_as_it_should(values: tuple[str, ...], status: Status, since: int) -> None:
    assert trend("falling", *values) == Judgement(status, after(since))


def test_what_should_rise_and_stays_at_its_highest_does_as_it_should() -> None:
    whole = [(BEGIN, Fraction(1)), (DUE, Fraction(1))]
    assert judge_trend(whole, "rising", Fraction(1)) == Judgement(Status.ACHIEVED, DUE)
    assert judge_trend(whole, "rising") == Judgement(Status.MISSED, DUE), "a count has no highest value"


# Figures that are not given, and periods without one


@pytest.mark.parametrize("goal", [AT_LEAST, AT_MOST, Goal(TARGET, ">=", None)])
def test_a_figure_that_is_not_given_is_not_judged_and_no_earlier_one_stands_for_it(goal: Goal) -> None:
    series = [(BEGIN, Fraction(1, 2)), (after(100), Why.WITHHELD)]
    assert judge(series, goal, after(1001), BEGIN) == Judgement(Status.NOT_JUDGED, why=Why.WITHHELD)
    assert judge(series, None, after(1001), BEGIN) == Judgement(Status.NOT_JUDGED)


def test_a_run_of_verdicts_does_not_reach_over_a_figure_that_is_not_given() -> None:
    series = [(BEGIN, Fraction(1, 2)), (after(100), Why.WITHHELD), (after(200), Fraction(1, 2))]
    assert judge(series, AT_LEAST, after(1001), BEGIN) == Judgement(Status.MISSED, after(200))


def test_a_figure_that_is_not_given_is_no_baseline() -> None:
    series = [(after(-10), Why.WITHHELD), (after(200), Fraction("0.4")), (after(600), Fraction("0.6"))]
    assert judge(series, AT_LEAST, after(700), BEGIN).ratio == Fraction(1)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ((Fraction(30), Why.WITHHELD), Why.WITHHELD),
        ((Fraction(30), Why.WITHHELD, Fraction(25)), Why.BEFORE_WITHHELD),
        ((Fraction(10), Why.GAP, Fraction(11)), Why.GAP),
        ((Why.WITHHELD,), Why.WITHHELD),
    ],
)
def test_a_trend_compares_neighbours_only(values: tuple[Fraction | Why, ...], why: Why) -> None:
    series = [(after(100 * number), value) for number, value in enumerate(values)]
    assert judge_trend(series, "rising") == Judgement(Status.NOT_JUDGED, why=why)


def test_a_trend_begins_anew_behind_a_gap() -> None:
    values = (Fraction(9), Fraction(10), Why.GAP, Fraction(11), Fraction(12))
    series = [(after(100 * number), value) for number, value in enumerate(values)]
    assert judge_trend(series, "rising") == Judgement(Status.ACHIEVED, after(400))


@pytest.mark.parametrize("value", ["0.5", "0.9"])
def test_after_the_due_date_a_figure_from_before_the_deciding_day_is_no_verdict(value: str) -> None:
    series, late = [(after(900), Fraction(value))], after(1001)
    assert judge(series, AT_LEAST, late, BEGIN, decides=after(950)) == Judgement(Status.NOT_JUDGED, why=Why.OWED)
    verdict = Status.MISSED if value == "0.5" else Status.ACHIEVED
    assert judge(series, AT_LEAST, late, BEGIN, decides=after(900)).status is verdict
    before_due = judge(series, AT_LEAST, DUE, BEGIN, decides=after(950)).status
    assert before_due is (Status.ACHIEVED if value == "0.9" else Status.NOT_JUDGED)


# The words of a summary


def test_every_state_has_a_word_in_a_summary() -> None:
    assert {status: standing_of(status) for status in Status} == {
        Status.ACHIEVED: Standing.ACHIEVED,
        Status.ON_TRACK: Standing.ON_TRACK,
        Status.NEEDS_ACCELERATION: Standing.BEHIND,
        Status.LIMITED: Standing.BEHIND,
        Status.DETERIORATING: Standing.BEHIND,
        Status.MISSED: Standing.BEHIND,
        Status.RELAPSED: Standing.BEHIND,
        Status.NOT_JUDGED: Standing.NOT_JUDGED,
        Status.NO_DATA: Standing.NO_DATA,
    }
