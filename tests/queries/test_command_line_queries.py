"""`python -m queries …`: what it prints, and its exit status: 0 fine, 2 wrong use or a store that cannot be used."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from data.configuration import ROOT
from data.contract import contracts
from data.store import Store
from queries import __main__ as command
from queries import answers, changes
from queries.__main__ import main
from queries.catalogue import Definition, catalogue
from queries.progress import Status

FINE, WRONG_USE = 0, 2
KEYS = ["id", "clause", "unit", "status", "target", "gap", "series", "data_version"]
FIGURE_KEYS = ["period", "area", "numerator", "denominator", "value"]

HOLD_THE_STORE = """
import sys
from data import prepare
store = prepare.opened()
print("held", flush=True)
sys.stdin.read()
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process: exit status, output, error output."""

    def of(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            status = main(list(arguments))
        except SystemExit as end:
            status = int(end.code or 0)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return of


@pytest.fixture
def ready(store_with_samples: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The installation's store is the one with the sample data."""
    monkeypatch.setenv("QUALITY_STORE", str(store_with_samples))
    return store_with_samples


def shown(run: Run, *arguments: str) -> dict[str, Any]:
    status, out, err = run("show", *arguments, "--json")
    assert (status, err, out.count("\n")) == (FINE, "", 1)
    return dict(json.loads(out))


def test_the_list_names_every_visible_indicator_in_the_plans_order(run: Run) -> None:
    status, out, err = run("list")
    assert (status, err) == (FINE, "")
    assert [line.split()[:2] for line in out.splitlines()] == [
        [str(one.clause), name] for name, one in answers.visible().items()
    ]
    assert "Children in inclusive kindergartens" in out


