"""How a presenter runs a meeting from the keyboard, and what the room sees meanwhile."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import quote, urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

from data.samples.meetings import ITEMS, NAME
from tests.browser.window import SCREENSHOTS, Open, agree, choose, fill, pick, settle

ACCEPTED = "我已核对上述提醒"

# What is wider or higher than its place: words of the page, of charts, and rows of tables in the screen that is shown.
FAULTS = """() => {
  const stage = document.querySelector('.stage'), body = stage.querySelector('.body').getBoundingClientRect();
  const faults = [], root = document.documentElement;
  const beyond = one => {
    const box = one.getBoundingClientRect();
    return box.width && (box.left < body.left - 2 || box.right > body.right + 2 || box.top < body.top - 2 || box.bottom > body.bottom + 2);
  };
  if (root.scrollWidth > innerWidth || root.scrollHeight > innerHeight) faults.push('scroll bar');
  for (const name of [".title", ".top .part", ".source"]) {
    const one = stage.querySelector(name);
    if (one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2) faults.push(name + ': ' + one.textContent);
  }
  for (const one of stage.querySelectorAll('.body svg:not([data-pieces]) text')) if (beyond(one)) faults.push('chart: ' + one.textContent);
  for (const one of stage.querySelectorAll('.flow tr, .flow p, .flow .card')) {
    const box = one.getBoundingClientRect();
    const shown = box.right > body.left + 2 && box.left < body.right - 2;
    if (shown && beyond(one)) faults.push('words: ' + one.textContent.trim().slice(0, 40));
  }
  for (const table of stage.querySelectorAll('.flow table')) {
    const rows = [...table.querySelectorAll('tbody tr')], left = one => Math.round(one.getBoundingClientRect().left);
    const apart = table.tHead && rows.find(row => Math.abs(left(row) - left(table.tHead)) > 4);
    if (apart) faults.push('row without a head: ' + apart.textContent.trim().slice(0, 40));
  }
  const chart = stage.querySelector('.body svg[data-cuts]');
  if (chart) {
    const whole = [...chart.querySelectorAll('defs text')].map(one => [one.textContent, one.getBBox()]);
    const cuts = chart.dataset.cuts.split(' ').map(Number);
    if (!whole.some(([_text, box]) => box.height)) faults.push('no words in ' + chart.id);
    for (const [text, box] of whole) {
      if (cuts.some(cut => cut > box.y + 1 && cut < box.y + box.height - 1)) faults.push('cut through: ' + text);
    }
  }
  return faults;
}"""


def presented(opened: Open, link: str, size: str = "office") -> Page:
    """A window with a meeting in it."""
    page = opened("agendas", size=size)
    page.goto(urljoin(page.url, link))
    return stage(page)


def stage(page: Page) -> Page:
    """Waits until the slides are made, for which every page of the agenda is run, and the first of them is there."""
    page.locator(".stage .number", has_text="/").wait_for()
    page.wait_for_timeout(300)
    return page


def run(page: Page, key: str = "ArrowRight") -> Iterator[str]:
    """Goes from screen to screen to the last one; gives the number and the title of each while it is shown."""
    number = page.locator(".stage .number")
    for _step in range(400):
        before = number.inner_text()
        yield f"{before} {page.locator('.stage .title').inner_text()}"
        page.keyboard.press(key)
        if number.inner_text() == before:
            return
    raise AssertionError("the meeting does not end")


def run_through(page: Page, key: str) -> list[str]:
    """Goes from slide to slide to the last one; returns what was wrong on the way."""
    return [f"{title}: {fault}" for title in run(page, key) for fault in page.evaluate(FAULTS)]


@pytest.mark.parametrize(("size", "key"), [("office", "ArrowRight"), ("projector", "PageDown")])
def test_an_agenda_of_five_items_is_run_by_keyboard_and_nothing_is_clipped(size: str, key: str, opened: Open) -> None:
    page = presented(opened, f"/?present={quote(NAME)}", size)
    assert len(ITEMS) == 5
    page.screenshot(path=SCREENSHOTS / f"meeting-{size}-first.png")
    assert run_through(page, key) == []
    page.screenshot(path=SCREENSHOTS / f"meeting-{size}-last.png")
    expect(page.locator(".stage .top .part")).to_have_text(ITEMS[-1][0])
    expect(page.locator(".stage .version")).to_contain_text("数据版本")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    expect(page.locator(".stage .top .part")).to_have_text(ITEMS[0][0])


@pytest.mark.parametrize("size", ["office", "projector"])
def test_ten_cards_fit_on_one_screen(size: str, opened: Open) -> None:
    page = presented(opened, "/?present=page&view=preschool", size)
    expect(page.locator(".stage .card")).to_have_count(10)
    assert re.fullmatch(r"1 / \d+", page.locator(".stage .number").inner_text())
    assert page.evaluate(FAULTS) == []


def test_a_table_and_a_chart_that_go_on_have_their_heads_and_axes_on_every_screen(opened: Open) -> None:
    page = presented(opened, "/?present=page&view=construction")
    tables, charts = 0, 0
    for title in run(page):
        pieces = page.locator(".stage .flow table").count()
        assert page.locator(".stage .flow table > thead").count() == pieces, title
        tables = max(tables, pieces)
        if page.locator(".stage svg[data-pieces]").count():
            strips = page.locator(".stage svg[data-pieces] > svg")
            assert strips.count() == 3, title  # what stands above the plot, some of its rows, what stands below it
            charts += 1
    assert tables > 2
    assert charts > 1


def test_the_list_black_screen_and_clock_are_at_hand(opened: Open) -> None:
    page = presented(opened, f"/?present={quote(NAME)}")
    expect(page.locator(".stage .clock")).to_contain_text("/ 5:00")
    page.keyboard.press("j")
    page.locator(".stage .over li", has_text="学校建设").last.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".stage .number")).to_contain_text("2 / ")
    page.keyboard.press("b")
    expect(page.locator(".stage .blank")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".stage .blank")).to_have_count(0)
    expect(page.locator(".stage .number")).to_contain_text("2 / ")
    page.keyboard.press("l")
    expect(page.locator(".stage.dark")).to_be_visible()
    page.reload()
    expect(stage(page).locator(".stage .number")).to_contain_text("2 / ")
    page.keyboard.press("Escape")
    page.wait_for_url("**/agendas?*")


def test_leaving_returns_to_the_day_that_was_looked_at(opened: Open) -> None:
    page = opened(f"preschool?as_of={date.today()}")
    page.get_by_role("link", name="演示").first.click()
    stage(page)
    page.keyboard.press("Escape")
    page.wait_for_url(f"**/preschool?*as_of={date.today()}*")


def test_what_is_on_the_screen_stays_while_somebody_publishes(opened: Open) -> None:
    present = "/?present=page&view=" + quote("indicator?id=gross_enrolment&area=信都区")
    page = presented(opened, present)
    seen = page.locator(".stage .body").inner_html(), page.locator(".stage .version").inner_text()
    other = opened("upload?dataset=population")
    choose(other, "人口更正.csv", "年份,区域,年龄,人口数\n2022,信都区,3,15000\n".encode())
    fill(other, "文件负责人", "王芳")
    if other.locator("text=" + ACCEPTED).count():
        agree(other, ACCEPTED)
    other.get_by_role("button", name="发布", exact=True).click()
    expect(other.locator("text=已发布“适龄人口”1 行")).to_be_visible()
    for _again in range(2):
        assert (page.locator(".stage .body").inner_html(), page.locator(".stage .version").inner_text()) == seen
        page.reload()
        stage(page)
    fresh = presented(opened, present)
    assert fresh.locator(".stage .version").inner_text() != seen[1]
    assert fresh.locator(".stage .body").inner_html() != seen[0]


def test_an_agenda_is_made_from_a_page_presented_and_taken_away(opened: Open, browser: Browser, tmp_path: Path) -> None:
    page = opened("indicator?id=inclusive_share")
    page.get_by_role("link", name="加入会议议程").click()
    page.wait_for_url("**/agendas?*")
    settle(page)
    pick(page, "议程", "新建议程")
    fill(page, "会议名称", "现场会")
    fill(page, "议程负责人", "王芳")
    page.get_by_role("button", name="保存议程").click()
    items = page.locator("[data-testid=stMainBlockContainer] ol li")
    expect(items).to_have_count(4)  # what changed, open decisions, the overview, and the page that was added
    expect(items.last).to_contain_text("指标 · 普惠性幼儿园覆盖率")
    page.get_by_role("button", name="生成 PowerPoint").click()
    page.get_by_role("button", name="停止").click()
    settle(page)
    expect(page.get_by_role("button", name="停止")).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("^保存现场会"))).to_have_count(0)
    page.get_by_role("button", name="生成 HTML").click()
    save = page.get_by_role("button", name="保存现场会.html")
    save.wait_for()
    with page.expect_download() as saved:
        save.click()
    file = tmp_path / "pack.html"
    saved.value.save_as(file)
    context = browser.new_context(offline=True, locale="zh-CN")
    alone, asked = context.new_page(), []
    alone.on(
        "request", lambda one: asked.append(one.url) if not one.url.startswith(("file:", "data:", "blob:")) else None
    )
    alone.goto(file.as_uri())
    stage(alone)
    alone.keyboard.press("End")
    alone.locator(".stage .js-plotly-plot .main-svg").first.wait_for()
    assert asked == []
    context.close()
    page.get_by_role("link", name="开始演示").first.click()
    expect(stage(page).locator(".stage .top .part")).not_to_have_text("")
