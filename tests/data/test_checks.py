"""Every rule of every contract: what breaks it is reported with row, column, cell and what was expected; what keeps it passes."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from data import checks, intake, words
from data.contract import Contract, Field, contracts
from data.problem import Problem
from data.store import Store

DATASETS = ["area", "institution", "enrolment", "population", "exam", "exam_result", "preschool_published"]
# The column whose value makes one row differ from the next, and the n-th such value.
KEYS = {
    "area": ("area", "示例区{}"),
    "institution": ("institution_id", "390600{}"),
    "enrolment": ("school_year", "{}"),
    "population": ("year", "{}"),
    "exam": ("exam_id", "2022-{}"),
    "exam_result": ("student_id", "2022{}"),
    "preschool_published": ("year", "{}"),
}
# Cut-offs may not rise from one to the next, so all of them are put on a limit together.
CUT_OFFS = ("excellent_share", "good_share", "pass_share", "low_share")
NO_SUCH = "没有这个"

Rows = list[dict[str, str]]


def example(contract: Contract, number: int = 0) -> dict[str, str]:
    """The contract's example row under the n-th key."""
    row = {field.name: str(field.example) for field in contract.fields}
    name, pattern = KEYS[contract.dataset]
    return {**row, name: pattern.format(2001 + number)}


def text(rows: Rows) -> str:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def problems(store: Store, dataset: str, file: str) -> list[Problem]:
    return list(intake.check(store, file.encode(), "file.csv", dataset).problems)


def breaking(contract: Contract, field: Field) -> Iterator[tuple[str, str, str]]:
    """Every cell that breaks one rule of a field, how it is shown, and what was expected."""
    yield from _of_the_wrong_type(field)
    limits = field.constraints
    if limits.required:
        yield "", "nothing", "a value; this column must not be empty"
    if limits.enum:
        yield NO_SUCH, NO_SUCH, "one of: " + ", ".join(limits.enum)
    if limits.minimum is not None:
        below = str(Decimal(_plain(limits.minimum)) - _step(field))
        yield below, below, f"{_plain(limits.minimum)} or more"
    if limits.maximum is not None:
        above = str(Decimal(_plain(limits.maximum)) + _step(field))
        yield above, above, f"{_plain(limits.maximum)} or less"
    if limits.maxLength is not None and not field.pseudonym and not _refers(contract, field):
        long = "长" * (limits.maxLength + 1)
        yield long, long, f"at most {limits.maxLength} characters"


def _of_the_wrong_type(field: Field) -> Iterator[tuple[str, str, str]]:
    expected = {
        "integer": "a whole number",
        "number": "a number with at most 4 decimals",
        "date": "a date such as 2020-09-01",
        "boolean": "one of: 是, 否",
    }
    cells = {
        "integer": ("12.5", "1e3", "1_000", "1,00", "十二", "12 3", "0x10", "NaN", "9" * 19),
        "number": ("1e3", "1_000", "1,00", "1.23456", "八", "inf", "NaN", "1.", "--1"),
        "date": ("2020-02-30", "2020-13-01", "2020", "20201301", "soon", "2020-09-01 10:00", "-2020-09-01"),
        "boolean": ("也许", "2", "Tr ue?"),
        "string": (),
    }
    for cell in cells[field.type]:
        yield cell, cell, expected[field.type]


def _step(field: Field) -> Decimal:
    return Decimal("0.0001") if field.type == "number" else Decimal(1)


def _plain(limit: float) -> str:
    return str(int(limit)) if limit == int(limit) else str(limit)


def _refers(contract: Contract, field: Field) -> bool:
    return any(field.name in key.fields for key in contract.foreignKeys)


@pytest.mark.parametrize("dataset", DATASETS)
def test_the_example_row_of_every_contract_passes(dataset: str, school_store: Store) -> None:
    assert problems(school_store, dataset, text([example(contracts()[dataset])])) == []


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_broken_rule_of_a_dataset_is_reported_in_its_row_and_all_at_once(
    dataset: str, school_store: Store
) -> None:
    contract = contracts()[dataset]
    rows: Rows = [example(contract)]
    expected: list[Problem] = []
    for field in contract.fields:
        for cell, found, rule in breaking(contract, field):
            rows.append({**example(contract, len(rows)), field.name: cell})
            expected.append(Problem(len(rows) + 1, field.name, found, rule))
    assert problems(school_store, dataset, text(rows)) == expected


@pytest.mark.parametrize("dataset", DATASETS)
def test_values_on_the_limits_pass(dataset: str, school_store: Store) -> None:
    contract = contracts()[dataset]
    rows: Rows = [example(contract)]
    for field in contract.fields:
        limits = field.constraints
        cells = [*limits.enum, *(_plain(limit) for limit in (limits.minimum, limits.maximum) if limit is not None)]
        if dataset == "exam_result" and field.name in ("score", "assigned_score"):
            cells = ["0", "150"]  # the paper's full marks are the limit
        if limits.maxLength is not None and not _refers(contract, field):
            # No exam is measured from itself or one of its day.
            cells.append(("远" if field.name == "entry_exam_id" else "长") * limits.maxLength)
        if not limits.required:
            cells.append("")
        together = CUT_OFFS if field.name in CUT_OFFS else (field.name,)
        rows += [
            {**example(contract, len(rows) + number), **dict.fromkeys(together, cell)}
            for number, cell in enumerate(cells)
        ]
    assert problems(school_store, dataset, text(rows)) == []