def test_the_list_as_json(run: Run) -> None:
    status, out, err = run("list", "--json")
    listed = json.loads(out)
    assert (status, err, [one["id"] for one in listed]) == (FINE, "", list(answers.visible()))
    assert next(one for one in listed if one["id"] == "public_share") == {
        "id": "public_share",
        "clause": 27,
        "unit": "share",
        "title": {"zh": "公办园在园幼儿占比", "en": "Children in public kindergartens"},
        "datasets": ["enrolment", "institution"],
    }


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_json_has_exactly_the_promised_keys(
    name: str, run: Run, samples: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALITY_INTERNAL", "1")
    monkeypatch.setattr(command, "readable_store", lambda: samples)
    document = shown(run, name)
    assert list(document) == KEYS
    assert all(list(figure) == FIGURE_KEYS for figure in document["series"])
    assert document["id"] == name
    assert document["status"] in set(Status)
    assert document["data_version"] == samples.version
    target = document["target"]
    assert target is None or [key for key in target if key != "upper"] == ["value", "comparison", "due"]


def test_json_gives_the_whole_and_every_area_at_full_precision(run: Run, ready: Path, samples: Store) -> None:
    document = shown(run, "inclusive_share")
    found = answers.answer(samples, "inclusive_share")
    assert document["target"] == {"value": 0.8, "comparison": ">=", "due": "2020-12-31"}
    assert (document["status"], document["gap"]) == (found.whole.status, found.whole.gap)
    assert [(one["period"], one["area"], one["numerator"], one["denominator"]) for one in document["series"]] == [
        (point.period, point.area, point.numerator, point.denominator) for one in found.areas for point in one.points
    ]
    assert {one["area"] for one in document["series"]} == {"主城区", "信都区", "襄都区", "开发区"}
    assert all(one["value"] == one["numerator"] / one["denominator"] for one in document["series"])


def test_json_of_a_count_and_of_a_target_for_every_period(run: Run, ready: Path) -> None:
    count = shown(run, "kindergartens")
    assert (count["target"], count["gap"], count["status"]) == (None, None, "not_judged")
    assert all(one["denominator"] is None and one["value"] == one["numerator"] for one in count["series"])
    assert shown(run, "gross_enrolment")["target"] == {"value": 0.85, "comparison": ">=", "due": None}


def test_an_area_has_its_own_verdict_and_figures(run: Run, ready: Path, samples: Store) -> None:
    for one in answers.answer(samples, "inclusive_share").areas:
        document = shown(run, "inclusive_share", "--area", one.area)
        assert (document["status"], document["gap"]) == (one.status, one.gap)
        assert [figure["area"] for figure in document["series"]] == [one.area] * len(one.points)


def test_before_the_upload_there_is_no_data(run: Run, ready: Path) -> None:
    document = shown(run, "inclusive_share", "--as-of", "2020-12-31")
    assert (document["status"], document["gap"], document["series"], document["data_version"]) == (
        "no_data",
        None,
        [],
        0,
    )
    assert document["target"]["due"] == "2020-12-31"


def test_as_of_a_day_is_the_end_of_that_day(
    run: Run, store: Store, register: Callable[..., int], returns: Callable[..., int], clock: list[datetime]
) -> None:
    clock += [datetime(2100, 1, day, 12) for day in (1, 3)]
    register("1,2015-09-01,示例园,信都区,幼儿园,集体办,,,是")
    returns("2020,1,学前,300,10")
    store.close()
    periods = {
        day: [one["period"] for one in shown(run, "pupils", "--area", "信都区", "--as-of", f"2100-01-0{day}")["series"]]
        for day in (2, 3, 4)
    }
    assert periods == {2: [], 3: [2020], 4: [2020]}


def test_the_text_shows_verdict_and_figures(run: Run, ready: Path, samples: Store) -> None:
    status, out, err = run("show", "public_share", "--area", "襄都区")
    first, *lines = out.splitlines()
    one = answers.answer(samples, "public_share").area("襄都区")
    assert (status, err) == (FINE, "")
    assert first == f"Children in public kindergartens (public_share) · 襄都区 · {one.status}"
    assert [line.split()[:3] for line in lines] == [
        [str(point.period), "襄都区", f"{point.numerator}/{point.denominator}"] for point in one.points
    ]
    assert [Fraction(float(line.split()[3])) for line in lines] == [
        Fraction(float(point.value or 0)) for point in one.points
    ]


@pytest.fixture
def revised(store: Store, register: Callable[..., int], returns: Callable[..., int], clock: list[datetime]) -> None:
    """On 3 January 2100 100 of the children of the one public kindergarten are gone."""
    clock += [datetime(2100, 1, day, 12) for day in (1, 2, 3)]
    register("1,2015-09-01,示例园,信都区,幼儿园,集体办,,,是", "2,2015-09-01,另一园,信都区,幼儿园,非普惠民办,,,是")
    returns("2020,1,学前,600,20", "2020,2,学前,400,10")
    returns("2020,1,学前,350,20")
    store.close()


@pytest.mark.usefixtures("revised")
def test_the_difference_between_two_days(run: Run) -> None:
    status, out, err = run("diff", "2100-01-02", "2100-01-03")
    assert (status, err) == (FINE, "")
    lines = out.splitlines()
    start = lines.index("Children in public kindergartens (public_share) · revised data")
    assert lines[start + 1 :] == [
        f"  {area}  2020: 0.6 achieved → 2020: 0.4667 missed, 25 short" for area in ("主城区", "信都区")
    ]


@pytest.fixture
def one_indicator(monkeypatch: pytest.MonkeyPatch) -> None:
    """That all are compared, `test_the_difference_between_two_days` shows."""
    monkeypatch.setattr(changes, "visible", lambda _viewer: {"public_share": catalogue()["public_share"]})


@pytest.mark.usefixtures("revised", "one_indicator")
def test_the_difference_as_json(run: Run) -> None:
    status, out, err = run("diff", "2100-01-02", "2100-01-03", "--json")
    document = json.loads(out)
    assert (status, err, out.count("\n")) == (FINE, "", 1)
    assert (document["from"], document["to"]) == ("2100-01-02", "2100-01-03")
    one = next(found for found in document["indicators"] if found["id"] == "public_share")
    assert (one["causes"], one["areas"][0]["after"]["gap"]) == (["revision"], 25)


@pytest.mark.usefixtures("revised", "one_indicator")
def test_no_difference_is_said(run: Run) -> None:
    assert run("diff", "2100-01-03", "2100-01-04") == (
        FINE,
        "Nothing changed between 2100-01-03 and 2100-01-04.\n",
        "",
    )
    assert json.loads(run("diff", "2100-01-03", "2100-01-04", "--json")[1])["indicators"] == []


def test_swapped_days_are_one_sentence(run: Run, ready: Path) -> None:
    assert run("diff", "2021-01-02", "2021-01-01") == (
        WRONG_USE,
        "",
        "The first day is after the second. Give the earlier day first.\n",
    )


def test_the_language_of_the_terminal_is_spoken(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALITY_LANG", "zh_CN")
    assert "普惠性幼儿园覆盖率" in run("list")[1]
    assert run("show", "no_such")[2].startswith("没有名为“no_such”的指标")


def test_without_a_store_the_figures_are_missing_and_none_is_made(run: Run, tmp_path: Path) -> None:
    assert shown(run, "pupils")["status"] == "no_data"
    assert not (tmp_path / "quality.duckdb").exists()


def test_reading_changes_nothing(run: Run, store: Store) -> None:
    store.close()
    before = store.path.read_bytes()
    shown(run, "inclusive_share")
    assert store.path.read_bytes() == before


def test_an_unknown_indicator_or_area_is_wrong_use(run: Run, ready: Path) -> None:
    status, out, err = run("show", "no_such")
    assert (status, out) == (WRONG_USE, "")
    assert err == f"There is no indicator “no_such”. Choose one of: {', '.join(answers.visible())}\n"
    status, out, err = run("show", "pupils", "--area", "桥西区")
    assert (status, out) == (WRONG_USE, "")
    assert err == "There is no area “桥西区”. Choose one of: 主城区, 信都区, 襄都区, 开发区\n"


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("lst",),
        ("show",),
        ("show", "a", "b"),
        ("list", "--area", "x"),
        ("show", "pupils", "--as-of", "yesterday"),
        ("show", "pupils", "--as-of", "2020-02-30"),
        ("diff", "2020-01-01"),
        ("diff", "2020-01-01", "today"),
    ],
)
def test_wrong_use_shows_the_usage(arguments: tuple[str, ...], run: Run) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (WRONG_USE, "")
    assert err.startswith("usage: python -m queries")


