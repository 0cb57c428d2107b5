"""`python -m data …`: what it prints, and its exit status: 0 fine, 1 problems in the file, 2 wrong use."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data import prepare, words
from data.__main__ import main
from data.contract import contracts
from data.store import Store
from tests.data.books import xlsx

FINE, PROBLEMS, WRONG_USE = 0, 1, 2
GOOD = "年份,区域,年龄,人口数\n2020,信都区,3,5120\n2020,襄都区,3,4880\n"
BAD = "年份,区域,年龄,人口数\n2020,信都区,三,-5\n2020,无此区,3,4880\n"
BAD_PROBLEMS = [
    {"row": 2, "column": "人口数", "found": "-5", "expected": "0 or more"},
    {"row": 2, "column": "年龄", "found": "三", "expected": "a whole number"},
]

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process: exit status, output, error output."""

    def of(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as end:
            status = int(end.code or 0)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return of


@pytest.fixture
def good(tmp_path: Path) -> Path:
    (tmp_path / "人口.csv").write_text(GOOD, encoding="gb18030")
    return tmp_path / "人口.csv"


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    (tmp_path / "bad.csv").write_text(BAD, encoding="utf-8")
    return tmp_path / "bad.csv"


@pytest.fixture
def ready(store: Store) -> Path:
    """The path of a closed store with the reference data."""
    store.close()
    return store.path


def uploads(run: Run) -> list[dict[str, object]]:
    status, out, _err = run("uploads", "--json")
    assert status == FINE
    return list(json.loads(out))


def test_a_check_of_a_good_file_stores_nothing(run: Run, good: Path, ready: Path) -> None:
    before = ready.read_bytes()
    assert run("check", good) == (
        FINE,
        "Rows: 2 new, 0 changed, 0 as they are, 0 removed\nNothing stands against 2 rows of population; nothing was stored.\n",
        "",
    )
    assert ready.read_bytes() == before


def test_a_check_needs_no_store(run: Run, good: Path, tmp_path: Path) -> None:
    assert run("check", good)[0] == FINE
    assert not (tmp_path / "quality.duckdb").exists()


def test_a_check_lists_every_problem(run: Run, bad: Path, ready: Path) -> None:
    status, out, err = run("check", bad)
    assert (status, err) == (PROBLEMS, "")
    lines = out.splitlines()
    assert lines[:2] == [
        "row 2, 人口数: found -5; expected 0 or more",
        "row 2, 年龄: found 三; expected a whole number",
    ]
    assert lines[2].startswith("row 3, 区域: found 无此区; expected one of: ")
    assert lines[3:] == ["3 problems; nothing was stored."]


def test_one_problem_is_counted_in_the_singular(run: Run, ready: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    status, out, _err = run("check", tmp_path / "empty.csv")
    assert status == PROBLEMS
    assert out.splitlines() == [
        "file, -: found an empty file; expected a header row and the data below it",
        "1 problem; nothing was stored.",
    ]


def test_a_publish_says_what_it_stored(run: Run, good: Path, ready: Path) -> None:
    assert run("publish", good, "--dataset", "population") == (
        FINE,
        "Rows: 2 new, 0 changed, 0 as they are, 0 removed\nPublished 2 rows of population as upload 3.\n",
        "",
    )
    newest = uploads(run)[0]
    assert (newest["upload_id"], newest["dataset"], newest["file_name"], newest["rows"]) == (
        3,
        "population",
        "人口.csv",
        2,
    )


def test_a_publish_recognises_the_dataset(run: Run, good: Path, ready: Path) -> None:
    status, out, _err = run("publish", good)
    assert (status, out.splitlines()[-1]) == (FINE, "Published 2 rows of population as upload 3.")


def test_a_publish_makes_the_store_where_there_is_none(run: Run, good: Path, tmp_path: Path) -> None:
    assert run("publish", good)[0] == FINE
    assert (tmp_path / "quality.duckdb").exists()
    assert len(uploads(run)) == 3


def test_a_file_with_problems_is_not_published(run: Run, bad: Path, ready: Path) -> None:
    status, out, _err = run("publish", bad)
    assert (status, out.splitlines()[-1]) == (PROBLEMS, "3 problems; nothing was stored.")
    assert len(uploads(run)) == 2


def test_json_has_the_promised_keys(run: Run, good: Path, bad: Path, ready: Path) -> None:
    status, out, _err = run("check", good, "--json")
    promised = {"dataset": "population", "rows": 2, "published": False, "upload": None, "problems": []}
    assert (status, {name: json.loads(out)[name] for name in promised}) == (FINE, promised)
    status, out, _err = run("publish", good, "--json")
    promised = {"dataset": "population", "rows": 2, "published": True, "upload": 3, "problems": []}
    assert (status, {name: json.loads(out)[name] for name in promised}) == (FINE, promised)
    for name in ("check", "publish"):
        status, out, _err = run(name, bad, "--json")
        answer = json.loads(out)
        assert (status, answer["problems"][:2], len(answer["problems"])) == (PROBLEMS, BAD_PROBLEMS, 3)
        promised = {"dataset": "population", "rows": 2, "published": False, "upload": None}
        assert {name: answer[name] for name in promised} == promised


def test_json_of_a_file_that_fits_no_dataset(run: Run, ready: Path, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    status, out, _err = run("check", tmp_path / "other.csv", "--json")
    answer = json.loads(out)
    assert (status, answer["dataset"], [problem["row"] for problem in answer["problems"]]) == (PROBLEMS, None, [1])


def test_who_answers_for_a_file_is_kept(run: Run, good: Path, ready: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "terminal-user")
    run("publish", good, "--by", "李四")
    good.write_bytes(good.read_bytes().replace(b"4880", b"4881"))
    run("publish", good)
    assert [upload["uploader"] for upload in uploads(run)[:2]] == ["terminal-user", "李四"]


def test_a_personal_column_that_was_left_out_is_named(run: Run, ready: Path, tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("year,area,age,persons,联系电话\n2020,信都区,3,1,13800000000\n", encoding="utf-8")
    status, out, _err = run("publish", tmp_path / "f.csv")
    assert status == FINE
    assert out.splitlines()[0] == "left out, because it names persons: 联系电话"
    assert "13800000000" not in out


def test_uploads_are_listed_the_newest_first(run: Run, good: Path, ready: Path) -> None:
    run("publish", good, "--by", "李四")
    run("withdraw", 2, "--by", "王五")
    status, out, err = run("uploads")
    assert (status, err) == (FINE, "")
    lines = [line.split() for line in out.splitlines()]
    assert [(line[0], *line[3:]) for line in lines] == [
        ("3", "population", "2", "人口.csv", "李四", "counts"),
        ("2", "preschool_published", "7", "preschool_published.csv", "system", "withdrawn"),
        ("1", "area", "9", "area.csv", "system", "counts"),
    ]


def test_an_upload_is_withdrawn_once(run: Run, good: Path, ready: Path) -> None:
    run("publish", good)
    assert run("withdraw", 3, "--by", "王五") == (
        FINE,
        "Upload 3 is withdrawn; the rows it replaced count again.\n",
        "",
    )
    assert [(upload["withdrawn_by"], upload["withdrawn_at"] is None) for upload in uploads(run)] == [
        ("王五", False),
        (None, True),
        (None, True),
    ]
    assert run("withdraw", 3) == (WRONG_USE, "", "Upload 3 is withdrawn already.\n")
    assert run("withdraw", 4) == (WRONG_USE, "", "There is no upload 4. The list of uploads shows the numbers.\n")


@pytest.fixture
def small_samples(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    files = {
        "population.csv": "year,area,age,persons\n2020,信都区,3,120\n".encode(),
        "exam.csv": "exam_id,subject,exam_name,held_on,stage,grade,full_marks\nE1,数学,期末,2021-01-10,高中,高三,150\n".encode(),
    }
    monkeypatch.setattr(prepare, "files", lambda: files)
    yield


@pytest.mark.usefixtures("small_samples")
def test_prepare_builds_a_store_with_samples_once_and_clearing_is_final(run: Run, tmp_path: Path) -> None:
    status, out, err = run("prepare")
    assert (status, err) == (FINE, "")
    assert out.splitlines() == [
        f"Building the store {tmp_path / 'quality.duckdb'} with sample data …",
        "  sample data: population.csv, 1 rows",
        "  sample data: exam.csv, 1 rows",
    ]
    assert run("prepare") == (FINE, "", "")
    assert "exam.csv (sample data)  system  counts" in run("uploads")[1]
    assert run("clear-samples", "--by", "王五") == (FINE, "2 uploads of sample data are withdrawn.\n", "")
    assert run("clear-samples") == (FINE, "0 uploads of sample data are withdrawn.\n", "")
    assert run("prepare") == (FINE, "", "")
    assert [(upload["sample"], upload["withdrawn_by"]) for upload in uploads(run)] == [
        (True, "王五"),
        (True, "王五"),
        (False, None),
        (False, None),
    ]


@pytest.mark.usefixtures("small_samples")
def test_prepare_leaves_a_store_with_real_uploads_alone(run: Run, good: Path) -> None:
    run("publish", good)
    assert run("prepare") == (FINE, "", "")
    assert len(uploads(run)) == 3


@pytest.mark.usefixtures("small_samples")
def test_prepare_completes_samples_that_were_cut_short(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_short(_store: Store, name: str, *_rest: object, **_more: object) -> int:
        if name == "exam.csv":
            raise KeyboardInterrupt
        return published(_store, name, *_rest, **_more)

    published: Callable[..., int] = prepare._publish_own
    with monkeypatch.context() as interrupted:
        interrupted.setattr(prepare, "_publish_own", cut_short)
        with pytest.raises(KeyboardInterrupt):
            run("prepare")
    run("prepare")
    assert [upload["file_name"] for upload in uploads(run) if upload["sample"] and not upload["withdrawn_at"]] == [
        "exam.csv",
        "population.csv",
    ]


def test_an_unknown_dataset_is_wrong_use(run: Run, good: Path) -> None:
    for name in ("check", "publish"):
        status, out, err = run(name, good, "--dataset", "populace")
        assert (status, out) == (WRONG_USE, "")
        assert err == f"There is no dataset “populace”. Choose one of: {', '.join(contracts())}\n"


def test_a_file_that_cannot_be_read_is_wrong_use(run: Run, tmp_path: Path) -> None:
    missing = tmp_path / "none.csv"
    assert run("check", missing) == (WRONG_USE, "", f"{missing} cannot be read: No such file or directory\n")
    assert run("publish", tmp_path)[::2] == (WRONG_USE, f"{tmp_path} cannot be read: Is a directory\n")


@pytest.mark.parametrize(
    "arguments",
    [(), ("pubish",), ("publish",), ("withdraw",), ("withdraw", "two"), ("uploads", "--all"), ("check", "a", "b")],
)
def test_wrong_use_shows_the_usage(arguments: tuple[str, ...], run: Run) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (WRONG_USE, "")
    assert err.startswith("usage: python -m data")


def test_a_broken_contract_is_one_sentence_and_no_traceback(run: Run, contract_folder: Path) -> None:
    with (contract_folder / "area.yaml").open("a", encoding="utf-8") as file:
        file.write("colour: red\n")
    contracts.cache_clear()
    status, out, err = run("uploads")
    assert (status, out) == (WRONG_USE, "")
    assert "area.yaml: colour: " in err


def test_a_store_that_is_none_is_one_sentence_and_no_traceback(run: Run, good: Path, tmp_path: Path) -> None:
    (tmp_path / "quality.duckdb").write_text("not a store", encoding="utf-8")
    for arguments in (("uploads",), ("publish", good), ("check", good), ("withdraw", 1)):
        status, out, err = run(*arguments)
        assert (status, out, len(err.splitlines())) == (WRONG_USE, "", 1)
        assert str(tmp_path / "quality.duckdb") in err


def test_the_readers_language_comes_from_the_environment(
    run: Run, good: Path, ready: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALITY_LANG", "zh-CN")
    run("check", good)
    assert words.language() == "zh_CN"


def test_a_process_of_its_own_answers_with_output_and_status(
    command: Callable[..., subprocess.CompletedProcess[str]], good: Path, bad: Path, ready: Path
) -> None:
    done = command("publish", good, "--by", "李四", "--json")
    assert (done.returncode, done.stderr, json.loads(done.stdout)["upload"]) == (FINE, "", 3)
    done = command("check", bad)
    assert (done.returncode, done.stderr, len(done.stdout.splitlines())) == (PROBLEMS, "", 5)
    assert "The columns are understood as in upload 3." in done.stdout
    done = command("withdraw", 99)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (WRONG_USE, "", 1)


def test_a_file_name_in_another_encoding_is_no_obstacle(
    command: Callable[..., subprocess.CompletedProcess[str]], ready: Path, tmp_path: Path
) -> None:
    name = os.fsdecode("人口.csv".encode("gb18030"))
    (tmp_path / name).write_text(GOOD, encoding="utf-8")
    done = command("publish", tmp_path / name, "--json")
    assert (done.returncode, done.stderr) == (FINE, "")
    assert json.loads(command("uploads", "--json").stdout)[0]["rows"] == 2


# What a person says about a file, and what is handed out


def test_a_value_for_the_whole_file_is_given_with_set(run: Run, ready: Path, tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    file.write_text("区域,年龄,人口数\n信都区,3,5120\n", encoding="utf-8")
    status, out, _err = run("check", file, "--dataset", "population")
    assert status == PROBLEMS and "--set year=VALUE" in out
    assert run("publish", file, "--dataset", "population", "--set", "year=2020")[0] == FINE
    assert run("check", file, "--set", "year")[0] == WRONG_USE
    status, out, _err = run("check", file, "--dataset", "population", "--set", "yaer=2020", "--json")
    assert "yaer" in [problem["column"] for problem in json.loads(out)["problems"]]


def test_a_mapping_is_printed_completed_and_given_back(run: Run, ready: Path, tmp_path: Path) -> None:
    file, mapping = tmp_path / "f.csv", tmp_path / "mapping.json"
    file.write_text("年份,区划,年龄,人口数,备注栏\n2020,信都区,3,5120,甲\n", encoding="utf-8")
    status, out, _err = run("check", file, "--dataset", "population", "--json")
    answer = json.loads(out)
    assert (status, answer["open"], answer["missing"]) == (PROBLEMS, ["区划", "备注栏"], ["area"])
    answer["mapping"]["columns"] |= {"区划": "area", "备注栏": None}
    mapping.write_text(json.dumps(answer["mapping"], ensure_ascii=False), encoding="utf-8")
    assert run("publish", file, "--mapping", mapping)[0] == FINE
    mapping.write_text("{}", encoding="utf-8")
    status, _out, err = run("check", file, "--mapping", mapping)
    assert status == WRONG_USE and "mapping cannot be read" in err


def test_warnings_wait_for_their_option_and_are_kept_with_the_note(run: Run, good: Path, ready: Path) -> None:
    assert run("publish", good)[0] == FINE
    status, out, _err = run("publish", good)
    assert status == PROBLEMS and "! file, -: found the same file as upload 3" in out and "--accept-warnings" in out
    assert run("publish", good, "--accept-warnings", "--note", "再报一次", "--by", "李四")[0] == FINE
    newest = uploads(run)[0]
    warnings = newest["warnings"]
    assert isinstance(warnings, list)
    assert (newest["note"], [(one["rule"], one["accepted_by"]) for one in warnings]) == (
        "再报一次",
        [("same_file", "李四")],
    )


def test_a_scope_is_replaced_whole(run: Run, good: Path, ready: Path, tmp_path: Path) -> None:
    run("publish", good)
    file = tmp_path / "f.csv"
    file.write_text("年份,区域,年龄,人口数\n2020,信都区,4,5000\n", encoding="utf-8")
    status, out, _err = run("publish", file, "--replace", "year=2020,area=信都区", "--json")
    assert (status, json.loads(out)["published"]) == (FINE, True)
    status, out, _err = run("export", "population", "--json")
    assert sorted((row["area"], row["age"]) for row in json.loads(out)) == [("信都区", 4), ("襄都区", 3)]
    status, _out, err = run("publish", file, "--replace", "school=1")
    assert status == WRONG_USE and "school" in err


def test_a_withdrawn_upload_is_restored_once(run: Run, good: Path, ready: Path) -> None:
    run("publish", good)
    assert run("restore", 3)[0] == WRONG_USE
    run("withdraw", 3)
    assert run("restore", 3, "--json") == (FINE, '{"upload": 3, "counts": true}\n', "")
    assert uploads(run)[0]["withdrawn_at"] is None


def test_an_export_is_csv_or_a_workbook_and_can_be_published_again(
    run: Run, good: Path, ready: Path, tmp_path: Path
) -> None:
    run("publish", good)
    csv_file, book = tmp_path / "out.csv", tmp_path / "out.xlsx"
    assert run("export", "population", "--output", csv_file)[0] == FINE
    assert run("export", "population", "--format", "xlsx", "--output", book)[0] == FINE
    for file in (csv_file, book):
        status, out, _err = run("check", file, "--json")
        answer = json.loads(out)
        assert (status, answer["dataset"], answer["unchanged"], answer["new"]) == (FINE, "population", 2, 0)
    status, out, _err = run("export", "population", "--as-of", "2001-01-01", "--json")
    assert (status, json.loads(out)) == (FINE, [])
    assert run("export", "population", "--format", "xlsx")[0] == WRONG_USE
    assert run("export", "nothing")[0] == WRONG_USE
    assert run("export", "exam_result")[0] == WRONG_USE
    assert run("export", "population", "--output", tmp_path / "no" / "such" / "folder.csv")[0] == WRONG_USE


def test_a_template_is_a_file_that_is_recognised(run: Run, ready: Path, tmp_path: Path) -> None:
    for kind in ("csv", "xlsx"):
        file = tmp_path / f"t.{kind}"
        assert run("template", "population", "--format", kind, "--output", file)[0] == FINE
        status, out, _err = run("check", file, "--json")
        assert (status, json.loads(out)["dataset"]) == (PROBLEMS, "population")
        assert [one["found"] for one in json.loads(out)["problems"]] == ["the example of the template"]
    assert json.loads(run("template", "population", "--json")[1])["dataset"] == "population"
    assert run("template", "population")[1].startswith("Year,Area,Age,Persons\n")


def test_what_changed_between_two_days_is_listed_by_dataset(run: Run, good: Path, ready: Path) -> None:
    run("publish", good)
    status, out, _err = run("diff", "2001-01-01", "2199-01-01", "--json")
    (population,) = [one for one in json.loads(out) if one["dataset"] == "population"]
    assert (status, population["rows"]["new"], population["new_data"]) == (FINE, 2, True)
    assert run("diff", "2001-01-01", "2002-01-01") == (FINE, "Nothing changed.\n", "")
    assert run("diff", "2002-01-01", "2001-01-01")[0] == WRONG_USE


INSTITUTION = (
    "学校代码,生效日期,学校名称,所在区,学校类别,办别,是否主城区\n9,2015-09-01,示例高中,信都区,高中,教育部门办,是\n"
)
TARGET = "year,institution_id,item,comparison,target,result\n2021,9,示例目标,不低于,98,{result}\n"


@pytest.fixture
def target(run: Run, ready: Path, tmp_path: Path) -> Path:
    """A school's target that was published with 97 and then corrected; the file has the correction."""
    (tmp_path / "institution.csv").write_text(INSTITUTION, encoding="utf-8")
    assert run("publish", tmp_path / "institution.csv", "--dataset", "institution")[0] == FINE
    file = tmp_path / "target.csv"
    for result in ("97.25", "98.75"):
        file.write_text(TARGET.format(result=result), encoding="utf-8")
        assert run("publish", file, "--dataset", "school_target", "--note", "内部说明")[0] == FINE
    return file


@pytest.mark.parametrize("setting", ["0", "1"])
def test_internal_records_are_told_where_all_readers_are_staff(
    setting: str, run: Run, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALITY_INTERNAL", setting)
    staff = setting == "1"
    status, out, err = run("export", "school_target")
    assert (status, "98.75" in out, "QUALITY_INTERNAL=1" in err) == (
        (FINE, True, False) if staff else (WRONG_USE, False, True)
    )
    status, out, err = run("diff", "2001-01-01", "2199-01-01")
    assert (status, "Internal datasets are left out: school_target." in out, err) == (FINE, not staff, "")
    assert ("school_target: 2 uploads" in out) is staff
    status, out, err = run("diff", "2001-01-01", "2199-01-01", "--json")
    assert ("school_target" in {one["dataset"] for one in json.loads(out)}) is staff
    assert ("内部说明" in out, "QUALITY_INTERNAL=1" in err) == (staff, not staff)
    assert uploads(run)[0]["note"] == ("内部说明" if staff else None)
    target.write_text(TARGET.format(result="50"), encoding="utf-8")
    out = run("check", target, "--dataset", "school_target", "--json")[1]
    assert (json.loads(out)["changed"], "98.75" in out) == (1, staff)


def test_a_check_tells_few_persons_to_staff_only(
    run: Run, ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "f.csv"
    file.write_text("年份,区域,年龄,人口数\n2020,信都区,3,7\n", encoding="utf-8")
    run("publish", file)
    file.write_text("年份,区域,年龄,人口数\n2020,信都区,3,700\n", encoding="utf-8")
    assert [one["old"] for one in json.loads(run("check", file, "--json")[1])["changes"]] == ["<10"]
    assert run("export", "population")[0] == WRONG_USE
    monkeypatch.setenv("QUALITY_INTERNAL", "1")
    assert [one["old"] for one in json.loads(run("check", file, "--json")[1])["changes"]] == ["7"]
    assert run("export", "population")[0] == FINE


def test_a_warning_tells_a_stored_number_of_few_to_staff_only(
    run: Run, ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "f.csv"
    file.write_text("年份,区域,年龄,人口数\n2020,信都区,3,7\n", encoding="utf-8")
    run("publish", file)
    file.write_text("年份,区域,年龄,人口数\n2021,信都区,3,1000\n", encoding="utf-8")
    for setting, told in (("0", "(withheld)"), ("1", "993")):
        monkeypatch.setenv("QUALITY_INTERNAL", setting)
        for output in (run("check", file)[1], run("check", file, "--json")[1], run("publish", file)[1]):
            assert ("993" in output) == (setting == "1")
            assert f"{told} persons more or fewer" in output


def test_one_table_of_a_workbook_is_chosen_by_its_name(run: Run, ready: Path, tmp_path: Path) -> None:
    rows = [["年份", "区域", "年龄", "人口数"], [2020, "信都区", 3, 5120]]
    (tmp_path / "f.xlsx").write_bytes(xlsx({"一": rows, "二": [rows[0], [2020, "信都区", 4, 5000]]}))
    status, out, _err = run("check", tmp_path / "f.xlsx", "--json")
    assert (status, json.loads(out)["sheets"]) == (PROBLEMS, ["一", "二"])
    assert run("publish", tmp_path / "f.xlsx", "--sheet", "二")[0] == FINE
    assert run("publish", tmp_path / "f.xlsx", "--sheet", "一")[0] == FINE, "another table is not the same file"


def test_all_tables_of_a_workbook_are_published_together_or_none(run: Run, ready: Path, tmp_path: Path) -> None:
    head = ["年份", "区域", "年龄", "人口数"]
    for cell, status, published in (("x", PROBLEMS, 0), (5000, FINE, 2)):
        (tmp_path / "f.xlsx").write_bytes(
            xlsx({"一": [head, [2020, "信都区", 3, 5120]], "二": [head, [2020, "信都区", 4, cell]]})
        )
        assert run("check", tmp_path / "f.xlsx", "--sheet", "all")[0] == status
        assert run("publish", tmp_path / "f.xlsx", "--sheet", "all", "--json")[0] == status
        assert len(uploads(run)) == 2 + published


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31", "20200101x", "yesterday"])
def test_a_day_that_is_not_known_is_refused_in_a_sentence(day: str, run: Run) -> None:
    for arguments in (
        ("export", "population", "--as-of", day),
        ("diff", day, "2020-01-01"),
        ("diff", "2020-01-01", day),
    ):
        status, out, err = run(*arguments)
        assert (status, out) == (WRONG_USE, "")
        assert f"“{day}” is no day that is known here: write YYYY-MM-DD, from 1900-01-01 to 2200-12-31" in err


def test_every_table_is_one_json_document(run: Run, ready: Path, tmp_path: Path) -> None:
    header, row = GOOD.splitlines()[0].split(","), GOOD.splitlines()[1].split(",")
    (tmp_path / "f.xlsx").write_bytes(xlsx({"甲": [header, row], "乙": [header, ["2021", *row[1:]]]}))
    status, out, _err = run("check", tmp_path / "f.xlsx", "--sheet", "all", "--json")
    assert (status, [one["sheet"] for one in json.loads(out)]) == (FINE, ["甲", "乙"])
    status, out, _err = run("check", tmp_path / "f.xlsx", "--sheet", "all")
    assert (status, [line for line in out.splitlines() if line.startswith("Table")]) == (
        FINE, ["Table “甲”", "Table “乙”"],
    )  # fmt: skip
    status, out, _err = run("check", tmp_path / "f.xlsx")
    assert status == PROBLEMS and "--sheet NAME" in out


def test_a_refusal_is_json_where_json_is_asked_for(run: Run, ready: Path, tmp_path: Path) -> None:
    status, out, err = run("check", tmp_path / "none.csv", "--json")
    assert (status, json.loads(out)["refused"]) == (WRONG_USE, err.strip())


def test_a_mapping_of_an_unknown_dataset_is_refused(run: Run, good: Path, ready: Path, tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text('{"dataset": "nope", "columns": {}}', encoding="utf-8")
    status, _out, err = run("check", good, "--mapping", tmp_path / "m.json")
    assert status == WRONG_USE and "there is no dataset “nope”" in err


def test_a_publish_says_what_became_of_the_rows_that_were_there(run: Run, good: Path, ready: Path) -> None:
    assert run("publish", good)[0] == FINE
    good.write_text(GOOD.replace("5120", "5121"), encoding="utf-8")
    status, out, _err = run("publish", good, "--json")
    answer = json.loads(out)
    assert (status, answer["new"], answer["changed"], answer["unchanged"]) == (FINE, 0, 1, 1)
    assert [(one["old"], one["new"]) for one in answer["changes"]] == [("5120", "5121")]
    good.write_text(GOOD, encoding="utf-8")
    assert "2020 信都区 3, persons: 5121 → 5120" in run("check", good)[1]


def test_an_answer_that_nobody_reads_to_its_end_is_no_fault(ready: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from data.__main__ import main; sys.exit(main(['export', 'area']))"],
        stdout=open_and_closed(),
        stderr=subprocess.PIPE,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")


def open_and_closed() -> int:
    """The writing end of a pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    return writing


def test_a_long_cell_and_a_header_of_two_lines_are_told_on_one_line(run: Run, ready: Path, tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    file.write_text(GOOD.replace("人口数", '"人口数\n（人）"').replace("5120", "9" * 5000), encoding="utf-8")
    status, out, _err = run("check", file)
    line = next(line for line in out.splitlines() if "999" in line)
    assert status == PROBLEMS and "人口数 （人）" in line and len(line) < 500
