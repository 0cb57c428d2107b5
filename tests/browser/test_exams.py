"""How people set up an exam on the running dashboard."""

import re

from playwright.sync_api import Page, expect

from tests.browser.window import SCREENSHOTS, Open, fill, overflow, write

# The grid is drawn on a canvas: a cell is found by its place.
HEADER, ROW = 36, 35


def _cell(page: Page, row: int, right: float) -> tuple[float, float]:
    """The place of a cell; `right`: how far to the right it lies, as a share of the table's width."""
    grid = page.locator("[data-testid=stDataFrame] canvas").first
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    assert box
    return box["x"] + box["width"] * right, box["y"] + HEADER + ROW * (row + 0.5)


def test_a_line_is_moved_on_the_set_up_page_and_stands_there_after_a_reload(opened: Open) -> None:
    page = opened("exam_setup?exam=2022-03-G2&table=exam_line")
    assert overflow(page) <= 0
    write(page, lambda: _cell(page, 0, 0.6), "533")
    page.get_by_role("button", name="检查改动").click()
    expect(page.locator(".counts")).to_contain_text("1 行将更正")
    fill(page, "数据负责人", "王芳")
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.locator("text=已发布“考试分数线”4 行")).to_be_visible()
    page = opened("exam_setup?exam=2022-03-G2&table=exam_line")
    page.screenshot(path=SCREENSHOTS / "exam_setup_lines.png")
    expect(page.locator("[role=gridcell]", has_text=re.compile("^533$"))).to_have_count(1)
