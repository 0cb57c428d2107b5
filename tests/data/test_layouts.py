"""The layouts of real files: what a careful person reads without doubt is read, and whatever is left out is said."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from data import intake
from data.contract import contracts
from data.intake import Checked, Said
from data.mapping import Columns
from data.store import Store, withdraw
from tests.conftest import Publish
from tests.data.books import csv_text, xlsx

EXAM10 = Path(__file__).parent / "files" / "exam10.csv"
E1 = Said(set={"exam_id": "E1"}, accept=True)
LONG = [
    ["学号", "学校", "科目", "分数"],
    ["007", "第一示例高中", "数学", 118.5],
    ["008", "第一示例高中", "外语", "缺考"],
]
POPULATION = [["年份", "区域", "年龄", "人口数"], [2020, "信都区", 3, 5120], [2020, "襄都区", 3, 4880]]


@pytest.fixture
def exam_store(store: Store, publish: Publish) -> Store:
    publish(
        "institution",
        "学校代码,生效日期,学校名称,所在区,学校类别,办别,是否主城区\nS1,2015-09-01,第一示例高中,襄都区,高中,教育部门办,是\n",
    )
    papers = "".join(
        f"E1,{subject},联考,2021-11-12,高中,高三,150\n" for subject in ("语文", "数学", "英语", "化学", "物理")
    )
    publish("exam", "考试代码,科目,考试名称,考试日期,学段,年级,满分\n" + papers)
    return store


def results(store: Store) -> list[tuple[Any, ...]]:
    with store.reading() as cursor:
        return cursor.execute(
            "select subject, class, score, score_state, assigned_score, level from exam_result order by subject, line"
        ).fetchall()


def done(store: Store, content: bytes, name: str = "成绩.xlsx", said: Said = E1) -> Checked:
    checked = intake.publish(store, content, name, by="test", said=said)
    assert (checked.problems, checked.upload is not None) == ((), True)
    return checked


def said_of(checked: Checked) -> list[tuple[int | None, str]]:
    return [(note.row, note.done) for note in checked.notes]


def test_the_ten_pupils_of_a_school_are_read(exam_store: Store) -> None:
    checked = intake.check(exam_store, EXAM10.read_bytes(), "exam10.csv")
    assert (checked.dataset, checked.missing, checked.dropped) == ("exam_result", ("exam_id",), ("姓名",))
    (problem,) = checked.problems
    assert problem.expected == "a column “Exam code”, or one value for the whole file"
    checked = intake.check(exam_store, EXAM10.read_bytes(), "exam10.csv", said=Said(set={"exam_id": "E1"}))
    assert (checked.problems, checked.rows, [one.rule for one in checked.warnings]) == ((), 30, ["stands_in"])
    assert checked.columns is not None and checked.columns.columns == {
        "考号": "student_id", "姓名": None, "学校": "institution_id", "班级": "class",
        "语文": "score@语文", "数学": "score@数学", "英语": "score@英语", "总分": None,
    }  # fmt: skip
    done(exam_store, EXAM10.read_bytes(), "exam10.csv")
    scores = {
        subject: [row[2] for row in results(exam_store) if row[0] == subject] for subject in ("语文", "数学", "英语")
    }
    assert {subject: sum(found) / 10 for subject, found in scores.items()} == {
        "语文": Decimal("102.5"),
        "数学": Decimal("96.5"),
        "英语": Decimal("101.5"),
    }


def test_a_long_sheet_is_read(exam_store: Store) -> None:
    done(exam_store, xlsx({"Sheet1": LONG}))
    assert results(exam_store) == [
        ("数学", None, Decimal("118.5"), "recorded", None, None),
        ("英语", None, None, "absent", None, None),
    ]


def test_a_title_above_and_totals_and_remarks_below_are_passed_over_and_said(exam_store: Store) -> None:
    rows = [
        ["2021年11月联考成绩表"],
        [],
        *LONG,
        ["合计", "", "", 118.5],
        ["注：缺考不计"],
        ["填表人：王某", "", "审核：李某"],
    ]
    checked = done(exam_store, xlsx({"Sheet1": rows}))
    assert len(results(exam_store)) == 2
    assert said_of(checked)[:4] == [
        (1, "passed over: a title above the header"),
        (6, "passed over: a row that adds up others"),
        (7, "passed over: a remark below the data"),
        (8, "passed over: a remark below the data"),
    ]


def test_two_header_rows_with_merged_cells_are_one_header(exam_store: Store) -> None:
    rows = [
        ["学号", "姓名", "学校", "班级", "", "", "", "", "", "总分"],
        ["", "", "", "", "原始分", "赋分", "等级", "班名次", "原始分", ""],
        ["007", "甲", "第一示例高中", "高三(1)班", 80, 86, "B", 1, 90, 384],
        ["008", "乙", "第一示例高中", "高三(1)班", "/", "", "", "", 88.5, 88.5],
    ]
    merged = [(0, 4, 0, 7, "化学"), *((0, column, 1, column, rows[0][column]) for column in (0, 1, 2, 3, 9))]
    rows[0][8] = "物理"
    checked = done(exam_store, xlsx({"Sheet1": rows}, merged))
    assert results(exam_store) == [
        ("化学", "高三(1)班", Decimal(80), "recorded", Decimal(86), "B"),
        ("化学", "高三(1)班", None, "missing", None, None),
        ("物理", "高三(1)班", Decimal(90), "recorded", None, None),
        ("物理", "高三(1)班", Decimal("88.5"), "recorded", None, None),
    ]
    assert checked.columns is not None
    assert (checked.columns.columns["化学/班名次"], checked.columns.columns["总分"]) == (None, None)


def test_two_header_rows_of_a_csv_file_are_one_header(exam_store: Store) -> None:
    rows = [
        ["学号", "学校", "化学", "", "物理", ""],
        ["", "", "原始分", "赋分", "原始分", "赋分"],
        ["007", "S1", 80, 86, 70, 75],
    ]
    done(exam_store, csv_text(rows), "成绩.csv")
    assert [(row[0], row[2], row[4]) for row in results(exam_store)] == [
        ("化学", Decimal(80), Decimal(86)),
        ("物理", Decimal(70), Decimal(75)),
    ]


@pytest.mark.parametrize("header", ["化学(赋分)", "化学（赋分）", "化学赋分", "化赋", "化学 赋分成绩", "化学_等级分"])
def test_raw_and_assigned_columns_are_told_apart(header: str, exam_store: Store) -> None:
    done(exam_store, csv_text([["学号", "学校", "化学", header], ["007", "S1", 80, 86]]), "成绩.csv")
    assert [(row[0], row[2], row[4]) for row in results(exam_store)] == [("化学", Decimal(80), Decimal(86))]


@pytest.mark.parametrize(
    "header",
    [
        "总分",
        "总成绩",
        "班次",
        "班名次",
        "校次",
        "级名次",
        "联考排名",
        "全市排名",
        "平均分",
        "标准分",
        "百分位",
        "语文名次",
        "数学校次",
    ],
)
def test_a_derived_column_never_becomes_a_subject(header: str, exam_store: Store) -> None:
    checked = done(exam_store, csv_text([["学号", "学校", "语文", header], ["007", "S1", 80, 3]]), "成绩.csv")
    assert (checked.columns and checked.columns.columns[header], checked.rows) == (None, 1)
    assert [note.column for note in checked.notes if "computed" in note.done] == [header]


def test_a_candidates_number_gives_way_to_the_pupils_own_code(exam_store: Store) -> None:
    checked = done(exam_store, csv_text([["考号", "学号", "学校", "语文"], ["K1", "007", "S1", 80]]), "成绩.csv")
    assert checked.columns is not None
    assert (checked.columns.columns["学号"], checked.columns.columns.get("考号")) == ("student_id", None)


def test_a_table_without_a_header_asks_what_its_columns_are(exam_store: Store) -> None:
    content = csv_text([["007", "S1", "数学", 118], ["008", "S1", "数学", 120]])
    checked = intake.check(exam_store, content, "成绩.csv", "exam_result", said=Said(set={"exam_id": "E1"}))
    assert checked.open == ("#1", "#2", "#3", "#4")
    assert checked.samples["#4"] == ("118", "120")
    assert checked.columns is not None
    columns = {"#1": "student_id", "#2": "institution_id", "#3": "subject", "#4": "score"}
    said = Said(checked.columns.model_copy(update={"columns": columns}), {"exam_id": "E1"})
    done(exam_store, content, "成绩.csv", said)
    with exam_store.reading() as cursor:
        assert cursor.execute("select line, score from exam_result order by line").fetchall() == [
            (1, Decimal(118)),
            (2, Decimal(120)),
        ]


def test_a_mapping_is_remembered_for_the_next_file_with_the_same_header(exam_store: Store) -> None:
    def file(score: int) -> bytes:
        return csv_text([["编码", "学校", "科目名", "成绩"], ["007", "S1", "数学", score]])

    checked = intake.check(exam_store, file(90), "一.csv", "exam_result")
    assert (set(checked.open), checked.remembered) == ({"编码", "科目名"}, None)
    assert checked.columns is not None
    columns = {**checked.columns.columns, "编码": "student_id", "科目名": "subject"}
    first = done(
        exam_store, file(90), "一.csv", Said(checked.columns.model_copy(update={"columns": columns}), {"exam_id": "E1"})
    )
    again = intake.check(exam_store, file(95), "二.csv", "exam_result", said=Said(set={"exam_id": "E1"}))
    assert (again.problems, again.open, again.remembered) == ((), (), first.upload)
    assert again.certain
    # The exam held for that one file only.
    assert intake.check(exam_store, file(95), "二.csv", "exam_result").missing == ("exam_id",)


def test_headers_with_spaces_line_breaks_and_units_are_known(store: Store) -> None:
    rows = [["统计\n年度", "区 域", "年龄（岁）", "人口数(万人)"], [2020, "信都区", "３", 0.512]]
    checked = done(store, xlsx({"Sheet1": rows}), said=Said())
    with store.reading() as cursor:
        assert cursor.execute("select age, persons from population").fetchall() == [(3, 5120)]
    assert "every number is multiplied by 10000" in [note.done for note in checked.notes]


def test_blank_rows_and_columns_are_no_data(store: Store) -> None:
    rows = [[], ["", *POPULATION[0][:2], "", *POPULATION[0][2:]], [], ["", *POPULATION[1][:2], "", *POPULATION[1][2:]]]
    assert done(store, xlsx({"Sheet1": rows}), said=Said()).rows == 1
    with store.reading() as cursor:
        assert cursor.execute("select line, persons from population").fetchall() == [(4, 5120)]


def test_text_that_was_merged_downwards_holds_for_each_of_its_rows(store: Store) -> None:
    rows = [POPULATION[0], [2020, "", 3, 5120], [2020, "", 4, 5000]]
    checked = done(store, xlsx({"Sheet1": rows}, [(1, 1, 2, 1, "信都区")]), said=Said())
    with store.reading() as cursor:
        assert cursor.execute("select area, age from population order by age").fetchall() == [
            ("信都区", 3),
            ("信都区", 4),
        ]
    assert "their text is read in each of their rows" in [note.done for note in checked.notes]


@pytest.mark.parametrize(("total", "warned"), [(10000, []), (9999, ["total"])])
def test_a_total_that_is_not_the_sum_of_its_column_is_a_warning(total: int, warned: list[str], store: Store) -> None:
    checked = intake.check(store, xlsx({"Sheet1": [*POPULATION, ["合计", "", "", total]]}), "人口.xlsx")
    assert (checked.problems, [one.rule for one in checked.warnings]) == ((), warned)
    if warned:
        (warning,) = checked.warnings
        assert (warning.row, warning.column, warning.found, warning.expected) == (
            4, "人口数", "a total of 9999", "10000, the sum of the rows above it",
        )  # fmt: skip


def test_an_average_below_the_data_is_no_total(store: Store) -> None:
    checked = intake.check(store, xlsx({"Sheet1": [*POPULATION, ["平均", "", "", 5000]]}), "人口.xlsx")
    assert (checked.problems, checked.warnings, checked.rows) == ((), (), 2)


@pytest.mark.parametrize("cell", ["1.23E+11", "1.30502E+17"])
def test_a_code_that_a_spreadsheet_cut_short_is_refused(cell: str, exam_store: Store) -> None:
    content = csv_text([["学号", "学校代码", "科目", "分数"], [cell, "S1", "数学", 90]])
    (problem,) = intake.check(exam_store, content, "成绩.csv", said=E1).problems
    assert (problem.row, problem.column, problem.found) == (2, "学号", cell)
    assert "text" in problem.expected


def test_a_long_code_that_excel_holds_as_a_number_is_refused(exam_store: Store) -> None:
    rows = [["学号", "学校代码", "科目", "分数"], [130502199901011234, "S1", "数学", 90]]
    (problem,) = intake.check(exam_store, xlsx({"Sheet1": rows}), "成绩.xlsx", said=E1).problems
    assert (problem.row, problem.found) == (2, "1.30502E+17")


@pytest.mark.parametrize("cell", ["11010519491231002X", "13800000000"])
def test_a_number_that_leads_to_a_person_is_refused_and_not_repeated(cell: str, exam_store: Store) -> None:
    content = csv_text([["学号", "学校代码", "班级", "科目", "分数"], ["007", "S1", cell, "数学", 90]])
    (problem,) = intake.check(exam_store, content, "成绩.csv", said=E1).problems
    assert (problem.row, problem.column, problem.found) == (2, "班级", "an identity or telephone number")


def test_whatever_was_read_otherwise_is_listed_once_for_each_text(store: Store) -> None:
    rows = [*POPULATION, ["2020年", "信都区", 4, "5,000"], ["2020年", "信都区", 5, "５０００"]]
    checked = intake.check(store, csv_text([[f'"{cell}"' for cell in row] for row in rows]), "人口.csv")
    assert [(note.row, note.column, note.found, note.done) for note in checked.notes] == [
        (4, "年份", "2020年", "read as 2020 (2 cells)"),
        (4, "人口数", "5,000", "read as 5000 (1 cell)"),
        (5, "人口数", "５０００", "read as 5000 (1 cell)"),
    ]


def test_problems_of_a_wide_sheet_name_the_column_of_the_subject(exam_store: Store) -> None:
    content = csv_text([["学号", "学校", "语文", "数学"], ["007", "S1", 80, "作弊"], ["008", "S1", 151, 90]])
    found = intake.check(exam_store, content, "成绩.csv", said=E1).problems
    assert [(problem.row, problem.column, problem.found) for problem in found] == [(2, "数学", "作弊")]
    content = csv_text([["学号", "学校", "语文"], ["008", "S1", 151]])
    (problem,) = intake.check(exam_store, content, "成绩.csv", said=E1).problems
    assert (problem.row, problem.column) == (2, "语文")


def test_what_is_wrong_with_the_whole_file_is_said_once(exam_store: Store) -> None:
    rows = [["学号", "学校", "地理"], *([f"{number:03}", "S1", 80] for number in range(50))]
    found = intake.check(exam_store, csv_text(rows), "成绩.csv", said=E1).problems
    assert [(problem.row, problem.found) for problem in found] == [(None, "E1 地理")]


def test_a_column_that_nobody_knows_must_be_given_a_meaning_or_left_out(store: Store) -> None:
    content = csv_text([[*POPULATION[0], "备注栏"], [*POPULATION[1], "甲"]])
    checked = intake.check(store, content, "人口.csv")
    assert (checked.open, len(checked.problems)) == (("备注栏",), 1)
    assert checked.columns is not None
    columns = checked.columns.model_copy(update={"columns": {**checked.columns.columns, "备注栏": None}})
    assert intake.check(store, content, "人口.csv", said=Said(columns)).problems == ()


def test_a_mapping_that_names_no_field_is_a_problem(store: Store) -> None:
    checked = intake.check(store, csv_text(POPULATION), "人口.csv")
    assert checked.columns is not None
    columns = checked.columns.model_copy(update={"columns": {**checked.columns.columns, "年龄": "no_such"}})
    found = intake.check(store, csv_text(POPULATION), "人口.csv", said=Said(columns)).problems
    assert "no_such" in {problem.column for problem in found}


def test_every_contract_can_be_mapped_by_its_own_field_names(store: Store) -> None:
    for name, contract in contracts().items():
        content = csv_text([[field.name for field in contract.fields]])
        assert intake.check(store, content, "f.csv", name).open == ()


def test_a_mapping_of_a_table_without_a_header_is_not_remembered(exam_store: Store) -> None:
    """Its columns are known by their places only, and the next file's may hold names there."""
    first = csv_text([["007", "S1", "数学", 118], ["008", "S1", "数学", 120]])
    checked = intake.check(exam_store, first, "一.csv", "exam_result", said=E1)
    assert checked.columns is not None
    columns = {"#1": "student_id", "#2": "institution_id", "#3": "subject", "#4": "score"}
    done(exam_store, first, "一.csv", Said(checked.columns.model_copy(update={"columns": columns}), E1.set))
    second = csv_text([["张三", "S1", "数学", 118], ["李四", "S1", "数学", 120]])
    again = intake.check(exam_store, second, "二.csv", "exam_result", said=E1)
    assert (again.remembered, again.open) == (None, ("#1", "#2", "#3", "#4"))


