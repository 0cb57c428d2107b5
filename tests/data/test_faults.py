"""When the machine fails or somebody means harm: nothing is lost, nothing is half there, and the message says what to do."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from data import exported, intake, pseudonym
from data.configuration import ROOT
from data.contract import contracts
from data.handed_out import harmless
from data.intake import Said
from data.store import Store, withdraw
from data.templates import as_csv
from tests.conftest import Command, Publish

POPULATION = "year,area,age,persons\n"

# The process may write no file larger than this: as on a disk without room for the rest.
FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from data import intake, prepare
from data.problem import Refused
store = prepare.opened()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
room = store.path.stat().st_size + 400_000
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
try:
    intake.publish(store, Path(sys.argv[1]).read_bytes(), "marks.csv", "exam_result", by="test")
except Refused as refusal:
    print(refusal)
    with store.reading() as cursor:
        print(cursor.execute("select count(*) from institution").fetchall())
    sys.exit(7)
"""


# The same for what is no publish: an upload is withdrawn, restored, and the text of a definition remembered.
FULL_DISK_FOR_LITTLE = """
import resource, signal
from data import prepare, words
from data.problem import Refused
from data.store import note_definitions, restore, withdraw
words.use("en")
store = prepare.opened()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1, 1))
for write in (
    lambda: withdraw(store, 1, "test"),
    lambda: restore(store, 2, "test"),
    lambda: note_definitions(store, {"made": "text"}),
):
    try:
        write()
    except Refused as refusal:
        print(refusal)
    with store.reading() as cursor:
        print(cursor.execute("select count(*) from upload where counts").fetchall())
"""


def everything(store: Store) -> list[object]:
    with store.reading() as cursor:
        return [
            cursor.execute(f"select count(*) from {name}").fetchall()
            for name in ("upload", "exam_result", "exam_result_tally", "institution", "exam")
        ]


def test_a_disk_that_is_full_in_the_middle_loses_nothing_and_is_named(school_store: Store, tmp_path: Path) -> None:
    path, before = school_store.path, everything(school_store)
    school_store.close()
    marks = tmp_path / "marks.csv"
    rows = "".join(f"2021-11-G3,数学,P{number},3905000456,{number % 100 + 1}\n" for number in range(100_000))
    marks.write_text("exam_id,subject,student_id,institution_id,score\n" + rows, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, marks],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert (done.returncode, "Traceback" in done.stderr) == (7, False), done.stderr
    assert "cannot be written" in done.stdout or "无法写入" in done.stdout
    assert done.stdout.splitlines()[-1] == "[(2,)]", "the store still answers"
    opened = Store.open(path)
    assert everything(opened) == before
    assert intake.publish(opened, marks.read_bytes(), "marks.csv", "exam_result", by="test").upload is not None
    opened.close()


def test_a_full_disk_is_named_whatever_is_written(store: Store) -> None:
    for number in (2020, 2021):
        content = f"year,area,age,persons\n{number},信都区,3,5120\n".encode()
        assert intake.publish(store, content, "f.csv", "population", by="test").upload
    withdraw(store, 2, "test")
    path, before = store.path, everything(store)
    with store.reading() as cursor:
        (counting,) = cursor.execute("select count(*) from upload where counts").fetchone() or (0,)
    store.close()
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK_FOR_LITTLE],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [f"{path} cannot be written" in line and "Nothing was changed in it" in line for line in lines[::2]] == [
        True
    ] * 3
    assert lines[1::2] == [f"[({counting},)]"] * 3, "the store still answers"
    opened = Store.open(path)
    assert everything(opened) == before
    opened.close()


def test_two_processes_that_publish_at_once_both_succeed_or_are_told_why_not(
    store: Store, tmp_path: Path, installation: Path
) -> None:
    store.close()
    files = []
    for number in range(4):
        files.append(tmp_path / f"{number}.csv")
        files[-1].write_text(POPULATION + f"202{number},信都区,3,5120\n", encoding="utf-8")
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "data", "publish", str(file), "--json"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for file in files
    ]
    answers = [(process.communicate(timeout=300), process.returncode) for process in running]
    published = 0
    for (out, err), status in answers:
        if status == 0:
            published += json.loads(out)["published"]
        else:
            assert status == 2 and "Traceback" not in err
            assert str(os.getpid()) not in err and ("held by process" in err or "cannot be opened" in err)
    opened = Store.open(store.path)
    with opened.reading() as cursor:
        assert cursor.execute("select count(*) from population").fetchall() == [(published,)]
    opened.close()
    assert published >= 1


def test_a_file_of_two_gigabytes_is_refused_without_being_read_whole(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "huge.csv"
    with file.open("wb") as sparse:
        sparse.truncate(2**31 + 1)
    done = command("check", file, "--json")
    (problem,) = json.loads(done.stdout)["problems"]
    assert done.returncode == 1
    assert problem["found"] == "a file of 200 MB"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+2", "@SUM(A1)", " =1+1", "＝1+1", "\t=1", "\r=1"])
def test_a_cell_that_looks_like_a_formula_is_tamed_in_every_export(text: str, store: Store, publish: Publish) -> None:
    publish("area", f'area,level,name_en\n示例区,district,"x{text}"\n')
    content = POPULATION + "2020,信都区,3,5120\n"
    with store.writing() as cursor:
        cursor.execute("update store.fact_area set name_en = ? where area = '示例区'", [text])
    assert intake.publish(store, content.encode(), text + ".csv", by=text, said=Said(note=text)).upload
    export = exported.export(store, "area")
    lines = exported.as_csv(export).decode("utf-8-sig")
    assert harmless(text) != text
    assert f",{text}," not in lines
    assert str(harmless(text)).strip() in lines.replace('"', "").replace("\r", "") or "\r" in text or "\t" in text


def test_every_template_is_free_of_formulas() -> None:
    for contract in contracts().values():
        cells = as_csv(contract).decode("utf-8-sig").replace('"', "").replace("\r\n", ",").split(",")
        assert [cell for cell in cells if cell.startswith(("=", "+", "@"))] == []


def test_a_refused_file_leaves_no_trace_on_the_disk(school_store: Store, tmp_path: Path) -> None:
    """Names are nowhere: not in the store, not in a temporary file."""
    pseudonym.key()
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    content = "学号,姓名,学校代码,科目,分数\n007,欧阳某某,3905000456,数学,九十\n".encode()
    assert intake.publish(school_store, content, "f.csv", by="test", said=Said(set={"exam_id": "2021-11-G3"})).problems
    after = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert after == before
    for path in after:
        assert "欧阳某某".encode() not in path.read_bytes()
