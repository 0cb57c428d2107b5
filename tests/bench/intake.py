"""Publishing a million exam rows against DuckDB's own `read_csv` of the same file."""

import os
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import duckdb

from tests.bench.measure import alternate, report

ROWS, SCHOOLS, ROUNDS, WARM_UP = 1_000_000, 60, 5, 1
SUBJECTS = ("语文", "数学", "英语", "物理", "化学", "生物", "政治", "历史", "地理")


def main() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["QUALITY_KEY"] = str(folder / "key")
        text = _results()
        plain, chinese = folder / "results.csv", folder / "results.gb18030.csv"
        plain.write_text(text, encoding="utf-8")
        chinese.write_text(text, encoding="gb18030")
        actions = {
            "read_csv": lambda: _read(plain),
            "publish UTF-8": lambda: _publish(folder, plain),
            "publish GB18030": lambda: _publish(folder, chinese),
        }
        report(alternate(actions, ROUNDS, WARM_UP), "read_csv")


def _read(file: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute("create table results as select * from read_csv(?)", [str(file)])


def _publish(folder: Path, file: Path) -> None:
    """Publishes the file into the one store of this measurement, where every round is another upload."""
    from data import intake, prepare

    path = folder / "quality.duckdb"
    made = not path.exists()
    store = prepare.opened(path)
    if made:
        for dataset, text in (("institution", _register()), ("exam", _papers())):
            assert not intake.publish(store, text.encode(), f"{dataset}.csv", dataset, by="bench").problems
    done = intake.publish(store, file.read_bytes(), file.name, "exam_result", by="bench")
    assert done.upload and done.rows == ROWS
    store.close()


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
    rows = (f"E1,{subject},联考,2021-11-12,高中,高三,150" for subject in SUBJECTS)
    return "\n".join(("exam_id,subject,exam_name,held_on,stage,grade,full_marks", *rows))


if __name__ == "__main__":
    main()