def test_a_row_with_two_faults_has_two_problems_in_the_files_own_headers(store: Store) -> None:
    file = "年份,区域,年龄,人口数\n2020,信都区,三岁,-5\n2020,信都区,4,17\n"
    assert problems(store, "population", file) == [
        Problem(2, "人口数", "-5", "0 or more"),
        Problem(2, "年龄", "三岁", "a whole number"),
    ]


def test_a_decimal_in_a_column_of_whole_numbers_is_refused_and_not_rounded(store: Store) -> None:
    assert problems(store, "population", "year,area,age,persons\n2020,信都区,3,12.5\n") == [
        Problem(2, "persons", "12.5", "a whole number")
    ]


def values(store: Store, dataset: str, header: str, rows: Iterator[str], field: str) -> list[object]:
    """The values of a field that the rows of a file without problems have."""
    checked = intake.check(store, "\n".join([header, *rows]).encode(), "file.csv", dataset)
    assert checked.problems == ()
    return [row[field] for row in checked.effect.first_rows]


def test_every_way_of_writing_a_date_is_the_same_day(store: Store) -> None:
    cells = ["2020-09-01", "2020/9/1", "2020年9月1日", "2020-9-1", "2020/09/01", "2020年09月01日", " 2020-09-01 "]
    rows = (f"示例区{number},district,{cell}" for number, cell in enumerate(cells))
    assert values(store, "area", "area,level,effective_from", rows, "effective_from") == [date(2020, 9, 1)] * len(cells)


def test_what_only_the_database_takes_for_a_date_is_refused(store: Store) -> None:
    cells = ["20-09-01", "0-1-1", "epoch", "infinity", "-infinity"]
    rows = [f"示例区{number},district,{cell}\n" for number, cell in enumerate(cells)]
    assert problems(store, "area", "area,level,effective_from\n" + "".join(rows)) == [
        Problem(row, "effective_from", cell, "a date such as 2020-09-01") for row, cell in enumerate(cells, start=2)
    ]


def test_a_whole_number_is_taken_as_it_is(store: Store) -> None:
    cells = {"0": 0, "+5": 5, "-0": 0, "007": 7, "100000000": 100_000_000, " 12 ": 12}
    rows = (f"2020,信都区,{age},{cell}" for age, cell in enumerate(cells))
    assert values(store, "population", "year,area,age,persons", rows, "persons") == list(cells.values())


def test_a_decimal_is_kept_exactly(store: Store) -> None:
    cells = ["84.74", "0", "85", "0.0001", "89.5500", "099.9"]
    rows = (f"河北省,{year},公报,{cell}" for year, cell in enumerate(cells, start=2001))
    header = "area,year,source,inclusive_share_pct"
    assert values(store, "preschool_published", header, rows, "inclusive_share_pct") == [
        Decimal(cell) for cell in cells
    ]


def test_an_empty_number_is_no_value_and_not_zero(store: Store) -> None:
    rows = (f"河北省,{year},公报,{cell}" for year, cell in enumerate(["", "-", "/", "  "], start=2001))
    assert values(store, "preschool_published", "area,year,source,children", rows, "children") == [None] * 4


def test_yes_and_no_have_many_spellings(store: Store) -> None:
    cells = {
        "是": True,
        "1": True,
        "true": True,
        "Y": True,
        "yes": True,
        "否": False,
        "0": False,
        "FALSE": False,
        "no": False,
    }
    rows = (f"{cell},2020-09-01,示例园,信都区,幼儿园,集体办,{cell}" for cell in cells)
    header = "institution_id,valid_from,name,area,kind,ownership,main_urban"
    assert values(store, "institution", header, rows, "main_urban") == list(cells.values())


def test_every_repeated_key_names_the_first_row_that_has_it(store: Store) -> None:
    file = "年份,区域,年龄,人口数\n2020,信都区,3,10\n2020,信都区,4,10\n2020,信都区,3,11\n2020,襄都区,3,10\n2020,信都区,3,10\n"
    assert problems(store, "population", file) == [
        Problem(4, "年份+区域+年龄", "2020 信都区 3: the same as in row 2", "each key once"),
        Problem(6, "年份+区域+年龄", "2020 信都区 3: the same as in row 2", "each key once"),
    ]


def test_a_key_repeated_in_another_spelling_is_found(store: Store) -> None:
    file = "年份,区域,年龄,人口数\n2020,信都区,3,10\n+2020, 信都区 ,03,10\n"
    assert [problem.row for problem in problems(store, "population", file)] == [3]


