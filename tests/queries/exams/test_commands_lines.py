"""`python -m queries exam-lines` and `exam-assigned`: what they print."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from data.store import Store
from queries.__main__ import main
from queries.exams import commands_lines

EXAM = "2022-11-G3"
FINE, WRONG_USE = 0, 2

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], samples: Store, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on the sample data: exit status, output, error output."""
    monkeypatch.setattr(commands_lines, "readable_store", lambda: samples)

    def of(*arguments: str) -> tuple[int, str, str]:
        status = main(list(arguments))
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return of


def lines(run: Run, *arguments: str) -> dict[str, Any]:
    status, out, _err = run("exam-lines", EXAM, "--line", "本科线", "--track", "物理类", "--json", *arguments)
    assert status == FINE
    document: dict[str, Any] = json.loads(out)
    return document


def test_a_line_in_json_has_the_terms_of_the_field(run: Run) -> None:
    found = lines(run)
    assert (found["exam"], found["line"], found["track"], found["mark"]) == (EXAM, "本科线", "物理类", 430)
    whole = found["units"][0]
    assert whole["level"] == "city" and whole["line_rate"] == whole["above"] / whole["n"]
    for one in found["subjects"]:
        assert {"effective_m1", "effective_m2", "single_m1", "double_m1", "hit_rate", "contribution", "near_below"} <= set(one)  # fmt: skip
    weighted = sum(one["effective_m1"] * one["above"] for one in found["subjects"])
    assert weighted / whole["above"] == pytest.approx(430)
    given = [one for one in found["subjects"] if one["double_m1"] is not None]
    assert all(one["hit_rate"] == one["double_m1"] / one["single_m1"] for one in given)
    assert any(one["double_m1"] is None and one["hit_rate"] is None for one in found["subjects"]), "withheld is null"
    assert [one["at_least"] for one in found["moved"] if one["by"] == 0] == [whole["above"]]


@pytest.mark.parametrize(("level", "count"), [("area", 4), ("school", 20), ("class", 0)])
def test_units_of_one_level(run: Run, level: str, count: int) -> None:
    assert [one["level"] for one in lines(run, "--by", level)["units"]] == [level] * count


def test_the_classes_of_a_school(run: Run) -> None:
    found = lines(run, "--school", "0000003171")
    assert [one["level"] for one in found["units"]] == ["city", "school", "class", "class", "class"]


def test_a_line_as_text(run: Run) -> None:
    status, out, _err = run("exam-lines", EXAM, "--line", "本科线", "--track", "物理类")
    assert status == FINE and "本科线 · 物理类 · 430" in out and "withheld" in out
    assert "\nsubject  effective_m1  effective_m2  single_m1" in out and "\nlevel  id  name  n  above  line_rate" in out


def test_assigned_scores_name_their_rule(run: Run) -> None:
    status, out, _err = run("exam-assigned", EXAM, "--json")
    assert status == FINE
    found = json.loads(out)
    assert found["simulated"] is True and found["rule"]["id"] == "hebei-2021"
    assert [one["subject"] for one in found["subjects"]] == ["化学", "生物", "政治", "地理"]
    assert {one["rule"] for one in found["subjects"]} == {"hebei-2021"}
    bands = found["subjects"][0]["bands"]
    assert [one["grades"] for one in bands] == [["A"], ["B"], ["C"], ["D"], ["E"]]
    assert bands[0]["raw_below"] is None and bands[-1]["raw_from"] is None, "the highest and the lowest are not told"
    assert all(one["pupils"] >= 10 for one in found["subjects"][0]["scores"])
    status, out, _err = run("exam-assigned", EXAM, "--subject", "化学")
    assert status == FINE and out.startswith("2022年11月高三联考 · 化学 · hebei-2021")


@pytest.mark.parametrize(
    "arguments",
    [
        ("exam-lines", "moon", "--line", "本科线"),
        ("exam-lines", EXAM, "--line", "moon"),
        ("exam-lines", EXAM, "--line", "本科线", "--school", "moon"),
        ("exam-assigned", "moon"),
        ("exam-assigned", EXAM, "--subject", "语文"),
        ("exam-assigned", EXAM, "--rule", "moon"),
        ("exam-assigned", "2022-09-G3"),
    ],
)
def test_what_does_not_exist_is_refused(run: Run, arguments: tuple[str, ...]) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (WRONG_USE, "") and err
