"""What people do with the running dashboard, in a real browser. Screenshots are left in artefacts/screenshots."""

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data.configuration import ROOT
from data.samples.generate import files
from queries.answers import visible
from tests.browser.window import SCREENSHOTS, SIZES, Open, agree, choose, decide, fill, follow, overflow, resize

PAGES = {
    "overview": "",
    "construction": "construction?show=all",
    "senior": "senior",
    "excellence": "excellence",
    "research": "research",
    "incentives": "incentives",
    "appraisal": "appraisal",
    "accountability": "accountability",
    "compulsory": "compulsory",
    "preschool": "preschool",
    "indicator": "indicator?id=inclusive_share&area=襄都区",
    "signals": "indicator?id=joint_exam_turnaround",
    "plan": "plan",
    "upload": "upload",
    "history": "history",
    "changes": "changes",
    "quality": "quality",
    "dictionary": "dictionary",
    "exam": "exam",
    "exam_lines": "exam_lines",
    "exam_assigned": "exam_assigned",
    "exam_trend": "exam_trend?subject=数学",
    "exam_items": "exam_items?item=7",
    "exam_unit": "exam_unit",
    "exam_setup": "exam_setup?table=exam_roll",
    "decisions": "decisions?state=all",
    "agendas": "agendas",
    "reports": "reports",
    "report": "report",
}

# Texts of charts that leave their picture, and pairs of labels that cover each other; the mark of sample data apart.
CHART_FAULTS = """() => {
  const faults = [];
  for (const plot of document.querySelectorAll('.js-plotly-plot')) {
    const frame = plot.querySelector('.main-svg').getBoundingClientRect();
    const labels = [...plot.querySelectorAll('.gtitle, .annotation-text, .xtick text, .ytick text, .xtitle, .ytitle')]
      .filter(label => label.textContent && !['示例数据', 'sample data'].includes(label.textContent))
      .map(label => [label.textContent, label.getBoundingClientRect()]);
    for (const [text, box] of labels)
      if (box.left < frame.left - 2 || box.right > frame.right + 2 || box.top < frame.top - 2 || box.bottom > frame.bottom + 2)
        faults.push('clipped: ' + text);
    labels.forEach(([one, a], index) => labels.slice(index + 1).forEach(([other, b]) => {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 4 && high > 4) faults.push('overlap: ' + one + ' | ' + other);
    }));
    if (!plot.querySelector('.trace path, .trace .point, .bars path')) faults.push('empty chart');
  }
  return faults;
}"""


def _card(page: Page, title: str) -> str:
    return page.locator(".card", has_text=title).locator(".big").inner_text()


def test_the_first_visitor_may_come_by_a_pages_own_address(opened: Open) -> None:
    page = opened("indicator?id=public_share")
    expect(page.locator("h1")).to_have_text("教育方案指标看板")
    expect(page.locator(".card")).to_contain_text("公办园在园幼儿占比")


def test_the_overview_shows_every_indicator_with_its_status_and_leads_to_it(opened: Open) -> None:
    page = opened()
    rows = page.locator(".list tbody tr:not(.head)")
    expect(rows).to_have_count(len(visible()))
    widths = page.evaluate("() => [...document.querySelectorAll('.rows img')].map(one => one.naturalWidth)")
    by_district = rows.filter(has_text="仅分区统计").count()
    assert len(widths) == len(visible()) - by_district and all(widths)
    expect(rows.first).to_contain_text("不再达标")
    page.click("text=普惠性幼儿园覆盖率")
    expect(page.locator(".card")).to_contain_text("普惠性幼儿园覆盖率")


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_fits_its_screen(name: str, locale: str, shown: Open) -> None:
    page = shown(PAGES[name], locale=locale)
    for size in SIZES:
        resize(page, size)
        page.screenshot(path=SCREENSHOTS / f"{name}-{locale}-{size}.png")
        assert overflow(page) <= 0, size
        assert page.evaluate(CHART_FAULTS) == [], size


