"""The set-up page: what is entered is looked at like a file, and published under a name or not at all."""

# ruff: noqa: F811 - the fixtures of all pages are imported, and named again where a test wants them

import re
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data import intake
from data import words as words_module
from data.store import Store
from data.uploads import history
from queries.catalogue import catalogue
from queries.exams import register
from tests.pages.test_pages import NAMES_IN_LATIN, Opened, html, opened, said  # noqa: F401

REFUSED = {
    "zh_CN": ("良好线 0.9", "不低于及格线 0.95"),
    "en": ("good from 0.9", "not under the cut-off below it, pass from 0.95"),
}
EXAM = "2022-11-G3"
WORDS = {
    "zh_CN": ("检查改动", "数据负责人", "发布", "有尚未发布的改动。"),
    "en": (
        "Check the changes",
        "Who answers for the figures",
        "Publish",
        "There are changes that are not published yet.",
    ),
}


@pytest.fixture(params=["zh_CN", "en"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The reader's language; a second run of a page is the page's own in tests, and speaks the default one."""
    name = str(request.param)
    monkeypatch.setattr(words_module, "_language", ContextVar("language", default=name))
    return name


@pytest.fixture
def staff(monkeypatch: pytest.MonkeyPatch) -> None:
    """All readers of the installation are staff."""
    monkeypatch.setenv("QUALITY_INTERNAL", "1")


def changed(app: AppTest, edited: Mapping[int, Mapping[str, Any]], deleted: tuple[int, ...] = ()) -> AppTest:
    """The page after cells of the table were edited and rows deleted; rows are counted from 0."""
    (editor,) = app.data_editor
    edits = {str(row): dict(cells) for row, cells in edited.items()}
    app.session_state[editor.key] = {"edited_rows": edits, "added_rows": [], "deleted_rows": list(deleted)}
    return ran(app)


def ran(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception, [one.value for one in app.exception]
    return app


def press(app: AppTest, label: str) -> AppTest:
    next(one for one in app.button if one.label == label).click()
    return ran(app)


def write(app: AppTest, label: str, text: str) -> AppTest:
    next(one for one in app.text_input if one.label == label).set_value(text)
    return ran(app)


def marks(store: Store) -> list[Decimal]:
    return [row["mark"] for row in register.rows(store, "exam_line", EXAM)]


def test_a_line_is_moved_and_the_history_says_by_whom(language: str, with_samples: Store, opened: Opened) -> None:
    check, by, publish, unpublished = WORDS[language]
    app = opened("exam_setup", exam=EXAM, table="exam_line", lang=language)
    assert check not in [one.label for one in app.button], "nothing was changed"
    app = changed(app, {0: {"mark": 540}})
    assert [one.value for one in app.info] == [unpublished]
    app = press(app, check)
    assert re.findall(r"<b>(\d+)</b>", html(app)) == ["0", "1", "3", "0"]
    assert publish not in [one.label for one in app.button], "nobody answers for it yet"
    app = press(write(app, by, "王芳"), publish)
    assert len(app.success) == 1
    assert marks(with_samples) == [540, 515, 460, 430]
    newest = history(with_samples)[0]
    assert (newest.dataset, newest.uploader, newest.rows, newest.scope) == ("exam_line", "王芳", 4, {"exam_id": EXAM})
    assert newest.note and newest.file_name.endswith(f" {EXAM}.csv")
    assert "王芳" in said(opened("history", lang=language))


def test_a_line_that_is_deleted_is_removed_from_its_exam_only(with_samples: Store, opened: Opened) -> None:
    app = changed(opened("exam_setup", exam=EXAM, table="exam_line"), {}, deleted=(0,))
    app = press(app, "检查改动")
    assert re.findall(r"<b>(\d+)</b>", html(app)) == ["0", "0", "3", "1"]
    press(write(app, "数据负责人", "王芳"), "发布")
    assert marks(with_samples) == [515, 460, 430]
    assert len(register.rows(with_samples, "exam_line", "2022-03-G2")) == 4


@pytest.mark.usefixtures("staff")
def test_a_bad_cut_off_is_refused_with_its_row(language: str, with_samples: Store, opened: Opened) -> None:
    check, by, publish, _unpublished = WORDS[language]
    before = len(history(with_samples))
    app = opened("exam_setup", exam=EXAM, table="exam", lang=language)
    app = changed(app, {1: {"excellent_share": 0.97, "good_share": 0.9, "pass_share": 0.95}})
    text = unescape(html(press(app, check)))
    (row,) = re.findall(r"<tr><td class=\"num\">(.*?)</td></tr>", text)
    assert re.split(r"</td><td>", row)[0] == "2", "the table's second row"
    assert all(text in row for text in REFUSED[language])
    assert publish not in [one.label for one in app.button] and by not in [one.label for one in app.text_input]
    assert len(history(with_samples)) == before


@pytest.mark.usefixtures("staff")
def test_what_a_change_moves_is_said_before_it_is_published(with_samples: Store, opened: Opened) -> None:
    app = opened("exam_setup", exam=EXAM, table="exam")
    assert "增值以本次考试为起点" not in said(app)
    app = press(changed(app, {0: {"reference_mean": 149}}), "检查改动")
    moved = re.findall(r"<tr><td><b>(.*?)</b></td>", html(app))
    assert catalogue()["weak_subjects"].title.zh in moved
    assert "2022年11月高三联考、2022年3月高二联考的增值以本次考试为起点" in said(
        opened("exam_setup", exam="2021-11-G2")
    )


@pytest.mark.usefixtures("staff")
def test_a_paper_with_results_is_not_removed_without_a_word(with_samples: Store, opened: Opened) -> None:
    app = press(changed(opened("exam_setup", exam=EXAM), {}, deleted=(0,)), "检查改动")
    assert [one.value for one in app.warning] == ["语文已有成绩，移除该科目后其成绩不再计入。"]


def test_a_warning_waits_until_it_is_accepted(with_samples: Store, opened: Opened) -> None:
    app = press(changed(opened("exam_setup", exam=EXAM, table="exam_roll"), {0: {"roll": 1}}), "检查改动")
    assert "少于实考人数" in html(app)
    app = write(app, "数据负责人", "王芳")
    assert "发布" not in [one.label for one in app.button]
    app.checkbox[0].check()
    press(ran(app), "发布")
    newest = history(with_samples)[0]
    assert [(one["rule"], one["accepted_by"]) for one in newest.warnings] == [("roll_covers_sat", "王芳")]


@pytest.mark.usefixtures("staff")
def test_what_all_papers_share_is_asked_once(with_samples: Store, opened: Opened) -> None:
    app = opened("exam_setup", exam=EXAM)
    next(one for one in app.selectbox if one.label == "考试系列").set_value("月考")
    app = press(ran(app), "检查改动")
    press(write(app, "数据负责人", "王芳"), "发布")
    assert {row["series"] for row in register.rows(with_samples, "exam", EXAM)} == {"月考"}
    assert {row["series"] for row in register.rows(with_samples, "exam", "2022-03-G2")} == {"全市联考"}


def test_what_was_entered_is_kept_while_another_table_is_looked_at(with_samples: Store, opened: Opened) -> None:
    app = changed(opened("exam_setup", exam=EXAM, table="exam_line"), {0: {"mark": 540}})
    app.query_params["table"] = "exam_roll"
    assert ran(app).info.len == 0
    app.query_params["table"] = "exam_line"
    assert [one.value for one in ran(app).info] == ["有尚未发布的改动。"]
    assert list(app.data_editor[0].value["mark"]) == [540, 515, 460, 430]


@pytest.mark.usefixtures("staff")
def test_a_new_exam_begins_as_a_copy_and_its_lines_too(with_samples: Store, opened: Opened) -> None:
    app = opened("exam_setup", exam="+")
    assert "请先填写考试代码和日期" in said(app)
    app = write(app, "新考试的代码", EXAM)
    assert "已有这一代码的考试" in said(app)
    app = write(app, "新考试的代码", "2023-03-G3")
    next(one for one in app.selectbox if one.label == "沿用以下考试的科目").set_value(EXAM)
    app.date_input[-1].set_value(date(2023, 3, 10))
    app = write(ran(app), "考试名称", "2023年3月高三联考")
    app = press(app, "检查改动")
    assert re.findall(r"<b>(\d+)</b>", html(app)) == ["9", "0", "0", "0"]
    app = press(write(app, "数据负责人", "王芳"), "发布")
    assert app.query_params["exam"] in ("2023-03-G3", ["2023-03-G3"])
    made = register.registered(with_samples)[0]
    assert (made.id, made.name, made.last_day, list(made.sat)) == (
        "2023-03-G3",
        "2023年3月高三联考",
        date(2023, 3, 10),
        [],
    )
    app = opened("exam_setup", exam="2023-03-G3", table="exam_line")
    next(one for one in app.selectbox if one.label == "沿用以下考试的分数线").set_value(EXAM)
    app = press(write(press(ran(app), "检查改动"), "数据负责人", "王芳"), "发布")
    assert len(register.rows(with_samples, "exam_line", "2023-03-G3")) == 4


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize("table", register.DATASETS)
def test_an_earlier_state_is_shown_and_cannot_be_changed(table: str, with_samples: Store, opened: Opened) -> None:
    app = opened("exam_setup", exam=EXAM, table=table, as_of=date.today().isoformat())
    assert [one.editing_mode for one in app.data_editor] == ["fixed"]
    assert all(one.disabled for one in app.text_input)
    assert "新考试" not in app.selectbox("choice-exam").options
    name = {"exam": "full_marks", "exam_line": "mark", "exam_roll": "roll"}[table]
    assert "检查改动" not in [one.label for one in changed(app, {0: {name: 1}}).button]


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize("table", register.DATASETS)
def test_a_chinese_table_has_no_english_words(table: str, with_samples: Store, opened: Opened) -> None:
    app = opened("exam_setup", exam=EXAM, table=table)
    assert re.findall(r"[A-Za-z_]{3,}", NAMES_IN_LATIN.sub(" ", said(app))) == []
    titles = re.findall(r'"label": "(.*?)"', app.data_editor[0].proto.columns.encode().decode("unicode_escape"))
    assert all(re.search(r"[\u4e00-\u9fff]", unescape(title)) or "\\u" in title for title in titles)


@pytest.mark.parametrize("as_of", [{}, {"as_of": date.today().isoformat()}])
def test_papers_and_new_exams_are_for_staff(as_of: dict[str, str], with_samples: Store, opened: Opened) -> None:
    app = opened("exam_setup", exam=EXAM, table="exam", **as_of)
    assert "“考试与科目”含内部记录" in html(app) and "QUALITY_INTERNAL=1" in html(app)
    assert not app.data_editor and not app.text_input
    assert "新考试" not in app.selectbox("choice-exam").options


def test_without_a_table_in_the_link_readers_who_are_not_staff_see_the_lines(
    with_samples: Store, opened: Opened
) -> None:
    app = opened("exam_setup", exam=EXAM)
    assert list(app.data_editor[0].value["mark"]) == [535, 515, 460, 430]


def test_numbers_of_few_pupils_due_are_for_staff(
    with_samples: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    roll = dict(register.rows(with_samples, "exam_roll", EXAM)[0])
    content = f"exam_id,institution_id,roll\n{EXAM},{roll['institution_id']},7\n".encode()
    accepted = intake.Said(accept=True)
    assert intake.publish(with_samples, content, "f.csv", "exam_roll", by="测试员", said=accepted).upload
    app = opened("exam_setup", exam=EXAM, table="exam_roll")
    assert "少于 10 人" in html(app) and not app.data_editor
    monkeypatch.setenv("QUALITY_INTERNAL", "1")
    assert 7 in list(opened("exam_setup", exam=EXAM, table="exam_roll").data_editor[0].value["roll"])


def test_where_no_exam_is_set_up_staff_can_begin_one_and_others_are_told(
    with_reference: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "含内部记录" in html(opened("exam_setup"))
    monkeypatch.setenv("QUALITY_INTERNAL", "1")
    assert opened("exam_setup").text_input
