"""How people bring files to the running dashboard, take them back, and look at what they changed."""

import csv
import io
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from data.configuration import ROOT
from data.samples.generate import files
from tests.browser.window import SCREENSHOTS, SIZES, Open, agree, choose, decide, fill, follow, overflow, pick, resize
from tests.data.books import Rows, csv_text, xlsx

EXAM10 = ROOT / "tests" / "data" / "files" / "exam10.csv"
EXAM = "2022年11月高三联考"
UNDERSTOOD, ACCEPTED = "各列含义理解无误", "我已核对上述提醒"


def test_a_school_return_is_looked_at_published_withdrawn_and_restored(opened: Open) -> None:
    page = opened("upload")
    choose(page, "园.xlsx", xlsx({"统计表": _return()}))
    _expect_the_look_at_the_return(page)
    publish = page.get_by_role("button", name="发布", exact=True)
    fill(page, "文件负责人", "王芳")
    fill(page, "备注", "按年报更正")
    expect(publish).to_have_count(0)
    agree(page, UNDERSTOOD)
    expect(publish).to_have_count(0)
    agree(page, ACCEPTED)
    publish.click()
    expect(page.locator("text=已发布“在校（园）学生数”60 行")).to_be_visible()
    follow(page, "上传记录", "数据")
    row = page.locator("tbody tr", has_text="园.xlsx")
    for text in ("王芳", "按年报更正", "已确认 15 条提醒", "有效"):
        expect(row).to_contain_text(text)
    decide(page, "园.xlsx", "撤回")
    expect(row).to_contain_text("李敏")
    expect(row).to_contain_text("已撤回")
    decide(page, "园.xlsx", "恢复")
    expect(page.locator("text=已恢复：")).to_be_visible()
    expect(row).to_contain_text("有效")
    _expect_it_among_the_changes(opened)


def _expect_the_look_at_the_return(page: Page) -> None:
    """What was passed over, what the columns mean, and what the rows would change."""
    main = page.locator("[data-testid=stMainBlockContainer]")
    expect(main).to_contain_text("60 行数据没有问题")
    expect(main).to_contain_text("15 条提醒")
    page.locator("summary", has_text="未读取或换了读法").click()
    passed_over = page.locator("details", has_text="未读取或换了读法").inner_text()
    assert all(text in passed_over for text in ("2022—2023学年幼儿园基本情况统计表", "合计", "2022-2023学年"))
    meanings = page.locator("details", has_text="文件中的列")
    expect(meanings.locator("tr", has_text="幼儿园名称")).to_contain_text("学校代码")
    expect(meanings.locator("tr", has_text="在园人数（人）")).to_contain_text("学生数")
    assert page.locator(".counts").inner_text().split() == [
        "0",
        "行新增",
        "20",
        "行将更正",
        "40",
        "行不变",
        "0",
        "行将移除",
    ]
    changed = page.locator("details", has_text="原值与新值").locator("tbody tr")
    expect(changed).to_have_count(20)
    old, new = (int(changed.first.locator("td").nth(place).inner_text()) for place in (2, 3))
    assert new == old + 40
    moved = page.locator(".rows tr", has_text="公办园在园幼儿占比").filter(has_text="主城区")
    expect(moved.locator("td.num")).to_have_count(2)
    assert len(set(moved.locator("td.num").all_inner_texts())) == 2


def _expect_it_among_the_changes(opened: Open) -> None:
    page = opened("changes")
    row = page.locator("tr", has_text="园.xlsx")
    expect(row).to_contain_text("恢复")
    expect(page.locator("tr", has_text="公办园在园幼儿占比").first).to_contain_text("新增数据")


def test_a_wide_exam_file_is_published_once_its_exam_is_given_and_its_stand_in_agreed_to(opened: Open) -> None:
    page = opened("upload")
    choose(
        page,
        "成绩.csv",
        EXAM10.read_bytes().decode("gb18030").replace("第一示例高中", _senior_school()).encode("gb18030"),
    )
    main = page.locator("[data-testid=stMainBlockContainer]")
    expect(main).to_contain_text("文件中没有写明")
    expect(page.get_by_role("button", name="发布", exact=True)).to_have_count(0)
    pick(page, "考试代码", EXAM)
    expect(main).to_contain_text("30 行数据没有问题")
    expect(main).to_contain_text("用作“学号”，是否同意？")
    expect(main).to_contain_text("姓名")
    assert "202101" not in page.locator("details", has_text="入库后的前几行").inner_text()
    fill(page, "文件负责人", "王芳")
    agree(page, UNDERSTOOD)
    agree(page, ACCEPTED)
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.locator("text=已发布“考试成绩”30 行")).to_be_visible()