def test_rows_without_a_whole_key_are_reported_as_empty_only(store: Store) -> None:
    file = "year,area,age,persons\n,信都区,3,10\n,信都区,3,10\n"
    assert [(problem.row, problem.found) for problem in problems(store, "population", file)] == [
        (2, "nothing"),
        (3, "nothing"),
    ]


def test_an_unknown_area_is_reported_with_the_areas_that_exist(store: Store) -> None:
    (problem,) = problems(store, "population", "year,area,age,persons\n2020,信都县,3,10\n2020,信都区,3,10\n")
    assert (problem.row, problem.column, problem.found) == (2, "area", "信都县")
    assert problem.expected.startswith("one of: ")
    assert set(problem.expected.removeprefix("one of: ").split(", ")) == {
        "全国", "河北省", "邢台市", "主城区", "信都区", "襄都区", "开发区", "桥西区", "桥东区",
    }  # fmt: skip


def test_a_reference_to_a_long_list_names_the_dataset(store: Store) -> None:
    rows = "".join(f"区{number},district\n" for number in range(20))
    intake.publish(store, ("area,level\n" + rows).encode(), "area.csv", "area", by="test")
    (problem,) = problems(store, "population", "year,area,age,persons\n2020,信都县,3,10\n")
    assert problem.expected == "a code that “Areas” has; publish that dataset first"


def test_a_reference_to_a_dataset_without_rows_says_what_to_publish_first(store: Store) -> None:
    (problem,) = problems(store, "enrolment", "学年,学校代码,学段,学生数\n2020,3905000123,学前,10\n")
    assert (problem.row, problem.column, problem.found) == (2, "学校代码", "3905000123")
    assert problem.expected == "a code that “Schools and kindergartens” has; publish that dataset first"


def test_a_reference_over_two_columns_must_hold_for_both_together(school_store: Store) -> None:
    file = (
        "考试代码,科目,学号,学校代码,分数\n"
        "2021-11-G3,数学,1,3905000456,90\n2021-11-G3,物理,1,3905000456,90\n2021-12-G3,数学,1,3905000456,90\n"
    )  # fmt: skip
    found = problems(school_store, "exam_result", file)
    assert [(problem.row, problem.column, problem.found) for problem in found] == [
        (3, "考试代码+科目", "2021-11-G3 物理"),
        (4, "考试代码+科目", "2021-12-G3 数学"),
    ]
    assert {problem.expected for problem in found} == {"one of: 2021-11-G3 数学, 2021-11-G3 语文"}


def test_a_row_may_refer_to_another_row_of_its_own_file_in_any_order(store: Store) -> None:
    file = "区域,层级,上级区域\n示例街道,zone,示例区\n示例区,district,邢台市\n"
    assert problems(store, "area", file) == []
    (problem,) = problems(store, "area", file + "另一街道,zone,另一区\n")
    assert (problem.row, problem.column, problem.found) == (4, "上级区域", "另一区")


def test_an_empty_key_hides_no_unknown_reference_of_another_row(store: Store) -> None:
    found = problems(store, "area", "area,level,parent\n,district,邢台市\n示例区,district,没有的市\n")
    assert [(problem.row, problem.column, problem.found) for problem in found] == [
        (2, "area", "nothing"),
        (3, "parent", "没有的市"),
    ]


def test_an_optional_reference_may_be_empty(store: Store) -> None:
    assert problems(store, "area", "area,level,parent,successor\n示例区,district,,\n") == []


def test_problems_stand_in_the_order_of_rows(store: Store) -> None:
    rows = "".join(f"2020,信都区,{age},-1\n" if age % 2 else f"2020,没有,{age},1\n" for age in range(12))
    found = problems(store, "population", "year,area,age,persons\n" + rows)
    assert [problem.row for problem in found] == list(range(2, 14))


def test_a_rule_broken_very_often_lists_the_first_rows_and_counts_the_rest(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "LISTED_PER_RULE", 2)
    rows = "".join(f"2020,信都区,{age},-1\n" for age in range(5))
    found = problems(store, "population", "year,area,age,persons\n" + rows)
    assert {(problem.row, problem.found) for problem in found} == {
        (None, "3 more rows like this"),
        (2, "-1"),
        (3, "-1"),
    }


def test_a_single_row_beyond_the_listed_ones_is_counted_in_the_singular(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "LISTED_PER_RULE", 1)
    repeated = "year,area,age,persons\n" + "2020,信都区,3,1\n" * 3
    dangling = "year,area,age,persons\n2020,甲,3,1\n2020,乙,3,1\n"
    for file in (repeated, dangling):
        assert {(problem.row is None, problem.found) for problem in problems(store, "population", file)} >= {
            (True, "1 more row like this")
        }


def test_problems_speak_chinese_to_a_chinese_reader(store: Store) -> None:
    words.use("zh_CN")
    (problem,) = problems(store, "area", "area,level\n示例区,县\n")
    assert problem.expected.endswith("plan_area、district、zone、city、province、nation")
