"""Files of decisions and of reports with faults: each is named at its cell, in words that the reader understands."""

import pytest

from data import intake, words
from data.contract import Constraints, contracts
from data.store import Store
from queries.catalogue import catalogue

HEADER = "督办编号,指标代码,督办内容,责任单位,完成时限,决定日期,办结日期,办结确认人\n"
GOOD = ["D1", "inclusive_share", "=1+1 补足学位", "襄都区教育局", "2021-08-31", "2021-03-15", "2021-08-25", "督查室"]
COLUMNS = HEADER.strip().split(",")


def faults(store: Store, **changed: str) -> list[tuple[str | None, str, str]]:
    cells = [changed.get(column, cell) for column, cell in zip(COLUMNS, GOOD, strict=True)]
    found = intake.check(store, (HEADER + ",".join(cells) + "\n").encode(), "d.csv", "decision")
    return [(one.column, one.found, one.expected) for one in found.problems]


def test_a_whole_row_is_fine_and_so_is_one_that_is_not_closed(store: Store) -> None:
    assert faults(store) == []
    assert faults(store, 办结日期="", 办结确认人="") == []


@pytest.mark.parametrize(
    ("column", "cell", "found", "expected"),
    [
        ("指标代码", "moonshine", "moonshine", "the code of an indicator of the data dictionary"),
        ("指标代码", "", "nothing", "a value; this column must not be empty"),
        ("督办内容", "", "nothing", "a value; this column must not be empty"),
        ("督办内容", "字" * 301, "字" * 301, "at most 300 characters"),
        ("责任单位", "", "nothing", "a value; this column must not be empty"),
        ("完成时限", "下个月", "下个月", "a date such as 2020-09-01"),
        ("完成时限", "2021-03-14", "due on 2021-03-14", "not before it was decided, 2021-03-15"),
        ("办结日期", "2021-03-14", "closed on 2021-03-14", "not before it was decided, 2021-03-15"),
        ("办结确认人", "", "only one of the day on which it was closed and who closed it", "both of them, or neither"),
    ],
)
def test_a_fault_is_named_at_its_cell(column: str, cell: str, found: str, expected: str, store: Store) -> None:
    assert faults(store, **{column: cell}) == [(column, found, expected)]


def test_an_unknown_indicator_is_said_in_the_readers_language(store: Store) -> None:
    words.use("zh_CN")
    assert faults(store, 指标代码="moonshine") == [("指标代码", "moonshine", "数据字典中的指标代码")]


def test_an_unknown_area_is_a_fault(store: Store) -> None:
    header, cells = HEADER.strip() + ",区域", ",".join([*GOOD, "火星"])
    [one] = intake.check(store, f"{header}\n{cells}\n".encode(), "d.csv", "decision").problems
    assert (one.column, one.found) == ("区域", "火星")


def test_the_indicators_of_the_contract_are_those_of_the_catalogue() -> None:
    assert set(contracts()["decision"].field("indicator").constraints.enum) == set(catalogue())


def test_a_folder_of_names_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="has no folders"):
        Constraints.model_validate({"folder": {"path": "queries/nowhere", "called": {"zh": "码", "en": "a code"}}})


def test_a_report_is_not_published_before_it_is_made(store: Store) -> None:
    text = "year,area,report,kind,due_on,made_on,published_on\n2021,信都区,报告,质量监测报告,2021-12-10,2021-12-02,2021-12-01\n"
    [one] = intake.check(store, text.encode(), "r.csv", "monitoring_report").problems
    assert (one.column, one.found) == ("made_on", "made on 2021-12-02")
