"""The page of joint exams over time: its sentences, who sees single schools, and what is missing where nothing can be followed."""

# ruff: noqa: F811 - the fixtures of all pages are imported, and named again where a test wants them

import io
import re

import pytest
from python_calamine import CalamineWorkbook

from data import intake
from data.store import Store
from pages.display import exam_gains, exam_trend, exam_trend_rows, figures
from queries.answers import PUBLIC, Viewer
from queries.exams import evenness, gained, progress, setup
from tests.pages.test_pages import NAMES_IN_LATIN, Opened, html, opened, said  # noqa: F401

STAFF, LOCAL = Viewer(internal=True), Viewer(internal=True, below_school=True)
JOINT, MONTHLY, EXIT, SCHOOL = "2023届/全市联考", "2023届/月考", "2022-11-G3", "0000003171"


@pytest.fixture
def staff(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALITY_INTERNAL", "1")


def flat(text: str) -> str:
    """Without the breaks of a chart's title."""
    return re.sub(r"\s", "", text)


@pytest.mark.usefixtures("staff")
def test_staff_see_how_schools_move_and_what_may_be_luck(with_samples: Store, opened: Opened) -> None:
    text = flat(said(opened("exam_trend")))
    assert "自首次考试以来，确有上升的学校0所，确有下降的1所；其余变化不能排除偶然" in text
    assert "增值高于全市的学校5所，低于的6所；其余差别不能排除偶然" in text
    assert "与全市起点分相同的考生持平" in text, "what 0 means"
    assert "有明显弱科的学校：20所中2所" in text and "生物−0.22" in text
    assert "示例第一高级中学" in text and "学科均衡为本平台自定" in text
    assert "第14条、第24条·数据版本" in text
    assert "特控线·历史类" in text and "19.1%±2.9" in text


def test_everybody_else_sees_the_whole_exam_and_districts_only(with_samples: Store, opened: Opened) -> None:
    app = opened("exam_trend")
    text = flat(said(app) + str([one.proto.spec for one in app.get("plotly_chart")]))
    assert "仅列全体考生和各区" in text and "各区与全体考生相比" in text
    with with_samples.reading() as cursor:
        names = cursor.execute("select name from institution where kind in ('高中', '完全中学')").fetchall()
    assert [name for (name,) in names if name in text] == []
    assert "高于0%" not in text


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_chosen_school_gets_its_line_limits_and_lines(language: str, with_samples: Store, opened: Opened) -> None:
    app = opened("exam_trend", unit=SCHOOL, subject="数学", series=JOINT, lang=language)
    text = said(app)
    assert len(app.get("plotly_chart")) == 3
    assert ("<10或隐去" in text) if language == "zh_CN" else ("<10 or withheld" in text)
    words = re.findall(r"[A-Za-z_]{3,}", NAMES_IN_LATIN.sub(" ", text))
    assert words == [] if language == "zh_CN" else "limits are on trial" in re.sub(r"\s+", " ", text)
    assert f"unit={SCHOOL}" in html(app), "every unit has a link"


def test_the_total_of_the_whole_exam_is_not_put_side_by_side(with_samples: Store, opened: Opened) -> None:
    app = opened("exam_trend")
    assert "不同试卷的总分不并列" in said(app)
    assert len(app.get("plotly_chart")) == 2
    assert "得分率" in flat(said(opened("exam_trend", subject="数学")))


def test_an_exam_that_is_measured_from_none_says_what_to_give(with_samples: Store, opened: Opened) -> None:
    app = opened("exam_trend", series=MONTHLY, subject="数学")
    assert [one.value for one in app.info] == ["没有增值：该考试未填“增值起点考试”。"]
    assert "2021-05低于常规范围" in flat(said(app)), "the paper that was far too hard"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_without_exams_the_page_says_what_to_give(language: str, opened: Opened) -> None:
    app = opened("exam_trend", lang=language)
    assert len(app.info) == 1
    assert ("届别" in app.info[0].value) if language == "zh_CN" else ("Cohort" in app.info[0].value)


def test_a_single_exam_is_not_followed(store: Store, opened: Opened) -> None:
    store.close()
    from queries.opened import shared_store

    def publish(dataset: str, text: str) -> None:
        done = intake.publish(shared_store(), text.encode(), "a.csv", dataset, by="王", said=intake.Said(accept=True))
        assert done.upload, done.problems

    publish(
        "institution",
        "institution_id,valid_from,name,area,kind,ownership,main_urban\n01,2015-09-01,甲校,襄都区,高中,教育部门办,是\n",
    )
    publish(
        "exam",
        "exam_id,subject,exam_name,held_on,stage,grade,full_marks,cohort,series\nE1,数学,一,2021-11-12,高中,高二,150,2023届,联考\n",
    )
    results = "".join(f"E1,数学,{pupil:03d},01,{60 + pupil}\n" for pupil in range(30))
    publish("exam_result", "exam_id,subject,student_id,institution_id,score\n" + results)
    app = opened("exam_trend")
    assert "目前只有一次考试" in app.info[0].value
    assert not app.get("plotly_chart")


# Figures and files


def test_the_chosen_unit_is_drawn_with_intervals_before_the_others(samples: Store) -> None:
    drawn = figures.course_figure(progress.followed(samples, JOINT, viewer=STAFF), SCHOOL)
    others, own = drawn.data
    assert own.error_y.array is not None and len(own.y) == 3
    assert sum(value is None for value in others.y) >= 19 and others.line.color != own.line.color


def test_value_added_stands_by_district_and_code_with_its_intervals(samples: Store) -> None:
    """Never from best to worst: schools are not ranked."""
    found = gained.gained(samples, EXIT, viewer=STAFF)
    drawn = figures.gains_figure(found, SCHOOL)
    by_row = sorted((row, value) for trace in drawn.data for row, value in zip(trace.y, trace.x, strict=True))
    assert [value for _row, value in reversed(by_row)] == [one.residual.mean for one in found.told if one.residual]
    order = [one.institution_id for one in setup.exam(samples, EXIT).schools]
    assert [one.code for one in found.told] == order
    assert len(by_row) == len(found.told) == 20
    assert [name for name in drawn.layout.yaxis.ticktext if name.startswith("<b>")] == ["<b>示例第一高级中学</b>"]


def test_the_files_hold_what_the_page_holds(samples: Store) -> None:
    found = progress.followed(samples, JOINT, "数学", viewer=STAFF)
    gains, even = gained.gained(samples, EXIT, "数学", viewer=STAFF), evenness.evenness(samples, EXIT, viewer=STAFF)
    assert len(exam_trend_rows.course_rows(found)) == 3 * len(found.courses)
    for columns, rows in (
        (exam_trend_rows.COURSE_COLUMNS, exam_trend_rows.course_rows(found)),
        (exam_trend_rows.LINE_COLUMNS, exam_trend_rows.line_rows(found)),
        (exam_trend_rows.GAIN_COLUMNS, exam_trend_rows.gain_rows(gains)),
        (exam_trend_rows.BALANCE_COLUMNS, exam_trend_rows.balance_rows(even)),
    ):
        assert rows
        assert {len(row) for row in rows} == {len(columns)}
    book = CalamineWorkbook.from_filelike(io.BytesIO(exam_trend_rows.workbook(found, gains, even)))
    assert book.sheet_names == ["Course", "Score lines", "Value added", "Balance"]
    assert book.get_sheet_by_name("Course").to_python()[-1][0] == "sample data"


@pytest.mark.parametrize("viewer", [PUBLIC, STAFF])
def test_every_withheld_figure_bears_the_same_mark(viewer: Viewer, samples: Store) -> None:
    """A cell of the files is a number, a name, a word or that one mark."""
    found = progress.followed(samples, MONTHLY, viewer=viewer)
    marks = {row[8] for row in exam_trend_rows.course_rows(found)} - {"above", "below", "indistinguishable"}
    assert marks <= {exam_trend.withheld()}
    assert bool(marks) is (viewer == STAFF), "single schools of the monthly exams are small"


def test_classes_of_one_school_are_titled_as_such(samples: Store) -> None:
    found = gained.gained(samples, EXIT, "数学", viewer=LOCAL, school=SCHOOL)
    assert exam_gains.gains_title(found) == (
        "Mathematics: classes that gained more than the city: 3, less: 0; the rest may be luck"
    )