def test_a_phone_opens_the_districts_of_a_part_where_a_screen_shows_them(opened: Open) -> None:
    page = opened("", size="phone")
    line = page.locator(".matrix tr.part").first
    expect(line.locator("td")).to_have_count(4)
    expect(line.locator("td").first).to_be_visible()
    expect(line.locator("td.one").first).to_be_hidden()
    line.locator("summary").click()
    expect(line.locator("td.one").last).to_be_visible()
    resize(page, "office")
    expect(page.locator(".matrix td.one").last).to_be_visible()
    expect(line.locator("summary")).to_be_hidden()


def test_a_table_as_wide_as_a_desk_is_turned_on_a_phone(opened: Open) -> None:
    table = opened("exam_lines", size="phone").locator(".turned")
    assert table.evaluate("one => one.scrollWidth <= one.clientWidth")
    heads, values = table.locator("th"), table.locator("tbody td")
    assert heads.count() == values.count()
    for head, value in zip(heads.all(), values.all(), strict=True):
        beside = head.bounding_box(), value.bounding_box()
        assert beside[0] and beside[1] and abs(beside[0]["y"] - beside[1]["y"]) < 1


def test_headings_of_a_page_have_one_size(opened: Open) -> None:
    size = "one => getComputedStyle(one).fontSize + getComputedStyle(one).fontWeight"
    page = opened("senior")
    sizes = {one.evaluate(size) for one in page.locator("[data-testid=stHeading] h3, .qd h2").all() if one.is_visible()}
    assert page.locator("[data-testid=stHeading] h3").count() and len(sizes) == 1


def test_the_language_is_the_browsers_until_switched_and_stays_in_the_link(opened: Open) -> None:
    page = opened("preschool", locale="en-US")
    expect(page.locator("h1")).to_have_text("Education plan indicators")
    page.get_by_role("radio", name="中文").or_(page.get_by_role("button", name="中文")).first.click()
    expect(page.locator("h1")).to_have_text("教育方案指标看板")
    assert "lang=zh_CN" in page.url
    follow(page, "方案条目")
    expect(page.locator(".clause").first).to_be_visible()
    page.wait_for_function("() => location.search.includes('lang=zh_CN')")


def test_a_link_shows_the_same_to_somebody_else(opened: Open) -> None:
    page = opened("preschool")
    page.get_by_role("radio", name="襄都区").or_(page.get_by_role("button", name="襄都区")).first.click()
    expect(page.locator(".card").first).to_contain_text("襄都区")
    link = page.url.partition("/preschool")[2]
    other = opened(f"preschool{link}", locale="en-US")
    expect(other.locator(".card").first).to_contain_text("襄都区")


def test_a_chinese_file_changes_the_charts_and_withdrawing_it_changes_them_back(opened: Open) -> None:
    before = _card(opened("preschool"), "公办园在园幼儿占比")
    page = opened("upload")
    choose(page, "更正.csv", _correction())
    expect(page.locator("text=没有问题")).to_be_visible()
    fill(page, "文件负责人", "王芳")
    agree(page, "我已核对上述提醒")
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.locator("text=已发布")).to_be_visible()
    follow(page, "学前教育", "各项任务")
    expect(page.locator(".card", has_text="公办园在园幼儿占比").locator(".big")).not_to_have_text(before)
    follow(page, "上传记录", "数据")
    expect(page.locator("tbody tr").first).to_contain_text("更正.csv")
    expect(page.locator("tbody tr").first).to_contain_text("王芳")
    decide(page, "更正.csv", "撤回")
    expect(page.locator("text=已撤回：")).to_be_visible()
    assert _card(opened("preschool"), "公办园在园幼儿占比") == before


