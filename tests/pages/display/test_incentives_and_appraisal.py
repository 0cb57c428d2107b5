"""Charts and sentences of pay, the foundation's books and the appraisal: what is drawn is what the rows say."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import plotly.graph_objects as go
import pytest

from data import words
from data.store import Store
from pages.display import appraisal as said_of_appraisal
from pages.display import figures
from pages.display import incentives as said_of_incentives
from queries import answers, appraisal, incentives
from queries.answers import Answer
from queries.appraisal import Year
from queries.appraisal.firmness import pairs, ranges, steps
from queries.incentives import Books, Reward

BAD, ESCAPED = "<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"


@pytest.fixture
def government(samples: Store) -> tuple[Answer, dict[int, Year]]:
    found = answers.answer(samples, "district_government_score")
    return found, {one.year: one for one in appraisal.years(samples, "government")}


def texts(figure: go.Figure) -> Iterator[str]:
    yield str(figure.layout.title.text)
    yield from (str(annotation.text) for annotation in figure.layout.annotations)


def title(figure: go.Figure) -> str:
    return figures.alternative(figure)


# The waterfall


def test_a_waterfall_falls_from_full_marks_to_the_score(government: tuple[Answer, dict[int, Year]]) -> None:
    found, years = government
    one = years[2022].districts[0]
    bars, score = figures.waterfall(found, 2022, one, Fraction(80)).data
    assert bars.base[0] + bars.x[0] == pytest.approx(100)
    assert list(bars.base[:-1]) == pytest.approx([base + x for base, x in zip(bars.base[1:], bars.x[1:], strict=True)])
    assert bars.base[-1] == pytest.approx(score.x[0]) == pytest.approx(float(one.score))
    assert list(bars.x) == sorted(bars.x, reverse=True), "the largest loss first"


def test_the_axis_of_a_waterfall_holds_the_lowest_score(government: tuple[Answer, dict[int, Year]]) -> None:
    found, years = government
    lowest = min(one.score for one in years[2022].districts)
    ranges_of_axes = {
        tuple(figures.waterfall(found, 2022, one, lowest).layout.xaxis.range) for one in years[2022].districts
    }
    assert len(ranges_of_axes) == 1, "districts share an axis"
    assert next(iter(ranges_of_axes))[0] < lowest


def test_names_of_items_are_escaped_and_long_ones_cut(government: tuple[Answer, dict[int, Year]]) -> None:
    found, years = government
    one = years[2022].districts[0]
    items = (replace(one.items[0], name=BAD), replace(one.items[1], name="很长的考核指标名称" * 10), *one.items[2:])
    drawn = list(texts(figures.waterfall(found, 2022, replace(one, items=items), Fraction(80))))
    assert any(ESCAPED in text for text in drawn) and not any(BAD in text for text in drawn)
    assert any(text.endswith("…") and text.count("<br>") == 1 for text in drawn)


# Places


def test_a_bar_reaches_from_the_best_to_the_worst_place(government: tuple[Answer, dict[int, Year]]) -> None:
    found, years = government
    figure = figures.places(found, years[2022])
    assert [trace.x[0] for trace in figure.data if trace.mode == "markers"] == [1, 2, 3]
    reached = [tuple(trace.x) for trace in figure.data if trace.mode == "lines"]
    assert reached == [(one.best, one.worst) for one in ranges(years[2022])] == [(1, 2), (1, 2), (3, 3)]
    assert title(figure) == "2022: 1 of 3 comparisons of two districts is not certain"


def test_a_year_without_districts_draws_nothing(government: tuple[Answer, dict[int, Year]]) -> None:
    assert any("no data" in text for text in texts(figures.places(government[0], Year(2023, ()))))


# What is said of an appraisal


def test_the_conclusion_says_whether_the_first_place_is_certain(government: tuple[Answer, dict[int, Year]]) -> None:
    found, years = government
    said = {number: said_of_appraisal.conclusion(found, year) for number, year in years.items()}
    assert said[2020].endswith("that is too little to be certain")
    assert said[2021] == "2021: Xindu District is first with 92.00 points, 3.50 points ahead; that place is certain"
    tied = Year(2021, tuple(replace(one, place=1) for one in years[2021].standings[1:]))
    assert (
        said_of_appraisal.conclusion(found, tied)
        == "2021: Xiangdu District, Economic Development Zone share the first place with 88.50 points"
    )


def test_ties_and_moves_are_said_as_such(government: tuple[Answer, dict[int, Year]]) -> None:
    found, years = government
    first, second, _third = years[2021].standings
    assert said_of_appraisal.place(second) == "joint place 2"
    assert said_of_appraisal.change(first) == "＝ place unchanged"
    assert said_of_appraisal.change(second) == "▲ 1 place up"
    assert said_of_appraisal.change(years[2020].standings[0]) == "not appraised the year before"
    assert "neither is ahead" in said_of_appraisal.firmness(found, pairs(years[2021])[2])


def test_a_step_is_said_with_its_item_or_that_there_is_none(government: tuple[Answer, dict[int, Year]]) -> None:
    found, years = government
    first, second, third = years[2022].standings
    said = [
        said_of_appraisal.step(found, one, steps(years[2022], one.appraised.area)) for one in (first, second, third)
    ]
    assert said[0] == "Economic Development Zone: nobody is ahead"
    assert "“特殊教育” raised from 9 to 9.5 (full marks 10) would pass Economic Development Zone" in said[1]
    assert said[2].endswith("not even with full marks")


def test_a_lead_is_never_rounded_to_nothing(government: tuple[Answer, dict[int, Year]]) -> None:
    pair = pairs(government[1][2022])[0]
    assert said_of_appraisal.lead(pair) == "0.39 points"
    assert said_of_appraisal.lead(replace(pair, lead=Fraction(1, 1000))) == "less than 0.01 points"


def test_the_file_holds_every_item_with_its_loss(government: tuple[Answer, dict[int, Year]]) -> None:
    rows = said_of_appraisal.rows(tuple(government[1].values()), "government")
    assert len(rows) == 3 * (8 + 9 + 10) and all(len(row) == len(said_of_appraisal.COLUMNS) for row in rows)
    assert rows[0][:4] == [2022, "区级政府", "开发区", 1]


# Pay


def test_pay_is_stacked_by_component_and_an_incomplete_column_says_so(samples: Store) -> None:
    found = answers.answer(samples, "teacher_pay_ratio")
    rows = [one for one in incentives.pay(samples) if one.year == 2021]
    figure = figures.pay(found, rows)
    assert [trace.name for trace in figure.data] == ["Basic pay", "Allowances", "Performance", "Year-end bonus"]
    assert sum(trace.y[0] for trace in figure.data) == pytest.approx(float(rows[0].teacher.mean() or 0))
    assert "<b>?</b>" in list(texts(figure)) and any("no ratio" in text for text in texts(figure))
    assert title(figure) == (
        "2021: teachers earn less than civil servants in Xiangdu District; no verdict for Economic Development Zone"
    )


def test_pay_of_no_year_draws_nothing(samples: Store) -> None:
    assert any("no data" in text for text in texts(figures.pay(answers.answer(samples, "teacher_pay_ratio"), [])))


def test_a_ratio_that_just_misses_is_not_shown_as_met(samples: Store) -> None:
    found = answers.answer(samples, "teacher_pay_ratio")
    zone = next(one for one in incentives.pay(samples) if (one.year, one.area) == (2022, "开发区"))
    assert said_of_incentives.ratio(found, zone.verdicts()["all"]) == "0.999"
    assert said_of_incentives.short(zone) == "4.02 yuan a teacher and year; for 1,950 teachers 0.78 (10,000 yuan)"


def test_the_verdicts_dependence_on_the_definition_is_said(samples: Store) -> None:
    found = answers.answer(samples, "teacher_pay_ratio")
    rows = {(one.year, one.area): one for one in incentives.pay(samples)}
    words.use("zh_CN")
    assert said_of_incentives.depends(found, rows[2022, "信都区"]).startswith(
        "信都区的结论取决于口径：全部四项 1.006（达到）"
    )
    words.use("en")
    assert said_of_incentives.depends(found, rows[2022, "襄都区"]).endswith(
        "missed under every definition that can be computed"
    )
    assert "Civil servants: Allowances missing" in said_of_incentives.depends(found, rows[2021, "开发区"])


def test_the_course_of_a_ratio_has_decimals_on_its_axis(samples: Store) -> None:
    figure = figures.compared(answers.answer(samples, "teacher_pay_ratio"), "title")
    assert figure.layout.yaxis.tickformat == ",.2~f"
    assert [trace.name for trace in figure.data] == ["Xindu District", "Xiangdu District", "Economic Development Zone"]


# The foundation and the rewards


def test_a_foundations_columns_are_in_ten_thousand_yuan(samples: Store) -> None:
    figure = figures.books(answers.answer(samples, "foundation_balance"), "主城区")
    assert [list(trace.y)[-1] for trace in figure.data] == [386.4, 320.0, 574.05]


def test_books_and_rewards_say_what_is_unknown() -> None:
    books = Books("主城区", "示例", 2022, Decimal(5), Decimal(3), Decimal(10_000), None, None)
    assert said_of_incentives.checked(books).startswith("cannot be checked")
    assert said_of_incentives.checked(replace(books, expected=Decimal(0))) == "✕ 1.00 more than the books give (0.00)"
    assert said_of_incentives.checked(replace(books, expected=Decimal(10_000))) == "● agrees"
    assert said_of_incentives.paid(Reward(2022, "示例高中", "信都区", 500_000, None)) == "not reported"
    assert said_of_incentives.certified(_pay()) == "not dated"


def _pay() -> incentives.Pay:
    side = incentives.Side(None, dict.fromkeys(incentives.COMPONENTS))
    return incentives.Pay(2022, "信都区", None, side, side, "示例局", None)


def test_the_file_of_pay_has_a_row_an_area_year_and_definition(samples: Store) -> None:
    rows = said_of_incentives.pay_rows(incentives.pay(samples))
    assert len(rows) == 12 * len(incentives.pay_definitions())
    assert all(len(row) == len(said_of_incentives.PAY_COLUMNS) for row in rows)
    assert rows[-1][-1] == date(2020, 3, 4)
