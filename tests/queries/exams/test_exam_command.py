"""`python -m queries exam`: the worked example of domain section 2 through a published file, and what is withheld."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from data.store import Store
from queries.__main__ import main
from tests.queries.exams import small_exam as plain
from tests.queries.exams.small_exam import Publish

INSTITUTION = """学校代码,生效日期,学校名称,所在区,学校类别,办别,是否主城区
3905000456,2015-09-01,甲示例中,襄都区,高中,教育部门办,是
"""
EXAM = "考试代码,科目,考试名称,考试日期,学段,年级,满分\n" + "".join(
    f"2021-11-G3,{subject},2021年11月高三联考,2021-11-12,高中,高三,150\n" for subject in ("语文", "数学", "英语")
)
TEN = """考号,姓名,学校,班级,语文,数学,英语,总分
202101,学生01,甲示例中,高三(2)班,121,135,128,384
202102,学生02,甲示例中,高三(1)班,115,128,131,374
202103,学生03,甲示例中,高三(2)班,118,112,109,339
202104,学生04,甲示例中,高三(1)班,104,119,117,340
202105,学生05,甲示例中,高三(2)班,109,98,122,329
202106,学生06,甲示例中,高三(1)班,98,107,93,298
202107,学生07,甲示例中,高三(2)班,101,84,88,273
202108,学生08,甲示例中,高三(1)班,92,76,97,265
202109,学生09,甲示例中,高三(2)班,87,61,72,220
202110,学生10,甲示例中,高三(1)班,80,45,58,183
"""
ROLL = "考试代码,学校代码,应考人数\n2021-11-G3,3905000456,20\n"
Run = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Exit status, what was printed (JSON as what it says) and the refusal."""

    def of(*arguments: str) -> tuple[int, Any, str]:
        capsys.readouterr()
        status = main(["exam", *arguments])
        printed = capsys.readouterr()
        return status, json.loads(printed.out) if "--json" in arguments and not status else printed.out, printed.err

    return of


@pytest.fixture
def ten(store: Store, publish: Publish) -> None:
    publish("institution", INSTITUTION)
    publish("exam", EXAM)
    publish("exam_roll", ROLL)
    text = TEN.splitlines()
    lines = [f"考试代码,{text[0]}", *(f"2021-11-G3,{line}" for line in text[1:])]
    publish("exam_result", "\n".join(lines) + "\n")
    store.close()


def test_the_worked_example(ten: None, run: Run) -> None:
    status, found, _error = run("2021-11-G3", "--json")
    assert status == 0
    papers = found["papers"]
    assert [one["subject"] for one in papers] == ["语文", "数学", "英语"]
    assert [one["n"] for one in papers] == [10, 10, 10]
    assert [one["mean"] for one in papers] == [102.5, 96.5, 101.5]
    for key, expected in {
        "sd": [12.8938, 27.9687, 23.0792],
        "difficulty": [0.6833, 0.6433, 0.6767],
        "discrimination": [0.18, 0.4444, 0.3311],
    }.items():
        assert [one[key] for one in papers] == pytest.approx(expected, abs=5e-5)
    assert papers[1]["difficulty"] == 96.5 / 150, "all digits of a double"
    assert [one["quality"] for one in papers] == ["poor", "very_good", "good"]
    assert [one["alpha"] for one in found["reliability"]] == pytest.approx([0.923505], abs=5e-7)
    assert found["participation"] == {"sat": 10, "roll": 20, "share": 0.5, "withheld": False}
    assert found["total"]["n"] == 10 and found["total"]["mean"] == 300.5


def test_rates_of_few_are_null_and_say_that_they_are_withheld(ten: None, run: Run) -> None:
    _status, found, _error = run("2021-11-G3", "--subject", "语文", "--json")
    assert [one["subject"] for one in found["papers"]] == ["语文"]
    rates = {rate: found["papers"][0][rate] for rate in ("excellent", "good", "pass", "low")}
    assert rates["excellent"] == rates["low"] == {"count": 0, "share": 0, "withheld": False}
    assert rates["good"] == rates["pass"] == {"count": None, "share": None, "withheld": True}
    _status, found, _error = run("2021-11-G3", "--by", "class", "--school", "甲示例中", "--json")
    _status, school, _error = run("2021-11-G3", "--by", "school", "--json")
    assert [one["participation"] for one in school["units"]] == [0.5]
    assert {one["participation"] for one in found["units"]} == {None}, "rolls are of schools"
    assert [(one["unit"], one["n"], one["mean"], one["withheld"]) for one in found["units"]] == [
        ("高三(1)班", None, None, True),
        ("高三(2)班", None, None, True),
    ]


def test_units_by_level(exam_store: Store, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("queries.exams.command.readable_store", lambda: exam_store)
    by = {
        level: run(plain.EXAM, "--by", level, "--subject", "数学", "--json", *more)[1]
        for level, more in {"area": (), "school": (), "class": ("--school", "示例2中")}.items()
    }
    assert {one["unit"] for one in by["area"]["units"]} == {"主城区", "信都区", "开发区", "襄都区"}
    assert {one["id"] for one in by["school"]["units"]} == set(plain.SCHOOLS)
    assert [one["unit"] for one in by["class"]["units"]] == ["1班", "2班"]
    assert by["class"]["whole"]["unit"] == "示例2中"
    small = next(one for one in by["school"]["units"] if one["id"] == "3905000003")
    assert (
        small["withheld"] and small["n"] is None and small["pass"] == {"count": None, "share": None, "withheld": True}
    )
    _status, one, _error = run(plain.EXAM, "--by", "school", "--school", "示例2中", "--json")
    assert [each["id"] for each in one["units"]] == ["3905000002"]
    _status, track, _error = run(plain.EXAM, "--track", "物理类", "--json")
    assert [each["subject"] for each in track["papers"]] == ["语文", "数学", "物理"]


def test_text_and_refusals(exam_store: Store, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("queries.exams.command.readable_store", lambda: exam_store)
    status, text, _error = run(plain.EXAM, "--by", "school")
    assert status == 0 and "数学  n=" in text and "school 示例3中  withheld" in text and "alpha  物理类" in text
    for arguments in (
        ("none",),
        (plain.EXAM, "--subject", "音乐"),
        (plain.EXAM, "--track", "艺术类"),
        (plain.EXAM, "--by", "class"),
        (plain.EXAM, "--school", "示例9中"),
        (plain.EXAM, "--as-of", "2001-01-01"),
    ):
        status, _text, error = run(*arguments)
        assert status == 2 and error
