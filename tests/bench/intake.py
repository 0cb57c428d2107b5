"""Publishing a million exam rows: against DuckDB's own `read_csv`, in memory, and into a store that is full already."""

import multiprocessing
import os
import resource
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb

from tests.bench.measure import alternate, report

if TYPE_CHECKING:
    from data.store import Store

ROWS, SCHOOLS, ROUNDS, WARM_UP = 1_000_000, 60, 5, 1
EXAMS = 2 * (ROUNDS + WARM_UP) + 1
ROWS_BEFORE = 20_000_000
SUBJECTS = ("语文", "数学", "英语", "物理", "化学", "生物", "政治", "历史", "地理")


def main() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["QUALITY_KEY"] = str(folder / "key")
        text = _results()
        plain, chinese = folder / "results.csv", folder / "results.gb18030.csv"
        plain.write_text(text, encoding="utf-8")
        chinese.write_text(text, encoding="gb18030")
        # First, for a new process inherits the peak of the one that starts it.
        print(f"{'memory of a publish':<28} {_peak(folder / 'peak.duckdb', chinese):>10.0f} MB at its peak", flush=True)
        store = _opened(folder / "few.duckdb")
        # Every round brings another exam: the same one again would be a correction, which costs as much as the exam has rows.
        in_utf_8 = iter([_of_exam(text, number).encode() for number in range(1, EXAMS, 2)])
        in_chinese = iter([_of_exam(text, number).encode("gb18030") for number in range(2, EXAMS, 2)])
        actions = {
            "read_csv": lambda: _read(plain),
            "publish UTF-8": lambda: _publish(store, next(in_utf_8)),
            "publish GB18030": lambda: _publish(store, next(in_chinese)),
        }
        report(alternate(actions, ROUNDS, WARM_UP), "read_csv")
        store.close()
        many = _filled(folder / "many.duckdb")
        others = iter([_of_exam(text, number).encode("gb18030") for number in range(1, WARM_UP + ROUNDS + 1)])
        empty = iter([_opened(folder / f"empty{number}.duckdb") for number in range(WARM_UP + ROUNDS)])
        actions = {
            "publish into an empty store": lambda: _publish(next(empty), chinese.read_bytes()),
            "publish beside 20 million": lambda: _publish(many, next(others)),
        }
        report(alternate(actions, ROUNDS, WARM_UP), "publish into an empty store")


def _read(file: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute("create table results as select * from read_csv(?)", [str(file)])


def _of_exam(text: str, number: int) -> str:
    """The results as those of another exam."""
    return text.replace("\nE1,", f"\nE{number},")


def _publish(store: "Store", content: bytes) -> None:
    """Publishes the results of an exam into an open store."""
    from data import intake

    said = intake.Said(accept=True)
    done = intake.publish(store, content, "results.csv", "exam_result", by="bench", said=said)
    assert done.upload and done.rows == ROWS


def _opened(path: Path) -> "Store":
    """A store with the schools and papers that the results refer to."""
    from data import intake, prepare

    made = not path.exists()
    store = prepare.opened(path)
    if made:
        for dataset, text in (("institution", _register()), ("exam", _papers())):
            assert not intake.publish(store, text.encode(), f"{dataset}.csv", dataset, by="bench").problems
    return store


def _peak(path: Path, file: Path) -> float:
    """Megabytes that a process of its own takes at most to publish the file."""
    with multiprocessing.get_context("spawn").Pool(1) as processes:
        return processes.apply(_publish_and_weigh, (path, file))


def _publish_and_weigh(path: Path, file: Path) -> float:
    store = _opened(path)
    _publish(store, file.read_bytes())
    store.close()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _filled(path: Path) -> "Store":
    """A store that holds an upload of many rows of another exam."""
    from data import tally
    from data.contract import contracts
    from data.store import add_upload

    store = _opened(path)
    with store.writing() as cursor:
        upload = add_upload(cursor, "exam_result", "before.csv", "", ROWS_BEFORE, "bench", sample=False)
        cursor.execute(
            """insert into store.fact_exam_result
            (exam_id, subject, student_id, institution_id, score, score_state, upload_id, line)
            select 'E0', 'subject ' || n % 9, sha256((n // 9)::varchar), 'S' || n % 60, n % 150, 'recorded', ?, n + 2
            from range(?) numbers(n)""",
            [upload, ROWS_BEFORE],
        )
        tally.published(cursor, contracts()["exam_result"], upload)
    return store


def _results() -> str:
    random = Random(1)
    rows = (
        f"E1,{SUBJECTS[number % 9]},2021{number // 9:08d},S{number // 9 % SCHOOLS:04d},"
        f"{number // 9 % 20 + 1}班,物理类,{random.randint(0, 200) / 2:g}"
        for number in range(ROWS)
    )
    return "\n".join(("exam_id,subject,student_id,institution_id,class,track,score", *rows)) + "\n"


def _register() -> str:
    rows = (f"S{number:04d},2017-09-01,示例{number}校,信都区,高中,教育部门办,是" for number in range(SCHOOLS))
    return "\n".join(("institution_id,valid_from,name,area,kind,ownership,main_urban", *rows))


def _papers() -> str:
    rows = (f"E{number},{subject},联考,2021-11-12,高中,高三,150" for number in range(1, EXAMS) for subject in SUBJECTS)
    return "\n".join(("exam_id,subject,exam_name,held_on,stage,grade,full_marks", *rows))


if __name__ == "__main__":
    main()