@pytest.mark.parametrize("day", [date.min, date(1899, 12, 31), date(2201, 1, 1), date.max])
def test_a_day_at_the_ends_of_the_calendar_is_refused_in_a_sentence(day: date, run: Run) -> None:
    for arguments in (
        ("show", "pupils", "--as-of", str(day)),
        ("diff", str(day), "2020-01-01"),
        ("exam", "E", "--as-of", str(day)),
    ):
        status, out, err = run(*arguments)
        assert (status, out) == (WRONG_USE, "")
        assert f"“{day}” is no day that is known here: write YYYY-MM-DD, from 1900-01-01 to 2200-12-31" in err


@pytest.mark.parametrize("day", ["1900-01-01", "2200-12-31"])
def test_the_first_and_the_last_day_that_are_known_are_answered(day: str, run: Run, ready: Path) -> None:
    assert run("show", "pupils", "--as-of", day)[0] == FINE


def test_a_store_that_is_none_is_one_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "quality.duckdb").write_text("not a store", encoding="utf-8")
    status, out, err = run("show", "pupils")
    assert (status, out, len(err.splitlines())) == (WRONG_USE, "", 1)
    assert str(tmp_path / "quality.duckdb") in err


def test_a_broken_definition_is_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "indicators" / "broken").mkdir(parents=True)
    monkeypatch.setattr(answers, "catalogue", lambda: catalogue(tmp_path / "indicators"))
    for arguments in (("list",), ("show", "pupils")):
        status, out, err = run(*arguments)
        assert (status, out) == (WRONG_USE, "")
        assert str(tmp_path / "indicators" / "broken" / "query.sql") in err


def test_figures_are_read_while_another_process_holds_the_store(store: Store) -> None:
    """Both the dashboard and the command line are processes of their own here."""
    store.close()
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD_THE_STORE], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == "held\n"
        done = subprocess.run(
            [sys.executable, "-m", "queries", "show", "gross_enrolment", "--json"],
            cwd=ROOT, capture_output=True, encoding="utf-8", timeout=300, check=False,
        )  # fmt: skip
    finally:
        holder.stdin.close()
        holder.wait(timeout=300)
        holder.stdout.close()
    assert (done.returncode, done.stderr) == (FINE, "")
    assert list(json.loads(done.stdout)) == KEYS


def test_a_process_of_its_own_refuses_with_status_2_and_no_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "queries", "show", "no_such"],
        cwd=ROOT, capture_output=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (WRONG_USE, "", 1)


# Missing data, ranges and trends


def test_an_indicator_without_data_names_dataset_and_owner(run: Run, store: Store) -> None:
    store.close()
    out = run("show", "gross_enrolment")[1]
    assert "no_data" in out
    for name in catalogue()["gross_enrolment"].datasets:
        contract = contracts()[name]
        assert f"No rows of {contract.title.en} yet; owed by {contract.owner.en}." in out


def test_an_area_without_data_names_the_datasets_too(
    run: Run, store: Store, register: Callable[..., int], returns: Callable[..., int]
) -> None:
    register("1,2015-09-01,示例园,信都区,幼儿园,集体办,,,是")
    returns("2020,1,学前,300,10")
    store.close()
    assert "No rows" not in run("show", "pupils", "--area", "信都区")[1]
    assert (
        "No rows for it in Enrolment yet; owed by the district education bureaus."
        in (run("show", "pupils", "--area", "开发区")[1])
    )


