"""`python -m queries exam-items` and `exam-trend`: what they print."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from data.store import Store
from queries.__main__ import main
from queries.answers import Viewer
from queries.exams import commands_items, commands_trend, gained, items, progress

EXAM, SERIES, SCHOOL = "2022-11-G3", "2023届/全市联考", "0000003171"
LOCAL = Viewer(below_school=True)
FINE, WRONG_USE = 0, 2

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], samples: Store, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on the sample data: exit status, output, error output."""
    for module in (commands_items, commands_trend):
        monkeypatch.setattr(module, "readable_store", lambda: samples)

    def of(*arguments: str) -> tuple[int, str, str]:
        status = main(list(arguments))
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return of


def answered(run: Run, *arguments: str) -> dict[str, Any]:
    status, out, err = run(*arguments, "--json")
    assert (status, err) == (FINE, "")
    document: dict[str, Any] = json.loads(out)
    return document


def test_items_have_the_numbers_of_the_page_in_full_precision(run: Run, samples: Store) -> None:
    [paper] = answered(run, "exam-items", EXAM, "--subject", "数学")["papers"]
    found = items.analysis(samples, EXAM, "数学", viewer=LOCAL)
    assert (paper["n"], paper["complete"], paper["school"]) == (found.pupils, found.complete, None)
    assert paper["alpha"] == float(found.alpha or 0)
    assert [(one["item"], one["difficulty"]) for one in paper["items"]] == [
        (one.code, None if one.rate is None else float(one.rate)) for one in found.items
    ]
    assert {"item", "full_marks", "key", "n", "difficulty", "discrimination", "correlation", "alpha_without", "options"} <= set(paper["items"][0])  # fmt: skip
    options = [option for one in paper["items"] for option in one["options"]]
    assert all(option["n"] is None or option["n"] == 0 or option["n"] >= 10 for option in options)
    whole = [cell for cell in paper["specification"] if (cell["knowledge_point"], cell["ability"]) == (None, None)]
    assert [sorted(cell["items"]) for cell in whole] == [sorted(one["item"] for one in paper["items"])]


def test_every_paper_with_item_scores_is_told_and_a_school_by_name_or_code(run: Run, samples: Store) -> None:
    known = [one.subject for one in items.papers(samples) if one.exam_id == EXAM]
    assert [one["subject"] for one in answered(run, "exam-items", EXAM)["papers"]] == known
    by_code, by_name = (
        answered(run, "exam-items", EXAM, "--subject", known[0], "--school", school)
        for school in (SCHOOL, "示例第一高级中学")
    )
    assert by_code == by_name and by_code["papers"][0]["school"] == SCHOOL


def test_a_series_is_told_place_by_place(run: Run, samples: Store) -> None:
    found = answered(run, "exam-trend", SERIES, "--subject", "数学")
    known = progress.followed(samples, SERIES, "数学", viewer=LOCAL)
    assert [one["exam"] for one in found["exams"]] == [one.id for one in known.series.exams]
    assert found["whole"]["difficulty"] == [float(one or 0) for one in known.shares]
    assert [(one["level"], one["id"]) for one in found["units"]] == [
        ("school" if one.is_school else "area", one.code) for one in known.courses
    ]
    school = next(one for one in found["units"] if one["id"] == SCHOOL)
    assert [place["z"] for place in school["places"]] == [
        None if place.z is None else float(place.z) for place in known.course(SCHOOL).places
    ]
    assert school["limits"]["trial"] is True and school["limits"]["lower"] <= school["limits"]["upper"]
    rates = [rate for one in found["lines"] for rate in one["rates"] if rate["n"]]
    assert rates and all(rate["line_rate"] == rate["above"] / rate["n"] for rate in rates)


def test_what_is_no_noise_is_named(run: Run) -> None:
    found = answered(run, "exam-trend", "2023届/月考", "--subject", "数学")
    assert found["whole"]["flags"] == [
        {"rule": "outside", "side": "below", "first": "2021-05-G1", "last": "2021-05-G1"}
    ]
    assert all(set(flag) == {"rule", "side", "first", "last"} for one in found["units"] for flag in one["flags"])


def test_value_added_and_balance_stand_beside_the_course(run: Run, samples: Store) -> None:
    found = answered(run, "exam-trend", SERIES)
    assert found["whole"] is None and found["subject"] is None, "totals of different papers are not put side by side"
    told = next(one for one in found["value_added"] if one["exam"] == EXAM)
    known = gained.gained(samples, EXAM, viewer=LOCAL)
    assert told["entry"] == known.entry.id
    assert {one["id"]: one["residual"] for one in told["units"]} == {
        one.code: one.residual.mean if one.residual else None for one in known.gains
    }
    assert [one["exam"] for one in found["balance"]] == [one["exam"] for one in found["exams"]]
    assert any(one["weak"] for one in found["balance"][-1]["units"])


def test_both_as_text(run: Run) -> None:
    status, out, _err = run("exam-items", EXAM, "--subject", "数学")
    assert status == FINE and out.startswith("2022年11月高三联考 · 数学 · n=")
    assert out.splitlines()[1].split("  ") == list(commands_items.PRINTED), "a header names the columns"
    status, out, _err = run("exam-trend", SERIES)
    assert status == FINE and out.startswith(f"{SERIES} · total") and "→ 2022-11-G3" in out
    assert "\nexam  z  interval  comparison\n" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ("exam-items", "moon"),
        ("exam-items", EXAM, "--subject", "moon"),
        ("exam-items", EXAM, "--school", "moon"),
        ("exam-items", "2022-03-G2"),
        ("exam-trend", "moon"),
    ],
)
def test_what_does_not_exist_is_refused(run: Run, arguments: tuple[str, ...]) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (WRONG_USE, "") and err
