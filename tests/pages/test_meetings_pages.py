"""The pages of meetings: decisions are noted and closed, reports entered, each published like a file under a name."""

# ruff: noqa: F811 - the fixtures of all pages are imported, and named again where a test wants them

import re
from contextvars import ContextVar
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data import words as words_module
from data.store import Store, withdraw
from data.uploads import history
from queries import answers
from queries.decisions import Decision, State, decisions
from queries.report_calendar import reports
from tests.pages.test_pages import Opened, html, opened, said  # noqa: F401

STAFF = answers.Viewer(internal=True)
OPEN, CLOSE = "20221020-01", "20221020-02"


@pytest.fixture(params=["zh_CN", "en"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The reader's language; a second run of a page is the page's own in tests, and speaks the default one."""
    name = str(request.param)
    monkeypatch.setattr(words_module, "_language", ContextVar("language", default=name))
    return name


def ran(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception, [one.value for one in app.exception]
    return app


def put(app: AppTest, field: str, value: object) -> None:
    """Fills the form's field of that name: the last widget whose key ends like it."""
    widgets = [*app.text_input, *app.text_area, *app.selectbox, *app.date_input]
    [one] = [one for one in widgets if one.key and one.key.endswith(f"-{field}") and not one.key.startswith("choice-")]
    one.set_value(value)


def send(app: AppTest, icon_place: int) -> AppTest:
    """Sends one of the page's forms, which are counted from 0."""
    forms = [one for one in app.button if one.form_id]
    forms[icon_place].click()
    return ran(app)


def wrong(app: AppTest) -> list[str]:
    return [re.sub(r"<[^>]*>", "", one) for one in re.findall(r'<p class="wrong">(.*?)</p>', html(app))]


def known(store: Store) -> dict[str, Decision]:
    return {one.task: one for one in decisions(store, STAFF)}


def note(app: AppTest, **more: object) -> AppTest:
    given = {"task": "新增学位", "owner": "教育局", "due_on": date(2030, 1, 1), "indicator": "pupils", "by": "王芳"}
    for field, value in (given | more).items():
        put(app, field, value)
    return send(app, 0)


# Decisions


def test_a_decision_is_noted_under_a_name_and_stands_at_its_indicator(
    language: str, with_samples: Store, opened: Opened
) -> None:
    app = note(opened("decisions", lang=language))
    assert len(app.success) == 1 and wrong(app) == []
    one = known(with_samples)["新增学位"]
    assert (one.indicator, one.owner, one.due_on, one.area, one.state) == (
        "pupils", "教育局", date(2030, 1, 1), None, State.OPEN,
    )  # fmt: skip
    newest = history(with_samples)[0]
    assert (newest.dataset, newest.uploader, newest.rows) == ("decision", "王芳", 1)
    assert all(not one.value for one in app.text_area), "the next one begins anew"
    assert "新增学位" in said(opened("indicator", id="pupils", lang=language))
    assert "新增学位" not in said(opened("indicator", id="kindergartens", lang=language))


def test_what_is_wrong_stands_at_its_field_and_nothing_is_published(
    language: str, with_samples: Store, opened: Opened
) -> None:
    before = len(history(with_samples))
    expected = {
        "zh_CN": ("不能为空", "姓名或单位", "不早于决定日期"),
        "en": ("must not be empty", "a name", "not before it was decided"),
    }
    empty, nobody, too_early = expected[language]
    app = note(opened("decisions", lang=language), task="", by=" ")
    assert [one in text for one, text in zip((empty, nobody), wrong(app), strict=True)] == [True, True]
    app = note(app, due_on=date(2020, 1, 1))
    assert [too_early in text for text in wrong(app)] == [True]
    assert len(history(with_samples)) == before
    assert next(one for one in app.text_input if one.key.endswith("-owner")).value == "教育局", "what was right stays"


def test_a_link_presets_the_indicator_and_lists_its_decisions(with_samples: Store, opened: Opened) -> None:
    app = opened("decisions", indicator="public_share")
    assert (
        next(one for one in app.selectbox if (one.key or "").endswith("-indicator") and "decision" in one.key).value
        == "public_share"
    )
    assert "恢复到50%以上" in html(app) and "十五五" not in html(app)


def test_a_decision_is_closed_by_somebody_and_a_withdrawal_opens_it_again(
    language: str, with_samples: Store, opened: Opened
) -> None:
    app = opened("decisions", close=CLOSE, lang=language)
    app = send(app, 1)
    assert len(wrong(app)) == 1, "nobody has closed it"
    put(app, "closed_by", "李敏")
    put(app, "outcome", "已达标")
    app = send(app, 1)
    one = next(one for one in known(with_samples).values() if one.decision_id == CLOSE)
    assert (one.state, one.closed_by, one.closed_on, one.outcome) == (State.CLOSED, "李敏", date.today(), "已达标")
    assert (one.owner, one.due_on) == ("襄都区政府", date(2030, 12, 31)), "the rest is as it was"
    assert history(with_samples)[0].uploader == "李敏"
    page = said(opened("indicator", id="inclusive_share", area="襄都区", lang=language))
    assert "李敏" in page and "已达标" in page
    withdraw(with_samples, history(with_samples)[0].upload_id, "王芳")
    assert next(one for one in known(with_samples).values() if one.decision_id == CLOSE).state == State.OPEN


def test_the_list_is_filtered_by_state_and_owner(with_samples: Store, opened: Opened) -> None:
    def listed(**chosen: str) -> int:
        return html(opened("decisions", **chosen)).count("data-label") // 5

    assert [listed(state=one) for one in ("pending", "overdue", "closed", "all")] == [2, 1, 3, 5]
    assert listed(state="all", owner="襄都区政府") == 2
    text = said(opened("decisions"))
    assert text.index("恢复到50%以上") < text.index("十五五"), "what is overdue comes first"


def test_internal_decisions_are_for_staff(with_samples: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "薄弱学科" not in said(opened("decisions", state="all"))
    monkeypatch.setenv("QUALITY_INTERNAL", "1")
    assert "薄弱学科组织" in said(opened("decisions", state="all"))


@pytest.mark.parametrize("name", ["decisions", "reports"])
def test_an_earlier_state_cannot_be_changed(name: str, with_samples: Store, opened: Opened) -> None:
    app = opened(name, as_of=date.today().isoformat())
    assert not [one for one in app.button if one.form_id]
    assert "当前显示的是以前的状态" in said(app)


# Reports


def test_what_is_entered_of_a_report_moves_the_indicator(language: str, with_samples: Store, opened: Opened) -> None:
    found = next(one for one in reports(with_samples) if one.year == 2022 and not one.published_on)
    app = opened("reports", year="2022", report=f"2022-{found.office}-{found.report}", lang=language)
    put(app, "by", "王芳")
    assert len(wrong(send(app, 0))) == 1, "nothing new was entered"
    put(app, "made_on", found.due_on)
    put(app, "published_on", found.due_on)
    before = answers.answer(with_samples, "monitoring_reports_on_time").whole.latest
    app = send(app, 0)
    after = answers.answer(with_samples, "monitoring_reports_on_time").whole.latest
    assert len(app.success) == 1 and before and after
    assert (before.numerator, before.denominator, after.numerator, after.denominator) == (10, 12, 11, 12)
    stored = next(one for one in reports(with_samples) if one.report == found.report)
    assert (stored.published_on, stored.exam_id, stored.stage) == (found.due_on, found.exam_id, found.stage)
    assert (history(with_samples)[0].dataset, history(with_samples)[0].uploader) == ("monitoring_report", "王芳")


def test_the_calendar_names_an_exam_that_nobody_planned_an_analysis_of(
    with_samples: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = next(one.upload_id for one in history(with_samples) if one.dataset == "monitoring_report")
    withdraw(with_samples, number, "王芳")
    text = said(opened("reports"))
    assert "14 次联考尚未安排分析报告" in text and "未安排报告" in text


def test_the_calendar_is_filtered_by_office_and_state(with_samples: Store, opened: Opened) -> None:
    page = html(opened("reports", year="2021", state="made"))
    assert page.count("已完成未发布，晚") == 1 and "襄都区" in page
    assert "信都区初中" not in html(opened("reports", year="2021", office="襄都区"))
