"""The pages of an exam's lines and of assigned scores, in both languages."""

# ruff: noqa: F811 - the fixtures of all pages are imported, and named again where a test wants them

import io
import re

import pytest
from python_calamine import CalamineWorkbook

from data.store import Store
from pages.display import exam_assigned, exam_lines
from queries.answers import Viewer
from queries.exams.assigned_figures import assigned_figures
from queries.exams.line_figures import line_figures
from tests.pages.test_pages import Opened, html, opened, said  # noqa: F401

EXAM = "2022-11-G3"


@pytest.fixture
def staff(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALITY_INTERNAL", "1")


def told(app: object) -> str:
    return re.sub(r"\s+", " ", said(app))  # type: ignore[arg-type]


@pytest.mark.usefixtures("staff")
def test_the_line_its_effective_scores_and_schools(with_samples: Store, opened: Opened) -> None:
    text = told(opened("exam_lines"))
    assert re.search(r"物理类本科线 430 分：上线 \d+ 人，上线率 [\d.]+%；线每提高 1 分约少 \d+ 人", text)
    assert "各科 M1 按上线考生中考该科者的占比加权后，其和等于总分线" in text
    assert re.search(r"\d+\.\d% \(\d+/\d+\)", text), "rates stand beside their fractions"
    assert "内部记录" in text and "不排名、不奖惩、不公布" in text and "示例第一高级中学" in text
    assert "线下 10 分以内" in text and "<10或隐去" in text


def test_others_see_districts_only(with_samples: Store, opened: Opened) -> None:
    text = told(opened("exam_lines"))
    assert "信都区" in text and "示例第一高级中学" not in text
    assert "单所学校的上线率属内部记录" in text


@pytest.mark.parametrize(
    ("by", "words"), [("5", "移到 435 分（+5）"), ("0", "原线 430 分"), ("-10", "移到 420 分（−10）")]
)
def test_the_line_moved(by: str, words: str, with_samples: Store, opened: Opened) -> None:
    app = opened("exam_lines", move=by)
    assert words in told(app) and app.slider[0].value == int(by)


def test_the_slider_keeps_its_place_in_the_link(with_samples: Store, opened: Opened) -> None:
    app = opened("exam_lines")
    app.slider[0].set_value(10).run()
    assert app.query_params["move"] in ("10", ["10"]) and "移到 440 分" in told(app)


def test_in_english_with_the_other_method(with_samples: Store, opened: Opened) -> None:
    text = told(opened("exam_lines", lang="en", method="M2", line="特控线", track="历史类"))
    assert "History track, special control line at 535" in text and "by M2" in text
    assert "Computed once over the whole joint exam" in text


def test_an_exam_without_lines_says_where_to_draw_them(with_samples: Store, opened: Opened) -> None:
    app = opened("exam_lines", exam="2022-09-G3")
    assert "尚未划线" in app.info[0].value
    assert "exam_setup?exam=2022-09-G3" in html(app)


@pytest.mark.parametrize(
    ("page", "parameters"),
    [
        ("exam_lines", {"exam": "moon"}), ("exam_lines", {"line": "moon"}), ("exam_lines", {"move": "99"}),
        ("exam_lines", {"track": "moon"}), ("exam_assigned", {"subject": "moon"}), ("exam_assigned", {"exam": "moon"}),
    ],
)  # fmt: skip
def test_a_link_to_what_is_not_there_says_so(
    page: str, parameters: dict[str, str], with_samples: Store, opened: Opened
) -> None:
    app = opened(page, **parameters)
    assert "moon" in app.info[0].value or "99" in app.info[0].value


def test_assigned_scores_are_simulated_and_name_their_rule(with_samples: Store, opened: Opened) -> None:
    app = opened("exam_assigned")
    text = told(app)
    assert (
        "模拟赋分" in text
        and "按“河北省 3+1+2 等级赋分（2021年起）”规则模拟" in text
        and "真实赋分以全省考生为基数" in text
        and "须与省里文件核对" in text
    )
    assert re.search(r"化学：原始分均分 [\d.]+，赋分后为 [\d.]+", text)
    assert "≥ 73.5" in text and "在 86–100 之内" in text
    assert len(app.get("download_button")) == 2


def test_assigned_scores_in_english(with_samples: Store, opened: Opened) -> None:
    text = told(opened("exam_assigned", lang="en", subject="政治"))
    assert "Politics: a raw mean of" in text and "Simulated by the rule “Hebei 3+1+2" in text


def test_an_exam_without_a_rule_has_no_assigned_scores(with_samples: Store, opened: Opened) -> None:
    assert "没有指定赋分规则" in opened("exam_assigned", exam="2022-09-G3").info[0].value


def test_the_files_say_what_the_page_says(samples: Store) -> None:
    found = line_figures(samples, EXAM, "本科线", "物理类", viewer=Viewer(True, True))
    rows = exam_lines.unit_rows(found)
    assert all(len(row) == len(exam_lines.UNIT_COLUMNS) for row in rows)
    assert any(cell == "<10 or withheld" for row in rows for cell in row)
    assert not any(isinstance(cell, int) and 0 < cell < 10 for row in rows for cell in row)
    book = CalamineWorkbook.from_filelike(io.BytesIO(exam_lines.workbook(found, sample=True)))
    assert len(book.sheet_names) == 3
    assigned = assigned_figures(samples, EXAM, "化学")
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(exam_assigned.workbook(assigned, sample=True)))
    for name in sheets.sheet_names:
        header, *lines = sheets.get_sheet_by_name(name).to_python()
        place = header.index("rule")
        assert lines and {line[place] for line in lines} == {"hebei-2021"}
        assert {line[-2] for line in lines} == {"simulated"}
