"""Estate kindergartens and open cases in words."""

from datetime import date

import pytest

from data import words
from pages.display import preschool, tables
from queries.preschool import Estate, EstateState, OpenCases
from tests.pages.display import made


def estate(state: EstateState, days: int | None = None, **changes: object) -> Estate:
    values = {"places": 270, "due_on": date(2020, 6, 30), "built_on": None, "handover_due_on": None, "use": None}
    return Estate("信都区", "示例<b>小区", handed_over_on=None, state=state, days_overdue=days, **values | changes)  # type: ignore[arg-type]


def case(period: int, found: int, rectified: int, name: str = "示例园") -> OpenCases:
    return OpenCases(period, name, name, "信都区", None, found, rectified)


def test_open_estates_are_counted_by_what_is_open() -> None:
    found = [estate(EstateState.NOT_BUILT, 1), estate(EstateState.NOT_BUILT, 2), estate(EstateState.NO_DUE_DATE)]
    assert preschool.estates(found) == "not built 2, no due date: not required yet 1"
    assert preschool.estates([]) == "No estate kindergarten has anything open."


@pytest.mark.parametrize(("days", "text"), [(1, "1 day"), (1_234, "1,234 days"), (None, "—")])
def test_days_overdue(days: int | None, text: str) -> None:
    assert preschool.overdue(estate(EstateState.NOT_BUILT, days)) == text


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_state_and_use_has_a_word(language: str) -> None:
    words.use(language)
    for state in EstateState:
        one = estate(state, use="其他")
        assert preschool.state(one) and preschool.colour(one).startswith("#")
        assert (preschool.use(one) == "其他") == (language == "zh_CN")


def test_open_cases_are_counted_and_those_of_past_terms_apart() -> None:
    found = [case(20221, 3, 1), case(20212, 2, 1), case(20212, 1, 0, "示例二园")]
    assert preschool.cases(found, date(2022, 12, 31)) == (
        "4 cases are not put right, in 2 kindergartens; 2 of terms that are over"
    )
    assert preschool.cases([], date(2022, 12, 31)).startswith("Every case")


def test_names_from_outside_stay_text() -> None:
    answer = made.answer()
    text = tables.render("estates.html", answer=answer, estates=[estate(EstateState.NOT_BUILT, 3)], words=preschool)
    assert "示例&lt;b&gt;小区" in text
    text = tables.render(
        "open_cases.html", answer=answer, cases=[case(20221, 3, 1, "<i>")], today=date(2022, 12, 31), words=preschool
    )
    assert "&lt;i&gt;" in text


def test_files_have_a_value_for_every_column() -> None:
    assert len(preschool.estate_rows([estate(EstateState.NOT_BUILT, 3)])[0]) == len(preschool.ESTATE_COLUMNS)
    assert len(preschool.case_rows([case(20221, 3, 1)])[0]) == len(preschool.CASE_COLUMNS)
