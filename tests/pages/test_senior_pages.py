"""Senior schools and the consequence ledger on their pages: what staff see, and what is kept from everybody else."""

# ruff: noqa: F811 - the fixtures of all pages are imported, and named again where a test wants them

import re
from html import unescape

import pytest

from data import intake
from data.plan import plan
from data.store import Store
from pages.display import internal
from queries import answers
from queries.answers import PUBLIC, Viewer
from tests.pages.test_pages import NAMES_IN_LATIN, Opened, html, opened, said  # noqa: F401

INTERNAL_TITLES = [
    one.title.zh for one in answers.visible(Viewer(internal=True)).values() if one.visibility == "internal"
]


@pytest.fixture
def staff(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALITY_INTERNAL", "1")


def policy(number: int) -> str:
    notice = plan().clauses[number].notice
    assert notice is not None
    return notice.zh


@pytest.mark.parametrize("name", ["senior", "accountability"])
def test_everybody_else_is_told_that_internal_records_are_left_out(
    name: str,
    with_samples: Store,
    opened: Opened,
) -> None:
    text = said(opened(name))
    assert "内部记录不在本页显示" in text and policy(21) in text
    assert [title for title in INTERNAL_TITLES if title in text] == []
    assert "约谈" not in text and "问责台账" not in text


@pytest.mark.usefixtures("staff")
def test_staff_see_the_internal_indicators_with_their_notice(with_samples: Store, opened: Opened) -> None:
    text = said(opened("senior"))
    wanted = [title for title in INTERNAL_TITLES if title in text]
    assert {"尖子生培养基数", "优秀初中生留市率", "双一流高校录取人数", "重点高中目标完成率"} <= set(wanted)
    assert "本页含第 5 条" in text and policy(5) in text


def test_the_page_lists_every_senior_school_and_what_is_missing(with_samples: Store, opened: Opened) -> None:
    app = opened("senior", area="襄都区")
    text = said(app)
    with with_samples.reading() as cursor:
        names = cursor.execute(
            "select name from institution where area = '襄都区' and kind in ('高中', '完全中学')"
        ).fetchall()
    assert names and all(name in text for (name,) in names)
    assert "生均经费未提高" in text and "已到期" in text
    assert "<10" in text
    assert app.get("download_button")


@pytest.mark.usefixtures("staff")
def test_staff_see_top_pupils_school_by_school_without_the_few(with_samples: Store, opened: Opened) -> None:
    shown = html(opened("senior"))
    table = shown[shown.index("2021年11月高二联考") :]
    assert "2022年11月高三联考" in table and "尖子线 580" in table and "&lt;10" in table
    assert "不涉及学生个人和名次" in table
    numbers = [int(one) for one in re.findall(r'<td class="num"[^>]*>(\d+)</td>', table)]
    assert numbers and not [one for one in numbers if 0 < one < 10]


def test_everybody_else_sees_no_top_pupils_of_a_school(with_samples: Store, opened: Opened) -> None:
    text = said(opened("senior"))
    assert "各校尖子生人数" not in text and "联考" not in text


@pytest.mark.usefixtures("staff")
def test_the_ledger_says_what_follows_and_what_is_overdue(with_samples: Store, opened: Opened) -> None:
    text = said(opened("accountability", school="0000003180"))
    assert "2022 年：2 所重点高中完成目标，3 所未完成，0 所无结论。 5 项应处理事项没有记录日期。" in text
    assert "2023 年若未完成，即连续第 3 年未完成：调整校长" in text, "what a miss of the next year would trigger"
    assert "1，可能为 3：2021 年无结论" in text and "若 2021 年按未完成计：调整校长" in text
    assert "2022 年：调整校长，未记录日期" in text
    assert "规则第 1 版" in text and "第 21 条" in text
    assert "从规则适用的第一年 2020 年起计数" in text and "按学校计数是本系统的理解" in text
    assert "school_target.csv" in text and "没有上传改变过已有的结论" in text


@pytest.mark.usefixtures("staff")
def test_a_verdict_that_a_correction_changed_is_shown_before_and_after(with_samples: Store, opened: Opened) -> None:
    content = (
        "year,institution_id,item,comparison,target,result\n2022,0000003171,学业水平考试合格率（%）,不低于,98,97\n"
    )
    done = intake.publish(
        with_samples, content.encode(), "更正.csv", "school_target", by="王", said=intake.Said(accept=True)
    )
    assert done.upload
    found = unescape(re.sub(r"\s+", " ", html(opened("accountability"))))
    row = next(each for each in re.findall(r"<tr>.*?</tr>", found) if "更正.csv" in each and "发布" in each)
    assert re.findall(r"[●✕] \S+?(?=<)", row) == ["● 完成", "✕ 未达标"]
    assert f"#{done.upload}" in row and "王" in row


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize("name", ["senior", "accountability"])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_an_empty_store_says_what_is_missing_to_staff_too(name: str, language: str, opened: Opened) -> None:
    assert opened(name, lang=language).info


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize("name", ["senior", "accountability"])
def test_no_english_word_stands_on_the_chinese_page_of_staff(name: str, with_samples: Store, opened: Opened) -> None:
    assert re.findall(r"[A-Za-z_]{3,}", NAMES_IN_LATIN.sub(" ", said(opened(name)))) == []


@pytest.mark.usefixtures("staff")
def test_a_school_that_the_ledger_does_not_know_gets_the_first_and_a_notice(
    with_samples: Store, opened: Opened
) -> None:
    app = opened("accountability", school="0000000000")
    assert len(app.info) == 1


def test_the_notice_names_clauses_and_policy_once() -> None:
    text = internal.notice(PUBLIC, (5, 6, 8))
    assert text.startswith("Internal records of clause 5, clause 6, clause 8 are left out of this page.")
    assert text.count("October 2020") == 1
