"""The plan: its clauses, in groups, once each."""

import re
from datetime import date
from pathlib import Path

import pytest

from data.configuration import ROOT, read
from data.plan import Plan, plan
from data.problem import BrokenConfiguration

SMALL = """
title: {zh: 三年方案, en: Three-year plan}
short_title: {zh: 方案, en: Plan}
issuer: {zh: 市政府, en: City}
issued: 2020-01-01
begins: 2020-01-01
ends: 2022-12-31
whole: 主城区
return_day: {month: 9, day: 1}
groups:
  - id: preschool
    title: {zh: 学前, en: Preschool}
    clauses:
      - {number: goal, title: {zh: 目标, en: Goal}, text: {zh: 文, en: Text}}
      - {number: 27, title: {zh: 普惠, en: Inclusive}, text: {zh: 文, en: Text}}
"""


def small(folder: Path, text: str = SMALL) -> Plan:
    (folder / "plan.yaml").write_text(text, encoding="utf-8")
    return read(folder / "plan.yaml", Plan)


def test_the_plan_has_its_27_clauses_in_order() -> None:
    numbers = [number for number in plan().clauses if isinstance(number, int)]
    assert numbers == list(range(1, 28))


def test_the_plan_runs_forward_and_names_its_whole_area() -> None:
    assert plan().begins < plan().ends
    assert plan().whole == "主城区"


def test_a_clause_is_found_with_its_group(tmp_path: Path) -> None:
    found = small(tmp_path)
    assert (found.clauses[27].title.en, found.group_of(27).id, found.group_of("goal").id) == (
        "Inclusive",
        "preschool",
        "preschool",
    )
    assert found.ends == date(2022, 12, 31)
    with pytest.raises(KeyError):
        found.group_of(3)


def test_a_clause_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenConfiguration, match=r"plan\.yaml.*clause 27 stands twice"):
        small(tmp_path, SMALL + "      - {number: 27, title: {zh: 普惠, en: Inclusive}, text: {zh: 文, en: Text}}\n")


def test_a_clause_number_that_is_no_number_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenConfiguration, match=r"plan\.yaml: groups\.0\.clauses\.1\.number"):
        small(tmp_path, SMALL.replace("number: 27", "number: aim"))


def test_the_return_of_a_school_year_describes_the_day_that_the_plans_file_sets(tmp_path: Path) -> None:
    assert plan().return_day.of(2020) == date(2020, 9, 1)
    assert small(tmp_path, SMALL.replace("month: 9, day: 1", "month: 10, day: 15")).return_day.of(2021) == date(
        2021, 10, 15
    )


@pytest.mark.parametrize("broken", ["month: 7, day: 1", "month: 9, day: 31", "month: 9", "month: 9, day: first"])
def test_a_return_day_is_a_day_of_the_autumn(broken: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenConfiguration, match="return_day"):
        small(tmp_path, SMALL.replace("month: 9, day: 1", broken))


def test_texts_that_name_the_return_day_name_the_one_that_is_set_and_that_it_is_a_setting() -> None:
    """No official text for it was read (domain notes, 1.1)."""
    day = plan().return_day
    named = 0
    for path in [*Path(ROOT).glob("queries/indicators/*/definition.yaml"), *Path(ROOT).glob("data/contracts/*.yaml")]:
        for line in path.read_text(encoding="utf-8").splitlines():
            zh = re.search(r"(\d+) ?月 ?(\d+) ?日(?!.*修订)", line)
            if line.strip().startswith("zh:") and zh and ("统计时点" in line or "在校" in line or "在园" in line):
                assert (int(zh[1]), int(zh[2])) == (day.month, day.day), path
                assert "未见官方原文，按本系统配置" in line, path
                named += 1
            if "1 September" in line and not line.startswith("#"):
                assert "configuration of this installation" in line, path
    assert named == 7