def test_every_problem_of_a_bad_file_is_shown_and_nothing_stored(opened: Open) -> None:
    page = opened("upload")
    bad = "年份,区域,年龄,人口数\n2020,火星,3,-1\n2020,信都区,3,许多\n2020,信都区,3,5\n"
    choose(page, "<b>坏.csv", bad.encode("gb18030"))
    expect(page.locator("text=处问题")).to_be_visible()
    found = page.locator(".scroll tbody").first.inner_text()
    assert all(text in found for text in ("火星", "-1", "许多", "与第 3 行重复"))
    expect(page.locator(".qd h2", has_text="<b>坏.csv")).to_be_visible()
    follow(page, "上传记录", "数据")
    expect(page.locator("tbody tr").first).to_be_visible()
    expect(page.locator("tbody", has_text="坏.csv")).to_have_count(0)


@pytest.mark.parametrize(
    ("content", "said"), [(b"PK\x03\x04..", "损坏或加密的 ZIP 压缩包"), (bytes(range(256)), "不是文本文件")]
)
def test_what_is_no_csv_is_named(content: bytes, said: str, opened: Open) -> None:
    page = opened("upload")
    choose(page, "数据.csv", content)
    expect(page.locator(".scroll tbody")).to_contain_text(said)


def test_figures_are_handed_out_as_a_file_and_a_chart_as_a_picture(opened: Open, tmp_path: Path) -> None:
    page = opened("indicator?id=inclusive_share")
    with page.expect_download() as saved:
        page.get_by_role("button", name="保存为 CSV").click()
    rows = list(csv.reader(io.StringIO(Path(saved.value.path()).read_bytes().decode("utf-8-sig"))))
    assert rows[0][:3] == ["indicator", "period", "area"] and rows[1][-1] == "示例数据"
    with page.expect_download() as picture:
        page.locator(".js-plotly-plot .modebar-btn").first.click()
    assert Path(picture.value.path()).read_bytes().startswith(b"\x89PNG")


def test_nonsense_in_a_link_falls_back_with_a_notice(opened: Open) -> None:
    page = opened("preschool?lang=xx&area=<b>火星&line=nope&as_of=gestern")
    expect(page.locator("[data-testid=stAlert]")).to_have_count(4)
    expect(page.locator("[data-testid=stAlert]", has_text="<b>火星")).to_be_visible()
    assert page.locator("[data-testid=stException]").count() == 0


def test_another_process_is_told_who_holds_the_store(opened: Open, environment: dict[str, str]) -> None:
    opened()
    file = str(ROOT / "data" / "reference" / "preschool_published.csv")
    done = subprocess.run(
        [sys.executable, "-m", "data", "publish", file], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "held by process" in done.stderr and len(done.stderr.splitlines()) == 1
    shown = subprocess.run(
        [sys.executable, "-m", "queries", "show", "pupils"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert (shown.returncode, shown.stderr) == (0, "")


def _correction() -> bytes:
    """A return in GB18030 that doubles the largest public kindergartens of the newest year."""
    made = files()
    register = list(csv.DictReader(io.StringIO(made["institution.csv"].decode("utf-8-sig"))))
    public = {row["institution_id"] for row in register if row["ownership"] == "教育部门办" and row["kind"] == "幼儿园"}
    rows = [
        row
        for row in csv.DictReader(io.StringIO(made["enrolment.csv"].decode("gb18030")))
        if row["school_year"] == "2022" and row["institution_id"] in public and row["stage"] == "学前"
    ]
    lines = [f"2022,{row['institution_id']},学前,{2 * int(row['pupils'])},20" for row in rows]
    return "\r\n".join(["学年,学校代码,学段,在园人数,班级数", *lines]).encode("gb18030")


def test_the_charts_of_a_page_are_saved_as_pictures(opened: Open) -> None:
    page = opened("indicator?id=inclusive_share&area=襄都区")
    page.get_by_test_id("stPopover").get_by_role("button", name="导出本页").click()
    for kind, start in (("PNG", b"\x89PNG"), ("SVG", b"<svg")):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"保存为 {kind}").first.click()
        assert Path(download.value.path()).read_bytes().startswith(start)
        assert download.value.suggested_filename == f"inclusive_share-襄都区.{kind.lower()}"
