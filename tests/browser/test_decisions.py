"""How a meeting notes a decision on the running dashboard and closes it."""

from playwright.sync_api import Page, expect

from tests.browser.window import SCREENSHOTS, Open, overflow, settle

TASK = "新增公办学位三百个"


def _write(page: Page, label: str, text: str) -> None:
    """Fills a field of a form; a filter above it may be called the same."""
    page.get_by_role("textbox", name=label).fill(text)
    page.get_by_role("textbox", name=label).press("Tab")
    settle(page)


def _day(page: Page, label: str, day: str) -> None:
    """Writes a day into a calendar, part by part."""
    page.get_by_test_id("stDateInput").filter(has_text=label).locator("[data-type=year]").click()
    page.keyboard.type(day.replace("-", ""), delay=40)
    page.keyboard.press("Tab")
    settle(page)


def test_a_decision_is_noted_seen_at_its_indicator_and_closed(opened: Open) -> None:
    page = opened("decisions?indicator=kindergartens")
    _write(page, "督办内容", TASK)
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator(".wrong").first).to_be_visible()
    _write(page, "责任单位", "市教育局")
    _write(page, "登记人", "王芳")
    _day(page, "完成时限", "2030-06-30")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("text=已发布“督办事项”1 行")).to_be_visible()

    page = opened("indicator?id=kindergartens", "phone")
    expect(page.locator(".decided")).to_contain_text(TASK)
    assert overflow(page) <= 0

    page = opened("decisions?indicator=kindergartens", "phone")
    assert overflow(page) <= 0
    page.screenshot(path=SCREENSHOTS / "decisions-phone.png", full_page=True)
    _write(page, "办结确认人", "李敏")
    _write(page, "办理结果", "已开工")
    page.get_by_role("button", name="确认办结").click()
    expect(page.locator("text=已发布“督办事项”1 行")).to_be_visible()

    page = opened("indicator?id=kindergartens")
    expect(page.locator(".decided")).to_contain_text("李敏于")
    page.reload()
    settle(page)
    expect(page.locator(".decided")).to_contain_text("已开工")
