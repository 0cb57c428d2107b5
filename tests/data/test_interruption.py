"""A publish that is killed at any moment: the upload is there whole, or not at all."""

import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from data import intake
from data.configuration import ROOT
from data.store import Store

ROWS = 5_000
SUBJECTS = 10
# So many publishes at least, however many processes it takes to be killed in the middle of one of them.
PUBLISHES, KILLS = 50, 10

COUNTED = "exam_id, subject, institution_id, class, track, score_state, score, assigned_score"

PUBLISH_FOREVER = """
import sys
from pathlib import Path
from data import intake, prepare
store = prepare.opened()
content = Path(sys.argv[1]).read_bytes()
print("ready", flush=True)
while True:
    intake.publish(store, content, "marks.csv", "exam_result", by="test", said=intake.Said(accept=True))
"""


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    """A file of `ROWS` exam rows."""
    pupils = (
        f"E1,S{subject},P{pupil},3905000456,{pupil % 100 + 1}"
        for pupil in range(ROWS // SUBJECTS)
        for subject in range(SUBJECTS)
    )
    file = tmp_path / "marks.csv"
    file.write_text("exam_id,subject,student_id,institution_id,score\n" + "\n".join(pupils), encoding="utf-8")
    return file


def rows_by_upload(store: Store) -> tuple[dict[int, int], dict[int, int]]:
    """Rows that uploads say they have, and rows that are there, upload by upload; the counts beside them must agree."""
    with store.reading() as cursor:
        assert cursor.execute(
            f"select {COUNTED}, sum(row_count) from exam_result_tally group by all order by all"
        ).fetchall() == (
            cursor.execute(f"select {COUNTED}, count(*) from exam_result group by all order by all").fetchall()
        )
        said = cursor.execute(
            "select upload_id, row_count from upload where dataset = 'exam_result' and counts"
        ).fetchall()
        there = cursor.execute("select upload_id, count(*) from store.fact_exam_result group by upload_id").fetchall()
    return dict(said), dict(there)


def test_a_publish_killed_at_any_moment_is_there_whole_or_not_at_all(school_store: Store, marks: Path) -> None:
    papers = "".join(f"E1,S{subject},期末,2021-01-10,高中,高三,150\n" for subject in range(SUBJECTS))
    header = "exam_id,subject,exam_name,held_on,stage,grade,full_marks\n"
    assert intake.publish(school_store, (header + papers).encode(), "exam.csv", by="test").upload
    begun = time.monotonic()
    assert intake.publish(school_store, marks.read_bytes(), "marks.csv", "exam_result", by="test").rows == ROWS
    one_publish = time.monotonic() - begun
    path = school_store.path
    school_store.close()
    random = Random(2020)
    published, kills = 1, 0
    while published <= PUBLISHES or kills < KILLS:
        kills += 1
        _kill_after(random.uniform(0, 30 * one_publish), marks)
        reader = Store.open_for_reading(path)
        said, there = rows_by_upload(reader)
        reader.close()
        assert said == there
        assert set(there.values()) == {ROWS}
        assert len(there) >= published
        published = len(there)
        opened = Store.open(path)
        assert rows_by_upload(opened) == (said, there)
        opened.close()
    last = Store.open(path)
    assert intake.check(last, marks.read_bytes(), "marks.csv", "exam_result").effect.unchanged == ROWS
    assert intake.publish(last, marks.read_bytes(), "marks.csv", by="test", said=intake.Said(accept=True)).upload
    assert len(rows_by_upload(last)[0]) == published + 1
    last.close()


def _kill_after(seconds: float, marks: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PUBLISH_FOREVER, marks], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    time.sleep(seconds)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
