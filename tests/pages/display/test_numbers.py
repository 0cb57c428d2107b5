"""Values as text, in both languages: exact verdicts, the reader's own forms, and nothing missing shown as 0."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from data import words
from pages.display import numbers
from queries.catalogue import Target, catalogue
from queries.periods import Kind
from tests.pages.display import made

BOTH = pytest.mark.parametrize("language", ["zh_CN", "en"])
SHARE, COUNT, MEAN = (catalogue()[name] for name in ("inclusive_share", "pupils", "mean_class_size"))

settings = hypothesis_settings(max_examples=300, derandomize=True, deadline=None, database=None)

# Around a target: shares that one decimal cannot tell from it, and others.
distances = st.fractions(Fraction(-1, 100), Fraction(1, 100), max_denominator=50_000) | st.builds(
    Fraction, st.integers(-10, 10), st.just(20_000)
)


def target(value: str, comparison: str = ">=") -> Target:
    return SHARE.targets[0].model_copy(update={"value": Decimal(value), "comparison": comparison})


@pytest.fixture
def shanghai(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@BOTH
def test_thousands_are_separated(language: str) -> None:
    words.use(language)
    assert [numbers.whole(count) for count in (0, 999, 1_000, 48_182_600)] == ["0", "999", "1,000", "48,182,600"]
    assert numbers.number(48_182_600) == "48,182,600"
    assert numbers.number(Decimal("1234.5")) == "1,234.5"


@BOTH
@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(0), "0.0%"),
        (Fraction(8104, 10_000), "81.0%"),
        (Fraction(81_049, 100_000), "81.0%"),
        (Fraction(8105, 10_000), "81.1%"),
        (Fraction(1), "100.0%"),
        (Fraction(1035, 1000), "103.5%"),
        (Fraction(2, 3), "66.7%"),
    ],
)
def test_a_share_is_per_cent_with_one_decimal_rounded_half_up(language: str, value: Fraction, shown: str) -> None:
    words.use(language)
    assert numbers.percent(value) == numbers.value(SHARE, value) == numbers.bare(SHARE, value) == shown


def test_a_count_and_a_mean_have_their_unit() -> None:
    assert numbers.value(COUNT, Fraction(294_369)) == "294,369 pupils"
    assert numbers.value(MEAN, Fraction(4525, 100)) == "45.3 pupils a class"
    assert (numbers.bare(COUNT, Fraction(294_369)), numbers.bare(MEAN, Fraction(45))) == ("294,369", "45.0")
    words.use("zh_CN")
    assert numbers.value(COUNT, Fraction(294_369)) == "294,369 人"
    assert numbers.value(MEAN, Fraction(4525, 100)) == "45.3 人/班"
    assert numbers.unit(SHARE) == "%"


@BOTH
def test_a_share_just_below_its_target_is_not_shown_as_the_target(language: str) -> None:
    words.use(language)
    goal = target("0.80")
    shares = [Fraction(counting, 9995) for counting in (7995, 7996, 8000)]
    assert [numbers.value(SHARE, share, goal) for share in shares] == ["79.9%", "80.0%", "80.0%"]
    assert numbers.point(SHARE, made.point(2020, made.WHOLE, 7995, 9995), goal) == "79.9%"


@settings
@given(goal=st.integers(1, 99), apart=distances)
def test_what_is_shown_and_the_verdict_never_contradict_each_other(goal: int, apart: Fraction) -> None:
    share = Fraction(goal, 100) + apart
    shown = Decimal(numbers.value(SHARE, share, target(f"0.{goal:02d}")).removesuffix("%"))
    assert (shown >= goal) is (share >= Fraction(goal, 100))
    assert abs(Fraction(shown) - share * 100) < Fraction(1, 10)


@settings
@given(goal=st.integers(1, 99), apart=distances)
def test_where_less_is_wanted_a_share_just_above_its_target_is_not_shown_as_the_target(
    goal: int, apart: Fraction
) -> None:
    share = Fraction(goal, 100) + apart
    shown = Decimal(numbers.value(SHARE, share, target(f"0.{goal:02d}", "<=")).removesuffix("%"))
    assert (shown <= goal) is (share <= Fraction(goal, 100))


def test_what_is_missing_is_said_in_words_or_a_dash_and_never_0() -> None:
    said = {}
    for language in ("zh_CN", "en"):
        words.use(language)
        missing = made.point(2020, made.WHOLE, None, 500)
        said[language] = {numbers.value(one, None) for one in (SHARE, COUNT, MEAN)}
        said[language] |= {numbers.point(SHARE, None), numbers.point(SHARE, missing)}
        assert numbers.number(None) == numbers.cell(None) == numbers.target(SHARE, None) == "—"
        assert numbers.bare(SHARE, None) == ""
    assert said == {"zh_CN": {"无数据"}, "en": {"no data"}}


@BOTH
def test_nobody_is_0_and_not_missing(language: str) -> None:
    words.use(language)
    assert (numbers.number(0), numbers.whole(0), numbers.cell(0)) == ("0", "0", "0")
    assert numbers.value(COUNT, Fraction(0)).startswith("0 ")


@BOTH
def test_a_hidden_figure_is_less_than_10(language: str) -> None:
    words.use(language)
    assert numbers.point(COUNT, made.hidden(2020, made.WHOLE)) == "<10"


@BOTH
@pytest.mark.parametrize(
    ("value", "comparison", "shown"),
    [("0.80", ">=", "≥ 80%"), ("0.05", "<=", "≤ 5%"), ("0.875", ">=", "≥ 87.5%"), ("1", ">=", "≥ 100%")],
)
def test_a_target_is_shown_as_it_was_set(language: str, value: str, comparison: str, shown: str) -> None:
    words.use(language)
    assert numbers.target(SHARE, target(value, comparison)) == shown


def test_a_target_of_a_mean_keeps_its_decimals() -> None:
    assert numbers.target(MEAN, target("45.5", "<=")) == "≤ 45.5"


def test_a_gap_is_in_the_unit_that_people_act_on() -> None:
    short, met, unknown = (made.trajectory(gap=gap) for gap in (1_241, 0, None))
    assert numbers.gap(short, SHARE) == "1,241 inclusive places"
    assert numbers.gap(made.trajectory(gap=1), SHARE) == "1 inclusive place"
    assert numbers.gap(met, SHARE) == numbers.gap(unknown, SHARE) == numbers.gap(short, COUNT) == "—"
    words.use("zh_CN")
    assert numbers.gap(short, SHARE) == "1,241个普惠学位"


@pytest.mark.parametrize(
    ("language", "period", "short"),
    [("zh_CN", "2020/21学年", "2020/21"), ("en", "2020/21", "2020/21")],
)
def test_a_school_year_has_the_readers_name(language: str, period: str, short: str) -> None:
    words.use(language)
    assert (numbers.period(2020, "school_year"), numbers.period_short(2020, "school_year")) == (period, short)
    assert numbers.period(2020, "year") == numbers.period_short(2020, "year") == "2020"


def test_a_school_year_across_a_century() -> None:
    assert numbers.period(2099, "school_year") == "2099/00"
    words.use("zh_CN")
    assert numbers.period(2099, "school_year") == "2099/00学年"


@pytest.mark.parametrize(("language", "day"), [("zh_CN", "2020年12月31日"), ("en", "December 31, 2020")])
def test_a_day_has_the_readers_form(language: str, day: str) -> None:
    words.use(language)
    assert numbers.day(date(2020, 12, 31)) == day


@pytest.mark.usefixtures("shanghai")
@pytest.mark.parametrize(("language", "minute"), [("zh_CN", "2022年7月8日 09:30"), ("en", "July 8, 2022 09:30")])
def test_a_moment_is_on_the_readers_clock(language: str, minute: str) -> None:
    words.use(language)
    assert numbers.minute(datetime(2022, 7, 8, 1, 30, 59, tzinfo=UTC)) == minute


def test_stored_values_in_a_preview_are_as_they_are() -> None:
    values = [2020, "0012", Decimal("118.5000"), Decimal("100.0000"), date(2020, 9, 1), True, False, None]
    assert [numbers.cell(value) for value in values] == ["2020", "0012", "118.5", "100", "2020-09-01", "yes", "no", "—"]
    words.use("zh_CN")
    assert [numbers.cell(value) for value in (True, False)] == ["是", "否"]


@pytest.mark.parametrize(
    ("number", "kind", "english", "chinese", "short"),
    [
        (20201, "term", "2020/21, term 1", "2020/21学年第1学期", "2020/21-1"),
        (20202, "term", "2020/21, term 2", "2020/21学年第2学期", "2020/21-2"),
        (20203, "quarter", "2020, quarter 3", "2020年第3季度", "2020/Q3"),
        (20211112, "day", "November 12, 2021", "2021年11月12日", "2021-11"),
        (2021, "year", "2021", "2021", "2021"),
        (2021, "school_year", "2021/22", "2021/22学年", "2021/22"),
    ],
)
def test_every_kind_of_period_has_a_name(number: int, kind: Kind, english: str, chinese: str, short: str) -> None:
    assert (numbers.period(number, kind), numbers.period_short(number, kind)) == (english, short)
    words.use("zh_CN")
    assert (numbers.period(number, kind), numbers.period_short(number, kind)) == (chinese, short)


def test_a_range_is_shown_from_end_to_end_and_a_trend_by_its_direction() -> None:
    few = target("1").model_copy(update={"upper": Decimal(2)})
    assert numbers.target(COUNT, few) == "1–2"
    assert numbers.target(SHARE, target("0.8").model_copy(update={"upper": Decimal("0.9")})) == "80–90%"
    rising, falling = (
        target("1").model_copy(update={"value": None, "comparison": one}) for one in ("rising", "falling")
    )
    assert [numbers.target(COUNT, one) for one in (rising, falling)] == ["rising", "falling"]
    words.use("zh_CN")
    assert [numbers.target(COUNT, one) for one in (rising, falling)] == ["逐期上升", "逐期下降"]


def test_money_is_shown_in_its_unit_with_one_decimal() -> None:
    money = COUNT.model_copy(update={"shown_per": 10_000})
    assert numbers.bare(money, Fraction(12_345_678)) == "1,234.6"
    assert numbers.target(money, target("15000000")) == "≥ 1,500"


def test_a_figure_just_off_its_target_is_not_rounded_to_it_in_any_unit() -> None:
    ratio = SHARE.model_copy(update={"unit": "ratio"})
    assert numbers.bare(ratio, Fraction(99_999, 100_000), target("1")) == "0.999"
    assert numbers.bare(MEAN, Fraction(4504, 100), target("45", "<=")) == "45.1"
    money = COUNT.model_copy(update={"shown_per": 10_000})
    assert numbers.bare(money, Fraction(14_999_999), target("15000000")) == "1,499.9"


def test_a_negative_number_has_a_minus_and_0_has_no_sign() -> None:
    words.use("zh_CN")
    assert (numbers.decimal(Fraction(-1, 2), 2), numbers.percent(Fraction(-1, 8))) == ("−0.50", "−12.5%")
    assert (numbers.decimal(Fraction(-4, 1000), 2), numbers.signed(Fraction(-4, 1000), 2)) == ("0.00", "0.00")
    assert (numbers.signed(Fraction(4, 1000), 2), numbers.signed(Fraction(-6, 5), 1)) == ("0.00", "−1.2")
    assert (numbers.printed(Fraction(-5, 2)), numbers.signed(Fraction(39, 100), 2)) == ("−2.5", "+0.39")


@pytest.mark.parametrize(("language", "shown"), [("zh_CN", "2021<br>11月"), ("en", "Nov<br>2021")])
def test_a_month_on_an_axis_stands_in_two_short_lines(language: str, shown: str) -> None:
    words.use(language)
    assert numbers.month_tick(date(2021, 11, 3)) == shown
