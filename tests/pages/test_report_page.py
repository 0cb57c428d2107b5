"""The page of documents: what it offers, and what a click makes."""

# ruff: noqa: F811 - the fixtures of all pages are imported, and named again where a test wants them

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from data.store import Store
from pages.display.report import export
from tests.pages.test_pages import Opened, opened, said  # noqa: F401


def test_a_click_makes_the_chosen_document(with_samples: Store, opened: Opened) -> None:
    app = opened("report", document="circular", year="2021", body="government")
    assert not app.get("download_button")
    app.button("make-docx").click().run()
    assert "文中每个数字均已回读核对" in said(app)
    (saved,) = app.get("download_button")
    assert saved.proto.label == "保存通报-2021.docx"


def test_a_report_is_about_the_chosen_period_and_parts(with_samples: Store, opened: Opened) -> None:
    app = opened("report", until="2021-06-30", group="preschool,senior", area="信都区")
    app.button("make-xlsx").click().run()
    assert not app.error, said(app)
    _name, file = app.session_state["made"][1]
    sheets = CalamineWorkbook.from_filelike(BytesIO(file)).sheet_names
    assert {"学前教育", "高中质量"} <= set(sheets) and "学校建设" not in sheets


def test_parts_are_chosen_by_buttons_and_stay_in_the_link(with_samples: Store, opened: Opened) -> None:
    app = opened("report")
    app.button_group("choice-group").set_value(["senior", "preschool"]).run()
    assert app.query_params["group"] == "senior,preschool"
    app = opened("report", group="senior")
    app.button_group("choice-group").set_value([]).run()
    assert "group" not in app.query_params


def test_a_part_that_is_none_is_replaced_by_all_with_a_notice(with_samples: Store, opened: Opened) -> None:
    app = opened("report", group="preschool,sports")
    assert "preschool,sports" in said(app)
    assert "group" not in app.query_params


def test_another_choice_forgets_the_document(with_samples: Store, opened: Opened) -> None:
    app = opened("report", document="circular")
    app.button("make-xlsx").click().run()
    assert app.get("download_button")
    app.query_params["year"] = "2021"
    app.run()
    assert not app.get("download_button")


def test_without_an_appraisal_there_is_nothing_to_make(opened: Opened) -> None:
    app = opened("report", document="circular")
    assert "报送" in said(app) and not [one for one in app.button if one.key and one.key.startswith("make-")]


def test_a_document_that_does_not_agree_is_not_handed_out(
    with_samples: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened("report", document="circular")
    monkeypatch.setattr(export.read_back, "mismatches", lambda *_given: [export.read_back.Mismatch("7", "“正文”", "8")])
    app.button("make-docx").click().run()
    assert "“正文”中的“7”应为“8”" in said(app) and not app.get("download_button")


def test_internal_records_are_for_staff_to_choose(
    with_samples: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "内部记录" not in said(opened("report"))
    monkeypatch.setenv("QUALITY_INTERNAL", "1")
    assert "内部记录" in said(opened("report"))
