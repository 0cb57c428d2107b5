"""Periods as whole numbers: every kind has a day, a name and a place, and a day leads back to its period."""

from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from data.plan import ReturnDay, plan
from queries import periods as periods_module
from queries.periods import (
    NAMES,
    Kind,
    decisive_period,
    name_of,
    period_before,
    period_of,
    position,
    position_of,
    reporting_date,
    year_of,
)

KINDS: tuple[Kind, ...] = get_args(Kind)
LASTS = {"term": (1, 2), "quarter": (1, 2, 3, 4)}

settings = hypothesis_settings(max_examples=300, derandomize=True, deadline=None, database=None)
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def periods(kind: Kind, first: int = 2016, last: int = 2024) -> list[int]:
    """Every period of a kind in some years, in order."""
    years = range(first, last + 1)
    if kind == "day":
        span = (date(last, 12, 31) - date(first, 1, 1)).days
        every = [date(first, 1, 1) + timedelta(days=number) for number in range(span + 1)]
        return [day.year * 10_000 + day.month * 100 + day.day for day in every]
    return [year * 10 + number for year in years for number in LASTS[kind]] if kind in LASTS else list(years)


@pytest.mark.parametrize(
    ("period", "kind", "day"),
    [
        (2020, "school_year", date(2020, 9, 1)),
        (2020, "year", date(2020, 12, 31)),
        (20201, "term", date(2021, 1, 31)),
        (20202, "term", date(2021, 7, 31)),
        (20201, "quarter", date(2020, 3, 31)),
        (20202, "quarter", date(2020, 6, 30)),
        (20203, "quarter", date(2020, 9, 30)),
        (20204, "quarter", date(2020, 12, 31)),
        (20200229, "day", date(2020, 2, 29)),
        (20211112, "day", date(2021, 11, 12)),
    ],
)
def test_a_period_is_reported_on_its_day(period: int, kind: Kind, day: date) -> None:
    assert reporting_date(period, kind) == day


def test_a_school_year_is_reported_on_the_day_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    other = plan().model_copy(update={"return_day": ReturnDay(month=10, day=15)})
    monkeypatch.setattr(periods_module, "plan", lambda: other)
    assert reporting_date(2020, "school_year") == date(2020, 10, 15)
    assert period_of(date(2020, 10, 15), "school_year") == 2020
    assert reporting_date(2020, "year") == date(2020, 12, 31)


@pytest.mark.parametrize("kind", KINDS)
def test_the_reporting_day_leads_back_to_its_period(kind: Kind) -> None:
    assert [period_of(reporting_date(period, kind), kind) for period in periods(kind)] == periods(kind)


@settings
@given(day=days)
@pytest.mark.parametrize("kind", ["year", "quarter", "term"])
def test_a_day_lies_in_the_period_that_it_leads_to(kind: Kind, day: date) -> None:
    """Not after the period's last day, and after the last day of the one before."""
    period = period_of(day, kind)
    before = periods(kind, day.year - 2, day.year + 1)
    previous = before[before.index(period) - 1]
    assert reporting_date(previous, kind) < day <= reporting_date(period, kind)


@pytest.mark.parametrize(
    ("day", "kind", "period"),
    [
        (date(2021, 1, 31), "term", 20201),
        (date(2021, 2, 1), "term", 20202),
        (date(2021, 7, 31), "term", 20202),
        (date(2021, 8, 1), "term", 20211),
        (date(2020, 3, 31), "quarter", 20201),
        (date(2020, 4, 1), "quarter", 20202),
        (date(2020, 12, 31), "year", 2020),
        (date(2021, 1, 1), "year", 2021),
        (date(2020, 9, 1), "school_year", 2020),
        (date(2021, 11, 12), "day", 20211112),
    ],
)
def test_a_day_leads_to_the_period_whose_figures_describe_it(day: date, kind: Kind, period: int) -> None:
    assert period_of(day, kind) == period


@pytest.mark.parametrize("kind", KINDS)
def test_later_periods_stand_further_right(kind: Kind) -> None:
    places = [position(period, kind) for period in periods(kind)]
    assert places == sorted(set(places)), "no two stand in one place"


@pytest.mark.parametrize("kind", ["school_year", "year", "term", "quarter"])
def test_the_steps_between_periods_are_equal(kind: Kind) -> None:
    places = [position(period, kind) for period in periods(kind)]
    steps = {round(later - earlier, 9) for earlier, later in zip(places, places[1:], strict=False)}
    assert steps == {1 / len(LASTS.get(kind, (1,)))}


def test_days_keep_their_true_distance() -> None:
    near, far = (position(20211101, "day") - position(day, "day") for day in (20211031, 20201101))
    assert near == pytest.approx(1 / 366)
    assert far == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("kind", KINDS)
def test_the_year_of_a_period_is_that_of_its_number(kind: Kind) -> None:
    assert {year_of(period, kind) for period in periods(kind, 2020, 2021)} == {2020, 2021}
    assert all(period // 10 ** (len(str(period)) - 4) == year_of(period, kind) for period in periods(kind))


def test_terms_and_quarters_are_called_as_data_call_them() -> None:
    assert [name_of(period, "term") for period in (20201, 20202)] == ["第一学期", "第二学期"]
    assert [name_of(20200 + number, "quarter") for number in NAMES["quarter"]] == [
        "第一季度", "第二季度", "第三季度", "第四季度",
    ]  # fmt: skip
    assert [name_of(period, kind) for period, kind in ((2020, "year"), (2020, "school_year"), (20200101, "day"))] == [
        None, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "day"])
def test_every_period_has_one_before_it_and_days_have_none(kind: Kind) -> None:
    every = periods(kind)
    assert [period_before(one, kind) for one in every[1:]] == every[:-1]
    assert period_before(20211112, "day") is None


@pytest.mark.parametrize(
    ("due", "kind", "period"),
    [
        (date(2020, 12, 31), "school_year", 2020),
        (date(2021, 3, 31), "school_year", 2020),
        (date(2021, 9, 1), "school_year", 2021),
        (date(2020, 9, 30), "year", 2020),
        (date(2021, 1, 31), "term", 20201),
        (date(2022, 12, 31), "quarter", 20224),
    ],
)
def test_the_period_that_decides_is_the_one_of_the_due_date_or_the_last_return_by_then(
    due: date, kind: Kind, period: int
) -> None:
    assert decisive_period(due, kind) == period


@pytest.mark.parametrize(
    ("kind", "day", "place"),
    [
        ("year", date(2020, 12, 31), 2020),
        ("year", date(2021, 12, 31), 2021),
        ("school_year", date(2021, 9, 1), 2021),
        ("school_year", date(2022, 3, 3), 2021.5),
        ("term", date(2021, 1, 31), 2020),
        ("quarter", date(2020, 9, 30), 2020.5),
        ("day", date(2021, 1, 1), 2021),
    ],
)
def test_a_day_stands_between_the_figures_that_describe_the_days_around_it(kind: Kind, day: date, place: float) -> None:
    assert position_of(day, kind) == pytest.approx(place, abs=0.003)
