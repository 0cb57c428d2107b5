"""The layouts of real files: what a careful person reads without doubt is read, and whatever is left out is said."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from data import intake
from data.contract import contracts
from data.intake import Checked, Said
from data.mapping import Columns
from data.reading import read
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


def columns_of(checked: Checked) -> dict[str, str | None]:
    assert checked.columns is not None
    return checked.columns.columns


def merged_heads(*heads: str) -> list[tuple[int, int, int, int, str]]:
    return [(0, column, 1, column, head) for column, head in enumerate(heads)]


def test_what_stands_below_a_computed_column_is_left_out_and_never_becomes_a_mark(exam_store: Store) -> None:
    heads = merged_heads("学号", "姓名", "学校", "语文", "数学")
    rows = [[], ["", "", "", "", "", "赋分", "班名次"], ["007", "甲", "第一示例高中", 80, 90, 170, 1]]
    checked = done(exam_store, xlsx({"a": rows}, [*heads, (0, 5, 0, 6, "总分")]))
    assert [(row[0], row[2], row[4]) for row in results(exam_store)] == [
        ("数学", Decimal(90), None),
        ("语文", Decimal(80), None),
    ]
    left = [note.column for note in checked.notes if "computed" in note.done]
    assert left == ["总分/赋分", "总分/班名次"]


def test_a_subject_keeps_its_own_assigned_mark_beside_a_computed_one(exam_store: Store) -> None:
    heads = merged_heads("学号", "学校", "语文")
    rows = [[], ["", "", "", "原始分", "赋分", "分数", "等级", "班名次"], ["007", "S1", 80, 90, 95, 175, "A", 1]]
    checked = done(exam_store, xlsx({"a": rows}, [*heads, (0, 3, 0, 4, "化学"), (0, 5, 0, 7, "总分")]))
    assert [(row[0], row[2], row[4], row[5]) for row in results(exam_store)] == [
        ("化学", Decimal(90), Decimal(95), None),
        ("语文", Decimal(80), None, None),
    ]
    left = [note.column for note in checked.notes if "computed" in note.done]
    assert left == ["总分/分数", "总分/等级", "总分/班名次"]


def test_a_part_below_something_unknown_belongs_to_no_subject(exam_store: Store) -> None:
    heads = merged_heads("学号", "学校", "语文", "数学")
    rows = [[], ["", "", "", "", "赋分", "班名次"], ["007", "S1", 80, 90, 95, 1]]
    content = xlsx({"a": rows}, [*heads, (0, 4, 0, 5, "三科合成")])
    assert intake.check(exam_store, content, "成绩.xlsx", said=E1).open == ("三科合成/赋分", "三科合成/班名次")


def test_subjects_below_their_part_are_the_same_columns(exam_store: Store) -> None:
    rows = [[], ["", "", "语文", "数学", "化学", "物理"], ["007", "S1", 80, 90, 95, 85]]
    merged = [*merged_heads("学号", "学校"), (0, 2, 0, 3, "原始分"), (0, 4, 0, 5, "赋分")]
    checked = intake.check(exam_store, xlsx({"a": rows}, merged), "成绩.xlsx", said=E1)
    assert list(columns_of(checked).values())[2:] == [
        "score@语文", "score@数学", "assigned_score@化学", "assigned_score@物理",
    ]  # fmt: skip


FUNDING = ["年份", "学校代码", "经费类别", "金额"]


@pytest.mark.parametrize(
    "said", ["单位：万元", "（金额单位：万元）", "金额单位：人民币万元", "(万元)", "单位：人、万元", "计量单位 为千元"]
)
def test_a_unit_above_the_table_that_multiplies_its_numbers_is_asked_for_in_the_headers(
    said: str, store: Store
) -> None:
    content = csv_text([["学校经费表"], ["", "", "", said], FUNDING, [2030, "S1", "公用经费", 120]])
    (problem,) = intake.check(store, content, "经费.csv").problems
    assert (problem.row, problem.found.split(":")[0]) == (2, "a unit for the whole table")
    assert "金额（万元）" in problem.expected


def test_a_unit_below_the_table_is_asked_for_too(store: Store) -> None:
    content = csv_text([*POPULATION, ["注：人口单位：万人"]])
    assert [problem.row for problem in intake.check(store, content, "人口.csv").problems] == [4]


@pytest.mark.parametrize("said", ["单位：人", "填报单位：万全中学", "填表单位：示例区教育局"])
def test_a_title_that_multiplies_nothing_is_only_passed_over(said: str, store: Store) -> None:
    checked = done(store, csv_text([["人口统计表"], ["", "", "", said], *POPULATION]), "人口.csv", Said())
    assert said_of(checked) == [
        (1, "passed over: a title above the header"),
        (2, "passed over: a title above the header"),
    ]


@pytest.mark.parametrize(("header", "cell", "persons"), [("人口数（万人）", 0.512, 5120), ("人口数（人）", 5120, 5120)])
def test_a_header_with_its_own_unit_needs_none_above_the_table(
    header: str, cell: float, persons: int, store: Store
) -> None:
    rows = [["人口统计表（单位：万人）"], [*POPULATION[0][:3], header], [2020, "信都区", 3, cell]]
    done(store, csv_text(rows), "人口.csv", Said())
    with store.reading() as cursor:
        assert cursor.execute("select persons from population").fetchall() == [(persons,)]


def test_a_unit_of_an_upper_header_holds_for_the_numbers_below_it() -> None:
    merged = [*merged_heads("年份", "学校代码"), (0, 2, 0, 3, "经费（万元）")]
    found = read(xlsx({"a": [[], ["", "", "经费类别", "金额"], [2030, "S1", "公用经费", 120]]}, merged))
    assert isinstance(found, tuple)
    assert found[0].header == ("年份", "学校代码", "经费类别", "金额（万元）")


@pytest.mark.parametrize(
    ("header", "read_as"),
    [("人口数/万", "人口数（万）"), ("人口数／万人", "人口数（万人）"), ("金/万", "金/万"), ("人口数/人", "人口数/人")],
)
def test_a_unit_behind_a_slash_holds_for_a_known_column(header: str, read_as: str) -> None:
    for title in ([], [["标题"]]):
        found = read(csv_text([*title, [*POPULATION[0][:3], header], [2020, "信都区", 3, 1]]))
        assert isinstance(found, tuple)
        assert found[0].header[3] == read_as


def test_a_number_that_several_rows_share_is_refused_and_a_code_is_read_in_each(store: Store) -> None:
    header = ["学年", "学校代码", "学段", "学生数", "班级数"]
    rows = [header, [2031, "", "小学", 5, ""], [2031, "", "初中", 6, ""]]
    found = intake.check(store, xlsx({"a": rows}, [(1, 1, 2, 1, 1001), (1, 4, 2, 4, 10)]), "在校生.xlsx").problems
    assert [(one.row, one.column, one.found) for one in found] == [
        (2, "班级数", "10, a number that the rows to 3 share")
    ]
    found_sheets = read(xlsx({"a": rows}, [(1, 1, 2, 1, 1001)]))
    assert isinstance(found_sheets, tuple)
    assert found_sheets[0].columns[1].to_pylist() == ["1001", "1001"]
    assert [note.column for note in found_sheets[0].notes] == ["学校代码"]


def test_merged_cells_are_counted_from_the_first_column_of_the_sheet() -> None:
    rows = [[], ["", "", *POPULATION[0]], ["", "", 2020, "", 3, 5], ["", "", 2020, "", 4, 6]]
    found = read(xlsx({"a": rows}, [(2, 3, 3, 3, "信都区")]))
    assert isinstance(found, tuple)
    assert (found[0].header, found[0].columns[1].to_pylist()) == (tuple(POPULATION[0]), ["信都区", "信都区"])


@pytest.mark.parametrize("title", [[], [["学校名单"]]], ids=["regular", "with a title"])
def test_a_last_row_that_is_filled_like_the_others_is_data_whatever_it_begins_with(title: list[list[str]]) -> None:
    rows = [["学校名称", "学校代码", "所在区", "学校类别"], ["一小", "Z1", "信都区", "小学"]]
    for last, lines in ((["注溪小学", "Z2", "信都区", "小学"], 2), (["注：示例", "", "信都区", ""], 1)):
        found = read(csv_text([*title, *rows, last]))
        assert isinstance(found, tuple)
        assert (len(found[0]), [note.done for note in found[0].notes if "remark" in note.done]) == (
            lines,
            [] if lines == 2 else ["passed over: a remark below the data"],
        )


TOTALLED = ["年份", "区域", "年龄", "人口数"]


@pytest.mark.parametrize(
    ("cells", "warned"),
    [
        (["100", "合计 100", "50", "合计 50"], []),
        (["100", "小计 100", "50", "小计 50", "合计 150"], []),
        (["100", "50", "合计： 150"], []),
        (["合计 150", "100", "50"], []),
        (["30", "小计 30", "70", "小计 70", "合计 100", "50", "小计 50", "合计 50", "总计 150"], []),
        (["100", "50", "合计： 151"], [(4, "150, the sum of the rows above it")]),
        (["100", "合计 100", "50", "合计 60"], [(5, "50, the sum of the rows above it")]),
        (["100", "小计 90", "50", "小计 50", "合计 150"], [(3, "100, the sum of the rows above it")]),
        (["100", "小计 100", "50", "小计 50", "合计 160"], [(6, "150, the sum of the rows above it")]),
    ],
)  # fmt: skip
def test_each_total_is_compared_with_its_own_rows(
    cells: list[str], warned: list[tuple[int, str]], store: Store
) -> None:
    rows = []
    for number, cell in enumerate(cells):
        word, _blank, value = cell.rpartition(" ")
        rows.append([word, "", "", value] if word else [2020 + number, "信都区", 3, value])
    checked = intake.check(store, csv_text([TOTALLED, *rows]), "人口.csv")
    assert checked.problems == ()
    assert [(one.row, one.expected) for one in checked.warnings if one.rule == "total"] == warned


def test_subtotals_in_the_middle_of_a_long_file_are_no_data(store: Store) -> None:
    years = [[year, "信都区", age, 10] for year in range(2001, 2031) for age in (3, 4)]
    checked = intake.check(store, csv_text([TOTALLED, *years[:2], ["小计", "", "", 20], *years[2:]]), "人口.csv")
    assert (checked.problems, checked.warnings, checked.rows) == ((), (), 60)


@pytest.mark.parametrize(
    ("rows", "headerless"),
    [
        ([["甲A", "N", "孙七七", "缺考"], ["甲B", "N", "李", 90]], True),
        ([["甲A", "N", "孙七七", "优"], ["甲B", "N", "李", "良"]], True),
        ([["甲A", "M", "孙七七", ""], ["甲B", "N", "李", 90], ["甲C", "N", "王", 91]], True),
        ([["编码", "性别码", "称呼", "数值"], ["甲B", "N", "李", 90], ["甲C", "N", "王", "缺考"]], False),
        ([["编码", "称呼"], ["甲", "李"]], False),
    ],
)
def test_the_first_row_is_a_header_only_where_nothing_in_it_is_data(rows: list[list[Any]], headerless: bool) -> None:
    found = read(csv_text(rows))
    assert isinstance(found, tuple)
    header = tuple(f"#{number + 1}" for number in range(len(rows[0]))) if headerless else tuple(rows[0])
    assert (found[0].header, len(found[0])) == (header, len(rows) - (not headerless))


def test_a_sheet_that_cannot_be_read_does_not_stop_the_table_beside_it(store: Store) -> None:
    summary = [["汇总表"], ["单位：万人"], *POPULATION]
    checked = intake.check(store, xlsx({"数据": POPULATION, "汇总": summary}), "人口.xlsx")
    assert (checked.problems, checked.sheets) == ((), ("数据",))
    assert [(note.row, note.column) for note in checked.notes] == [(2, "汇总")]
    (problem,) = intake.check(store, xlsx({"说明": [["填报说明"]], "汇总": summary}), "人口.xlsx").problems
    assert (problem.row, problem.column) == (2, "汇总")
