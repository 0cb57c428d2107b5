"""The plan: its clauses, in groups, once each."""

from datetime import date
from pathlib import Path

import pytest

from data.configuration import read
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