def test_columns_without_a_header_get_their_meaning_from_a_person(opened: Open) -> None:
    page = opened("upload?dataset=population")
    choose(page, "人口.csv", csv_text([[2022, "信都区", 3, 4000], [2022, "信都区", 4, 4100]]))
    for place, meaning in enumerate(("年份", "区域", "年龄", "人口数"), 1):
        pick(page, re.compile(f"#{place} "), meaning)
    expect(page.locator("[data-testid=stMainBlockContainer]")).to_contain_text("2 行数据没有问题")
    expect(page.locator(".counts")).to_contain_text("行将更正")


def test_a_broken_file_comes_back_with_its_cells_marked(opened: Open) -> None:
    page = opened("upload")
    choose(page, "坏.csv", "年份,区域,年龄,人口数\n2020,火星,3,-1\n2020,信都区,3,5\n".encode())
    with page.expect_download() as saved:
        page.get_by_role("button", name="下载标注后的原表").click()
    book = CalamineWorkbook.from_path(str(saved.value.path()))
    sheet, problems = (book.get_sheet_by_index(place).to_python() for place in (0, 1))
    assert saved.value.suggested_filename.endswith(".xlsx")
    assert sheet[1] == [2.0, "2020", "火星", "3", "-1"]
    assert {(row[1], row[2]) for row in problems[1:]} == {("区域", "火星"), ("人口数", "-1")}


@pytest.mark.parametrize("kind", ["XLSX", "CSV"])
def test_an_empty_file_to_fill_in_is_handed_out(kind: str, opened: Open) -> None:
    page = opened("upload?dataset=population")
    with page.expect_download() as saved:
        page.get_by_role("button", name=f"下载模板（{kind}）").click()
    content = Path(saved.value.path()).read_bytes()
    if kind == "XLSX":
        header = [
            str(cell)
            for cell in CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()[0]
        ]
    else:
        header = next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert header[:4] == ["年份", "区域", "年龄", "人口数"]


def test_an_earlier_day_is_chosen_in_the_head_kept_from_page_to_page_and_left_again(opened: Open) -> None:
    page = opened("preschool")
    yesterday = (date.today() - timedelta(days=1)).isoformat()
    page.get_by_role("button", name="查看历史状态").click()
    _type_day(page, yesterday)
    expect(page.locator(".then")).to_contain_text("历史状态")
    page.wait_for_function(f"() => location.search.includes('as_of={yesterday}')")
    page.keyboard.press("Escape")
    follow(page, "总览")
    expect(page.locator(".then")).to_be_visible()
    figure = page.locator(".list .big").first
    expect(figure).to_have_text("无数据")
    page.get_by_role("button", name="返回当前").click()
    expect(page.locator(".then")).to_have_count(0)
    expect(figure).not_to_have_text("无数据")


def _type_day(page: Page, day: str) -> None:
    """Types a day into the open calendar, part by part."""
    parts = page.get_by_role("spinbutton")
    for part, text in zip((0, 1, 2), day.split("-"), strict=True):
        parts.nth(part).click()
        parts.nth(part).press_sequentially(text)
    for _step in range(2):  # the calendar takes the day once it is left
        page.keyboard.press("Tab")


def test_what_is_missing_is_handed_out_as_a_list_that_fits_the_choice(opened: Open) -> None:
    page = opened("quality?period=2022&area=信都区")
    expect(page.locator("h2").first).to_contain_text(re.compile("应报送 .* 项"))
    with page.expect_download() as saved:
        page.get_by_role("button", name="保存为 CSV").click()
    rows = list(csv.reader(io.StringIO(Path(saved.value.path()).read_bytes().decode("utf-8-sig"))))
    assert len(rows) > 1 and all("信都区" in row for row in rows[1:])


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_a_file_that_was_looked_at_fits_every_screen(locale: str, opened: Open) -> None:
    page = opened("upload", "office", locale)
    choose(page, "园.xlsx", xlsx({"统计表": _return()}))
    for size in SIZES:
        resize(page, size)
        page.screenshot(path=SCREENSHOTS / f"looked-at-{locale}-{size}.png")
        assert overflow(page) <= 0, size


def _table(name: str, encoding: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files()[name].decode(encoding))))


def _senior_school() -> str:
    return next(row["name"] for row in _table("institution.csv", "utf-8-sig") if row["kind"] == "高中")


def _return() -> Rows:
    """Sixty kindergartens by name, below a title and above their total; the first twenty have forty children more."""
    names = {row["institution_id"]: row["name"] for row in _table("institution.csv", "utf-8-sig")}
    known = [
        row for row in _table("enrolment.csv", "gb18030") if row["school_year"] == "2022" and row["stage"] == "学前"
    ]
    rows = [
        [
            "2022-2023学年",
            names[row["institution_id"]],
            "学前",
            int(row["pupils"]) + 40 * (place < 20),
            int(row["classes"]),
        ]
        for place, row in enumerate(known[:60])
    ]
    total = ["合计", "", "", sum(int(row[3]) for row in rows), ""]
    header = ["学年", "幼儿园名称", "学段", "在园人数（人）", "班数"]
    return [["2022—2023学年幼儿园基本情况统计表"], header, *rows, total]
