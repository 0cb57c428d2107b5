"""Decisions and reports in words, in files and in charts, read by shapes, texts and traces."""

from dataclasses import replace
from datetime import date
from html import unescape

import plotly.graph_objects as go
import pytest

from data import words
from data.contract import contracts
from data.problem import Problem
from pages.display import decisions, entered, figures, report_calendar
from pages.display.figures import marked
from queries.decisions import Decision
from queries.report_calendar import Report
from tests.pages.display import made

DAY = date(2022, 6, 30)
NAMES = {made.XINDU: "Xindu District"}


def decision(code: str, taken: str, closed: str | None = None, due: str = "2021-12-31") -> Decision:
    return Decision(
        code, "inclusive_share", None, f"<b>{code}</b>", "=教育局", date.fromisoformat(due), date.fromisoformat(taken), None,
        date.fromisoformat(closed) if closed else None, "督查室" if closed else None, None, DAY, False,
    )  # fmt: skip


def report(due: str, published: str | None, ready: str | None = None) -> Report:
    days = [date.fromisoformat(one) if one else None for one in (ready, published)]
    return Report(2022, made.XINDU, "<i>报告</i>", "质量监测报告", "小学", None, date.fromisoformat(due), *days, DAY)


def course(*taken: Decision) -> go.Figure:
    return figures.trajectory(made.answer(), made.WHOLE, taken)


def lines(figure: go.Figure) -> list[float]:
    return [shape.x0 for shape in figure.layout.shapes if shape.name == marked.MARK]


def labels(figure: go.Figure) -> list[str]:
    return [one.text for one in figure.layout.annotations if one.name == marked.MARK]


# On the chart


def test_a_decision_is_an_upright_line_at_its_day_with_its_number() -> None:
    drawn = course(decision("D1", "2020-03-02"))
    assert lines(drawn) == [pytest.approx(2019.5, abs=0.01)]
    assert labels(drawn) == ["◆ decision 1"]
    [told] = [one.hovertext for one in drawn.layout.annotations if one.name == marked.MARK]
    assert "&lt;b&gt;D1" in told and "<b>" not in told


def test_decisions_that_lie_close_together_share_a_name_and_keep_their_lines() -> None:
    drawn = course(decision("D1", "2019-10-01"), decision("D2", "2019-11-01"), decision("D3", "2021-08-01"))
    assert len(lines(drawn)) == 3
    assert labels(drawn) == ["◆ decisions 1–2", "◆ 3"]


def test_the_axis_goes_on_for_a_decision_of_the_year_after_and_covers_no_other() -> None:
    before, after = (
        course(),
        course(decision("D1", "2016-01-01"), decision("D2", "2022-03-03"), decision("D3", "2026-01-01")),
    )
    assert lines(after) == [pytest.approx(2021.5, abs=0.01)]
    assert labels(after) == ["◆ decision 2"], "as it is numbered in the list"
    assert after.layout.xaxis.range[1] > lines(after)[0] > before.layout.xaxis.range[1]
    assert after.layout.xaxis.range[0] == before.layout.xaxis.range[0]


def test_without_decisions_nothing_changes() -> None:
    assert course() == figures.trajectory(made.answer(), made.WHOLE)
    assert course(decision("D1", "2016-01-01")) == course()


def test_the_names_stand_above_the_label_of_the_due_date() -> None:
    drawn = course(decision("D1", "2020-10-01"))
    due = next(one for one in drawn.layout.annotations if str(one.text).startswith("due "))
    own = next(one for one in drawn.layout.annotations if one.name == marked.MARK)
    assert (own.y, due.y, own.yanchor) == (1, 1, "bottom") and own.yshift > (due.yshift or 0) + 12
    assert drawn.layout.margin.t == course().layout.margin.t + marked.ROW


# In words


@pytest.mark.parametrize(
    ("one", "english", "chinese"),
    [
        (decision("D", "2021-03-15", due="2022-06-30"), "due today", "今日到期"),
        (decision("D", "2021-03-15", due="2022-07-01"), "1 day left", "还有 1 天"),
        (decision("D", "2021-03-15", due="2022-06-29"), "overdue by 1 day", "逾期 1 天"),
        (decision("D", "2021-03-15", "2021-12-31"), "closed in time", "按期办结"),
        (decision("D", "2021-03-15", "2022-01-02"), "closed, 2 days late", "已办结，晚 2 天"),
    ],
)
def test_how_a_decision_stands(one: Decision, english: str, chinese: str) -> None:
    assert decisions.standing(one) == english
    words.use("zh_CN")
    assert decisions.standing(one) == chinese