def test_a_mapping_is_remembered_of_uploads_that_count_only_and_tells_the_dataset(store: Store) -> None:
    rows = [["甲", "乙", "丙", "丁"], [2020, "信都区", 3, 5120]]
    assert intake.check(store, csv_text(rows), "一.csv").dataset is None
    columns = Columns(dataset="population", columns={"甲": "year", "乙": "area", "丙": "age", "丁": "persons"})
    upload = done(store, csv_text(rows), "一.csv", Said(columns)).upload
    assert upload is not None
    rows[1][3] = 5000
    again = intake.check(store, csv_text(rows), "二.csv")
    assert (again.dataset, again.remembered, again.problems) == ("population", upload, ())
    withdraw(store, upload, "test")
    assert intake.check(store, csv_text(rows), "二.csv").dataset is None


def test_a_column_that_a_mapping_names_and_the_file_lacks_is_a_problem(store: Store) -> None:
    columns = Columns(dataset="population", columns={"人囗数": "persons"})
    (problem,) = intake.check(store, csv_text(POPULATION), "一.csv", said=Said(columns)).problems
    assert (problem.column, problem.found) == ("人囗数", "a column that the file does not have")


AREAS = [["area", "name_en", "level"], ["新区", "New District", "district"]]
ITS_POPULATION = [POPULATION[0], [2020, "新区", 3, 5120]]