def test_json_of_a_range_and_of_a_trend(run: Run, ready: Path, define: Callable[..., Definition]) -> None:
    like = catalogue()["inclusive_share"].targets[0].model_copy(update={"due": None})
    define("range", "kindergartens", targets=(like.model_copy(update={"value": Decimal(1), "upper": Decimal(2)}),))
    define("trend", "kindergartens", targets=(like.model_copy(update={"value": None, "comparison": "rising"}),))
    assert shown(run, "range")["target"] == {"value": 1.0, "comparison": ">=", "due": None, "upper": 2.0}
    trend = shown(run, "trend")
    assert (trend["target"], trend["gap"]) == ({"value": None, "comparison": "rising", "due": None}, None)
    assert trend["status"] in ("achieved", "missed", "relapsed")


def test_internal_indicators_are_for_installations_of_staff(
    run: Run, ready: Path, define: Callable[..., Definition], monkeypatch: pytest.MonkeyPatch
) -> None:
    define("hidden", "pupils", visibility="internal")
    assert run("show", "hidden")[0] == WRONG_USE
    assert "hidden" not in run("list")[1] + run("catalogue", "--json")[1]
    monkeypatch.setenv("QUALITY_INTERNAL", "1")
    assert shown(run, "hidden")["id"] == "hidden"
    assert "hidden" in run("list")[1] and "hidden" in run("catalogue", "--json")[1]


# The data dictionary


def test_the_catalogue_as_text_names_every_indicator_and_its_check(run: Run, ready: Path) -> None:
    status, out, err = run("catalogue")
    assert (status, err) == (FINE, "")
    assert [line.split()[:2] for line in out.splitlines()] == [
        [str(one.clause), name] for name, one in answers.visible().items()
    ]
    assert all(line.endswith("· not yet checked") for line in out.splitlines())


def test_the_catalogue_as_json_and_as_files(run: Run, ready: Path, tmp_path: Path) -> None:
    status, out, err = run("catalogue", "--json")
    assert (status, err, [one["id"] for one in json.loads(out)]) == (FINE, "", list(answers.visible()))
    assert run("catalogue", "--csv", str(tmp_path / "c.csv")) == (FINE, "", "")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "c.csv").read_text("utf-8-sig"))))
    assert [one["id"] for one in rows] == list(answers.visible())
    assert run("catalogue", "--xlsx", str(tmp_path / "c.xlsx")) == (FINE, "", "")
    sheet = CalamineWorkbook.from_path(str(tmp_path / "c.xlsx")).get_sheet_by_index(0).to_python()
    assert [row[0] for row in sheet[1:]] == list(answers.visible())


@pytest.mark.parametrize("arguments", [("--json", "--csv", "f"), ("--csv",), ("--pdf", "f")])
def test_wrong_use_of_the_catalogue_shows_the_usage(arguments: tuple[str, ...], run: Run) -> None:
    status, out, err = run("catalogue", *arguments)
    assert (status, out) == (WRONG_USE, "")
    assert err.startswith("usage: python -m queries")


def test_a_place_that_cannot_be_written_is_one_sentence(run: Run, ready: Path, tmp_path: Path) -> None:
    status, out, err = run("catalogue", "--csv", str(tmp_path / "none" / "c.csv"))
    assert (status, out, len(err.splitlines())) == (WRONG_USE, "", 1)
    assert "c.csv cannot be written" in err


def test_what_a_file_would_move_is_told_and_nothing_is_stored(run: Run, ready: Path, tmp_path: Path) -> None:
    file, before = tmp_path / "f.csv", ready.read_bytes()
    file.write_text("year,area,age,persons\n", encoding="utf-8")
    status, _out, err = run("moves", str(file))
    assert status == WRONG_USE and "python -m data check" in err
    with Store.open_for_reading(ready).reading() as cursor:
        year, area, persons = cursor.execute(
            "select year, area, persons from population where area = '信都区' and age = 3 order by year desc limit 1"
        ).fetchall()[0]
    file.write_text(f"year,area,age,persons\n{year},{area},3,{persons * 2}\n", encoding="utf-8")
    status, out, _err = run("moves", str(file), "--json")
    moved = {(one["id"], one["area"]): one for one in json.loads(out)}
    assert status == FINE and ("gross_enrolment", area) in moved
    found = moved["gross_enrolment", area]
    assert found["before"]["value"] > found["after"]["value"]
    assert f"(gross_enrolment) · {area}" in run("moves", str(file))[1]
    file.write_text(f"year,area,age,persons\n{year},{area},3,{persons}\n", encoding="utf-8")
    assert run("moves", str(file)) == (FINE, "No indicator would move.\n", "")
    assert ready.read_bytes() == before