def test_sentences_over_several_decisions() -> None:
    late, soon = decision("A", "2021-03-15"), decision("B", "2021-03-15", due="2022-12-31")
    done = decision("C", "2021-03-15", "2021-06-30")
    assert decisions.summary([]) == "No decision has been noted yet."
    assert decisions.summary([done]) == "The one decision is closed."
    assert decisions.summary([done, soon]) == "Not closed: 1 of 2 decisions; none is overdue"
    assert decisions.summary([late, soon]) == "Not closed: 2 of 2 decisions; overdue: 1, the longest by 181 days"
    assert decisions.closed(done) == "closed on June 30, 2021 by 督查室" and decisions.closed(late) == ""


def test_two_decisions_of_a_day_have_codes_of_their_own() -> None:
    first, second = decisions.new_code(DAY), decisions.new_code(DAY)
    assert first != second and first.startswith("20220630-")


def test_a_file_has_a_cell_for_every_column() -> None:
    assert {len(row) for row in decisions.rows([decision("A", "2021-03-15")], NAMES)} == {len(decisions.columns())}
    assert {len(row) for row in report_calendar.rows([report("2022-01-01", None)], NAMES)} == {
        len(report_calendar.columns())
    }


# What is entered


def test_an_entry_is_one_line_of_a_file_as_it_was_written() -> None:
    contract = contracts()["decision"]
    row = {"decision_id": "D1", "task": "=补足\n学位", "due_on": date(2021, 8, 31), "area": None}
    header, line = entered.content(contract, row).decode("utf-8-sig").splitlines()
    cells = dict(zip(header.split(","), line.split(","), strict=True))
    assert (cells["Decision"], cells["Due on"], cells["Area"]) == ("=补足 学位", "2021-08-31", "")


def test_a_problem_belongs_to_the_field_of_its_column() -> None:
    found = [Problem(2, "Due on", "x", "y"), Problem(None, None, "x", "y"), Problem(2, "moon", "x", "y")]
    placed = entered.by_field(contracts()["decision"], found)
    assert {name: len(problems) for name, problems in placed.items()} == {"due_on": 1, "": 2}


# The calendar


REPORTS = [
    report("2022-01-10", "2022-01-09", "2022-01-07"),
    report("2022-02-10", "2022-02-12"),
    report("2022-03-10", None),
]


def calendar(*found: Report) -> go.Figure:
    title = report_calendar.summary(found, 2022)
    return figures.report_calendar_figure(found, title, "unit: days", NAMES, sample=False)


def test_the_calendar_draws_what_was_due_made_published_and_how_long_it_was_late() -> None:
    drawn = calendar(*REPORTS)
    by_name = {trace.name: trace for trace in drawn.data}
    assert list(by_name["due"].x) == ["2022-01-10", "2022-02-10", "2022-03-10"]
    assert list(by_name["made"].x) == ["2022-01-07"] and list(by_name["published"].x) == ["2022-01-09", "2022-02-12"]
    assert list(by_name["overdue"].x)[:2] == ["2022-02-10", "2022-02-12"]
    assert list(by_name["overdue"].x)[3:5] == ["2022-03-10", "2022-04-24"], "as far as the axis goes"
    texts = [unescape(str(one.text)) for one in drawn.layout.annotations]
    assert {"● published in time", "▼ 2 days late", "✕ 112 days late"} <= set(texts)
    assert all("<i>" not in str(one.text) for one in drawn.layout.annotations)
    assert all("<i>" not in text for text in by_name["Report"].text)


def test_the_calendars_title_is_its_conclusion() -> None:
    told = "2022: 1 of 3 reports that were due came in time, 1 late, 1 not at all"
    assert calendar(*REPORTS).layout.meta["title"] == told
    assert report_calendar.summary([*REPORTS, report("2022-12-31", None)], 2022) == f"{told}; 1 still to come"
    assert report_calendar.summary([report("2022-12-31", None)], 2022) == "2022: none of 1 planned reports is due yet"
    assert report_calendar.summary([], 2022) == "2022: no report is planned"


def test_a_calendar_without_reports_says_so() -> None:
    assert [one.text for one in calendar().layout.annotations if one.text == "no data"]


def test_what_is_made_and_waits_says_how_late_it_is() -> None:
    one = report("2022-06-10", None, "2022-06-01")
    assert report_calendar.standing(one) == "made, not published, 20 days late"
    assert report_calendar.standing(replace(one, due_on=DAY)) == "made, not published, due today"
