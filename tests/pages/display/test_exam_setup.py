"""What a person enters about an exam, as rows of a table and as a file."""

from datetime import date
from decimal import Decimal

import pytest

from data import intake, words
from data.intake import Said
from data.problem import Problem
from data.store import Store
from pages.display import exam_setup
from queries.exams import register
from queries.exams.register import Registered
from tests.conftest import Publish

LINES = "exam_id,line_name,track,mark,borderline\n2021-11-G3,本科线,物理类,200.5,\n2021-11-G3,特控线,物理类,250,10\n"
ONE = Registered("E", "甲考", date(2021, 3, 1), date(2021, 3, 1), "高中", "高一", None, None, None, ["数学", "语文"])


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("dataset", register.DATASETS)
def test_what_is_stored_comes_back_from_the_table_unchanged(
    dataset: str, language: str, school_store: Store, publish: Publish
) -> None:
    publish("exam_line", LINES)
    publish("exam_roll", "exam_id,institution_id,roll\n2021-11-G3,3905000456,412\n")
    words.use(language)
    stored = register.rows(school_store, dataset, "2021-11-G3")
    shared = exam_setup.shared(stored) if dataset == "exam" else None
    table = exam_setup.table(dataset, stored).to_pylist()
    draft = exam_setup.draft(dataset, "2021-11-G3", table, shared)
    assert draft.content == exam_setup.draft(dataset, "2021-11-G3", stored).content
    said = Said(replace={"exam_id": "2021-11-G3"})
    checked = intake.check(school_store, draft.content, draft.file_name, dataset, said=said)
    assert (checked.problems, checked.notes, checked.certain) == ((), (), True)
    assert (checked.effect.new, checked.effect.changed, checked.effect.removed) == (0, 0, 0)


def test_a_row_that_is_left_out_is_removed(school_store: Store, publish: Publish) -> None:
    publish("exam_line", LINES)
    stored = register.rows(school_store, "exam_line", "2021-11-G3")
    draft = exam_setup.draft("exam_line", "2021-11-G3", stored[:1])
    said = Said(replace={"exam_id": "2021-11-G3"})
    done = intake.publish(school_store, draft.content, draft.file_name, "exam_line", by="王", said=said)
    assert done.upload
    assert [row["line_name"] for row in register.rows(school_store, "exam_line", "2021-11-G3")] == ["特控线"]


def test_empty_rows_are_passed_over_and_problems_name_the_row_of_the_table(school_store: Store) -> None:
    rows = [{"line_name": None}, {"line_name": " 本科线 ", "track": "全部", "mark": 2001.0}, {}, {"line_name": "甲"}]
    draft = exam_setup.draft("exam_line", "2021-11-G3", rows)
    assert draft.places == (2, 4)
    checked = intake.check(school_store, draft.content, draft.file_name, "exam_line")
    found = exam_setup.by_place(checked, draft.places).problems
    assert {(one.row, one.column) for one in found} == {
        (2, "Mark on the total"),
        (4, "Track"),
        (4, "Mark on the total"),
    }


def test_a_problem_of_the_whole_table_names_no_row() -> None:
    whole = intake.Checked("f", problems=(Problem(None, None, "a", "b"), Problem(9, None, "a", "b")))
    assert [one.row for one in exam_setup.by_place(whole, (1, 2)).problems] == [None, None]


def test_a_school_without_a_roll_is_listed_but_not_stored() -> None:
    rows = exam_setup.with_schools([{"institution_id": "A", "roll": 3}], ["A", "B"])
    assert [row["institution_id"] for row in rows] == ["A", "B"]
    assert exam_setup.draft("exam_roll", "E", rows).places == (1,)


def test_what_papers_share_is_written_to_each() -> None:
    stored = [
        {"subject": "数学", "cohort": None},
        {"subject": "语文", "cohort": "2023届", "top_line": Decimal("560.0000")},
    ]
    shared = exam_setup.shared(stored)
    assert (shared["cohort"], shared["top_line"], shared["series"]) == ("2023届", Decimal(560), None)
    content = exam_setup.draft("exam", "E", stored, shared).content.decode()
    assert content.count("2023届") == content.count("560") == 2


def test_papers_of_another_exam_are_a_beginning_on_another_day() -> None:
    stored = [
        {"subject": "数学", "held_on": date(2021, 3, 1), "full_marks": Decimal(150), "reference_mean": Decimal(90)}
    ]
    (begun,) = exam_setup.as_of_another_day(stored, date(2022, 3, 1))
    assert (begun["held_on"], begun["reference_mean"], begun["full_marks"]) == (date(2022, 3, 1), None, 150)


def test_papers_with_results_are_missed_when_they_are_removed() -> None:
    assert exam_setup.without_papers(ONE, [{"subject": "数学"}, {"subject": "语文"}, {"subject": None}]) == ""
    assert "语文 has results" in exam_setup.without_papers(ONE, [{"subject": "数学"}])
    assert "数学, 语文 have results" in exam_setup.without_papers(ONE, [])


def test_exams_that_are_measured_from_this_one_are_named() -> None:
    assert exam_setup.bears_on("exam", [])[0].endswith("Empty cut-offs are 85%, 75%, 60%, 40% of full marks.")
    assert "甲考" in exam_setup.bears_on("exam", [ONE])[1]
    assert len(exam_setup.bears_on("exam_line", [ONE])) == 1


def test_an_exam_a_stage_and_a_rule_are_called_by_name_where_they_have_one() -> None:
    assert [exam_setup.exam({"E": ONE}, code) for code in ("E", "F", "+")] == ["甲考 (E)", "F", "a new exam"]
    assert [exam_setup.stage(code) for code in ("初中", "大学")] == ["junior secondary", "大学"]
    assert exam_setup.rule("hebei-2021").startswith("Hebei 3+1+2") and exam_setup.rule("none") == "none"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_line_that_is_called_like_a_formula_keeps_its_name(sign: str, school_store: Store) -> None:
    rows = [{"line_name": f"{sign}强基线", "track": "全部", "mark": 280.5}]
    draft = exam_setup.draft("exam_line", "2021-11-G3", rows)
    done = intake.publish(school_store, draft.content, draft.file_name, "exam_line", by="王")
    assert done.problems == ()
    assert [row["line_name"] for row in register.rows(school_store, "exam_line", "2021-11-G3")] == [f"{sign}强基线"]