@pytest.mark.parametrize("look", [True, False], ids=["check", "publish"])
def test_of_all_tables_those_that_others_refer_to_come_first(look: bool, store: Store) -> None:
    content = xlsx({"人口": ITS_POPULATION, "区": AREAS})
    every = (
        intake.check_all(store, content, "f.xlsx") if look else intake.publish_all(store, content, "f.xlsx", by="test")
    )
    assert [(one.sheet, one.problems, one.notes, one.upload is None) for one in every] == [
        ("区", (), (), look), ("人口", (), (), look),
    ]  # fmt: skip
    assert [one.effect.new for one in every] == [1, 1]
    with store.reading() as cursor:
        assert cursor.execute("select count(*) from population").fetchall() == [(0 if look else 1,)]


@pytest.mark.parametrize("look", [True, False], ids=["check", "publish"])
def test_two_tables_of_a_file_with_the_same_key_are_told_of(look: bool, store: Store) -> None:
    content = xlsx({"甲": POPULATION, "乙": [POPULATION[0], [*POPULATION[1][:3], 900]]})
    every = (
        intake.check_all(store, content, "f.xlsx")
        if look
        else intake.publish_all(store, content, "f.xlsx", by="test", said=Said(accept=True))
    )
    assert every[0].problems == ()
    (problem,) = every[1].problems
    assert (problem.row, problem.found.endswith("the same as in row 2 of “甲”")) == (2, True)
    assert [one.upload for one in every] == [None, None]


def test_several_tables_of_a_dataset_cannot_replace_the_same_rows(store: Store) -> None:
    content = xlsx({"甲": POPULATION, "乙": [POPULATION[0], [2020, "襄都区", 3, 900]]})
    said = Said(replace={"year": "2020"})
    every = intake.publish_all(store, content, "f.xlsx", by="test", said=said)
    assert [one.upload for one in every] == [None, None]
    assert "replace the same rows: 甲" in every[1].problems[0].found
